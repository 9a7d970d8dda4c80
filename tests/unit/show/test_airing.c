/* What is told of headlines that have left the screen: each once, in its lane, when the next comes,
 * when breaking news covers it, or at the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <SDL.h>
#include <cmocka.h>

#include "base/message.h"
#include "show/scene.h"

enum { W = 960, H = 540, AT = 1795521600, HZ = 60 };

#define LANES                                                                            \
    "[source \"Gazette\"]\nurl = /a\n[source \"Office\"]\nurl = /b\n"                    \
    "[flash]\nstyle = takeover\n"                                                        \
    "[lane \"card\"]\nmotion = card\narea = 0 0 100 88.8889\nsources = Gazette\n"        \
    "hold = 2s\n[lane \"crawl\"]\narea = 0 88.8889 100 11.1111\nspeed = 600 px/s\n"      \
    "sources = Gazette\n"

struct fixture {
    SDL_Surface *surface;
    SDL_Renderer *renderer;
    struct config config;
    struct theme theme;
    struct desk *desk;
    struct scene *scene;
    int64_t at;
    char aired[2000], left[2000]; /* the first letters of what did, with its lane's */
};

/* "ca" for what left the card and begins with an a. */
static void take(void *user, const char *lane, const struct headline *headline,
                 int64_t shown_us)
{
    struct fixture *f = user;
    char two[4] = {lane[1], *headline_get(headline, HEADLINE_TEXT), ' '};
    assert_true(shown_us >= 0 && shown_us < 600 * INT64_C(1000000));
    strncat(f->left, two, sizeof f->left - strlen(f->left) - 1);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->surface = SDL_CreateRGBSurfaceWithFormat(0, W, H, 32, SDL_PIXELFORMAT_RGB888);
    f->renderer = SDL_CreateSoftwareRenderer(f->surface);
    assert_true(config_init(&f->config));
    assert_int_equal(config_read(&f->config, "test", LANES, strlen(LANES), NULL, NULL),
                     0);
    theme_open(&f->theme, f->config.display.theme, NULL, NULL);
    f->desk = desk_new(2);
    f->at = AT;
    struct scene_setup setup = {.renderer = f->renderer,
                                .desk = f->desk,
                                .config = &f->config,
                                .theme = &f->theme,
                                .taker = {take, f},
                                .w = W,
                                .h = H,
                                .refresh_hz = HZ};
    f->scene = scene_new(&setup);
    *state = f;
    return f->scene == NULL;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    scene_free(f->scene);
    desk_free(f->desk);
    config_fini(&f->config);
    SDL_DestroyRenderer(f->renderer);
    SDL_FreeSurface(f->surface);
    free(f);
    return 0;
}

static void put(struct fixture *f, uint16_t source, const char *text, int64_t expires)
{
    static struct message message;
    message = (struct message){.kind = MESSAGE_HEADLINE, .source = source};
    headline_init(&message.headline);
    headline_set(&message.headline, HEADLINE_ID, text, strlen(text));
    headline_set(&message.headline, HEADLINE_TEXT, text, strlen(text));
    message.headline.flash = source == 1;
    message.headline.expires = expires;
    headline_identify(&message.headline);
    assert_true(desk_take(f->desk, &message, f->at));
}

static void frames(struct fixture *f, int count)
{
    SDL_Rect damage[SCENE_DAMAGE];
    for (int i = 0; i < count; i++) {
        desk_expire(f->desk, f->at);
        scene_advance(f->scene, 1, f->at);
        scene_draw(f->scene, false, damage);
        for (const struct headline *one; (one = scene_aired(f->scene));) {
            char letter[] = {*headline_get(one, HEADLINE_TEXT), ' ', '\0'};
            strncat(f->aired, letter, sizeof f->aired - strlen(f->aired) - 1);
        }
        while (scene_work(f->scene, 0) != WORK_IDLE) {
        }
    }
}

/* Times that PART stands in TEXT. */
static size_t times(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *p = text; (p = strstr(p, part)); p++) {
        count++;
    }
    return count;
}

/* One leaves the card as the next comes; at the end what is still there has left, too, once. */
static void what_came_leaves_once(void **state)
{
    struct fixture *f = *state;
    put(f, 0, "alpha", HEADLINE_NO_TIME);
    put(f, 0, "beta", HEADLINE_NO_TIME);
    frames(f, 30);
    assert_string_equal(f->left, "");
    frames(f, 20 * HZ);
    assert_true(times(f->left, "aa ") >= 4 && times(f->left, "ab ") >= 4);
    assert_null(strstr(f->left, "aa aa")); /* they took turns */
    assert_true(times(f->left, "ra ") >= 2 && times(f->left, "rb ") >= 2);
    size_t came = strlen(f->aired) / 2;
    assert_true(strlen(f->left) / 3 < came);
    scene_leave(f->scene);
    assert_int_equal(strlen(f->left) / 3, came);
    scene_free(f->scene);
    f->scene = NULL;
    assert_int_equal(strlen(f->left) / 3, came);
}

/* What a takeover covers has left; what is still there when it has gone comes again. */
static void what_is_covered_has_left(void **state)
{
    struct fixture *f = *state;
    put(f, 0, "alpha with some more words, so that it takes a while to pass",
        HEADLINE_NO_TIME);
    frames(f, 30);
    assert_string_equal(f->left, "");
    put(f, 1, "news", AT + 10);
    frames(f, 30);
    assert_int_equal(strlen(f->left), 6);
    assert_true(strstr(f->left, "aa ") && strstr(f->left, "ra "));
    frames(f, 8 * HZ); /* nobody sees what passes beneath */
    assert_int_equal(strlen(f->left), 6);
    f->at = AT + 10;
    frames(f, 1);
    assert_string_equal(f->left + 6, "ln "); /* of the lane "flash" */
    scene_free(f->scene);                    /* as when the window changes its size */
    f->scene = NULL;
    assert_true(strstr(f->left + 9, "aa ") && strstr(f->left + 9, "ra "));
}

int main(void)
{
    SDL_setenv("SDL_VIDEODRIVER", "dummy", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_came_leaves_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_covered_has_left, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
