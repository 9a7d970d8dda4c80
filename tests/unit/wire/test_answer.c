/* Header lines as servers send them, good and bad. */
#include "wire/answer.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void take(struct answer *answer, const char *line)
{
    answer_line(answer, line, strlen(line));
}

static void reads_what_matters(void **state)
{
    (void)state;
    struct answer a = {0};
    take(&a, "HTTP/1.1 200 OK\r\n");
    take(&a, "ETag: W/\"abc\"\r\n");
    take(&a, "LAST-MODIFIED:Tue, 01 Oct 2024 10:00:00 GMT  \r\n");
    take(&a, "content-type:\t application/rss+xml; charset=utf-8\r\n");
    take(&a, "Content-Encoding: gzip\r\n");
    take(&a, "Set-Cookie: a=b\r\n");
    take(&a, "no colon at all\r\n");
    take(&a, "\r\n");
    assert_int_equal(a.status, 200);
    assert_string_equal(a.validators.etag, "W/\"abc\"");
    assert_string_equal(a.validators.modified, "Tue, 01 Oct 2024 10:00:00 GMT");
    assert_string_equal(a.content_type, "application/rss+xml; charset=utf-8");
    assert_string_equal(a.encoding, "gzip");
    assert_false(a.located);
}

static void a_new_status_begins_anew(void **state)
{
    (void)state;
    struct answer a = {0};
    take(&a, "HTTP/1.1 103 Early Hints");
    take(&a, "ETag: old");
    take(&a, "HTTP/2 304");
    assert_int_equal(a.status, 304);
    assert_string_equal(a.validators.etag, "");
}

static void statuses(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        int status;
    } table[] = {
        {"HTTP/1.0 404 Not Found", 404},
        {"HTTP/2 200", 200},
        {"HTTP/1.1 ", 0},
        {"HTTP/1.1", 0},
        {"HTTP/1.1 abc", 0},
        {"HTTP/", 0},
        {"HTTP/1.1 20", 20},
        {"HTTP/1.1 99999999999999999999", 9999},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct answer a = {.status = 1};
        take(&a, table[i].line);
        assert_int_equal(a.status, table[i].status);
    }
}

static void bad_values_are_absent(void **state)
{
    (void)state;
    struct answer a = {0};
    char line[4096];
    memset(line, 'x', sizeof line);
    memcpy(line, "ETag: ", 6);
    take(&a, "ETag: first");
    answer_line(&a, line, sizeof line);
    assert_string_equal(a.validators.etag, "");
    take(&a, "Last-Modified: a\x01z");
    assert_string_equal(a.validators.modified, "");
    answer_line(&a, "ETag: a\0b", 9);
    assert_string_equal(a.validators.etag, "");
    memcpy(line, "Location: ", 10);
    answer_line(&a, line, sizeof line);
    assert_true(a.located);
    assert_string_equal(a.location, "");
    memset(line, 'x', sizeof line);
    memcpy(line, "ETag: ", 6);
    answer_line(&a, line, 6 + ANSWER_TAG_BYTES - 1);
    assert_int_equal(strlen(a.validators.etag), ANSWER_TAG_BYTES - 1);
}

static void encodings(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        bool known;
    } table[] = {
        {"", true},        {"gzip", true},      {"GZIP", true},       {"x-gzip", true},
        {"deflate", true}, {"identity", true},  {"gzip, gzip", true}, {"br", false},
        {"zstd", false},   {"gzip, br", false}, {"br,gzip", false},   {"gzipx", false},
        {"gz", false},     {"gzip,", true},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct answer a = {0};
        memcpy(a.encoding, table[i].value, strlen(table[i].value));
        if (answer_encoding_known(&a) != table[i].known) {
            fail_msg("%s", table[i].value);
        }
    }
}

enum { NOON = 1727784000 }; /* Tue, 01 Oct 2024 12:00:00 GMT */

static void retry_after(void **state)
{
    (void)state;
    static const struct {
        const char *value, *date;
        int64_t ms;
    } table[] = {
        {"", "", 0},
        {"0", "", 0},
        {"120", "", 120000},
        {"-5", "", 0},
        {"12 monkeys", "", 0},
        {"10/10/30", "", 0},
        {"retry in 10 12 30", "", 0},
        {"Tue, 01 Oct 2024 12:05:00 GMT", "2024", 300000},
        {"Tue, 01 Oct 2024 12:05:00 GMT", "10 10 10", 300000},
        {"99999999999999999999999", "", 10LL * 365 * 86400 * 1000},
        {"Tue, 01 Oct 2024 12:05:00 GMT", "", 300000},
        {"Tue, 01 Oct 2024 11:00:00 GMT", "", 0},
        /* By the server's own clock, whatever ours says; in all three notations of RFC 9110,
         * section 5.6.7. */
        {"Fri, 01 Oct 2010 12:00:07 GMT", "Fri, 01 Oct 2010 12:00:00 GMT", 7000},
        {"Tuesday, 01-Oct-24 12:01:00 GMT", "", 60000},
        {"Tue Oct  1 12:01:00 2024", "", 60000},
        {"Thu, 01 Oct 2048 12:01:00 GMT", "Thu, 01 Oct 2048 12:00:00 GMT", 60000},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct answer a = {0};
        memcpy(a.retry_after, table[i].value, strlen(table[i].value));
        memcpy(a.date, table[i].date, strlen(table[i].date));
        if (answer_retry_after_ms(&a, NOON) != table[i].ms) {
            fail_msg("%s: %lld", table[i].value,
                     (long long)answer_retry_after_ms(&a, NOON));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_matters), cmocka_unit_test(a_new_status_begins_anew),
        cmocka_unit_test(statuses),           cmocka_unit_test(bad_values_are_absent),
        cmocka_unit_test(encodings),          cmocka_unit_test(retry_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
