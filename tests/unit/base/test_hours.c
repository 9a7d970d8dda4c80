/* The timetable: what is read and what is not, that days and nights follow each other, and, over every
 * change of the clocks of six zones in two years, that nothing is switched twice or left out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/hours.h"

static int offset(int64_t at)
{
    time_t t = (time_t)at;
    struct tm local;
    localtime_r(&t, &local);
    return (int)local.tm_gmtoff;
}

static void set_zone(const char *name)
{
    setenv("TZ", name, 1);
    tzset();
}

static struct hours table(const char *first, const char *second)
{
    struct hours hours = {.count = 0};
    const char *texts[] = {first, second};
    for (int i = 0; i < 2 && texts[i]; i++) {
        assert_true(hours_parse(texts[i], strlen(texts[i]), &hours.spans[hours.count++]));
    }
    return hours;
}

static int64_t at(const char *text)
{
    int64_t when;
    assert_int_equal(clock_parse(text, &when), 0);
    return when;
}

static void reads_what_people_write(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int days, from, until;
    } cases[] = {
        {"Mon-Fri 06:30-22:00", 0x1f, 390, 1320},
        {"sat,SUN 9:00-02:00", 0x60, 540, 120},
        {"daily 08:00-24:00", 0x7f, 480, 1440},
        {"08:00-20:00", 0x7f, 480, 1200},
        {"Sat-Mon 00:00-24:00", 0x61, 0, 1440},
        {"Monday 7:05 - 8:00", 1, 425, 480},
        {"Tue, Thu-Fri 23:59-0:00", 0x1a, 1439, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct hours_span span;
        assert_true(hours_parse(cases[i].text, strlen(cases[i].text), &span));
        assert_int_equal(span.days, cases[i].days);
        assert_int_equal(span.from, cases[i].from);
        assert_int_equal(span.until, cases[i].until);
    }
}

static void refuses_the_rest(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "Mon",
        "Mon-Fri",
        "Mon 6-22",
        "Mon 06:30",
        "06:30-",
        "6:5-7:00",
        "25:00-26:00",
        "24:00-02:00",
        "10:00-10:00",
        "Mo 6:00-7:00",
        "Mondays 6:00-7:00",
        "Mon- 6:00-7:00",
        "06:30-22:00 Mon",
        "10:00-24:01",
        "10:00-11:60",
        ", 10:00-11:00",
        "010:00-11:00",
        "daily",
        "Mon 10:00-11:00x",
        "Mon,,Tue 10:00-11:00",
        "\xd0\x9f\xd0\xbd 10:00-11:00",
        "-1:00-2:00",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct hours_span span;
        /* The end of the text is where LENGTH says. */
        char *exact = malloc(strlen(texts[i]) + 1);
        memcpy(exact, texts[i], strlen(texts[i]));
        assert_false(hours_parse(exact, strlen(texts[i]), &span));
        free(exact);
    }
}

static void expect(const struct hours *hours, const char *when, bool on,
                   const char *until)
{
    struct hours_state state = hours_look(hours, at(when), offset);
    assert_int_equal(state.on, on);
    assert_int_equal(state.until, until ? at(until) : HOURS_NEVER);
}

static void days_and_nights(void **state)
{
    (void)state;
    set_zone("UTC");
    struct hours week = table("Mon-Fri 06:30-22:00", "Sat 9:00-02:00");
    expect(&week, "2026-11-27T06:29:59Z", false, "2026-11-27T06:30:00Z"); /* a Friday */
    expect(&week, "2026-11-27T06:30:00Z", true, "2026-11-27T22:00:00Z");
    expect(&week, "2026-11-27T22:00:00Z", false, "2026-11-28T09:00:00Z");
    expect(&week, "2026-11-28T23:00:00Z", true, "2026-11-29T02:00:00Z");
    expect(&week, "2026-11-29T02:00:00Z", false, "2026-11-30T06:30:00Z");
    struct hours all = table("daily 00:00-24:00", NULL), none = {.count = 0};
    expect(&all, "2026-11-27T00:00:00Z", true, NULL);
    expect(&none, "2026-11-27T00:00:00Z", true, NULL);
    struct hours joined = table("Mon 20:00-24:00", "Tue 00:00-06:00");
    expect(&joined, "2026-11-23T21:00:00Z", true, "2026-11-24T06:00:00Z");
    struct hours over = table("Mon 08:00-12:00", "Mon 10:00-14:00");
    expect(&over, "2026-11-23T11:00:00Z", true, "2026-11-23T14:00:00Z");
}

/* Clocks forward at 2:00 and back at 3:00 here. */
static void when_the_clocks_change(void **state)
{
    (void)state;
    set_zone("Europe/Berlin");
    struct hours night = table("daily 22:00-02:30", NULL);
    expect(&night, "2026-03-28T23:00:00Z", true, "2026-03-29T01:30:00Z");
    expect(&night, "2026-10-24T22:00:00Z", true,
           "2026-10-25T00:30:00Z"); /* the first 2:30 */
    expect(&night, "2026-10-25T01:00:00Z", false,
           "2026-10-25T21:00:00Z"); /* 2:00 again */
    struct hours day = table("Mon-Sun 06:30-22:00", NULL);
    expect(&day, "2026-03-29T00:00:00Z", false, "2026-03-29T04:30:00Z");
    expect(&day, "2026-10-25T00:00:00Z", false, "2026-10-25T05:30:00Z");
}

/* Each switch, from one to the next: at its time of day, or, where that is left out, as much later. */
static void follow(const char *zone, const char *text)
{
    set_zone(zone);
    struct hours hours = table(text, NULL);
    int64_t now = at("2026-01-01T12:00:00Z"), end = at("2028-01-01T12:00:00Z");
    struct hours_state state = hours_look(&hours, now, offset);
    int switches = 0;
    for (; now < end; switches++) {
        int64_t then = state.until;
        assert_true(then > now);
        struct hours_state before = hours_look(&hours, then - 1, offset);
        struct hours_state after = hours_look(&hours, then, offset);
        assert_int_equal(before.on, state.on);
        assert_int_equal(before.until, then);
        assert_int_equal(after.on, !state.on);
        int64_t minute = (then + offset(then)) % 86400 / 60;
        int wanted = after.on ? hours.spans[0].from : hours.spans[0].until % 1440;
        int put_forward = (offset(then) - offset(then - 4 * 3600)) / 60;
        assert_true(minute == wanted ||
                    (put_forward > 0 && minute == wanted + put_forward));
        now = then;
        state = after;
    }
    /* A span that lies in an hour that is left out does not come. */
    assert_in_range(switches, 2 * 730 - 4, 2 * 730 + 2);
}

static void nothing_is_switched_twice(void **state)
{
    (void)state;
    static const char *const zones[] = {"Europe/Berlin",       "America/New_York",
                                        "Australia/Lord_Howe", "Asia/Kolkata",
                                        "America/St_Johns",    "Pacific/Apia"};
    static const char *const texts[] = {"06:30-22:00", "22:00-02:30", "02:30-03:15",
                                        "01:45-24:00", "00:00-02:00"};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        for (size_t j = 0; j < sizeof texts / sizeof *texts; j++) {
            follow(zones[i], texts[j]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_people_write),
        cmocka_unit_test(refuses_the_rest),
        cmocka_unit_test(days_and_nights),
        cmocka_unit_test(when_the_clocks_change),
        cmocka_unit_test(nothing_is_switched_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
