/* Waits lie inside their limits for every seed, and grow as the header says. */
#include "wire/schedule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, SEEDS = 200 };

static const int64_t start_ms = 5000000000000; /* far past 32 bits */

static void first_is_within_the_spread(void **state)
{
    (void)state;
    struct schedule s;
    schedule_init(&s, 1, start_ms, 0);
    assert_int_equal(s.due_ms, start_ms);
    int64_t least = INT64_MAX, most = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        schedule_init(&s, seed, start_ms, 30 * SECOND);
        int64_t wait = s.due_ms - start_ms;
        assert_in_range(wait, 0, 30 * SECOND);
        least = wait < least ? wait : least;
        most = wait > most ? wait : most;
    }
    assert_true(least < 2 * SECOND && most > 28 * SECOND);
}

static void success_keeps_the_interval(void **state)
{
    (void)state;
    static const int64_t every[] = {SECOND, MINUTE, 5 * MINUTE, 24 * HOUR};
    for (size_t i = 0; i < sizeof every / sizeof *every; i++) {
        int64_t least = INT64_MAX, most = 0;
        for (uint64_t seed = 0; seed < SEEDS; seed++) {
            struct schedule s;
            schedule_init(&s, seed, start_ms, 0);
            schedule_succeed(&s, start_ms, every[i]);
            int64_t wait = s.due_ms - start_ms;
            assert_in_range(wait, every[i] - every[i] / 10, every[i] + every[i] / 10);
            least = wait < least ? wait : least;
            most = wait > most ? wait : most;
        }
        assert_true(most - least > every[i] / 10); /* it does jitter */
    }
}

/* The wait after the Nth failure in a row, without its jitter. */
static const struct {
    int64_t every_ms;
    enum schedule_reach reach;
    int64_t wait_ms[10];
} backoffs[] = {
    {5 * MINUTE,
     SCHEDULE_ANSWERED,
     {30 * SECOND, MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 16 * MINUTE, 32 * MINUTE,
      HOUR, HOUR, HOUR}},
    {MINUTE,
     SCHEDULE_ANSWERED,
     {30 * SECOND, MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 12 * MINUTE, 12 * MINUTE}},
    {24 * HOUR,
     SCHEDULE_ANSWERED,
     {30 * SECOND, MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 16 * MINUTE, 32 * MINUTE,
      64 * MINUTE, 128 * MINUTE, 256 * MINUTE}},
    {SECOND, SCHEDULE_ANSWERED, {12 * SECOND, 12 * SECOND, 12 * SECOND}},
    {5 * MINUTE, SCHEDULE_SILENT, {30 * SECOND, 45 * SECOND, 45 * SECOND, 45 * SECOND}},
    {24 * HOUR, SCHEDULE_SILENT, {30 * SECOND, 45 * SECOND, 45 * SECOND, 45 * SECOND}},
};

static void failures_back_off(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof backoffs / sizeof *backoffs; i++) {
        for (uint64_t seed = 0; seed < SEEDS; seed++) {
            struct schedule s;
            int64_t now = start_ms;
            schedule_init(&s, seed, now, 0);
            for (size_t n = 0; n < 10 && backoffs[i].wait_ms[n]; n++) {
                int64_t wait = backoffs[i].wait_ms[n];
                schedule_fail(&s, now, backoffs[i].every_ms, backoffs[i].reach, 0);
                assert_in_range(s.due_ms - now, wait - wait / 10, wait + wait / 10);
                now = s.due_ms;
            }
        }
    }
}

static void back_within_a_minute_of_the_network(void **state)
{
    (void)state;
    struct schedule s;
    schedule_init(&s, 7, start_ms, 0);
    for (int i = 0; i < 100000; i++) {
        schedule_fail(&s, start_ms, HOUR, SCHEDULE_SILENT, 0);
        assert_in_range(s.due_ms - start_ms, 1, 50 * SECOND);
    }
}

static void long_failing_never_passes_the_limit(void **state)
{
    (void)state;
    struct schedule s;
    schedule_init(&s, 7, start_ms, 0);
    for (int i = 0; i < 100000; i++) {
        schedule_fail(&s, start_ms, 5 * MINUTE, SCHEDULE_ANSWERED, 0);
        assert_in_range(s.due_ms - start_ms, 1, 66 * MINUTE);
    }
}

static void success_forgets_failures(void **state)
{
    (void)state;
    struct schedule s;
    schedule_init(&s, 3, start_ms, 0);
    for (int i = 0; i < 6; i++) {
        schedule_fail(&s, start_ms, 5 * MINUTE, SCHEDULE_ANSWERED, 0);
    }
    schedule_succeed(&s, start_ms, 5 * MINUTE);
    schedule_fail(&s, start_ms, 5 * MINUTE, SCHEDULE_ANSWERED, 0);
    assert_in_range(s.due_ms - start_ms, 27 * SECOND, 33 * SECOND);
}

static const struct {
    int64_t asked_ms, least_ms, most_ms;
} wishes[] = {
    {0, 27 * SECOND, 33 * SECOND},
    {1 * SECOND, 27 * SECOND, 33 * SECOND}, /* less than our own wait */
    {120 * SECOND, 120 * SECOND, 123 * SECOND},
    {2 * HOUR, 2 * HOUR, 2 * HOUR + 3 * SECOND},
    {24 * HOUR, 24 * HOUR, 24 * HOUR + 3 * SECOND},
    {30LL * 24 * HOUR, 24 * HOUR, 24 * HOUR + 3 * SECOND},
    {INT64_MAX, 24 * HOUR, 24 * HOUR + 3 * SECOND},
};

static void retry_after_is_honoured(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++) {
        for (uint64_t seed = 0; seed < SEEDS; seed++) {
            struct schedule s;
            schedule_init(&s, seed, start_ms, 0);
            schedule_fail(&s, start_ms, 5 * MINUTE, SCHEDULE_ANSWERED,
                          wishes[i].asked_ms);
            assert_in_range(s.due_ms - start_ms, wishes[i].least_ms, wishes[i].most_ms);
        }
    }
}

static void hasten_only_brings_forward(void **state)
{
    (void)state;
    struct schedule s;
    schedule_init(&s, 3, start_ms, 0);
    schedule_hasten(&s, start_ms + 5);
    assert_int_equal(s.due_ms, start_ms);
    schedule_succeed(&s, start_ms, MINUTE);
    schedule_hasten(&s, start_ms + 5);
    assert_int_equal(s.due_ms, start_ms + 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_is_within_the_spread),
        cmocka_unit_test(success_keeps_the_interval),
        cmocka_unit_test(failures_back_off),
        cmocka_unit_test(back_within_a_minute_of_the_network),
        cmocka_unit_test(long_failing_never_passes_the_limit),
        cmocka_unit_test(success_forgets_failures),
        cmocka_unit_test(retry_after_is_honoured),
        cmocka_unit_test(hasten_only_brings_forward),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
