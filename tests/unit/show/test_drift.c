/* The path against burn-in, and the newsroom on it: its still parts move by a px a minute, each
 * lane within its place, the crawl keeps its step, and no frame draws more than one lane for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <SDL.h>
#include <cmocka.h>

#include "base/message.h"
#include "show/drift.h"
#include "show/scene.h"

enum {
    W = 960,
    H = 540,
    AT = 1795521600,
    HZ = 10,
    MINUTE = 60 * HZ,
    STEP = 18,
    BAND_Y = 480
};

static void the_path_goes_everywhere_and_back(void **state)
{
    (void)state;
    for (int reach = 1; reach <= DRIFT_REACH_MAX; reach++) {
        int side = 2 * reach + 1, places = 0;
        bool seen[33][33] = {{false}};
        SDL_Point before = drift_at(0, reach);
        assert_true(before.x == 0 && before.y == 0);
        for (int i = 1; i < 5 * side * side; i++) {
            SDL_Point at = drift_at(i, reach);
            assert_int_equal(abs(at.x - before.x) + abs(at.y - before.y), 1);
            assert_in_range(at.x + reach, 0, side - 1);
            assert_in_range(at.y + reach, 0, side - 1);
            places += i < side * side && !seen[at.y + reach][at.x + reach];
            seen[at.y + reach][at.x + reach] = true;
            before = at;
        }
        assert_int_equal(places, side * side - 1);
    }
    assert_int_equal(drift_reach_px(1080), 4);
    assert_int_equal(drift_reach_px(79), 1);
    assert_int_equal(drift_reach_px(2160), 8);
    drift_at(INT64_MAX, 4);
}

struct fixture {
    SDL_Surface *surface;
    SDL_Renderer *renderer;
    struct config config;
    struct theme theme;
    struct desk *desk;
    struct scene *scene;
};

static struct fixture *open_with(const char *config)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->surface = SDL_CreateRGBSurfaceWithFormat(0, W, H, 32, SDL_PIXELFORMAT_RGB888);
    f->renderer = SDL_CreateSoftwareRenderer(f->surface);
    assert_true(config_init(&f->config));
    assert_int_equal(config_read(&f->config, "test", config, strlen(config), NULL, NULL),
                     0);
    theme_open(&f->theme, "night", NULL, NULL);
    f->desk = desk_new(1);
    static struct message message;
    static const char text[] = "Council approves new tram line after marathon session";
    message.kind = MESSAGE_HEADLINE;
    headline_init(&message.headline);
    headline_set(&message.headline, HEADLINE_TEXT, text, sizeof text - 1);
    headline_identify(&message.headline);
    assert_true(desk_take(f->desk, &message, AT));
    struct scene_setup setup = {.renderer = f->renderer,
                                .desk = f->desk,
                                .config = &f->config,
                                .theme = &f->theme,
                                .w = W,
                                .h = H,
                                .refresh_hz = HZ};
    f->scene = scene_new(&setup);
    assert_non_null(f->scene);
    return f;
}

static void close_it(struct fixture *f)
{
    scene_free(f->scene);
    desk_free(f->desk);
    config_fini(&f->config);
    SDL_DestroyRenderer(f->renderer);
    SDL_FreeSurface(f->surface);
    free(f);
}

static SDL_Rect damage[SCENE_DAMAGE];

static size_t frame(struct fixture *f)
{
    scene_advance(f->scene, 1, AT);
    size_t count = scene_draw(f->scene, false, damage);
    SDL_RenderFlush(f->renderer);
    scene_work(f->scene, 0);
    return count;
}

static Uint32 shot[H][W], now[H][W];

static void take(const struct fixture *f, Uint32 out[H][W])
{
    for (int y = 0; y < H; y++) {
        memcpy(out[y],
               (const Uint8 *)f->surface->pixels + (size_t)y * (size_t)f->surface->pitch,
               sizeof out[y]);
    }
}

/* The rows [FROM, END) show what SHOT shows, moved by X, Y; the margins that leaves are not
 * looked at. */
static void assert_moved(int x, int y, int from, int end)
{
    int left = x > 0 ? x : 0, right = x < 0 ? -x : 0;
    for (int row = from + (y > 0 ? y : 0); row < end + (y < 0 ? y : 0); row++) {
        assert_memory_equal(&now[row][left], &shot[row - y][left - x],
                            (size_t)(W - left - right) * sizeof **now);
    }
}

#define LANES                                                                            \
    "[lane \"card\"]\nmotion = card\narea = 0 0 100 88.8889\nhold = 1h\n"                \
    "[lane \"crawl\"]\narea = 0 88.8889 100 11.1111\nspeed = 180 px/s\n"

static void still_parts_move_by_a_px_a_minute(void **state)
{
    (void)state;
    struct fixture *f = open_with(LANES);
    for (int n = 0; n < MINUTE - 10; n++) {
        frame(f);
    }
    take(f, shot);
    int redrawn = 0;
    for (int n = MINUTE - 10; n < 12 * MINUTE - 1; n++) {
        size_t count = frame(f);
        redrawn += count > 1;
        assert_in_range(count, 1, 2);
        take(f, now);
        SDL_Point wanted = drift_at(n / MINUTE, 2);
        if (n % MINUTE == 30) {
            assert_moved(wanted.x, wanted.y, 0, BAND_Y);
        }
    }
    /* Once a minute, the card. */
    assert_int_equal(redrawn, 11);
    close_it(f);
}

/* The crawl's rows across the moment in which it moves. */
static void the_crawl_moves_up_and_down_alone(void **state)
{
    (void)state;
    struct fixture *f = open_with(LANES);
    int moves = 0;
    for (int n = 0; n < 8 * MINUTE; n++) {
        frame(f);
        take(f, now);
        bool fits[3] = {true, true, true};
        for (int y = -1; y <= 1 && n > 300; y++) {
            for (int row = BAND_Y + 8; row < H - 8; row++) {
                fits[y + 1] &= memcmp(now[row], &shot[row - y][STEP],
                                      (W - STEP) * sizeof **now) == 0;
            }
        }
        assert_true(fits[0] || fits[1] || fits[2]);
        moves += !fits[1];
        /* The margin that this leaves is the band's, not what was there before. */
        int edges = 0;
        SDL_Color edge = f->theme.edge;
        for (int row = BAND_Y; row < BAND_Y + 8; row++) {
            edges +=
                (now[row][0] & 0xFFFFFF) == (Uint32)(edge.r << 16 | edge.g << 8 | edge.b);
        }
        if (n % MINUTE > 3 && n % MINUTE < MINUTE - 3) {
            assert_int_equal(edges, drift_at(n / MINUTE, 2).y >= 0);
        }
        memcpy(shot, now, sizeof shot);
    }
    int wanted = 0;
    for (int i = 1; i < 8; i++) {
        wanted += drift_at(i, 2).y != drift_at(i - 1, 2).y;
    }
    assert_int_equal(moves, wanted);
    close_it(f);
}

static void it_can_be_switched_off(void **state)
{
    (void)state;
    struct fixture *f = open_with("[display]\npixel-shift = off\n" LANES);
    for (int n = 0; n < MINUTE - 10; n++) {
        frame(f);
    }
    take(f, shot);
    for (int n = 0; n < 3 * MINUTE; n++) {
        assert_int_equal(frame(f), 1);
    }
    take(f, now);
    assert_moved(0, 0, 0, BAND_Y);
    close_it(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_path_goes_everywhere_and_back),
        cmocka_unit_test(still_parts_move_by_a_px_a_minute),
        cmocka_unit_test(the_crawl_moves_up_and_down_alone),
        cmocka_unit_test(it_can_be_switched_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
