/* Resolutions as an operator writes them. */
#include "base/resolution.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

static void test_table(void **state)
{
    static const struct {
        const char *text;
        bool right;
        int w, h, hz;
    } cases[] = {
        {"auto", true, 0, 0, 0},
        {"1920x1080", true, 1920, 1080, 0},
        {"1920x1080@50", true, 1920, 1080, 50},
        {"16384x1@1000", true, 16384, 1, 1000},
        {"", false, 0, 0, 0},
        {"Auto", false, 0, 0, 0},
        {"1920", false, 0, 0, 0},
        {"1920x", false, 0, 0, 0},
        {"x1080", false, 0, 0, 0},
        {"1920x1080@", false, 0, 0, 0},
        {"1920x1080@0", false, 0, 0, 0},
        {"1920x1080@60 ", false, 0, 0, 0},
        {"1920 x 1080", false, 0, 0, 0},
        {"1920x1080i", false, 0, 0, 0},
        {"1920x1080@59.94", false, 0, 0, 0},
        {"+1920x1080", false, 0, 0, 0},
        {"16385x1", false, 0, 0, 0},
        {"99999999999999999999x1", false, 0, 0, 0},
        {"1920x1080@1001", false, 0, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct resolution found = {7, 7, 7};
        size_t length = strlen(cases[i].text);
        char *exact = malloc(length + 1); /* not one byte more is read */
        assert_non_null(exact);
        memcpy(exact, cases[i].text, length);
        exact[length] = '9';
        assert_int_equal(resolution_parse(exact, length, &found), cases[i].right);
        free(exact);
        assert_int_equal(found.w, cases[i].w);
        assert_int_equal(found.h, cases[i].h);
        assert_int_equal(found.hz, cases[i].hz);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_table)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
