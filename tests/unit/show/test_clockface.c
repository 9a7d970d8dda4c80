/* What the clock says in which zone, and how old a headline is said to be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/clock.h"
#include "show/clockface.h"
#include "show/story.h"

static void tells_the_time_of_its_zone(void **state)
{
    (void)state;
    static const struct {
        const char *zone, *at, *time, *date;
    } cases[] = {
        {"UTC", "2026-11-24T12:00:00Z", "12:00", "Tue, Nov 24"},
        {"Europe/Berlin", "2026-11-24T12:00:00Z", "13:00", "Tue, Nov 24"},
        {"Europe/Berlin", "2026-07-01T12:05:59Z", "14:05", "Wed, Jul 1"},
        {"Pacific/Auckland", "2026-12-31T12:30:00Z", "01:30", "Fri, Jan 1"},
        {"Nowhere/Else", "2026-12-31T12:30:00Z", "01:30", "Fri, Jan 1"}, /* as it was */
        {"../../etc/passwd", "2026-12-31T12:30:00Z", "01:30", "Fri, Jan 1"},
        {"system", "2026-12-31T12:30:00Z", "01:30", "Fri, Jan 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct config_display display = {.timezone = cases[i].zone, .locale = "C"};
        struct lane_setup setup = {.display = &display};
        struct clockface face;
        char text[CLOCKFACE_BYTES];
        int64_t at;
        assert_int_equal(clock_parse(cases[i].at, &at), 0);
        clockface_init(&face, &setup, NULL);
        clockface_time(&face, at, text);
        assert_string_equal(text, cases[i].time);
        clockface_date(&face, at, text);
        assert_string_equal(text, cases[i].date);
        clockface_fini(&face);
    }
}

enum { NOW = 1800000000 };

static int64_t since(int64_t time)
{
    return time == HEADLINE_NO_TIME ? time : NOW + time;
}

static void tells_ages(void **state)
{
    (void)state;
    static const struct {
        int64_t published, seen, at;
        const char *age;
    } cases[] = {
        {1000, 0, 1000, "now"},
        {1000, 0, 1059, "now"},
        {1000, 0, 1060, "1 min"},
        {1000, 0, 1000 + 59 * 60, "59 min"},
        {1000, 0, 1000 + 3600, "1 h"},
        {1000, 0, 1000 + 47 * 3600, "47 h"},
        {1000, 0, 1000 + 48 * 3600, "2 d"},
        {1000, 0, 1000 + 400LL * 86400, "400 d"},
        {900 - NOW, 0, 1060 - NOW, ""}, /* 1970: the clock has not been set */
        {1000, 0, 999, ""},             /* from the future: a clock is wrong */
        {HEADLINE_NO_TIME, 1000, 1120, "2 min"},
        {HEADLINE_NO_TIME, HEADLINE_NO_TIME, 1120, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        static struct headline headline;
        char age[STORY_AGE_BYTES];
        headline_init(&headline);
        headline.published = since(cases[i].published);
        headline.first_seen = since(cases[i].seen);
        assert_string_equal(story_age(&headline, NOW + cases[i].at, age), cases[i].age);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_the_time_of_its_zone),
        cmocka_unit_test(tells_ages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
