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
        assert_int_equal(pace_presented(&pace, (int64_t)now), PACE_AS_BEFORE);
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
    } while (pace_presented(&pace, now) == PACE_AS_BEFORE);
    assert_int_equal(presents, 60);
    pace_next(&pace, now);
    assert_true(pace_due_us(&pace) > now);
}

/* Presents PRESENTS times every PERIOD_US, a little early and late in turns as systems wake; the
 * last verdict that said something. */
static enum pace_verdict present(struct pace *pace, double *now_us, double period_us,
                                 int presents)
{
    enum pace_verdict said = PACE_AS_BEFORE;
    for (int i = 0; i < presents; i++) {
        pace_next(pace, (int64_t)*now_us + 300);
        *now_us += period_us;
        int64_t late_us = i % 3 * 150;
        enum pace_verdict verdict = pace_presented(pace, (int64_t)*now_us + late_us);
        said = verdict == PACE_AS_BEFORE ? said : verdict;
    }
    return said;
}

/* The driver says 60, the display is a television of 50, or of 75, or shows films: after two
 * seconds each frame is one refresh of what it really does. */
static void test_real_rate(void **state)
{
    (void)state;
    static const double rates[] = {50, 75, 24, 100};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        struct pace pace;
        pace_init(&pace, 60, true, START_US);
        double now = START_US;
        assert_int_equal(present(&pace, &now, 1e6 / rates[i], 2 * PACE_JUDGED),
                         PACE_NEW_RATE);
        assert_true(pace.by_display);
        assert_in_range(pace.period_us * rates[i], 990000, 1010000);
        for (int frame = 0; frame < 500; frame++) {
            assert_int_equal(pace_next(&pace, (int64_t)now + 300), 1);
            now += 1e6 / rates[i];
            assert_int_equal(pace_presented(&pace, (int64_t)now), PACE_AS_BEFORE);
        }
    }
}

/* The mode is changed under us, and back. */
static void test_rate_changes(void **state)
{
    (void)state;
    struct pace pace;
    pace_init(&pace, 60, true, START_US);
    double now = START_US;
    assert_int_equal(present(&pace, &now, 20000, 3 * PACE_JUDGED), PACE_NEW_RATE);
    assert_int_equal(present(&pace, &now, 1e6 / 60, 3 * PACE_JUDGED), PACE_NEW_RATE);
    assert_in_range(pace.period_us, 16500, 16900);
}

/* Drawing takes 20 ms, so each picture stays for two refreshes: they were missed, and the rate is
 * what it was; so too with one second that was odd. */
static void test_no_other_rate(void **state)
{
    (void)state;
    struct pace pace;
    pace_init(&pace, 60, true, START_US);
    double now = START_US;
    assert_int_equal(present(&pace, &now, 2e6 / 60, 10 * PACE_JUDGED), PACE_AS_BEFORE);
    assert_int_equal(pace_next(&pace, (int64_t)now + 300), 2);
    assert_int_equal(present(&pace, &now, 1e6 / 60, 3 * PACE_JUDGED), PACE_AS_BEFORE);
    present(&pace, &now, 1e6 / 60, PACE_JUDGED - pace.gap_count);
    assert_int_equal(present(&pace, &now, 20000, PACE_JUDGED), PACE_AS_BEFORE);
    assert_int_equal(present(&pace, &now, 1e6 / 60, 3 * PACE_JUDGED), PACE_AS_BEFORE);
}

/* A virtual GPU that takes 8 to 20 ms, as it comes, and waits for nothing. */
static void test_uneven(void **state)
{
    (void)state;
    struct pace pace;
    pace_init(&pace, 75, true, START_US);
    int64_t now = START_US;
    enum pace_verdict verdict = PACE_AS_BEFORE;
    for (int i = 0; i < 2 * PACE_JUDGED; i++) {
        assert_int_equal(verdict, PACE_AS_BEFORE);
        pace_next(&pace, now);
        now += 8100 + i * 37 % 61 * 190;
        verdict = pace_presented(&pace, now);
    }
    assert_int_equal(verdict, PACE_BY_CLOCK);
    assert_false(pace.by_display);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_on_time),      cmocka_unit_test(test_late),
        cmocka_unit_test(test_stall),        cmocka_unit_test(test_long),
        cmocka_unit_test(test_display),      cmocka_unit_test(test_display_misses),
        cmocka_unit_test(test_display_lies), cmocka_unit_test(test_real_rate),
        cmocka_unit_test(test_rate_changes), cmocka_unit_test(test_no_other_rate),
        cmocka_unit_test(test_uneven),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
