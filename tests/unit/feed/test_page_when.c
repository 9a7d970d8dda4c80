/* Dates in running text, in the orders and languages of pages. */
#include "feed/page_when.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"

static void finds_dates(void **state)
{
    static const struct {
        const char *text;
        bool month_first;
        const char *want; /* "" = none */
    } cases[] = {
        {"Posted on March 4, 2024 by Kim", false, "2024-03-04T00:00:00Z"},
        {"am 24. Juli 2017 - 18:55", false, "2017-07-24T18:55:00Z"},
        {"le 1er décembre 2021", false, "2021-12-01T00:00:00Z"},
        {"3 de mayo de 2019", false, "2019-05-03T00:00:00Z"},
        {"27 Sep 2016", false, "2016-09-27T00:00:00Z"},
        {"Dec. 15, 2016, 9:57 AM EST", false, "2016-12-15T14:57:00Z"},
        {"Stand: 09.10.2017, 01:40 Uhr", true, "2017-10-09T01:40:00Z"},
        {"5/6/2024", true, "2024-05-06T00:00:00Z"},
        {"5/6/2024", false, "2024-06-05T00:00:00Z"},
        {"13/6/2024", true, "2024-06-13T00:00:00Z"},
        {"(last edited 2019-11-10 13:28:18 by x)", true, "2019-11-10T13:28:18Z"},
        {"2019年3月5日（火） 08時15分", true, "2019-03-04T23:15:00Z"},
        {"2021년 4월 7일", true, "2021-04-07T00:00:00Z"},
        {"chapter 4, 12 pages, 2 Jan 2020", true, "2020-01-02T00:00:00Z"},
        {"31.02.2020 and 1.3.2020", true, "2020-03-01T00:00:00Z"},
        {"call 030 1234 5678", true, ""},
        {"May 5", true, ""},
        {"9/11", true, ""},
        {"1.2.3.4", true, ""},
        {"1848-03-18", true, ""},
        {"", true, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[CLOCK_TEXT_BYTES];
        int64_t at;
        bool found = page_when_find(cases[i].text, strlen(cases[i].text),
                                    cases[i].month_first, &at);
        const char *got = found ? clock_format(at, text) : "";
        if (strcmp(got, cases[i].want) != 0) {
            fail_msg("%s: %s", cases[i].text, got);
        }
    }
}

static void knows_days(void **state)
{
    int64_t at;
    (void)state;
    assert_true(page_when_day(2024, 2, 29, &at));
    assert_false(page_when_day(2023, 2, 29, &at));
    assert_false(page_when_day(2023, 13, 1, &at));
    assert_false(page_when_day(2023, 1, 32, &at));
    assert_false(page_when_day(1899, 1, 1, &at));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_dates),
        cmocka_unit_test(knows_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
