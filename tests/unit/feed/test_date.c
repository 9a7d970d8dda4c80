/* Dates as they are found, against RFC 3339. */
#include "feed/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"

static void reads_dates(void **state)
{
    static const struct {
        const char *text, *want; /* NULL = no date */
    } cases[] = {
        {"Mon, 23 Nov 2026 03:17:49 GMT", "2026-11-23T03:17:49Z"},
        {"Mon, 23 Nov 2026 03:17:49 +0100", "2026-11-23T02:17:49Z"},
        {"23 Nov 26 03:17 EST", "2026-11-23T08:17:00Z"},
        {"Sun, 23 Nov 2026 03:17:49 PDT", "2026-11-23T10:17:49Z"},
        {"Mon,23 November 2026 03:17:49 CEST", "2026-11-23T01:17:49Z"},
        {"23 Nov 98 03:17", "1998-11-23T03:17:00Z"},
        {"Mon Nov 23 03:17:49 2026", "2026-11-23T03:17:49Z"},
        {"Mon Nov 23 03:17:49 +0000 2026", "2026-11-23T03:17:49Z"},
        {"Nov 23, 2026", "2026-11-23T00:00:00Z"},
        {"23rd November 2026 3:17 pm", "2026-11-23T15:17:00Z"},
        {"11/23/2026 12:05:00 AM", "2026-11-23T00:05:00Z"},
        {"23/11/2026", "2026-11-23T00:00:00Z"},
        {"2026-11-23T03:17:49Z", "2026-11-23T03:17:49Z"},
        {"2026-11-23t03:17:49.123456z", "2026-11-23T03:17:49Z"},
        {"2026-11-23T03:17:49+0530", "2026-11-22T21:47:49Z"},
        {"2026-11-23T03:17-08:00", "2026-11-23T11:17:00Z"},
        {"2026-11-23 03:17:49 UTC", "2026-11-23T03:17:49Z"},
        {"2026-11-23T24:00:00Z", "2026-11-24T00:00:00Z"},
        {"2026/11/23", "2026-11-23T00:00:00Z"},
        {"20261123T031749Z", "2026-11-23T03:17:49Z"},
        {"20261123", "2026-11-23T00:00:00Z"},
        {"2026-11", "2026-11-01T00:00:00Z"},
        {"2026", "2026-01-01T00:00:00Z"},
        {"2024-366", "2024-12-31T00:00:00Z"},
        {"  2026-11-23 \n", "2026-11-23T00:00:00Z"},
        {"12. März 2026", "2026-03-12T00:00:00Z"},
        {"lun., 23 févr. 2026 10:00", "2026-02-23T10:00:00Z"},
        {"mar., 5 nov. 2026", "2026-11-05T00:00:00Z"},
        {"23 ноября 2026", "2026-11-23T00:00:00Z"},
        {"Κυρ, 11 ΙΟΎΛ 2026 12:00:00", "2026-07-11T12:00:00Z"},
        {"2026년 05월 28일 오후 01:31:15", "2026-05-28T04:31:15Z"},
        {"29 Feb 2024", "2024-02-29T00:00:00Z"},
        {"29 Feb 2023", NULL},
        {"2026-13-01", NULL},
        {"2026-02-30T00:00:00Z", NULL},
        {"Mon, 23 Nov 2026 25:00:00 GMT", NULL},
        {"0000-00-00T00:00:00Z", NULL},
        {"", NULL},
        {"yesterday", NULL},
        {"12:30", NULL},
        {"9999999999999999999", NULL},
        {"-62135596801", NULL},
        {"1 2 3 4 5 6", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t at;
        char text[CLOCK_TEXT_BYTES];
        bool read = date_parse(cases[i].text, strlen(cases[i].text), &at);
        if (read != (cases[i].want != NULL)) {
            fail_msg("%s", cases[i].text);
        }
        if (read) {
            assert_string_equal(clock_format(at, text), cases[i].want);
        }
    }
}

static void refuses_long_and_binary_text(void **state)
{
    char text[200];
    int64_t at;
    (void)state;
    memset(text, '1', sizeof text);
    assert_false(date_parse(text, sizeof text, &at));
    assert_false(date_parse("2026\0-11", 8, &at));
    assert_false(date_parse(
        ". . . . . . . . . . . . . . . . . . . . . . . . . . . . 2026", 60, &at));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_dates),
        cmocka_unit_test(refuses_long_and_binary_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
