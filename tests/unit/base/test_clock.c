/* The calendar against instants known from elsewhere, against a count of days, and back. */
#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *text;
    int64_t at;
} instants[] = {
    {"1970-01-01T00:00:00Z", 0},
    {"1969-12-31T23:59:59Z", -1},
    {"1970-01-01T00:00:01Z", 1},
    {"2001-09-09T01:46:40Z", 1000000000},
    {"2009-02-13T23:31:30Z", 1234567890},
    {"2000-02-28T23:59:59Z", 951782399},
    {"2000-02-29T00:00:00Z", 951782400},
    {"2000-03-01T00:00:00Z", 951868800},
    {"1900-02-28T00:00:00Z", -2203977600},
    {"1900-03-01T00:00:00Z", -2203891200},
    {"2024-02-29T12:00:00Z", 1709208000},
    {"2038-01-19T03:14:07Z", INT32_MAX},
    {"2038-01-19T03:14:08Z", (int64_t)INT32_MAX + 1},
    {"1901-12-13T20:45:52Z", INT32_MIN},
    {"2100-02-28T23:59:59Z", 4107542399},
    {"2100-03-01T00:00:00Z", 4107542400},
    {"2106-02-07T06:28:16Z", 4294967296},
    {"9999-12-31T23:59:59Z", 253402300799},
    {"0001-01-01T00:00:00Z", -62135596800},
    {"0000-02-29T00:00:00Z", -62162121600},
    {"0000-01-01T00:00:00Z", -62167219200},
};

static void formats_and_parses_known_instants(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof instants / sizeof *instants; i++) {
        char out[CLOCK_TEXT_BYTES];
        int64_t at = 1;
        assert_string_equal(clock_format(instants[i].at, out), instants[i].text);
        assert_int_equal(clock_parse(instants[i].text, &at), 0);
        assert_int_equal(at, instants[i].at);
    }
}

static void leaves_years_without_four_digits_empty(void **state)
{
    (void)state;
    static const int64_t outside[] = {-62167219201, 253402300800, INT64_C(1) << 50,
                                      -(INT64_C(1) << 50)};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        char out[CLOCK_TEXT_BYTES] = "x";
        assert_string_equal(clock_format(outside[i], out), "");
    }
}

static bool leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* From 1 January of year -400 on, counting. */
static void agrees_with_a_count_of_days(void **state)
{
    (void)state;
    int64_t day = clock_from_civil(-400, 1, 1, 0, 0, 0) / 86400;
    /* 400 years before year 0, which is 719,528 days before 1970. */
    assert_int_equal(day, -719528 - 146097);
    for (int64_t year = -400; year <= 2800; year++) {
        const int months[] = {
            31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        for (int month = 1; month <= 12; month++) {
            for (int d = 1; d <= months[month - 1]; d++, day++) {
                int64_t at = clock_from_civil(year, month, d, 23, 59, 58);
                if (at != day * 86400 + 86398) {
                    fail_msg("%lld-%d-%d", (long long)year, month, d);
                }
                char text[CLOCK_TEXT_BYTES];
                int64_t back = 0;
                if (year >= 0 &&
                    (clock_parse(clock_format(at, text), &back) || back != at)) {
                    fail_msg("%lld-%d-%d is %s", (long long)year, month, d, text);
                }
            }
        }
    }
}

static void carries_what_is_not_normalised(void **state)
{
    (void)state;
    assert_int_equal(clock_from_civil(2024, 1, 1, 24, 0, 0),
                     clock_from_civil(2024, 1, 2, 0, 0, 0));
    assert_int_equal(clock_from_civil(2023, 2, 29, 0, 0, 0),
                     clock_from_civil(2023, 3, 1, 0, 0, 0));
    assert_int_equal(clock_from_civil(2024, 3, 0, 0, 0, -1),
                     clock_from_civil(2024, 2, 28, 23, 59, 59));
}

static void reads_zones_and_fractions(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t at;
    } cases[] = {
        {"2026-11-23T03:17:49+01:00", 1795400269},
        {"2026-11-22t21:17:49-05:00", 1795400269},
        {"2026-11-23 02:17:49z", 1795400269},
        {"2026-11-23T02:17:49.999999999Z", 1795400269},
        {"2026-11-23T07:47:49.5+05:30", 1795400269},
        {"2026-11-23T02:17:49-00:00", 1795400269},
        {"2016-12-31T23:59:60Z", 1483228800}, /* a leap second is the next second */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t at = 0;
        assert_int_equal(clock_parse(cases[i].text, &at), 0);
        assert_int_equal(at, cases[i].at);
    }
}

static void refuses_everything_else(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "2026",
        "2026-11-23",
        "2026-11-23T03:17",
        "2026-11-23T03:17:49",
        "2026-11-23T03:17:49+0100",
        "2026-11-23T03:17:49 Z",
        "2026-11-23T03:17:49ZZ",
        "2026-00-23T03:17:49Z",
        "2026-13-23T03:17:49Z",
        "2026-11-00T03:17:49Z",
        "2026-11-31T03:17:49Z",
        "2026-02-29T03:17:49Z",
        "2100-02-29T03:17:49Z",
        "2026-11-23T24:00:00Z",
        "2026-11-23T03:60:00Z",
        "2026-11-23T03:17:61Z",
        "2026-11-23T03:17:49+24:00",
        "2026-11-23T03:17:49+01:60",
        "2026-11-23T03:17:49.Z",
        " 2026-11-23T03:17:49Z",
        "2026-1-23T03:17:49Z",
        "26-11-23T03:17:49Z",
        "2026-11-23T03:17:4",
        "2026-11-23X03:17:49Z",
        "2026-11-23T03:17:49-01",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int64_t at = 42;
        if (clock_parse(texts[i], &at) != -1 || at != 42) {
            fail_msg("\"%s\" was taken", texts[i]);
        }
    }
}

static void sleeps_until_its_time_and_stands_still_when_frozen(void **state)
{
    (void)state;
    int64_t start = clock_us();
    clock_sleep_until(start + 3000);
    assert_true(clock_us() >= start + 3000);
    clock_sleep_until(start);
    assert_true(clock_ms() >= start / 1000 + 3);
    assert_true(clock_wall() > 1700000000);
    clock_freeze(-5);
    assert_int_equal(clock_wall(), -5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_and_parses_known_instants),
        cmocka_unit_test(leaves_years_without_four_digits_empty),
        cmocka_unit_test(agrees_with_a_count_of_days),
        cmocka_unit_test(carries_what_is_not_normalised),
        cmocka_unit_test(reads_zones_and_fractions),
        cmocka_unit_test(refuses_everything_else),
        cmocka_unit_test(sleeps_until_its_time_and_stands_still_when_frozen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
