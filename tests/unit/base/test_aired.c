/* A record as JSON, read back by a reader that is not ours, whatever stands in it. */
#include "base/aired.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <jansson.h>

#include "base/utf8.h"

enum { AT = 1795521600 }; /* 2026-11-24T12:00:00Z */

static char line[AIRED_LINE_BYTES];

static json_t *through(const char *lane, const char *text, const char *link)
{
    struct headline *headline = malloc(sizeof *headline);
    struct aired *aired = malloc(sizeof *aired);
    headline_init(headline);
    headline_set(headline, HEADLINE_TEXT, text, strlen(text));
    headline_set(headline, HEADLINE_LINK, link, strlen(link));
    headline_set(headline, HEADLINE_SUMMARY, "left out", 8);
    aired_set(aired, lane, headline, AT, 2600000);
    size_t length = aired_json(aired, line);
    assert_int_equal(length, strlen(line));
    assert_true(aired_bytes(aired) < sizeof *aired);
    free(headline);
    free(aired);
    json_error_t error;
    json_t *read = json_loads(line, JSON_REJECT_DUPLICATES, &error);
    if (!read) {
        fail_msg("%s: %s", error.text, line);
    }
    return read;
}

static void says(const json_t *object, const char *key, const char *text)
{
    const char *said = json_string_value(json_object_get(object, key));
    assert_non_null(said);
    assert_string_equal(said, text);
}

static void has_what_the_contract_names(void **state)
{
    (void)state;
    json_t *read = through("crawl", "Ferry returns", "https://example.org/a?b=1&c=2");
    assert_string_equal(line,
                        "{\"at\":\"2026-11-24T11:59:57Z\",\"until\":\"2026-11-24T12:"
                        "00:00Z\",\"lane\":\"crawl\",\"headline\":\"Ferry "
                        "returns\",\"link\":\"https://example.org/a?b=1&c=2\"}");
    json_decref(read);
}

static void whatever_stands_in_it(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "\"",
        "\\",
        "\\\"",
        "{",
        "{\"at\":1}",
        "\n\r\t\b\f",
        "\x01\x1f\x7f",
        "a\xC2\x85z\xE2\x80\xA8y\xE2\x80\xA9x",
        "צ\xE2\x80\xAEב",
        "\xF0\x9F\x93\xB0",
        "</script><!--",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        json_t *read = through(texts[i], texts[i], texts[i]);
        says(read, "headline", texts[i]);
        says(read, "lane", texts[i]);
        says(read, "link", texts[i]);
        json_decref(read);
        for (const char *p = line; *p; p++) {
            assert_true((unsigned char)*p >= 0x20 && *p != 0x7F);
        }
        assert_null(strstr(line, "\xC2\x85"));
        assert_null(strstr(line, "\xE2\x80\xA8"));
        assert_null(strstr(line, "\xE2\x80\xA9"));
    }
    json_t *read = through("bad \xFF\xC3", "a\xED\xA0\x80z", "");
    says(read, "lane", "bad \xEF\xBF\xBD\xEF\xBF\xBD");
    assert_true(utf8_valid(line, strlen(line)));
    json_decref(read);
}

static void the_longest_fits(void **state)
{
    (void)state;
    struct headline *headline = malloc(sizeof *headline);
    struct aired *aired = malloc(sizeof *aired);
    char long_text[5000], lane[500];
    memset(long_text, 0x01, sizeof long_text);
    memset(lane, 0x02, sizeof lane);
    lane[sizeof lane - 1] = '\0';
    headline_init(headline);
    for (int i = 0; i < HEADLINE_FIELDS; i++) {
        headline_set(headline, (enum headline_field)i, long_text, sizeof long_text);
    }
    aired_set(aired, lane, headline, AT, 0);
    char *exact = malloc(AIRED_LINE_BYTES);
    assert_true(aired_json(aired, exact) > 20000);
    json_t *read = json_loads(exact, 0, NULL);
    assert_non_null(read);
    json_decref(read);
    free(exact);
    free(headline);
    free(aired);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_what_the_contract_names),
        cmocka_unit_test(whatever_stands_in_it),
        cmocka_unit_test(the_longest_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
