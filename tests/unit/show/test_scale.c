/* Pictures made larger and smaller: what stays, what averages, where things come to lie. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "show/scale.h"

enum { SIDE = 40 };

static uint8_t from_pixels[SIDE * SIDE * 4], to_pixels[SIDE * SIDE * 4];

static struct scale_picture picture(uint8_t *pixels, int w, int h)
{
    return (struct scale_picture){pixels, w, h, (size_t)w * 4};
}

static void fill(struct scale_picture *p, int x, int y, int w, int h, uint8_t value)
{
    for (int row = y; row < y + h; row++) {
        memset(p->pixels + (size_t)row * p->pitch + x * 4, value, (size_t)w * 4);
    }
}

static int at(const struct scale_picture *p, int x, int y)
{
    return p->pixels[(size_t)y * p->pitch + (size_t)x * 4];
}

static void test_same_size(void **state)
{
    (void)state;
    struct scale_picture from = picture(from_pixels, SIDE, SIDE);
    struct scale_picture to = picture(to_pixels, SIDE, SIDE);
    for (size_t i = 0; i < sizeof from_pixels; i++) {
        from_pixels[i] = (uint8_t)(i * 7919 >> 3);
    }
    assert_true(scale_picture(&from, 0, 0, &to, 0, 0, 109, 109));
    assert_memory_equal(from_pixels, to_pixels, sizeof from_pixels);
    /* A whole shift is exact as well, and what comes in from outside is transparent. */
    assert_true(scale_picture(&from, 3, 5, &to, 0, 0, 64, 64));
    assert_int_equal(at(&to, 0, 0), at(&from, 3, 5));
    assert_int_equal(at(&to, SIDE - 4, SIDE - 6), at(&from, SIDE - 1, SIDE - 1));
    assert_int_equal(at(&to, SIDE - 3, 0), 0);
}

/* A plain area stays plain to the last pixel that lies in it, whatever the scale. */
static void test_plain(void **state)
{
    (void)state;
    static const int ems[] = {9, 16, 31, 54, 64, 96, 108, 109, 110, 180, 200};
    for (size_t i = 0; i < sizeof ems / sizeof *ems; i++) {
        struct scale_picture from = picture(from_pixels, 20, 20);
        fill(&from, 0, 0, 20, 20, 200);
        int side = 20 * ems[i] / 109;
        struct scale_picture to = picture(to_pixels, side, side);
        assert_true(scale_picture(&from, 0, 0, &to, 0, 0, ems[i], 109));
        for (int p = 1; p < side - 1; p++) {
            assert_in_range(at(&to, p, side / 2), 199, 200);
            assert_in_range(at(&to, side / 2, p), 199, 200);
        }
    }
}

/* Halving means: each pixel is the mean of four, so that no line is lost between two. */
static void test_mean(void **state)
{
    (void)state;
    struct scale_picture from = picture(from_pixels, 16, 16);
    struct scale_picture to = picture(to_pixels, 8, 8);
    fill(&from, 0, 0, 16, 16, 0);
    for (int x = 0; x < 16; x += 2) {
        fill(&from, x, 0, 1, 16, 240);
    }
    assert_true(scale_picture(&from, 0, 0, &to, 0, 0, 1, 2));
    for (int x = 0; x < 8; x++) {
        assert_int_equal(at(&to, x, 3), 120);
    }
    for (int x = 2; x < 16; x += 4) {
        fill(&from, x, 0, 1, 16, 0);
    }
    assert_true(scale_picture(&from, 0, 0, &to, 0, 0, 1, 4));
    for (int x = 0; x < 4; x++) {
        assert_int_equal(at(&to, x, 2), 60);
    }
}

/* The fixed points come to lie on each other. */
static void test_origin(void **state)
{
    (void)state;
    struct scale_picture from = picture(from_pixels, 30, 30);
    struct scale_picture to = picture(to_pixels, 20, 20);
    fill(&from, 0, 0, 30, 30, 0);
    fill(&from, 12, 12, 6, 6, 250);
    assert_true(scale_picture(&from, 12, 12, &to, 7, 9, 1, 3));
    for (int y = 0; y < 20; y++) {
        for (int x = 0; x < 20; x++) {
            bool in = x >= 7 && x < 9 && y >= 9 && y < 11;
            assert_int_equal(at(&to, x, y), in ? 250 : 0);
        }
    }
}

static void test_divide(void **state)
{
    (void)state;
    uint8_t pixels[] = {50, 25, 0, 100, 255, 255, 255, 255, 0, 0, 0, 0, 9, 9, 9, 3};
    static const uint8_t want[] = {128, 64, 0, 100, 255, 255, 255, 255,
                                   0,   0,  0, 0,   255, 255, 255, 3};
    struct scale_picture p = picture(pixels, 4, 1);
    scale_divide(&p, 3);
    assert_memory_equal(pixels, want, sizeof want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_size), cmocka_unit_test(test_plain),
        cmocka_unit_test(test_mean),      cmocka_unit_test(test_origin),
        cmocka_unit_test(test_divide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
