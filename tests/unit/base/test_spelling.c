/* What counts as near. */
#include "base/spelling.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const words[] = {"url",           "every", "weight", "max-age",
                                    "password-file", "on",    "user",   "user-agent"};

static void finds_the_nearest(void **state)
{
    (void)state;
    static const struct {
        const char *text, *nearest;
    } cases[] = {
        {"urk", "url"},
        {"ulr", "url"},
        {"URL", "url"},
        {"evry", "every"},
        {"every", "every"},
        {"evrey", "every"},
        {"max_age", "max-age"},
        {"maxage", "max-age"},
        {"passwordfile", "password-file"},
        {"usr", "user"},
        {"useragent", "user-agent"},
        {"waight", "weight"},
        {"colour", NULL},
        {"x", NULL},
        {"", NULL},
        {"weightlifting", NULL},
        {"no", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct spelling best = {NULL, 0};
        for (size_t j = 0; j < sizeof words / sizeof *words; j++) {
            spelling_try(&best, cases[i].text, strlen(cases[i].text), words[j]);
        }
        if (cases[i].nearest) {
            assert_non_null(best.word);
            assert_string_equal(best.word, cases[i].nearest);
        } else {
            assert_null(best.word);
        }
    }
}

static void passes_over_what_is_too_long(void **state)
{
    (void)state;
    struct spelling best = {NULL, 0};
    static const char longest[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; /* 40 */
    spelling_try(&best, longest, 40, longest);
    assert_ptr_equal(best.word, longest);
    best.word = NULL;
    spelling_try(&best, "url", SIZE_MAX, "url");
    assert_null(best.word);
    spelling_try(&best, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 41,
                 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    assert_null(best.word);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_nearest),
        cmocka_unit_test(passes_over_what_is_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
