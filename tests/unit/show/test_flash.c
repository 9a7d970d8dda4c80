/* Breaking news over the newsroom: that it is there at once and its text soon, that several take
 * turns, that nothing is left of it when it has ended, and that all beneath it goes on as in a
 * twin that never had it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <SDL.h>
#include <cmocka.h>

#include "count.h"

#include "base/message.h"
#include "show/scene.h"

enum { W = 960, H = 540, AT = 1795521600, BAND_Y = 480, HZ = 60, ROOM_FRAMES = 120 };

/* Source 1 has the flashes; the lanes air source 0 alone, so that a twin without them shows the
 * same. */
#define LANES                                                                            \
    "[source \"Gazette\"]\nurl = /a\n[source \"Office\"]\nurl = /b\n"                    \
    "[lane \"card\"]\nmotion = card\narea = 0 0 100 88.8889\nsources = Gazette\n"        \
    "hold = 4s\n[lane \"crawl\"]\narea = 0 88.8889 100 11.1111\nspeed = 180 px/s\n"      \
    "sources = Gazette\n"

struct fixture {
    SDL_Surface *surface;
    SDL_Renderer *renderer;
    struct config config;
    struct theme theme;
    struct desk *desk;
    struct scene *scene;
    int64_t at;
    SDL_Rect damage[SCENE_DAMAGE];
    size_t damaged;
};

static struct fixture *open_sized(const char *config, int w, int h)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->surface = SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, SDL_PIXELFORMAT_RGB888);
    f->renderer = SDL_CreateSoftwareRenderer(f->surface);
    assert_true(config_init(&f->config));
    assert_int_equal(config_read(&f->config, "test", config, strlen(config), NULL, NULL),
                     0);
    theme_open(&f->theme, f->config.display.theme, NULL, NULL);
    f->desk = desk_new(2);
    f->at = AT;
    struct scene_setup setup = {.renderer = f->renderer,
                                .desk = f->desk,
                                .config = &f->config,
                                .theme = &f->theme,
                                .w = w,
                                .h = h,
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

static struct message message;

static void put(struct fixture *f, uint16_t source, const char *text, int64_t expires)
{
    message = (struct message){.kind = MESSAGE_HEADLINE, .source = source};
    headline_init(&message.headline);
    headline_set(&message.headline, HEADLINE_SOURCE, "Office", 6);
    headline_set(&message.headline, HEADLINE_ID, text, strlen(text));
    headline_set(&message.headline, HEADLINE_TEXT, text, strlen(text));
    message.headline.flash = source == 1;
    message.headline.expires = expires;
    headline_identify(&message.headline);
    assert_true(desk_take(f->desk, &message, f->at));
}

/* The flash that was put as ID says something else. */
static void update(struct fixture *f, const char *id, const char *text)
{
    put(f, 1, id, HEADLINE_NO_TIME);
    headline_set(&message.headline, HEADLINE_TEXT, text, strlen(text));
    assert_true(desk_take(f->desk, &message, f->at));
}

static struct fixture *open_with(const char *config)
{
    struct fixture *f = open_sized(config, W, H);
    put(f, 0, "Council approves new tram line after marathon session", HEADLINE_NO_TIME);
    put(f, 0, "Library closed on Friday", HEADLINE_NO_TIME);
    return f;
}

static enum work frame(struct fixture *f)
{
    desk_expire(f->desk, f->at);
    scene_advance(f->scene, 1, f->at);
    f->damaged = scene_draw(f->scene, false, f->damage);
    SDL_RenderFlush(f->renderer);
    while (scene_aired(f->scene)) {
    }
    return scene_work(f->scene, 0);
}

static Uint32 px_of(const struct fixture *f, int x, int y)
{
    Uint32 value;
    memcpy(&value, (const Uint8 *)f->surface->pixels + y * f->surface->pitch + x * 4, 4);
    return value & 0xFFFFFF;
}

static Uint32 value_of(SDL_Color colour)
{
    return (Uint32)(colour.r << 16 | colour.g << 8 | colour.b);
}

/* How many px of the rows [Y, END) have COLOUR. */
static int count_of(const struct fixture *f, SDL_Color colour, int y, int end)
{
    int count = 0;
    for (; y < end; y++) {
        for (int x = 0; x < f->surface->w; x++) {
            count += px_of(f, x, y) == value_of(colour);
        }
    }
    return count;
}

/* The rows [Y, END) show the same in both. */
static void assert_same(const struct fixture *a, const struct fixture *b, int y, int end)
{
    size_t pitch = (size_t)a->surface->pitch;
    assert_memory_equal((const Uint8 *)a->surface->pixels + (size_t)y * pitch,
                        (const Uint8 *)b->surface->pixels + (size_t)y * pitch,
                        (size_t)(end - y) * pitch);
}

static bool is_same(const struct fixture *a, const struct fixture *b)
{
    return memcmp(a->surface->pixels, b->surface->pixels,
                  (size_t)a->surface->pitch * (size_t)a->surface->h) == 0;
}

static int red(const struct fixture *f)
{
    return count_of(f, f->theme.flash, 0, H);
}

/* Whatever comes and goes above it, each frame of the crawl is the twin's, and when the last flash
 * has ended so is the whole screen: at once where no card has given way, else but for the moments
 * of a change, which may then be others than the twin's. */
static void beneath_it_all_goes_on(void **state)
{
    (void)state;
    static const struct {
        const char *style;
        int free_y, free_end; /* rows that are never covered */
        bool gives_way;
    } cases[] = {
        {"[flash]\nstyle = banner\n" LANES, BAND_Y, H, true},
        {"[flash]\nstyle = takeover\n" LANES, 0, 0, false},
        {"[flash]\nstyle = inline\n" LANES, 0, H, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture *a = open_with(cases[i].style), *b = open_with(cases[i].style);
        int same = 0;
        for (int n = 0; n < 12 * HZ + 300; n++) {
            a->at = b->at = AT + n / HZ;
            if (n == 300) {
                put(a, 1, "Severe flood warning for the lower harbour", AT + 12);
            }
            if (n == 330) {
                put(a, 1, "The bridge is closed", AT + 9);
            }
            frame(a);
            frame(b);
            assert_same(a, b, cases[i].free_y, cases[i].free_end);
            same += is_same(a, b);
            if (n < 300 || (n >= 12 * HZ && !cases[i].gives_way)) {
                assert_same(a, b, 0, H);
            }
            assert_true(n < 12 * HZ || red(a) == 0);
        }
        assert_true(same >= 300 + 2 * HZ);
        close_it(a);
        close_it(b);
    }
}

/* No text of the card is cut by the banner: soon it stands in the rows above. */
static void the_card_makes_room(void **state)
{
    (void)state;
    enum { TOP = BAND_Y - H * 33 / 100 };
    struct fixture *f = open_with("[flash]\nstyle = banner\n" LANES);
    for (int n = 0; n < 120; n++) {
        frame(f);
    }
    int cut = W * 12 - count_of(f, f->theme.background, TOP - 6, TOP + 6);
    assert_true(cut > 0); /* or nothing has to give way */
    put(f, 1, "Severe flood warning for the lower harbour", AT + 60);
    for (int n = 0; n < ROOM_FRAMES; n++) {
        frame(f);
    }
    assert_int_equal(count_of(f, f->theme.background, TOP - 6, TOP), W * 6);
    assert_true(count_of(f, f->theme.headline, 0, TOP) > 300);
    close_it(f);
}

static void the_ground_is_there_with_the_next_frame(void **state)
{
    (void)state;
    struct fixture *f = open_with(LANES);
    for (int n = 0; n < 300; n++) {
        frame(f);
    }
    put(f, 1, "Severe flood warning for the lower harbour", AT + 20);
    frame(f);
    int h = H * 33 / 100, text = 0, frames = 0;
    assert_int_equal(count_of(f, f->theme.flash, BAND_Y - h, BAND_Y), W * h);
    assert_int_equal(red(f), W * h);
    for (; text < 1000; frames++) {
        frame(f);
        text = count_of(f, f->theme.flash_text, BAND_Y - h, BAND_Y);
        assert_true(frames < 120);
    }
    f->at = AT + 19;
    frame(f);
    assert_true(red(f) > W * h / 2);
    f->at = AT + 20;
    frame(f);
    assert_int_equal(red(f), 0);
    close_it(f);
}

static void it_covers_what_its_style_says(void **state)
{
    (void)state;
    static const struct {
        const char *config;
        int w, h, top, bottom; /* rows that have its ground at their left end */
    } cases[] = {
        {"", 960, 540, 540 * 8 / 9 - 178, 480},
        {"[flash]\nstyle = takeover\n", 960, 540, 0, 540},
        {"", 960, 80, 0, 80}, /* a tape */
        {"[flash]\nstyle = takeover\n", 960, 80, 0, 80},
        {"[display]\nsafe-area = 10\n[lane \"a\"]\nmotion = card\narea = 0 0 100 100\n",
         960, 540, 486 - 178, 540},
        {"[flash]\nstyle = inline\n", 960, 540, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture *f = open_sized(cases[i].config, cases[i].w, cases[i].h);
        put(f, 1, "The bridge is closed", HEADLINE_NO_TIME);
        for (int n = 0; n < 30; n++) {
            frame(f);
        }
        for (int y = 0; y < cases[i].h; y++) {
            bool in = y >= cases[i].top && y < cases[i].bottom;
            assert_int_equal(px_of(f, 1, y) == value_of(f->theme.flash), in);
        }
        close_it(f);
    }
}

static void put_styled(struct fixture *f, const char *text, enum headline_style style,
                       int64_t expires)
{
    message = (struct message){.kind = MESSAGE_HEADLINE, .source = 1};
    headline_init(&message.headline);
    headline_set(&message.headline, HEADLINE_ID, text, strlen(text));
    headline_set(&message.headline, HEADLINE_TEXT, text, strlen(text));
    message.headline.flash = true;
    message.headline.style = (uint8_t)style;
    message.headline.expires = expires;
    headline_identify(&message.headline);
    assert_true(desk_take(f->desk, &message, f->at));
}

/* Whether what is covered now, seen at the left end of the rows, is [TOP, BOTTOM). */
static bool covers(const struct fixture *f, int top, int bottom)
{
    for (int y = 0; y < H; y++) {
        if ((px_of(f, 1, y) == value_of(f->theme.flash)) != (y >= top && y < bottom)) {
            return false;
        }
    }
    return true;
}

/* Each in its own style, whatever the configuration says, the lanes beneath as in a twin; when one
 * makes place for a smaller one, nothing of it is left. */
static void each_may_have_a_style_of_its_own(void **state)
{
    (void)state;
    static const char *const usual[] = {"[flash]\nstyle = banner\n" LANES,
                                        "[flash]\nstyle = takeover\n" LANES,
                                        "[flash]\nstyle = inline\n" LANES};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        struct fixture *f = open_with(usual[i]), *twin = open_with(usual[i]);
        int banner = 0, whole = 0, h = H * 33 / 100;
        for (int n = 0; n < 40 * HZ; n++) {
            f->at = twin->at = AT + n / HZ;
            if (n == 2 * HZ) { /* it is there with the next frame */
                put_styled(f, "alpha", HEADLINE_TAKEOVER, AT + 34);
            }
            if (n == 4 * HZ) {
                put_styled(f, "beta", HEADLINE_BANNER, AT + 36);
                put_styled(f, "gamma", HEADLINE_INLINE, AT + 36);
            }
            uploads = planes = 0;
            frame(f);
            assert_true(uploads + planes <= 2); /* the crawl's among them */
            frame(twin);
            assert_same(f, twin, BAND_Y,
                        n < 2 * HZ || n >= 36 * HZ + ROOM_FRAMES ? H : BAND_Y);
            if (n == 2 * HZ) {
                assert_true(covers(f, 0, H));
            }
            if (n > 2 * HZ && n < 36 * HZ) {
                banner += covers(f, BAND_Y - h, BAND_Y);
                whole += covers(f, 0, H);
                assert_int_equal(banner + whole, n - 2 * HZ);
            }
            if (n < 2 * HZ || n >= 36 * HZ + ROOM_FRAMES) {
                assert_same(f, twin, 0, H);
            }
            if (n >= 34 * HZ && n < 36 * HZ) {
                assert_same(f, twin, BAND_Y, H);
            }
        }
        /* Turns of ten seconds each, the last ones cut short. */
        assert_in_range(banner, 14 * HZ, 24 * HZ);
        assert_in_range(whole, 10 * HZ, 20 * HZ);
        close_it(f);
        close_it(twin);
    }
}

/* The same one in another style is made anew, and inline it leaves the board. */
static void a_style_may_change(void **state)
{
    (void)state;
    struct fixture *f = open_with(LANES);
    int h = H * 33 / 100;
    static const enum headline_style styles[] = {HEADLINE_BANNER, HEADLINE_TAKEOVER,
                                                 HEADLINE_INLINE, HEADLINE_BANNER,
                                                 HEADLINE_STYLE_UNSET};
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
        put_styled(f, "alpha", styles[i], AT + 60);
        for (int n = 0; n < 60; n++) {
            frame(f);
        }
        bool whole = styles[i] == HEADLINE_TAKEOVER, none = styles[i] == HEADLINE_INLINE;
        assert_true(covers(f, whole || none ? 0 : BAND_Y - h,
                           whole  ? H
                           : none ? 0
                                  : BAND_Y));
    }
    close_it(f);
}

/* In the lanes it has a chip of its own, whatever the style. */
static void the_crawl_gives_it_a_chip(void **state)
{
    (void)state;
    struct fixture *f =
        open_sized("[flash]\nstyle = inline\n[lane \"a\"]\narea = 0 0 100 20\n", W, H);
    put(f, 1, "The bridge is closed", HEADLINE_NO_TIME);
    for (int n = 0; n < 60; n++) {
        frame(f);
    }
    assert_true(red(f) > 1000);
    close_it(f);
}

/* A new one and an update come at once, all others when the one before has had its time. */
static void several_take_turns(void **state)
{
    (void)state;
    struct fixture *f = open_with(LANES);
    static const struct {
        int second;
        const char *aired; /* by then */
    } steps[] = {{1, ""},    {2, "a"},    {4, "a"},    {6, "ab"},
                 {14, "ab"}, {17, "aba"}, {19, "abaa"}};
    char aired[16] = "";
    for (int n = 0; n < 30 * HZ; n++) {
        if (n == 60) {
            put(f, 1, "alpha", HEADLINE_NO_TIME);
        }
        if (n == 5 * HZ) { /* in the middle of a turn */
            put(f, 1, "beta", HEADLINE_NO_TIME);
        }
        if (n == 18 * HZ) { /* an update comes at once, too */
            update(f, "alpha", "alpha!");
        }
        desk_expire(f->desk, f->at);
        scene_advance(f->scene, 1, f->at);
        f->damaged = scene_draw(f->scene, false, f->damage);
        for (const struct headline *one; (one = scene_aired(f->scene));) {
            if (one->flash) {
                strncat(aired, headline_get(one, HEADLINE_TEXT), 1);
            }
        }
        scene_work(f->scene, 0);
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
            if (n == steps[i].second * HZ) {
                assert_string_equal(aired, steps[i].aired);
            }
        }
    }
    close_it(f);
}

static void it_uploads_one_piece_a_frame(void **state)
{
    (void)state;
    struct fixture *f = open_sized("[flash]\nstyle = takeover\n", W, H);
    put(f, 0, "Library closed on Friday", HEADLINE_NO_TIME);
    for (int n = 0; n < 900; n++) {
        uploads = planes = 0;
        if (n == 300 || n == 500) {
            put(f, 1, n == 300 ? "alpha" : "beta", AT + 10);
        }
        f->at = AT + n / HZ;
        frame(f);
        assert_true(uploads + planes <= 1);
    }
    close_it(f);
}

/* Once it stands, a frame draws nothing of it and makes no texture. */
static void once_there_it_costs_nothing(void **state)
{
    (void)state;
    struct fixture *f = open_with("[lane \"a\"]\narea = 0 88.8889 100 11.1111\n");
    put(f, 1, "alpha", HEADLINE_NO_TIME);
    for (int n = 0; n < 1200; n++) {
        planes = n < 90 ? 0 : planes;
        frame(f);
        assert_true(n < 90 || f->damaged == 1);
    }
    assert_int_equal(planes, 0);
    assert_true(red(f) > 1000);
    close_it(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beneath_it_all_goes_on),
        cmocka_unit_test(the_card_makes_room),
        cmocka_unit_test(the_ground_is_there_with_the_next_frame),
        cmocka_unit_test(it_covers_what_its_style_says),
        cmocka_unit_test(each_may_have_a_style_of_its_own),
        cmocka_unit_test(a_style_may_change),
        cmocka_unit_test(the_crawl_gives_it_a_chip),
        cmocka_unit_test(several_take_turns),
        cmocka_unit_test(it_uploads_one_piece_a_frame),
        cmocka_unit_test(once_there_it_costs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
