/* What a lane airs of a rundown with several sources and categories. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk/view.h"

static struct message message;

static void put(struct desk *desk, uint16_t source, const char *text,
                const char *categories)
{
    message = (struct message){.kind = MESSAGE_HEADLINE, .source = source};
    headline_init(&message.headline);
    headline_set(&message.headline, HEADLINE_TEXT, text, strlen(text));
    headline_set(&message.headline, HEADLINE_CATEGORIES, categories, strlen(categories));
    headline_identify(&message.headline);
    assert_true(desk_take(desk, &message, 1000));
}

static void selects(void **state)
{
    (void)state;
    static const struct {
        struct desk_view view;
        const char *airs; /* first letters, in the order of one lap */
    } cases[] = {
        {{0}, "adbc"},
        {{.categories = "*"}, "adbc"},
        {{.some = true, .sources = {1 << 1}}, "d"},
        {{.some = true, .sources = {1 << 0 | 1 << 2}}, "abc"},
        {{.some = true}, ""},
        {{.categories = "Sport"}, "ab"},
        {{.categories = " local politics , SPORT"}, "adb"},
        {{.categories = "Spor"}, ""},
        {{.some = true, .sources = {1 << 1}, .categories = "sport"}, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct desk *desk = desk_new(3);
        put(desk, 0, "a", "Sport");
        put(desk, 0, "b", "Weather\nsport");
        put(desk, 0, "c", "");
        put(desk, 1, "d", "Local politics");
        struct desk_cursor cursor = {0};
        for (const char *wanted = cases[i].airs; *wanted; wanted++) {
            const struct headline *got = view_next(&cases[i].view, desk, &cursor);
            assert_non_null(got);
            assert_int_equal(*headline_get(got, HEADLINE_TEXT), *wanted);
        }
        if (!*cases[i].airs) {
            assert_null(view_next(&cases[i].view, desk, &cursor));
        }
        desk_free(desk);
    }
}

/* However much must be passed over, a call does not go through all of it, and the next one
 * goes on. */
static void passes_over_a_little_at_a_time(void **state)
{
    (void)state;
    struct desk *desk = desk_new(2);
    for (int i = 0; i < 200; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        put(desk, 0, text, "");
    }
    put(desk, 0, "wanted", "Sport");
    struct desk_view view = {.categories = "Sport"};
    struct desk_cursor cursor = {0};
    const struct headline *got = NULL;
    int calls = 0;
    while (!got && calls < 20) {
        got = view_next(&view, desk, &cursor);
        calls++;
    }
    assert_non_null(got);
    assert_in_range(calls, 200 / VIEW_PASSED, 200 / VIEW_PASSED + 1);
    desk_free(desk);
}

static void a_calm_view_has_no_flash(void **state)
{
    (void)state;
    struct desk *desk = desk_new(1);
    struct desk_cursor cursor = {0};
    static const struct desk_view calm = {.calm = true};
    put(desk, 0, "a", "");
    put(desk, 0, "b", "");
    message.headline.flash = true;
    assert_true(desk_take(desk, &message, 1000));
    for (int i = 0; i < 4; i++) {
        assert_string_equal(headline_get(view_next(&calm, desk, &cursor), HEADLINE_TEXT),
                            "a");
    }
    desk_free(desk);
}

/* Only what a banner says, by its own style or else the usual one, is left out. */
static void a_calm_view_has_inline_flashes(void **state)
{
    (void)state;
    static const struct {
        enum headline_style own, usual;
        bool shown;
    } cases[] = {
        {HEADLINE_STYLE_UNSET, HEADLINE_BANNER, false},
        {HEADLINE_STYLE_UNSET, HEADLINE_INLINE, true},
        {HEADLINE_INLINE, HEADLINE_TAKEOVER, true},
        {HEADLINE_BANNER, HEADLINE_INLINE, false},
        {HEADLINE_TAKEOVER, HEADLINE_INLINE, false},
    };
    headline_init(&message.headline);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct desk_view view = {.calm = true, .flash_style = cases[i].usual};
        message.headline.flash = true;
        message.headline.style = (uint8_t)cases[i].own;
        assert_int_equal(view_shows(&view, &message.headline), cases[i].shown);
        message.headline.flash = false;
        assert_true(view_shows(&view, &message.headline));
    }
}

/* "push" names what is sent by hand, the source after those configured. */
static void a_lane_may_name_the_push_source(void **state)
{
    (void)state;
    static const char text[] = "[source \"A\"]\nurl = /a\n[source \"B\"]\nurl = /b\n"
                               "[lane \"1\"]\nsources = B, push\n"
                               "[lane \"2\"]\nsources = A\n[lane \"3\"]\n";
    struct config config;
    assert_true(config_init(&config));
    assert_int_equal(config_read(&config, "test", text, strlen(text), NULL, NULL), 0);
    static const bool shown[3][3] = {
        {false, true, true}, {true, false, false}, {1, 1, 1}};
    for (size_t lane = 0; lane < 3; lane++) {
        struct desk_view view = view_of(&config, &config.lanes[lane]);
        for (size_t source = 0; source < 3; source++) {
            assert_int_equal(view_has_source(&view, source), shown[lane][source]);
        }
    }
    config_fini(&config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_calm_view_has_no_flash),
        cmocka_unit_test(a_calm_view_has_inline_flashes),
        cmocka_unit_test(a_lane_may_name_the_push_source),
        cmocka_unit_test(selects),
        cmocka_unit_test(passes_over_a_little_at_a_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
