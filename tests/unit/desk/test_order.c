/* Whose turn it is: shares, laps that have a time, and that neither refreshes nor one feed among a
 * hundred upset them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk/view.h"

enum { SOURCES = 6, NOW = 1000 };

static struct message message;

static void put(struct desk *desk, size_t source, int number)
{
    char text[32];
    snprintf(text, sizeof text, "%c%d", 'a' + (int)source, number);
    message = (struct message){.kind = MESSAGE_HEADLINE, .source = (uint16_t)source};
    headline_init(&message.headline);
    message.headline.published = NOW - number;
    headline_set(&message.headline, HEADLINE_TEXT, text, strlen(text));
    headline_identify(&message.headline);
    assert_true(desk_take(desk, &message, NOW));
}

static void end_fetch(struct desk *desk, size_t source)
{
    message = (struct message){.kind = MESSAGE_FETCHED, .source = (uint16_t)source};
    assert_true(desk_take(desk, &message, NOW));
}

/* A desk whose sources have these weights, and a lap of LAP_S seconds, 0 = no limit. */
static struct desk *open_desk(const int *weights, size_t count, int64_t lap_s)
{
    struct config config;
    struct desk *desk = desk_new(count);
    assert_true(config_init(&config));
    for (size_t i = 0; i < count; i++) {
        struct config_source *source = config_add_source(&config, "file");
        source->weight = weights[i];
        source->keep = 500;
    }
    config.desk.lap_s = lap_s;
    desk_set_rules(desk, &config);
    config_fini(&config);
    return desk;
}

static size_t next_source(struct desk *desk, struct desk_cursor *cursor)
{
    const struct headline *headline = desk_next(desk, cursor);
    assert_non_null(headline);
    return headline->source;
}

/* In any stretch of the rundown each source has its share, to within one headline either way. */
static void shares_are_even_in_every_stretch(void **state)
{
    (void)state;
    static const int weights[SOURCES] = {1, 2, 3, 1, 5, 4};
    enum { AIRED = 480, TOTAL = 16 };
    struct desk *desk = open_desk(weights, SOURCES, 0);
    struct desk_cursor cursor = {0};
    static size_t aired[AIRED];
    for (size_t i = 0; i < SOURCES; i++) {
        for (int n = 0; n < 40 * weights[i]; n++) {
            put(desk, i, n);
        }
    }
    for (size_t i = 0; i < AIRED; i++) {
        aired[i] = next_source(desk, &cursor);
    }
    assert_int_equal(cursor.lap, 0);
    for (size_t length = TOTAL; length <= 5 * TOTAL; length += TOTAL) {
        for (size_t from = 0; from + length <= AIRED; from++) {
            int counts[SOURCES] = {0};
            for (size_t i = from; i < from + length; i++) {
                counts[aired[i]]++;
            }
            for (size_t i = 0; i < SOURCES; i++) {
                int share = weights[i] * (int)(length / TOTAL);
                assert_in_range(counts[i], share - 1, share + 1);
            }
        }
    }
    desk_free(desk);
}

/* A refresh after every headline that airs, with something new in the loud sources. */
static void refreshes_do_not_upset_the_order(void **state)
{
    (void)state;
    static const int weights[SOURCES] = {1, 1, 1, 1, 1, 1};
    struct desk *desk = open_desk(weights, SOURCES, 0);
    struct desk_cursor cursor = {0};
    int newest = 0, counts[SOURCES] = {0};
    for (size_t i = 0; i < SOURCES; i++) {
        for (int n = 0; n < 30; n++) {
            put(desk, i, n);
        }
    }
    for (int turn = 0; turn < 150; turn++) {
        counts[next_source(desk, &cursor)]++;
        size_t loud = (size_t)turn % 3;
        newest--;
        for (int n = newest; n < 30; n++) {
            put(desk, loud, n);
        }
        end_fetch(desk, loud);
    }
    for (size_t i = 0; i < SOURCES; i++) {
        assert_int_equal(counts[i], 25);
    }
    desk_free(desk);
}

/* Who has had nothing to say for long has not saved up his turns. */
static void silence_earns_nothing(void **state)
{
    (void)state;
    static const int weights[] = {1, 1};
    struct desk *desk = open_desk(weights, 2, 0);
    struct desk_cursor cursor = {0};
    for (int n = 0; n < 60; n++) {
        put(desk, 0, n);
    }
    for (int turn = 0; turn < 30; turn++) {
        assert_int_equal(next_source(desk, &cursor), 0);
    }
    for (int n = 0; n < 20; n++) {
        put(desk, 1, n);
    }
    for (int turn = 0; turn < 20; turn += 2) {
        assert_int_equal(next_source(desk, &cursor) + next_source(desk, &cursor), 1);
    }
    desk_free(desk);
}

/* Twenty loud feeds and a local one with one headline: it airs in every lap, however short. */
static void a_slow_source_airs_in_every_lap(void **state)
{
    (void)state;
    enum { LOUD = 20, ALL = LOUD + 1, LAPS = 6 };
    int weights[ALL];
    static const int64_t laps_s[] = {10, 60, 600, 0};
    for (size_t i = 0; i < ALL; i++) {
        weights[i] = i < LOUD ? 10 : 1;
    }
    for (size_t l = 0; l < sizeof laps_s / sizeof *laps_s; l++) {
        struct desk *desk = open_desk(weights, ALL, laps_s[l]);
        struct desk_cursor cursor = {0};
        for (size_t i = 0; i < LOUD; i++) {
            for (int n = 0; n < 100; n++) {
                put(desk, i, n);
            }
        }
        put(desk, LOUD, 0);
        int aired[LAPS + 1][ALL] = {{0}};
        while (cursor.lap < LAPS) {
            size_t source = next_source(desk, &cursor);
            aired[cursor.lap][source]++;
        }
        for (int lap = 0; lap < LAPS; lap++) {
            for (size_t i = 0; i < ALL; i++) {
                assert_true(aired[lap][i] > 0);
            }
            assert_int_equal(aired[lap][LOUD], 1);
        }
        desk_free(desk);
    }
}

/* A headline of three letters takes 17 / 11 s by the crawl, or what the view says; every source has
 * a turn even where there is no time for that. */
static void a_lap_has_its_time(void **state)
{
    (void)state;
    static const int weights[] = {1, 1};
    static const struct {
        int64_t hold_ms, lap_s;
        int in_lap;
    } cases[] = {
        {0, 60, 39}, {10000, 60, 6}, {7000, 60, 9}, {60000, 60, 2}, {10000, 0, 160}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct desk *desk = open_desk(weights, 2, cases[i].lap_s);
        struct desk_cursor cursor = {0};
        struct desk_view view = {.hold_ms = cases[i].hold_ms};
        for (int n = 10; n < 90; n++) {
            put(desk, 0, n);
            put(desk, 1, n);
        }
        int counts[4] = {0};
        while (cursor.lap < 3) {
            const struct headline *headline = view_next(&view, desk, &cursor);
            assert_non_null(headline);
            /* Each begins with the newest again. */
            if (counts[cursor.lap]++ < 2) {
                assert_string_equal(headline_get(headline, HEADLINE_TEXT) + 1, "10");
            }
        }
        for (int lap = 0; lap < 3; lap++) {
            assert_int_equal(counts[lap], cases[i].in_lap);
        }
        desk_free(desk);
    }
}

/* Sources that a lane does not air take no part in its order. */
static void a_view_has_its_own_order(void **state)
{
    (void)state;
    static const int weights[SOURCES] = {1, 1, 1, 1, 1, 1};
    struct desk *desk = open_desk(weights, SOURCES, 0);
    struct desk_cursor cursor = {0}, other = {0};
    struct desk_view view = {.some = true, .sources = {1 << 1 | 1 << 4}};
    for (size_t i = 0; i < SOURCES; i++) {
        for (int n = 0; n < 5; n++) {
            put(desk, i, n);
        }
    }
    for (int turn = 0; turn < 40; turn++) {
        const struct headline *headline = view_next(&view, desk, &cursor);
        assert_int_equal(headline->source, turn % 2 ? 4 : 1);
        assert_int_equal(cursor.lap, turn / 10);
        next_source(desk, &other);
    }
    desk_free(desk);
}

/* Looking ahead from anywhere in a lap tells what comes, and changes nothing of it. */
static void test_looking_ahead(void **state)
{
    static const int weights[] = {1, 2, 1};
    enum { STEPS = 25, AHEAD = 12 };
    (void)state;
    for (int from = 0; from < STEPS; from++) {
        struct desk *desk = open_desk(weights, 3, 0);
        struct desk_cursor cursor = {0}, ahead = {0};
        const struct headline *seen[AHEAD];
        for (int i = 0; i < 15; i++) {
            put(desk, (size_t)i % 3, i);
        }
        for (int i = 0; i < from; i++) {
            assert_non_null(desk_next(desk, &cursor));
        }
        desk_fork(desk, &cursor, &ahead);
        assert_int_equal(ahead.lap, cursor.lap);
        assert_int_equal(ahead.spent_ms, cursor.spent_ms);
        for (int i = 0; i < AHEAD; i++) {
            seen[i] = desk_next(desk, &ahead);
            assert_non_null(seen[i]);
        }
        desk_leave(desk, &ahead);
        for (int i = 0; i < AHEAD; i++) {
            assert_ptr_equal(desk_next(desk, &cursor), seen[i]);
        }
        desk_leave(desk, &cursor);
        desk_free(desk);
    }
}

/* All cursors are in use: the one that would look ahead stays fresh. */
static void test_no_cursor_to_look_ahead(void **state)
{
    static const int weights[] = {1};
    struct desk *desk = open_desk(weights, 1, 0);
    struct desk_cursor cursors[DESK_LANES] = {{0}}, ahead = {0};
    (void)state;
    put(desk, 0, 1);
    for (int i = 0; i < DESK_LANES; i++) {
        assert_non_null(desk_next(desk, &cursors[i]));
    }
    desk_fork(desk, &cursors[0], &ahead);
    assert_int_equal(ahead.lane, 0);
    assert_null(desk_next(desk, &ahead));
    desk_leave(desk, &ahead);
    desk_free(desk);
}

struct slices {
    size_t told, most;
    int sum;
};

static bool tell(void *user, const struct desk_report *report)
{
    struct slices *slices = user;
    if (slices->told == slices->most) {
        return false;
    }
    slices->told++;
    slices->sum += atoi(headline_get(report->headline, HEADLINE_TEXT) + 1);
    return true;
}

/* In slices of any size every headline is told of once. */
static void test_report_in_slices(void **state)
{
    static const int weights[] = {1, 1, 1};
    struct desk *desk = open_desk(weights, 3, 0);
    (void)state;
    for (int i = 0; i < 20; i++) {
        put(desk, (size_t)i % 2 * 2, i + 1);
    }
    for (size_t most = 1; most < 25; most++) {
        struct desk_place place = {0}, other = {0};
        struct slices looked = {.most = SIZE_MAX}, stopped = {.most = most};
        size_t turns = 0;
        while (desk_report_from(desk, &place, most, tell, &looked)) {
            turns++;
        }
        assert_int_equal(looked.told, 20);
        assert_int_equal(looked.sum, 210);
        assert_int_equal(turns, (20 - 1) / most);
        while (desk_report_from(desk, &other, SIZE_MAX, tell, &stopped)) {
            stopped.most += most;
        }
        assert_int_equal(stopped.told, 20);
        assert_int_equal(stopped.sum, 210);
    }
    desk_free(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_even_in_every_stretch),
        cmocka_unit_test(refreshes_do_not_upset_the_order),
        cmocka_unit_test(silence_earns_nothing),
        cmocka_unit_test(a_slow_source_airs_in_every_lap),
        cmocka_unit_test(a_lap_has_its_time),
        cmocka_unit_test(a_view_has_its_own_order),
        cmocka_unit_test(test_looking_ahead),
        cmocka_unit_test(test_no_cursor_to_look_ahead),
        cmocka_unit_test(test_report_in_slices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
