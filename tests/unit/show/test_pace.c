/* Motion counted in refreshes: on time, late, stalled, and on displays that lie. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "show/pace.h"

enum { START_US = 1000000 };

static void test_on_time(void **state)
{
    (void)state;
    struct pace pace;
    pace_init(&pace, 60, false, START_US);
    int64_t now = START_US;
    for (int i = 1; i <= 1000; i++) {
        assert_int_equal(pace_next(&pace, now + 300), 1);
        now = pace_due_us(&pace);
        assert_int_equal(now, START_US + (int64_t)(i * 1e6 / 60));
    }
}

/* A frame that comes N refreshes late is followed by a step of N more: the line is kept. */
static void test_late(void **state)
{
    (void)state;
    struct pace pace;
    pace_init(&pace, 50, false, START_US);
    assert_int_equal(pace_next(&pace, START_US), 1);
    assert_int_equal(pace_next(&pace, START_US + 20000 * 3 + 100), 3);
    assert_int_equal(pace_due_us(&pace), START_US + 20000 * 4);
}

/* After a suspend nothing is caught up with, and the pace goes on from there. */
static void test_stall(void **state)
{
    (void)state;
    struct pace pace;
    pace_init(&pace, 60, false, START_US);
    pace_next(&pace, START_US);
    int64_t woken = START_US + INT64_C(3600) * 1000000;
    assert_int_equal(pace_next(&pace, woken), 1);
    assert_true(pace_due_us(&pace) > woken && pace_due_us(&pace) <= woken + 16667);
    assert_int_equal(pace_next(&pace, pace_due_us(&pace) + 200), 1);
}

/* 50 days of frames, past the wrap of 32-bit milliseconds: still on the line. */
static void test_long(void **state)
{
    (void)state;
    struct pace pace;
    int64_t start = INT64_C(50) * 86400 * 1000000;
    pace_init(&pace, 60, false, 0);
    pace.refresh = INT64_C(50) * 86400 * 60;
    assert_int_equal(pace_next(&pace, start + 10), 1);
    assert_in_range(pace_due_us(&pace), start + 16660, start + 16670);
}

/* The display paces at 59.94 Hz though it says 60: one step each, for ever. */
static void test_display(void **state)
{
    (void)state;
    struct pace pace;
    pace_init(&pace, 60, true, START_US);
    double now = START_US;
    for (int i = 0; i < 10000; i++) {
        assert_int_equal(pace_next(&pace, (int64_t)now + 500), 1);
        assert_int_equal(pace_due_us(&pace), 0);
        now += 1e6 / 59.94;
        assert_false(pace_presented(&pace, (int64_t)now));
    }
}

static void test_display_misses(void **state)
{
    (void)state;
    struct pace pace;
    pace_init(&pace, 60, true, START_US);
    int64_t now = START_US;
    for (int i = 0; i < 10; i++) {
        pace_next(&pace, now + 500);
        now += 16667;
        pace_presented(&pace, now);
    }
    pace_next(&pace, now + 500);
    now += 3 * 16667; /* two vertical blanks were missed */
    pace_presented(&pace, now);
    assert_int_equal(pace_next(&pace, now + 500), 3);
}

/* A virtual GPU returns from present at once: after 60 of them the clock takes over. */
static void test_display_lies(void **state)
{
    (void)state;
    struct pace pace;
    pace_init(&pace, 75, true, START_US);
    int64_t now = START_US;
    int presents = 0;
    do {
        pace_next(&pace, now);
        now += 1000;
        presents++;
        assert_true(presents <= 60);
    } while (!pace_presented(&pace, now));
    assert_int_equal(presents, 60);
    pace_next(&pace, now);
    assert_true(pace_due_us(&pace) > now);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_on_time),      cmocka_unit_test(test_late),
        cmocka_unit_test(test_stall),        cmocka_unit_test(test_long),
        cmocka_unit_test(test_display),      cmocka_unit_test(test_display_misses),
        cmocka_unit_test(test_display_lies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
