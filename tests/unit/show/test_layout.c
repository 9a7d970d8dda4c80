/* Layout against the rules of bidi, and against texts that no feed should send. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <hb.h>
#include <utf8proc.h>

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

/* A base under marks and invisible characters by turns grows no higher than eight marks. */
static void test_marks_between(void **state)
{
    struct fixture *fixture = *state;
    char tower[4000] = "e";
    for (size_t i = 1; i + 6 < sizeof tower; i += 5) {
        memcpy(tower + i, "\xCC\x81\xE2\x80\x8D", 6);
    }
    struct line *eight =
        lay(fixture, "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301");
    struct line *line = lay(fixture, tower);
    assert_true(line->ink.top >= eight->ink.top);
    size_t marks = 0;
    for (const char *p = line->text; (p = strstr(p, "\u0301")); p++) {
        marks++;
    }
    assert_int_equal(marks, 8);
    free(eight);
    free(line);
}

/* Code points given to HarfBuzz, and those whose category was asked for: the work of a layout. */
static size_t shaped, looked_up;

utf8proc_category_t __real_utf8proc_category(utf8proc_int32_t code);
utf8proc_category_t __wrap_utf8proc_category(utf8proc_int32_t code);
utf8proc_category_t __wrap_utf8proc_category(utf8proc_int32_t code)
{
    looked_up++;
    return __real_utf8proc_category(code);
}

void __real_hb_buffer_add_utf32(hb_buffer_t *buffer, const uint32_t *codes, int count,
                                unsigned start, int length);
void __wrap_hb_buffer_add_utf32(hb_buffer_t *buffer, const uint32_t *codes, int count,
                                unsigned start, int length);
void __wrap_hb_buffer_add_utf32(hb_buffer_t *buffer, const uint32_t *codes, int count,
                                unsigned start, int length)
{
    shaped += (size_t)length;
    __real_hb_buffer_add_utf32(buffer, codes, count, start, length);
}

static size_t count_codes(const char *text)
{
    size_t count = 0;
    for (; *text; text++) {
        count += (*text & 0xC0) != 0x80;
    }
    return count;
}

/* 100,000 code points are the most, and are taken, of any kind: no chunk is wider than it may
 * be unless one cluster is, no chunk is empty, and nothing is shaped over and over. */
static void test_long(void **state)
{
    enum { CODES = 100000 };
    static const struct {
        const char *name, *unit;
        size_t most; /* times each code point may be shaped */
    } kinds[] = {
        {"words", "sixteen ", 2},
        {"one word", "abcdefghij", 3},
        {"kerned", "AVAToYo", 3},
        {"Han", "東京都心", 2},
        {"kana", "ニュースを", 2},
        {"Hangul", "서울시", 2},
        {"Arabic", "السلام ", 2},
        {"Arabic, one word", "سلامعليكم", 8},
        {"Arabic, one word that no font has", "ب\u0870", 2},
        {"Hebrew with points", "בְּרֵאשִׁית ", 2},
        {"Devanagari", "प्रधानमंत्री ", 2},
        {"Devanagari, one word", "क्षित्रि", 8},
        {"Thai", "กรุงเทพมหานคร", 3},
        {"Tibetan", "བོད་ཡིག", 3},
        {"emoji", "👍🏽🇺🇦👩‍👩‍👧‍👦", 2},
        {"flags", "🇺🇦", 2},
        {"one emoji without end", "👩‍", 2},
        {"scripts by turns", "aаαא東", 2},
        {"directions by turns", "a א 1 ", 2},
        {"brackets", "(א[a{", 2},
        {"embeddings", "\u202Ba\u202A\u05D0\u202E1", 3},
        {"isolates", "\u2067a\u2069 \u2066", 3},
        {"marks", "\u0301", 2},
        {"joiners", "\u200D", 2},
        {"soft hyphens", "\u00AD", 2},
        {"spaces", "\u00A0a ", 2},
        {"no font", "\U000F0000", 2},
        {"no font, marks", "e\U0001E8D0", 2},
        {"composed", "q\u0301e\u0301", 2},
        {"malformed", "\xFF", 2},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t unit = strlen(kinds[i].unit), length = unit * CODES;
        char *text = malloc(length);
        for (size_t at = 0; at < length; at += unit) {
            memcpy(text + at, kinds[i].unit, unit);
        }
        shaped = looked_up = 0;
        struct line *line = layout_text(fixture->layout, text, length);
        assert_non_null(line);
        assert_true(count_codes(line->text) <= CODES);
        assert_true(line->count <= CODES);
        if (shaped > kinds[i].most * CODES) {
            fail_msg("%s: %zu code points shaped", kinds[i].name, shaped);
        }
        if (looked_up > (size_t)8 * CODES) {
            fail_msg("%s: %zu categories", kinds[i].name, looked_up);
        }
        for (size_t c = 0; c < line->count; c++) {
            const struct chunk *chunk = &line->chunks[c];
            assert_true(chunk->bytes > 0);
            if (chunk->advance > LAYOUT_CHUNK_PX * 64) {
                fail_msg("%s: a chunk of %d px", kinds[i].name, chunk->advance / 64);
            }
        }
        free(line);
        free(text);
    }
}

/* Cutting a long word where that is safe moves nothing: it is as wide as its parts shaped in
 * one piece. */
static void test_cut_keeps_width(void **state)
{
    static const char *const words[] = {"AVAToYoWAjf", "東京都心", "กรุงเทพมหานคร",
                                        "https://example.org/"};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char text[2048] = "";
        int64_t before = 0, step = 0;
        for (int n = 0; n < 12; n++) {
            strcat(text, words[i]);
            struct line *line = lay(fixture, text);
            if (n == 1) {
                step = line->advance - before;
            } else if (n > 1) {
                assert_in_range(line->advance - before, step - 1, step + 1);
            }
            before = line->advance;
            free(line);
        }
        assert_true(before > 2 * LAYOUT_CHUNK_PX * 64);
    }
}

/* Where no cut is safe, as between kerned letters, a chunk is measured as it will be drawn:
 * without the letter behind it. */
static void test_unsafe_cut(void **state)
{
    struct fixture *fixture = *state;
    char text[401] = "";
    for (int i = 0; i < 400; i += 2) {
        memcpy(text + i, "AV", 2);
    }
    struct line *line = lay(fixture, text);
    assert_true(line->count > 5);
    for (size_t i = 0; i < line->count; i++) {
        char part[401];
        snprintf(part, sizeof part, "%.*s", line->chunks[i].bytes,
                 line->text + line->chunks[i].byte);
        struct line *alone = lay(fixture, part);
        assert_int_equal(alone->count, 1);
        assert_int_equal(alone->advance, line->chunks[i].advance);
        free(alone);
    }
    free(line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_geometry),
        cmocka_unit_test(test_one_word_is_cut),
        cmocka_unit_test(test_nothing_to_draw),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_marks_between),
        cmocka_unit_test(test_long),
        cmocka_unit_test(test_cut_keeps_width),
        cmocka_unit_test(test_unsafe_cut),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
