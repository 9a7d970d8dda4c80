/* How large pictures become, what of them is cut, and that enlarging and turning keep px where
 * they belong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wire/exif.h"
#include "wire/fit.h"
#include "wire/shrink.h"

static const struct {
    int w, h;
    enum picture_use use;
    int box_w, box_h;
    bool fits;
    struct fit fit;
} fits[] = {
    /* What has the box's proportions fills it whole. */
    {1200, 800, PICTURE_STORY, 600, 400, true, {0, 0, 1200, 800, 600, 400}},
    {600, 400, PICTURE_STORY, 600, 400, true, {0, 0, 600, 400, 600, 400}},
    /* A little is cut: at both sides alike, above less than below. */
    {1600, 800, PICTURE_STORY, 600, 400, true, {200, 0, 1200, 800, 600, 400}},
    {1200, 1040, PICTURE_STORY, 600, 400, true, {0, 80, 1200, 800, 600, 400}},
    /* But never more than a quarter. */
    {4000, 1000, PICTURE_STORY, 600, 400, true, {500, 0, 3000, 1000, 600, 200}},
    {1000, 2000, PICTURE_STORY, 600, 400, true, {0, 166, 1000, 1500, 267, 400}},
    /* Twice as large at most. */
    {150, 100, PICTURE_STORY, 600, 400, true, {0, 0, 150, 100, 300, 200}},
    {500, 333, PICTURE_STORY, 600, 400, true, {0, 0, 500, 333, 600, 400}},
    /* Too small, or a banner. */
    {1, 1, PICTURE_STORY, 600, 400, false, {0}},
    {47, 400, PICTURE_STORY, 600, 400, false, {0}},
    {728, 50, PICTURE_STORY, 600, 400, false, {0}},
    {50, 50, PICTURE_STORY, 600, 400, false, {0}},
    {0, 100, PICTURE_STORY, 600, 400, false, {0}},
    /* A logo is shown whole, however small it is. */
    {400, 100, PICTURE_LOGO, 300, 60, true, {0, 0, 400, 100, 240, 60}},
    {1000, 100, PICTURE_LOGO, 300, 60, true, {0, 0, 1000, 100, 300, 30}},
    {16, 16, PICTURE_LOGO, 300, 60, true, {0, 0, 16, 16, 32, 32}},
    {1, 1, PICTURE_LOGO, 300, 60, true, {0, 0, 1, 1, 2, 2}},
    {32768, 1, PICTURE_LOGO, 300, 60, true, {0, 0, 32768, 1, 300, 1}},
};

static void fits_boxes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fits / sizeof *fits; i++) {
        static struct picture_request request;
        struct fit fit;
        request.use = fits[i].use;
        request.w = fits[i].box_w;
        request.h = fits[i].box_h;
        bool fine = fit_choose(&fit, fits[i].w, fits[i].h, &request);
        if (fine != fits[i].fits ||
            (fine && memcmp(&fit, &fits[i].fit, sizeof fit) != 0)) {
            fail_msg("%dx%d: %d %d %d %d to %d %d", fits[i].w, fits[i].h, fit.x, fit.y,
                     fit.w, fit.h, fit.to_w, fit.to_h);
        }
    }
}

/* Stored px 1 2 3 / 4 5 6, and how each orientation shows them. */
static const struct {
    int orientation, w;
    uint32_t px[6];
} turns[] = {
    {0, 3, {1, 2, 3, 4, 5, 6}}, {1, 3, {1, 2, 3, 4, 5, 6}}, {2, 3, {3, 2, 1, 6, 5, 4}},
    {3, 3, {6, 5, 4, 3, 2, 1}}, {4, 3, {4, 5, 6, 1, 2, 3}}, {5, 2, {1, 4, 2, 5, 3, 6}},
    {6, 2, {4, 1, 5, 2, 6, 3}}, {7, 2, {6, 3, 5, 2, 4, 1}}, {8, 2, {3, 6, 2, 5, 1, 4}},
};

static void turns_upright(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        struct picture *picture = picture_new(3, 2);
        for (uint32_t p = 0; p < 6; p++) {
            picture->pixels[p] = p + 1;
        }
        picture = fit_turn(picture, turns[i].orientation);
        assert_int_equal(picture->w, turns[i].w);
        assert_memory_equal(picture->pixels, turns[i].px, sizeof turns[i].px);
        picture_drop(picture);
    }
}

/* A part near the upper edge of what is shown is near another edge of what is stored. */
static void crops_what_is_stored(void **state)
{
    (void)state;
    static struct picture_request request;
    request.w = 600;
    request.h = 400;
    static const struct fit want[] = {
        [1] = {0, 80, 1200, 800, 600, 400},  [2] = {0, 80, 1200, 800, 600, 400},
        [3] = {0, 160, 1200, 800, 600, 400}, [4] = {0, 160, 1200, 800, 600, 400},
        [5] = {80, 0, 800, 1200, 400, 600},  [6] = {80, 0, 800, 1200, 400, 600},
        [7] = {160, 0, 800, 1200, 400, 600}, [8] = {160, 0, 800, 1200, 400, 600},
    };
    for (int o = 1; o <= 8; o++) {
        struct fit fit;
        int w = o < 5 ? 1200 : 1040, h = o < 5 ? 1040 : 1200;
        assert_true(fit_choose_stored(&fit, w, h, o, &request));
        assert_memory_equal(&fit, &want[o], sizeof fit);
    }
}

static void enlarges_smoothly(void **state)
{
    (void)state;
    struct picture *picture = picture_new(2, 1);
    picture->pixels[0] = 0xff000000;
    picture->pixels[1] = 0xff00ff80;
    picture = fit_enlarge(picture, 4, 2);
    static const uint32_t want[] = {0xff000000, 0xff004020, 0xff00bf60, 0xff00ff80};
    assert_int_equal(picture->w, 4);
    assert_int_equal(picture->h, 2);
    assert_memory_equal(picture->pixels, want, sizeof want);
    assert_memory_equal(picture->pixels + 4, want, sizeof want);
    picture_drop(picture);
}

/* Seven px become three: each the exact mean of two and a third. */
static void means_are_exact(void **state)
{
    (void)state;
    struct shrink shrink;
    struct fit fit = {.w = 7, .h = 1, .to_w = 3, .to_h = 1};
    uint8_t row[7 * 4];
    for (int x = 0; x < 7; x++) {
        uint8_t px[] = {(uint8_t)(x * 30), 255, 0, 255};
        memcpy(row + x * 4, px, sizeof px);
    }
    assert_true(shrink_init(&shrink, &fit, true));
    assert_false(shrink_row(&shrink, row));
    struct picture *picture = shrink_take(&shrink);
    /* (0 + 30 + 60 / 3) / (7 / 3) = 21.4 */
    static const uint32_t want[] = {0xff15ff00, 0xff5aff00, 0xff9fff00};
    assert_memory_equal(picture->pixels, want, sizeof want);
    assert_false(picture->clear);
    picture_drop(picture);
    shrink_fini(&shrink);
}

static void colours_count_by_their_alpha(void **state)
{
    (void)state;
    struct shrink shrink;
    struct fit fit = {.w = 2, .h = 2, .to_w = 1, .to_h = 1};
    uint8_t rows[2][8] = {{200, 0, 0, 255, 0, 255, 0, 0}, {200, 0, 0, 255, 9, 9, 9, 0}};
    assert_true(shrink_init(&shrink, &fit, true));
    assert_true(shrink_row(&shrink, rows[0]));
    assert_null(shrink_take(&shrink));
    assert_false(shrink_row(&shrink, rows[1]));
    struct picture *picture = shrink_take(&shrink);
    assert_int_equal(picture->pixels[0], 0x80640000);
    assert_true(picture->clear);
    picture_drop(picture);
    shrink_fini(&shrink);
}

#define EXIF   "Exif\0\0"
#define TAG_LE "\x12\x01\x03\0\x01\0\0\0"

static const struct {
    const char *bytes;
    size_t length;
    int orientation;
} notes[] = {
    {EXIF "II*\0\x08\0\0\0\x01\0" TAG_LE "\x06\0\0\0", 28, 6},
    {EXIF "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0", 28, 8},
    {EXIF "II*\0\x08\0\0\0\x02\0ABCDEFGHIJKL" TAG_LE "\x03\0\0\0", 40, 3},
    /* Cut, elsewhere, of another type, out of range, not TIFF. */
    {EXIF "II*\0\x08\0\0\0\x01\0" TAG_LE, 24, 0},
    {EXIF "II*\0\xff\xff\xff\xff\x01\0" TAG_LE "\x06\0\0\0", 28, 0},
    {EXIF "II*\0\x08\0\0\0\xff\xff"
          "ABCDEFGHIJKL",
     28, 0},
    {EXIF "II*\0\x08\0\0\0\x01\0\x12\x01\x04\0\x01\0\0\0\x06\0\0\0", 28, 0},
    {EXIF "II*\0\x08\0\0\0\x01\0" TAG_LE "\x09\0\0\0", 28, 0},
    {EXIF "IM*\0\x08\0\0\0\x01\0" TAG_LE "\x06\0\0\0", 28, 0},
    {EXIF "II+\0\x08\0\0\0\x01\0" TAG_LE "\x06\0\0\0", 28, 0},
    {"http://ns.adobe.com/xap/1.0/", 28, 0},
    {EXIF, 6, 0},
    {"", 0, 0},
};

static void reads_which_way_is_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        assert_int_equal(
            exif_orientation((const uint8_t *)notes[i].bytes, notes[i].length),
            notes[i].orientation);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fits_boxes),
        cmocka_unit_test(turns_upright),
        cmocka_unit_test(crops_what_is_stored),
        cmocka_unit_test(enlarges_smoothly),
        cmocka_unit_test(means_are_exact),
        cmocka_unit_test(colours_count_by_their_alpha),
        cmocka_unit_test(reads_which_way_is_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
