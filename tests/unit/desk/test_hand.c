/* What is pushed, cleared and hidden by hand, beside a source that has fetches. */
#include "desk/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { FEED, PUSH, SOURCES, HOUR = 3600, KNOWN = 1795521600, UNKNOWN = 1000 };

static struct message message;

static void put(struct desk *desk, uint16_t source, const char *id, const char *text,
                int64_t now, int64_t expires, bool flash)
{
    message = (struct message){.kind = MESSAGE_HEADLINE, .source = source};
    headline_init(&message.headline);
    headline_set(&message.headline, HEADLINE_ID, id, strlen(id));
    headline_set(&message.headline, HEADLINE_TEXT, text, strlen(text));
    headline_identify(&message.headline);
    message.headline.expires = expires;
    message.headline.flash = flash;
    assert_true(desk_take(desk, &message, now));
}

static void end_fetch(struct desk *desk, int64_t now)
{
    message = (struct message){.kind = MESSAGE_FETCHED, .source = FEED, .at = now};
    assert_true(desk_take(desk, &message, now));
}

static struct desk *open_desk(void)
{
    struct desk *desk = desk_new(SOURCES);
    desk_set_push(desk, PUSH);
    return desk;
}

/* What airs in one lap. */
static const char *aired(struct desk *desk)
{
    static char texts[256];
    struct desk_cursor cursor = {0};
    size_t used = 0;
    texts[0] = '\0';
    for (size_t i = desk_count(desk); i > 0; i--) {
        const struct headline *headline = desk_next(desk, &cursor);
        used += (size_t)snprintf(texts + used, sizeof texts - used, "%s",
                                 headline_get(headline, HEADLINE_TEXT));
    }
    desk_leave(desk, &cursor);
    return texts;
}

static size_t flashes(struct desk *desk)
{
    const struct headline *list[8];
    return desk_flashes(desk, list, 8);
}

static void a_push_stays_until_its_end(void **state)
{
    (void)state;
    struct desk *desk = open_desk();
    put(desk, FEED, "f", "f", KNOWN, HEADLINE_NO_TIME, false);
    put(desk, PUSH, "a", "a", KNOWN, KNOWN + HOUR, false);
    end_fetch(desk, KNOWN);
    end_fetch(desk, KNOWN + 1);
    end_fetch(desk, KNOWN + 2); /* the feed's is gone, and that was no fetch of ours */
    assert_string_equal(aired(desk), "a");
    desk_expire(desk, KNOWN + HOUR - 1);
    assert_string_equal(aired(desk), "a");
    desk_expire(desk, KNOWN + HOUR);
    assert_string_equal(aired(desk), "");
    desk_free(desk);
}

static void the_same_id_takes_its_place(void **state)
{
    (void)state;
    struct desk *desk = open_desk();
    put(desk, PUSH, "1", "a", KNOWN, KNOWN + HOUR, false);
    put(desk, PUSH, "2", "b", KNOWN, KNOWN + HOUR, true);
    put(desk, PUSH, "1", "c", KNOWN + 1, KNOWN + HOUR, false);
    put(desk, PUSH, "2", "d", KNOWN + 1, KNOWN + HOUR, true);
    put(desk, PUSH, "2", "d", KNOWN + 1, KNOWN + HOUR, true); /* delivered twice */
    assert_string_equal(aired(desk), "dc");
    assert_int_equal(flashes(desk), 1);
    desk_free(desk);
}

/* One that has ended may come again, and has its whole time then. */
static void what_has_ended_may_be_pushed_again(void **state)
{
    (void)state;
    struct desk *desk = open_desk();
    int64_t now = KNOWN;
    for (int i = 0; i < 3; i++) {
        put(desk, PUSH, "1", "a", now, now + HOUR, true);
        assert_int_equal(flashes(desk), 1);
        desk_expire(desk, now + HOUR);
        assert_int_equal(flashes(desk), 0);
        now += 20 * HOUR; /* the longest a flash may air has passed */
    }
    /* Also before its end: each push has the longest time for itself. */
    for (int i = 0; i < 3; i++) {
        now += 8 * HOUR;
        put(desk, PUSH, "1", "a", now, now + 10 * HOUR, true);
    }
    desk_expire(desk, now + 10 * HOUR - 1);
    assert_int_equal(flashes(desk), 1);
    desk_expire(desk, now + 10 * HOUR);
    assert_int_equal(flashes(desk), 0);
    desk_free(desk);
}

/* More than a fetch may have, over time and at once: the newest are there. */
static void any_number_may_come(void **state)
{
    (void)state;
    struct desk *desk = open_desk();
    char id[16];
    for (int i = 0; i < 3000; i++) {
        snprintf(id, sizeof id, "%d", i);
        put(desk, PUSH, id, id, KNOWN + i, KNOWN + i + 2, false);
    }
    assert_string_equal(aired(desk), "29992998");
    for (int i = 0; i < 3000; i++) {
        snprintf(id, sizeof id, "x%d", i);
        put(desk, PUSH, id, id, KNOWN + 3000 + i, KNOWN + 9000, false);
    }
    assert_in_range(desk_count(desk), HEADLINE_ITEMS, 2 * HEADLINE_ITEMS);
    assert_int_equal(desk_hide(desk, "x2999"), 1);
    assert_int_equal(desk_hide(desk, "x0"), 0);
    desk_free(desk);
}

static void clear_takes_flashes_alone(void **state)
{
    (void)state;
    struct desk *desk = open_desk();
    put(desk, PUSH, "1", "a", KNOWN, KNOWN + HOUR, true);
    put(desk, PUSH, "2", "b", KNOWN, KNOWN + HOUR, false);
    put(desk, FEED, "1", "c", KNOWN, HEADLINE_NO_TIME, true);
    uint64_t edition = desk_flash_edition(desk);
    assert_int_equal(flashes(desk), 2);
    assert_int_equal(desk_clear(desk, "2"), 0);
    assert_int_equal(desk_clear(desk, ""), 0);
    assert_int_equal(desk_clear(desk, "1"), 2);
    assert_int_equal(flashes(desk), 0);
    assert_string_equal(aired(desk), "b");
    assert_true(desk_flash_edition(desk) != edition);
    /* The feed's does not come back with the next fetch; ours may be pushed again. */
    end_fetch(desk, KNOWN);
    put(desk, FEED, "1", "c", KNOWN + 60, HEADLINE_NO_TIME, true);
    assert_int_equal(flashes(desk), 0);
    put(desk, PUSH, "1", "a", KNOWN + 60, KNOWN + HOUR, true);
    assert_int_equal(flashes(desk), 1);
    desk_free(desk);
}

static void what_is_hidden_stays_hidden(void **state)
{
    (void)state;
    struct desk *desk = open_desk();
    put(desk, FEED, "1", "a", KNOWN, HEADLINE_NO_TIME, false);
    put(desk, FEED, "", "b", KNOWN, HEADLINE_NO_TIME, false);
    char identity[17];
    snprintf(identity, sizeof identity, "%016llx",
             (unsigned long long)message.headline.identity);
    put(desk, FEED, "3", "c", KNOWN, HEADLINE_NO_TIME, false);
    assert_int_equal(desk_hide(desk, "1"), 1);
    assert_int_equal(desk_hide(desk, identity), 1);
    assert_int_equal(desk_hide(desk, "none"), 0);
    assert_string_equal(aired(desk), "c");
    /* It leaves the source, and is there again; with other words, too. */
    for (int i = 1; i < 4; i++) {
        end_fetch(desk, KNOWN + i * 60);
        put(desk, FEED, "3", "c", KNOWN + i * 60, HEADLINE_NO_TIME, false);
        end_fetch(desk, KNOWN + i * 60);
        put(desk, FEED, "1", i == 3 ? "A" : "a", KNOWN + i * 60, HEADLINE_NO_TIME, false);
        put(desk, FEED, "", "b", KNOWN + i * 60, HEADLINE_NO_TIME, false);
        put(desk, FEED, "3", "c", KNOWN + i * 60, HEADLINE_NO_TIME, false);
        assert_string_equal(aired(desk), "c");
    }
    /* What was pushed is taken away, and may come again. */
    put(desk, PUSH, "1", "p", KNOWN, KNOWN + HOUR, false);
    assert_string_equal(aired(desk), "cp");
    desk_hide(desk, "1");
    assert_string_equal(aired(desk), "c");
    put(desk, PUSH, "1", "p", KNOWN, KNOWN + HOUR, false);
    assert_string_equal(aired(desk), "cp");
    desk_free(desk);
}

/* A board without a clock of its own hears the time: what has five minutes left still has them. */
static void the_clock_may_be_set(void **state)
{
    (void)state;
    struct desk *desk = open_desk();
    put(desk, PUSH, "1", "a", UNKNOWN, UNKNOWN + 300, true);
    put(desk, PUSH, "2", "b", UNKNOWN, UNKNOWN + 300, false);
    desk_expire(desk, KNOWN);
    assert_string_equal(aired(desk), "ab");
    desk_expire(desk, KNOWN + 298);
    assert_string_equal(aired(desk), "ab");
    desk_expire(desk, KNOWN + 301);
    assert_string_equal(aired(desk), "");
    desk_free(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_push_stays_until_its_end),
        cmocka_unit_test(the_same_id_takes_its_place),
        cmocka_unit_test(what_has_ended_may_be_pushed_again),
        cmocka_unit_test(any_number_may_come),
        cmocka_unit_test(clear_takes_flashes_alone),
        cmocka_unit_test(what_is_hidden_stays_hidden),
        cmocka_unit_test(the_clock_may_be_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
