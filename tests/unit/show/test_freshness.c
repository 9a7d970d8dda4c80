/* When a source is stale, what the screen says then, and where: on its cards, and, when all
 * are stale, beside the clock, or in the crawl where there is no clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <SDL.h>
#include <cmocka.h>

#include "base/message.h"
#include "show/clockface.h"
#include "show/freshness.h"
#include "show/scene.h"

enum { W = 960, H = 540, AT = 1795521600 /* 2026-11-24, 12:00 UTC */, HOUR = 3600 };

static const int64_t none = HEADLINE_NO_TIME;

static struct message message;

static void say(struct desk *desk, enum message_kind kind, uint16_t source, int64_t at)
{
    message = (struct message){.kind = kind, .source = source, .at = at};
    if (kind == MESSAGE_HEADLINE) {
        static const char text[] =
            "Council approves new tram line after marathon session";
        headline_init(&message.headline);
        headline_set(&message.headline, HEADLINE_TEXT, text, sizeof text - 1);
        message.headline.published = AT - 3 * HOUR;
        headline_identify(&message.headline);
    }
    assert_true(desk_take(desk, &message, at));
}

static void tells_what_is_stale(void **state)
{
    (void)state;
    static const struct {
        int64_t good[2]; /* when each answered */
        bool fetched[2];
        int64_t stale[2], all;
        int64_t failed; /* when source 0 failed, after that */
    } cases[] = {
        {{AT - HOUR, AT - 60}, {true, true}, {none, none}, none, none},
        {{AT - HOUR - 1, AT - 60}, {true, true}, {AT - HOUR - 1, none}, none, none},
        {{AT - 9000, AT - 8000}, {true, true}, {AT - 9000, AT - 8000}, AT - 8000, none},
        /* A failure is no update. */
        {{AT - 9000, AT - 8000}, {true, true}, {AT - 9000, AT - 8000}, AT - 8000, AT},
        /* A file stays good. */
        {{AT - 9000, AT - 8000}, {false, true}, {none, AT - 8000}, none, none},
        /* One that never answered has nothing to be stale. */
        {{none, AT - 8000}, {true, true}, {none, AT - 8000}, AT - 8000, none},
        {{none, none}, {true, true}, {none, none}, none, none},
        /* Asked before the board knew the time. */
        {{1000, 1000}, {true, true}, {none, none}, none, none},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct desk *desk = desk_new(2);
        struct lane_label labels[3] = {{.fetched = cases[i].fetched[0]},
                                       {.fetched = cases[i].fetched[1]}};
        struct lane_setup setup = {
            .desk = desk, .labels = labels, .label_count = 3, .stale_after_s = HOUR};
        for (uint16_t j = 0; j < 2; j++) {
            if (cases[i].good[j] != none) {
                say(desk, j ? MESSAGE_UNCHANGED : MESSAGE_FETCHED, j, cases[i].good[j]);
            }
        }
        if (cases[i].failed != none) {
            say(desk, MESSAGE_FAILED, 0, cases[i].failed);
        }
        assert_int_equal(freshness_of(&setup, 0, AT), cases[i].stale[0]);
        assert_int_equal(freshness_of(&setup, 1, AT), cases[i].stale[1]);
        assert_int_equal(freshness_of(&setup, 2, AT), none);
        assert_int_equal(freshness_of_all(&setup, AT), cases[i].all);
        desk_free(desk);
    }
}

static void the_mark_has_the_time_and_the_day_if_need_be(void **state)
{
    (void)state;
    static const struct {
        int64_t since;
        const char *mark;
    } cases[] = {
        {AT - 2 * HOUR, "as of 10:00"},
        {AT - 20 * HOUR + 1, "as of 16:00"},
        {AT - 20 * HOUR, "as of Mon, Nov 23 16:00"},
        {none, ""},
    };
    struct config_display display = {.locale = "C", .timezone = "UTC"};
    struct theme theme;
    theme_open(&theme, "night", NULL, NULL);
    struct lane_setup setup = {.display = &display, .theme = &theme};
    struct clockface telling;
    clockface_init(&telling, &setup, NULL);
    setup.telling = &telling;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[FRESHNESS_BYTES];
        assert_string_equal(freshness_mark(&setup, cases[i].since, AT, out),
                            cases[i].mark);
    }
    clockface_fini(&telling);
}

/* --- On the screen ------------------------------------------------------------------------- */

struct fixture {
    SDL_Surface *surface;
    SDL_Renderer *renderer;
    struct config config;
    struct theme theme;
    struct desk *desk;
};

/* Two sources, which answered so long ago, and the headline of the first: the screen after
 * some frames. */
static struct fixture *picture(const char *config, int64_t first_s, int64_t other_s)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->surface = SDL_CreateRGBSurfaceWithFormat(0, W, H, 32, SDL_PIXELFORMAT_RGB888);
    f->renderer = SDL_CreateSoftwareRenderer(f->surface);
    assert_true(config_init(&f->config));
    assert_int_equal(config_read(&f->config, "test", config, strlen(config), NULL, NULL),
                     0);
    theme_open(&f->theme, "night", NULL, NULL);
    f->desk = desk_new(2);
    /* In the order of time: the desk takes a clock that goes back for one that was set. */
    if (other_s > first_s) {
        say(f->desk, MESSAGE_FETCHED, 1, AT - other_s);
    }
    say(f->desk, MESSAGE_HEADLINE, 0, AT - first_s);
    say(f->desk, MESSAGE_FETCHED, 0, AT - first_s);
    if (other_s <= first_s) {
        say(f->desk, MESSAGE_FETCHED, 1, AT - other_s);
    }
    struct scene_setup setup = {.renderer = f->renderer,
                                .desk = f->desk,
                                .config = &f->config,
                                .theme = &f->theme,
                                .w = W,
                                .h = H,
                                .refresh_hz = 60};
    struct scene *scene = scene_new(&setup);
    for (int i = 0; i < 300; i++) {
        SDL_Rect damage[SCENE_DAMAGE];
        scene_advance(scene, 1, AT);
        scene_draw(scene, false, damage);
        scene_work(scene, 0);
    }
    SDL_RenderFlush(f->renderer);
    scene_free(scene);
    return f;
}

static void close_it(struct fixture *f)
{
    desk_free(f->desk);
    config_fini(&f->config);
    SDL_DestroyRenderer(f->renderer);
    SDL_FreeSurface(f->surface);
    free(f);
}

static bool same(const struct fixture *a, const struct fixture *b, SDL_Rect in)
{
    for (int y = in.y; y < in.y + in.h; y++) {
        size_t at = (size_t)y * (size_t)a->surface->pitch + (size_t)in.x * 4;
        if (memcmp((const Uint8 *)a->surface->pixels + at,
                   (const Uint8 *)b->surface->pixels + at, (size_t)in.w * 4) != 0) {
            return false;
        }
    }
    return true;
}

#define SOURCES                                                                          \
    "[source \"Gazette\"]\nurl = https://a.example/\n"                                   \
    "[source \"Herald\"]\nurl = https://b.example/\n"

static void the_screen_says_so_in_the_right_place(void **state)
{
    (void)state;
    static const SDL_Rect card = {0, 0, W / 2, 100}, clock = {W / 2, 0, W / 2, 70},
                          story = {0, 100, W, 380}, crawl = {0, 480, W, 60};
    static const struct {
        const char *config;
        int64_t first_s, other_s;
        bool card, clock, crawl; /* differ from a picture of the same, fresh */
    } cases[] = {
        {SOURCES, 60, 9000, false, false, false}, /* nothing of the other is shown */
        {SOURCES, 9000, 60, true, false, false},
        {SOURCES, 9000, 9000, true, true, false},
        {"[display]\nclock = off\n" SOURCES, 9000, 9000, true, false, true},
        {"[display]\nclock = off\n" SOURCES, 9000, 60, true, false, false},
        {"[desk]\nstale-after = 3h\n" SOURCES, 9000, 9000, false, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture *fresh = picture(cases[i].config, 60, 60);
        struct fixture *f = picture(cases[i].config, cases[i].first_s, cases[i].other_s);
        assert_int_equal(!same(f, fresh, card), cases[i].card);
        assert_int_equal(!same(f, fresh, clock), cases[i].clock);
        assert_int_equal(!same(f, fresh, crawl), cases[i].crawl);
        assert_true(same(f, fresh, story));
        close_it(fresh);
        close_it(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_what_is_stale),
        cmocka_unit_test(the_mark_has_the_time_and_the_day_if_need_be),
        cmocka_unit_test(the_screen_says_so_in_the_right_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
