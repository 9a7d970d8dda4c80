/* Pictures on surfaces: copied where opaque, mixed where not, cut at every edge. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "show/paint.h"

enum { W = 6, H = 5, GROUND = 0x204060 };

static SDL_Surface *surface;

static Uint32 at(int x, int y)
{
    Uint32 px;
    memcpy(&px, (const Uint8 *)surface->pixels + y * surface->pitch + x * 4, 4);
    return px & 0xffffff;
}

static int set_up(void **state)
{
    (void)state;
    surface = SDL_CreateRGBSurfaceWithFormat(0, W, H, 32, SDL_PIXELFORMAT_RGB888);
    SDL_FillRect(surface, NULL, GROUND);
    return surface == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    SDL_FreeSurface(surface);
    return 0;
}

static const struct {
    uint32_t over, result;
} mixed[] = {
    {0x00000000, GROUND},   {0xff123456, 0x123456}, {0x80800000, 0x902030},
    {0x80000080, 0x1020b0}, {0x40404040, 0x587088}, {0xfe000000, 0x000000},
};

static void mixes_by_alpha(void **state)
{
    (void)state;
    enum { COUNT = sizeof mixed / sizeof *mixed };
    struct picture *picture = picture_new(COUNT, 1);
    picture->clear = true;
    for (int i = 0; i < COUNT; i++) {
        picture->pixels[i] = mixed[i].over;
    }
    paint_picture(surface, picture, 0, 2, 0, 1);
    for (int i = 0; i < COUNT; i++) {
        assert_int_equal(at(i, 2), mixed[i].result);
        assert_int_equal(at(i, 1), GROUND);
        assert_int_equal(at(i, 3), GROUND);
    }
    picture_drop(picture);
}

/* A picture of 3 x 3 with rows 1, 2, 3 at every place on and beside the surface. */
static void cuts_at_edges(void **state)
{
    (void)state;
    struct picture *picture = picture_new(3, 3);
    for (uint32_t i = 0; i < 9; i++) {
        picture->pixels[i] = 0xff000000 | (i + 1);
    }
    for (int y = -4; y <= H + 1; y++) {
        for (int x = -4; x <= W + 1; x++) {
            SDL_FillRect(surface, NULL, GROUND);
            paint_picture(surface, picture, x, y, 1, 7);
            for (int v = 0; v < H; v++) {
                for (int u = 0; u < W; u++) {
                    bool in = u >= x && u < x + 3 && v >= y + 1 && v < y + 3;
                    assert_int_equal(at(u, v),
                                     in ? (Uint32)((v - y) * 3 + u - x + 1) : GROUND);
                }
            }
        }
    }
    picture_drop(picture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(mixes_by_alpha, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cuts_at_edges, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
