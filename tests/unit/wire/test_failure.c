/* Every failure has its words. */
#include "wire/failure.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void every_one_says_what_and_what_to_do(void **state)
{
    (void)state;
    char line[FAILURE_LINE_BYTES];
    for (int i = FAILURE_NONE + 1; i < FAILURES; i++) {
        failure_line((enum failure)i, "NAME", "", line, sizeof line);
        const char *cure = strstr(line + 6, ": ");
        assert_true(strncmp(line, "NAME: ", 6) == 0 && !strstr(line, "(null)"));
        if (!cure || strlen(cure) < 5) {
            /* A colon inside the words is fine, none at all is not. */
            fail_msg("%s", line);
        }
    }
}

static void a_line_in_full(void **state)
{
    (void)state;
    char line[FAILURE_LINE_BYTES];
    assert_string_equal(failure_line(FAILURE_NOT_FOUND, "http://host/feed", "HTTP 404",
                                     line, sizeof line),
                        "http://host/feed: not found (HTTP 404): check the address");
    assert_string_equal(failure_line(FAILURE_FOLDER, "news", "", line, sizeof line),
                        "news: is a folder: name a file in it");
    failure_line(FAILURE_FOLDER, "news", "", line, 8);
    assert_string_equal(line, "news: i");
}

static void statuses(void **state)
{
    (void)state;
    static const struct {
        int status;
        enum failure failure;
    } table[] = {
        {200, FAILURE_NONE},         {206, FAILURE_NONE},      {304, FAILURE_NONE},
        {300, FAILURE_STATUS},       {305, FAILURE_STATUS},    {400, FAILURE_STATUS},
        {401, FAILURE_UNAUTHORISED}, {403, FAILURE_FORBIDDEN}, {404, FAILURE_NOT_FOUND},
        {407, FAILURE_PROXY},        {410, FAILURE_GONE},      {418, FAILURE_STATUS},
        {429, FAILURE_TOO_MANY},     {500, FAILURE_SERVER},    {503, FAILURE_SERVER},
        {599, FAILURE_SERVER},       {600, FAILURE_STATUS},    {101, FAILURE_STATUS},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        assert_int_equal(failure_of_status(table[i].status), table[i].failure);
    }
}

static void reach(void **state)
{
    (void)state;
    assert_int_equal(failure_reach(FAILURE_LOOKUP), SCHEDULE_SILENT);
    assert_int_equal(failure_reach(FAILURE_REFUSED), SCHEDULE_SILENT);
    assert_int_equal(failure_reach(FAILURE_NOT_FOUND), SCHEDULE_ANSWERED);
    assert_int_equal(failure_reach(FAILURE_TIMEOUT), SCHEDULE_ANSWERED);
    assert_true(failure_airs(FAILURE_NONE) && failure_airs(FAILURE_FLAWED) &&
                failure_airs(FAILURE_TOO_LONG));
    assert_false(failure_airs(FAILURE_WEB_PAGE) || failure_airs(FAILURE_CUT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_one_says_what_and_what_to_do),
        cmocka_unit_test(a_line_in_full),
        cmocka_unit_test(statuses),
        cmocka_unit_test(reach),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
