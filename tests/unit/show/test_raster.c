/* What SDL_ttf really draws against what the layout says it will: the size of its surface, and
 * where the ink comes to lie, which gives away the origin that SDL_ttf hides. Another version
 * of it that did its sums in another way would be found out here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <SDL_ttf.h>
#include <cmocka.h>

#include "show/embedded.h"
#include "show/layout.h"
#include "show/raster.h"

#define ITALIC "/usr/share/fonts/truetype/noto/NotoSerif-Italic.ttf"
enum { CANVAS = 3000, PEN = 600, ROW = 600, CANVAS_H = 1100, SLACK_PX = 2 };

static const SDL_Color white = {255, 255, 255, 255};

static const struct {
    const char *name, *text;
    uint32_t script; /* needs a font of this one */
} texts[] = {
    {"Latin", "jungle fjord “Queue” (AVATAR), Łódź fête à Zürich €1.2 bn – 50 % off…", 0},
    {"stacked", "Ấ̂̂ marks Ǻ̂̃̄ Ç̧ q̌ Z͑ͫ̓ͪ̂ͫ̽a̴l̵g̶o", 0},
    {"Cyrillic and Greek", "Президент підписав закон; Η κυβέρνηση ΐ ᾧ", 0},
    {"Arabic with vowels", "مُحَمَّدٌ رَسُولُ ٱللَّٰهِ الأمن ﷽", FONTSET_TAG('A', 'r', 'a', 'b')},
    {"Hebrew with points", "בְּרֵאשִׁית בָּרָא", FONTSET_TAG('H', 'e', 'b', 'r')},
    {"Devanagari", "प्रधानमंत्री ने र्त्स्न्य र्क्षीं हिन्दी", FONTSET_TAG('D', 'e', 'v', 'a')},
    {"Thai", "ที่นี่ ผู้นำ ก็ ปั๊ม น้ำ", FONTSET_TAG('T', 'h', 'a', 'i')},
    {"CJK", "東京で震度4の地震、「今後」 서울시 三百点，",
     FONTSET_TAG('H', 'a', 'n', 'i')},
    {"emoji",
     "a 👩‍👩‍👧‍👦 🇺🇦🇯🇵 👍🏽 1️⃣ ☀️ "
     "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
     FONTSET_EMOJI},
};

struct rig {
    struct faces *faces;
    struct layout *layout;
    struct raster *raster;
    SDL_Surface *canvas;
};

static struct rig rig_open(int em_px, const char *folder)
{
    struct rig rig = {.faces = faces_new(em_px, folder)};
    rig.layout = layout_new(rig.faces);
    rig.raster = raster_new(rig.faces);
    rig.canvas =
        SDL_CreateRGBSurfaceWithFormat(0, CANVAS, CANVAS_H, 32, SDL_PIXELFORMAT_RGB888);
    assert_non_null(rig.raster);
    assert_non_null(rig.canvas);
    return rig;
}

static void rig_close(struct rig *rig)
{
    SDL_FreeSurface(rig->canvas);
    raster_free(rig->raster);
    layout_free(rig->layout);
    faces_free(rig->faces);
}

static TTF_Font *open_font(struct rig *rig, uint8_t face)
{
    struct face_file file = faces_file(rig->faces, face);
    int em_px = faces_em_px(rig->faces);
    int bytes = (int)(embedded_face_end - embedded_face);
    TTF_Font *font =
        file.path ? TTF_OpenFontIndex(file.path, em_px, file.index)
                  : TTF_OpenFontRW(SDL_RWFromConstMem(embedded_face, bytes), 1, em_px);
    assert_non_null(font);
    TTF_SetFontHinting(font, TTF_HINTING_NONE);
    return font;
}

static SDL_Surface *draw_alone(struct rig *rig, const struct line *line,
                               const struct chunk *chunk, int *ascent, int *height)
{
    char text[2048], script[5] = "";
    snprintf(text, sizeof text, "%s%.*s%s", chunk->joins_before ? "\u200D" : "",
             chunk->bytes, line->text + chunk->byte, chunk->joins_after ? "\u200D" : "");
    for (int i = 0; i < 4; i++) {
        script[i] = (char)(chunk->script >> (24 - 8 * i));
    }
    TTF_Font *font = open_font(rig, chunk->face);
    TTF_SetFontDirection(font, chunk->level & 1 ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
    TTF_SetFontScriptName(font, script);
    *ascent = TTF_FontAscent(font);
    *height = TTF_FontHeight(font);
    SDL_Surface *drawn = TTF_RenderUTF8_Blended(font, text, white);
    assert_non_null(drawn);
    TTF_CloseFont(font);
    return drawn;
}

/* Signed, unlike assert_in_range. */
static void check_within(int value, int low, int high)
{
    if (value < low || value > high) {
        fail_msg("%d is not in %d to %d", value, low, high);
    }
}

/* An outline's box and advance are the chunk's; a picture's are the chunk's scaled back. */
static void check_surface(struct rig *rig, const struct line *line,
                          const struct chunk *chunk)
{
    int ascent, height, strike = faces_strike_px(rig->faces, chunk->face);
    SDL_Surface *drawn = draw_alone(rig, line, chunk, &ascent, &height);
    int left = chunk->left < 0 ? chunk->left : 0;
    int top = ascent + chunk->top < 0 ? ascent + chunk->top : 0;
    if (!strike) {
        int advance = chunk->advance >> 6, bottom = ascent + chunk->ink.bottom;
        int right = chunk->ink.right > advance ? chunk->ink.right : advance;
        assert_int_equal(drawn->w, right - left);
        assert_int_equal(drawn->h, (bottom > height ? bottom : height) - top);
    } else {
        int em_px = faces_em_px(rig->faces);
        int advance = (int)((int64_t)chunk->advance * strike / 64);
        int rows = chunk->ink.bottom - chunk->ink.top;
        check_within(drawn->w * em_px, advance - strike, advance + strike);
        check_within(drawn->h * em_px, (rows - 2) * strike, (rows + 2) * strike);
    }
    SDL_FreeSurface(drawn);
}

static bool inked(const SDL_Surface *canvas, int x, int y)
{
    const uint32_t *row =
        (const uint32_t *)((const uint8_t *)canvas->pixels + y * canvas->pitch);
    return (row[x] & 0xFFFFFF) != 0;
}

static struct ink find_ink(const SDL_Surface *canvas)
{
    struct ink ink = {CANVAS, CANVAS_H, 0, 0};
    for (int y = 0; y < canvas->h; y++) {
        for (int x = 0; x < canvas->w; x++) {
            if (inked(canvas, x, y)) {
                ink.left = x < ink.left ? x : ink.left;
                ink.right = x >= ink.right ? x + 1 : ink.right;
                ink.top = y < ink.top ? y : ink.top;
                ink.bottom = y >= ink.bottom ? y + 1 : ink.bottom;
            }
        }
    }
    return ink;
}

/* The ink lies within the box the chunk foretells, and fills it but for faint edges; a picture
 * has empty margins of its own, at most a fifth of an em. */
static void check_ink(struct rig *rig, const struct line *line, const struct chunk *chunk)
{
    bool picture = faces_strike_px(rig->faces, chunk->face) > 0;
    int slack = picture ? faces_em_px(rig->faces) / 5 + SLACK_PX : SLACK_PX;
    SDL_FillRect(rig->canvas, NULL, 0);
    assert_true(raster_chunk(rig->raster, line, chunk, rig->canvas,
                             PEN - (int)((chunk->x + 32) >> 6), ROW, white));
    struct ink ink = find_ink(rig->canvas);
    check_within(ink.left - PEN, chunk->ink.left, chunk->ink.left + slack);
    check_within(ink.top - ROW, chunk->ink.top, chunk->ink.top + slack);
    check_within(ink.right - PEN, chunk->ink.right - slack, chunk->ink.right);
    check_within(ink.bottom - ROW, chunk->ink.bottom - slack, chunk->ink.bottom);
}

static int check_line(struct rig *rig, const char *text)
{
    struct line *line = layout_text(rig->layout, text, strlen(text));
    assert_non_null(line);
    int checked = 0;
    for (size_t i = 0; i < line->count; i++) {
        const struct chunk *chunk = &line->chunks[i];
        if (chunk->ink.right > chunk->ink.left) {
            check_surface(rig, line, chunk);
            check_ink(rig, line, chunk);
            checked++;
        }
    }
    free(line);
    return checked;
}

static void check_size(int em_px)
{
    struct rig rig = rig_open(em_px, NULL);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i].script && !faces_serve(rig.faces, texts[i].script)) {
            print_message("%s left out: install %s\n", texts[i].name,
                          fontset_package(texts[i].script));
            continue;
        }
        assert_true(check_line(&rig, texts[i].text) >= 2);
    }
    rig_close(&rig);
}

static void test_origin(void **state)
{
    (void)state;
    check_size(64);
    check_size(97);
}

/* Pictures may be larger than they are stored. */
static void test_large_and_small(void **state)
{
    (void)state;
    check_size(180);
    check_size(9);
}

/* An italic j begins 14 px left of the pen at 96 px. */
static void test_italic(void **state)
{
    (void)state;
    char folder[] = "/tmp/motograph-italic-XXXXXX", path[64];
    if (access(ITALIC, R_OK)) {
        print_message("%s is not there: install fonts-noto-core\n", ITALIC);
        skip();
    }
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/italic.ttf", folder);
    assert_int_equal(symlink(ITALIC, path), 0);
    struct rig rig = rig_open(96, folder);
    struct line *line = layout_text(rig.layout, "jungle fjord", 12);
    assert_true(line->chunks[0].ink.left < -4);
    free(line);
    assert_true(check_line(&rig, "jungle fjord") == 2);
    assert_true(check_line(&rig, "Ấ̂̂̂ j̃f Ǻ̂̂") == 3);
    rig_close(&rig);
    unlink(path);
    rmdir(folder);
}

static bool is_red(const SDL_Surface *canvas, int x, int y)
{
    const uint8_t *row = (const uint8_t *)canvas->pixels + y * canvas->pitch;
    uint8_t r, g, b;
    SDL_GetRGB(((const uint32_t *)row)[x], canvas->format, &r, &g, &b);
    return r > 150 && g < 100 && b < 100;
}

/* A picture has its own colours, whatever colour is asked, and each its own: scaled, and kept. */
static void test_colour(void **state)
{
    (void)state;
    struct rig rig = rig_open(64, NULL);
    if (!faces_serve(rig.faces, FONTSET_EMOJI)) {
        print_message("install fonts-noto-color-emoji\n");
        rig_close(&rig);
        skip();
    }
    const char *text = "🔴🔵";
    struct line *line = layout_text(rig.layout, text, strlen(text));
    for (int again = 0; again < 2; again++) {
        SDL_FillRect(rig.canvas, NULL, 0);
        assert_true(raster_line(rig.raster, line, rig.canvas, 100, 300,
                                (SDL_Color){0, 255, 255, 255}));
        assert_true(is_red(rig.canvas, 139, 280));
        assert_false(is_red(rig.canvas, 219, 280));
        assert_true(inked(rig.canvas, 219, 280));
    }
    free(line);
    rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_origin),
        cmocka_unit_test(test_large_and_small),
        cmocka_unit_test(test_italic),
        cmocka_unit_test(test_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
