/* The strip in tiles against the same headline drawn in one piece; the work of a frame; and
 * that a steady frame neither allocates nor makes a texture. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <SDL.h>
#include <cmocka.h>

#include "base/message.h"
#include "show/crawl.h"
#include "show/layout.h"
#include "show/raster.h"

enum { W = 1000, H = 120, EM_PX = 64, STEP_PX = 7 };

static const SDL_Color white = {255, 255, 255, 255}, black = {0, 0, 0, 255};
static const char long_text[] = "Council approves new tram line after a marathon "
                                "session; storm warning issued for the "
                                "northern coast as winds strengthen; river levels fall "
                                "but flood defences stay on alert";

struct fixture {
    SDL_Surface *surface;
    SDL_Renderer *renderer;
    struct desk *desk;
    struct crawl *crawl;
    struct message message;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->surface = SDL_CreateRGBSurfaceWithFormat(0, W, H, 32, SDL_PIXELFORMAT_RGB888);
    f->renderer = SDL_CreateSoftwareRenderer(f->surface);
    f->desk = desk_new(1);
    struct crawl_setup setup = {.renderer = f->renderer,
                                .desk = f->desk,
                                .area = {0, 0, W, H},
                                .text_px = EM_PX,
                                .step_px = STEP_PX,
                                .band = black,
                                .text = white,
                                .label = white,
                                .mark = white,
                                .edge = black};
    f->crawl = crawl_new(&setup);
    *state = f;
    return f->crawl == NULL;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    crawl_free(f->crawl);
    desk_free(f->desk);
    SDL_DestroyRenderer(f->renderer);
    SDL_FreeSurface(f->surface);
    free(f);
    return 0;
}

static void put(struct fixture *f, const char *text)
{
    f->message.kind = MESSAGE_HEADLINE;
    headline_init(&f->message.headline);
    headline_set(&f->message.headline, HEADLINE_TEXT, text, strlen(text));
    headline_identify(&f->message.headline);
    assert_true(desk_take(f->desk, &f->message, 1000));
}

static void take_all(struct fixture *f)
{
    f->message = (struct message){.kind = MESSAGE_FETCHED, .count = 0};
    desk_take(f->desk, &f->message, 1000);
    desk_take(f->desk, &f->message, 1000);
}

static void frame(struct fixture *f)
{
    crawl_advance(f->crawl, 1);
    for (int i = 0; i < 100 && crawl_work(f->crawl) != CRAWL_IDLE; i++) {
    }
    crawl_draw(f->crawl);
    SDL_RenderFlush(f->renderer);
}

static Uint32 pixel(const SDL_Surface *surface, int x, int y)
{
    Uint32 value;
    memcpy(&value, (const Uint8 *)surface->pixels + y * surface->pitch + x * 4, 4);
    return value & 0xFFFFFF;
}

/* At every place of the strip the window shows exactly what the line drawn whole shows: no
 * glyph is cut at a tile's edge, none is drawn twice or shifted. */
static void test_tiles_equal_whole(void **state)
{
    struct fixture *f = *state;
    put(f, long_text);
    struct faces *faces = faces_new(EM_PX, NULL);
    struct layout *layout = layout_new(faces);
    struct raster *raster = raster_new(faces);
    struct line *line = layout_text(layout, long_text, strlen(long_text));
    int width = layout_width_px(line) + 200;
    SDL_Surface *whole =
        SDL_CreateRGBSurfaceWithFormat(0, width, H, 32, SDL_PIXELFORMAT_RGB888);
    int baseline = (H + faces_capital_px(faces)) / 2;
    raster_line(raster, line, whole, 100, baseline, white);

    int start = W / 4 + STEP_PX; /* where the first headline begins, one frame on */
    for (int origin = STEP_PX; origin + W < width - 100; origin += STEP_PX) {
        frame(f);
        for (int x = 0; x < W; x += 1) {
            int at = origin + x - start + 100;
            for (int y = 4; at >= 0 && at < width - 100 && y < H; y += 3) {
                if (pixel(f->surface, x, y) != pixel(whole, at, y)) {
                    fail_msg("origin %d, x %d, y %d: %06x, not %06x", origin, x, y,
                             pixel(f->surface, x, y), pixel(whole, at, y));
                }
            }
        }
    }
    free(line);
    raster_free(raster);
    layout_free(layout);
    faces_free(faces);
    SDL_FreeSurface(whole);
}

/* One slice of work is one layout, one chunk or one upload. */
static void test_work_is_sliced(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(crawl_work(f->crawl), CRAWL_IDLE);
    assert_false(crawl_hungry(f->crawl));
    put(f, long_text);
    assert_int_equal(crawl_work(f->crawl), CRAWL_LAYOUT);
    assert_int_equal(crawl_work(f->crawl), CRAWL_LAYOUT);
    assert_true(crawl_hungry(f->crawl));
    int count[4] = {0};
    enum crawl_work work;
    while ((work = crawl_work(f->crawl)) != CRAWL_IDLE) {
        count[work]++;
        assert_true(count[CRAWL_LAYOUT] + count[CRAWL_RASTER] < 1000);
    }
    assert_false(crawl_hungry(f->crawl));
    assert_true(count[CRAWL_UPLOAD] >= 2 && count[CRAWL_UPLOAD] <= 5);
    assert_true(count[CRAWL_RASTER] > 10);
}

static int aired(struct fixture *f, const char *text)
{
    const struct headline *headline;
    int count = 0;
    while ((headline = crawl_aired(f->crawl))) {
        count += strcmp(headline_get(headline, HEADLINE_TEXT), text) == 0;
    }
    return count;
}

/* A headline airs when its beginning comes into view: once each time it passes. */
static void test_airs_once(void **state)
{
    struct fixture *f = *state;
    put(f, long_text);
    int count = 0, frames = 0;
    for (; count == 0 && frames < 10; frames++) {
        frame(f);
        count += aired(f, long_text);
    }
    assert_true(frames <= 2);
    int lap = 0;
    for (; count == 1 && lap < 2000; lap++) {
        frame(f);
        count += aired(f, long_text);
    }
    assert_int_equal(count, 2);
    assert_true(lap * STEP_PX > 3000);
}

static int lit(const struct fixture *f, int from, int to)
{
    int count = 0;
    for (int x = from; x < to; x++) {
        count += pixel(f->surface, x, H / 2) != 0;
    }
    return count;
}

/* The first headline may come long after the start: it begins in view all the same, and what
 * follows it follows at once. */
static void test_first_comes_late(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 3000; i++) {
        frame(f);
    }
    put(f, "Late");
    frame(f);
    assert_int_equal(lit(f, 0, W / 4), 0);
    assert_true(lit(f, W / 4, W / 2) > 20);
    assert_true(lit(f, W / 2, W) > 20);
    assert_int_equal(aired(f, "Late") > 0, 1);
}

/* A stall carries a headline past unseen: it has not aired. */
static void test_unseen_is_not_aired(void **state)
{
    struct fixture *f = *state;
    put(f, "Gone by");
    frame(f);
    assert_true(aired(f, "Gone by") > 0);
    crawl_advance(f->crawl, 100000);
    assert_int_equal(aired(f, "Gone by"), 0);
}

/* Nothing of it can be drawn: neither it nor its label nor a lone mark comes on screen, and
 * looking for something better does not fill the frame. */
static void test_undrawable_is_passed_over(void **state)
{
    struct fixture *f = *state;
    put(f, "\xEE\x80\x80\xEE\x80\x81"); /* private use */
    for (int i = 0; i < 100; i++) {
        frame(f);
        assert_false(crawl_hungry(f->crawl));
    }
    assert_int_equal(lit(f, 0, W), 0);
    put(f, "Drawable");
    for (int i = 0; i < 10; i++) {
        frame(f);
    }
    assert_true(lit(f, 0, W) > 20);
}

/* The desk runs empty: what is on the strip goes on to its end, whole, then the band is bare;
 * what comes later enters from the right edge. */
static void test_runs_dry(void **state)
{
    struct fixture *f = *state;
    put(f, "Short");
    frame(f);
    take_all(f);
    assert_int_equal(desk_count(f->desk), 0);
    for (int i = 0; i < 2000; i++) {
        frame(f);
    }
    assert_int_equal(lit(f, 0, W), 0);
    put(f, "Second wind");
    frame(f);
    assert_int_equal(lit(f, 0, W * 9 / 10), 0);
    for (int i = 0; i < 60; i++) {
        frame(f);
    }
    assert_true(lit(f, 0, W) > 20);
}

#if defined(__SANITIZE_ADDRESS__)
/* Of the sanitizer's runtime; gcc brings no header for it. */
int __sanitizer_install_malloc_and_free_hooks(void (*malloc_hook)(const volatile void *,
                                                                  size_t),
                                              void (*free_hook)(const volatile void *));

static int allocations;

static void count_allocation(const volatile void *pointer, size_t bytes)
{
    (void)pointer;
    (void)bytes;
    allocations++;
}

static void ignore_free(const volatile void *pointer)
{
    (void)pointer;
}

static void test_steady_frame_allocates_nothing(void **state)
{
    struct fixture *f = *state;
    put(f, long_text);
    put(f, "Central bank holds rates");
    for (int i = 0; i < 300; i++) {
        frame(f);
    }
    assert_true(__sanitizer_install_malloc_and_free_hooks(count_allocation, ignore_free));
    int steady = 0;
    for (int i = 0; i < 2000; i++) {
        allocations = 0;
        crawl_advance(f->crawl, 1);
        enum crawl_work work = crawl_work(f->crawl);
        crawl_draw(f->crawl);
        SDL_RenderFlush(f->renderer);
        while (crawl_aired(f->crawl)) {
        }
        /* Uploading a tile is no reason to allocate either. */
        if (work == CRAWL_IDLE || work == CRAWL_UPLOAD) {
            assert_int_equal(allocations, 0);
            steady++;
        }
    }
    assert_true(steady > 1500);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_tiles_equal_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_work_is_sliced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_airs_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_runs_dry, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_undrawable_is_passed_over, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_first_comes_late, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unseen_is_not_aired, set_up, tear_down),
#if defined(__SANITIZE_ADDRESS__)
        cmocka_unit_test_setup_teardown(test_steady_frame_allocates_nothing, set_up,
                                        tear_down),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
