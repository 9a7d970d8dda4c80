/* Layout against what SDL_ttf really draws, against the rules of bidi, and against texts that
 * no feed should send. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <SDL_ttf.h>
#include <cmocka.h>

#include "show/embedded.h"
#include "show/layout.h"
#include "show/raster.h"

enum { EM_PX = 64 };

struct fixture {
    struct faces *faces;
    struct layout *layout;
    struct raster *raster;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    fixture.faces = faces_new(EM_PX, NULL);
    fixture.layout = layout_new(fixture.faces);
    fixture.raster = raster_new(fixture.faces);
    *state = &fixture;
    return fixture.raster == NULL;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    raster_free(fixture->raster);
    layout_free(fixture->layout);
    faces_free(fixture->faces);
    return 0;
}

static struct line *lay(struct fixture *fixture, const char *text)
{
    struct line *line = layout_text(fixture->layout, text, strlen(text));
    assert_non_null(line);
    return line;
}

/* SDL_ttf hides where the pen began; the surface it gives must have the size that the ink box
 * predicts, else the origin would be guessed wrong. Measured against the installed version. */
static void test_surface_as_predicted(void **state)
{
    static const char *const texts[] = {
        "Council approves new tram line",
        "jungle fjord “Queue” (AVATAR), Łódź fête à Zürich",
        "Ấ̂̂ stacked marks Ǻ Ç̧ q̌",
        "Президент підписав закон; Η κυβέρνηση ΐ",
        "€1.2 bn – 50 % off…",
    };
    struct fixture *fixture = *state;
    TTF_Font *font = TTF_OpenFontRW(
        SDL_RWFromConstMem(embedded_face, (int)(embedded_face_end - embedded_face)), 1,
        EM_PX);
    assert_non_null(font);
    TTF_SetFontHinting(font, TTF_HINTING_NONE);
    int ascent = TTF_FontAscent(font), checked = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct line *line = lay(fixture, texts[i]);
        for (size_t c = 0; c < line->count; c++) {
            const struct chunk *chunk = &line->chunks[c];
            if (faces_file(fixture->faces, chunk->face).path || chunk->ink.right <= 0) {
                continue;
            }
            char text[1024], script[5];
            snprintf(text, sizeof text, "%.*s", chunk->bytes, line->text + chunk->byte);
            for (int b = 0; b < 4; b++) {
                script[b] = (char)(chunk->script >> (24 - 8 * b));
            }
            script[4] = '\0';
            TTF_SetFontDirection(font, TTF_DIRECTION_LTR);
            TTF_SetFontScriptName(font, script);
            SDL_Surface *drawn =
                TTF_RenderUTF8_Blended(font, text, (SDL_Color){255, 255, 255, 255});
            assert_non_null(drawn);
            int advance = chunk->advance >> 6;
            int right = chunk->ink.right > advance ? chunk->ink.right : advance;
            int left = chunk->ink.left < 0 ? chunk->ink.left : 0;
            int bottom = ascent + chunk->ink.bottom, top = ascent + chunk->ink.top;
            int height = TTF_FontHeight(font);
            assert_int_equal(drawn->w, right - left);
            assert_int_equal(drawn->h,
                             (bottom > height ? bottom : height) - (top < 0 ? top : 0));
            SDL_FreeSurface(drawn);
            checked++;
        }
        free(line);
    }
    assert_true(checked > 20);
    TTF_CloseFont(font);
}

/* Byte ranges of the chunks in visual order, white space at their ends left out. */
static void visual(const struct line *line, char *out, size_t room)
{
    size_t used = 0;
    for (size_t i = 0; i < line->count; i++) {
        const struct chunk *chunk = &line->chunks[i];
        int bytes = chunk->bytes;
        while (bytes && line->text[chunk->byte + (size_t)bytes - 1] == ' ') {
            bytes--;
        }
        used += (size_t)snprintf(out + used, room - used, "%s%.*s", i ? "|" : "", bytes,
                                 line->text + chunk->byte);
    }
}

static void test_order(void **state)
{
    static const struct {
        const char *text, *visual;
        bool rtl;
    } cases[] = {
        {"one two three", "one|two|three", false},
        {"  one\n\ttwo  ", "one|two", false},
        {"אחד שתים שלוש", "שלוש|שתים|אחד", true},
        {"one אחד שתים two", "one|שתים|אחד|two", false},
        {"אחד one two שתים", "שתים|one|two|אחד", true},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char got[512];
        struct line *line = lay(fixture, cases[i].text);
        visual(line, got, sizeof got);
        /* Runs may add an empty chunk of one space between them; that is not order. */
        char flat[512];
        size_t used = 0;
        for (char *p = got; *p; p++) {
            if (!(*p == '|' && (p[1] == '|' || p[1] == '\0' || used == 0))) {
                flat[used++] = *p;
            }
        }
        flat[used] = '\0';
        assert_string_equal(flat, cases[i].visual);
        assert_int_equal(line->rtl, cases[i].rtl);
        free(line);
    }
}

static void test_geometry(void **state)
{
    struct fixture *fixture = *state;
    struct line *line =
        lay(fixture, "Storm warning issued for northern coast as winds strengthen");
    int32_t pen = 0;
    for (size_t i = 0; i < line->count; i++) {
        assert_int_equal(line->chunks[i].x, pen);
        pen += line->chunks[i].advance;
    }
    assert_int_equal(pen, line->advance);
    assert_int_equal(layout_find(line, -1000), 0);
    assert_int_equal(layout_find(line, layout_width_px(line) + 1000), line->count);
    free(line);
}

/* Cutting at spaces moves nothing: the sum of the words is the width of the whole. */
static void test_one_word_is_cut(void **state)
{
    struct fixture *fixture = *state;
    char word[5001];
    memset(word, 'm', 5000);
    word[5000] = '\0';
    struct line *line = lay(fixture, word);
    assert_true(line->count > 100);
    for (size_t i = 0; i < line->count; i++) {
        assert_true(line->chunks[i].advance <= LAYOUT_CHUNK_PX * 64);
        assert_true(line->chunks[i].bytes > 0);
    }
    struct line *one = lay(fixture, "m");
    assert_in_range(line->advance, one->advance * 5000 - 64, one->advance * 5000 + 64);
    free(one);
    free(line);
}

static void test_nothing_to_draw(void **state)
{
    static const char *const texts[] = {"", "   ", "\n\t\r", "\x01\x02", "\xE2\x80\x8B"};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct line *line = lay(fixture, texts[i]);
        assert_true(line->ink.right <= line->ink.left);
        SDL_Surface *surface =
            SDL_CreateRGBSurfaceWithFormat(0, 64, 64, 32, SDL_PIXELFORMAT_RGB888);
        assert_true(raster_line(fixture->raster, line, surface, 0, 32, (SDL_Color){0}));
        SDL_FreeSurface(surface);
        free(line);
    }
}

/* Bad bytes become U+FFFD, which the face has; marks are capped; nothing is ever a crash. */
static void test_hostile(void **state)
{
    struct fixture *fixture = *state;
    struct line *line = lay(fixture, "a\xFF\xC0\xAF z");
    assert_non_null(strstr(line->text, "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD z"));
    free(line);

    char zalgo[2003] = "e";
    for (int i = 0; i < 1000; i++) {
        memcpy(zalgo + 1 + i * 2, "\xCC\x81", 3);
    }
    line = lay(fixture, zalgo);
    assert_int_equal(strlen(line->text), 1 + 8 * 2);
    free(line);

    uint32_t seed = 1928;
    for (int round = 0; round < 300; round++) {
        char noise[300];
        for (size_t i = 0; i < sizeof noise; i++) {
            seed = seed * 1664525 + 1013904223;
            noise[i] = (char)(seed >> 24);
        }
        free(layout_text(fixture->layout, noise, sizeof noise));
    }
}

/* 100,000 code points are the most, and are taken. */
static void test_long(void **state)
{
    struct fixture *fixture = *state;
    size_t length = 150000;
    char *text = malloc(length);
    for (size_t i = 0; i < length; i++) {
        text[i] = i % 7 == 6 ? ' ' : (char)('a' + i % 26);
    }
    struct line *line = layout_text(fixture->layout, text, length);
    assert_non_null(line);
    assert_int_equal(strlen(line->text), 100000);
    assert_true(line->count > 14000);
    free(line);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_surface_as_predicted),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_geometry),
        cmocka_unit_test(test_one_word_is_cut),
        cmocka_unit_test(test_nothing_to_draw),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_long),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
