/* The examples of RFC 3986, section 5.4, and what feeds add to them. */
#include "feed/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void expect(const char *text, const char *base, const char *want)
{
    struct buffer out = {0};
    size_t bytes = link_resolve(text, strlen(text), base, strlen(base), &out);
    assert_int_equal(bytes, out.length);
    buffer_byte(&out, '\0');
    assert_string_equal(out.bytes, want);
    buffer_fini(&out);
}

static void resolves_as_the_rfc_says(void **state)
{
    static const char *const cases[][2] = {
        {"g:h", "g:h"},
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {";x", "http://a/b/c/;x"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {"..g", "http://a/b/c/..g"},
        {"./../g", "http://a/b/g"},
        {"g/./h", "http://a/b/c/g/h"},
        {"g/../h", "http://a/b/c/h"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect(cases[i][0], "http://a/b/c/d;p?q", cases[i][1]);
    }
}

static void takes_what_feeds_write(void **state)
{
    (void)state;
    expect("x", "http://a", "http://a/x");
    expect("http://é.example/ü", "", "http://é.example/ü");
    expect("/a\u202Eb\u00A0\xC2\x85", "http://e.example",
           "http://e.example/a%E2%80%AEb%C2%A0%C2%85");
    expect("b", "http://e.example/\u202E/", "http://e.example/%E2%80%AE/b");
    expect(" \n http://e.example/a b\t\n", "", "http://e.example/a%20b");
    expect("http://e.example/?a=1&amp;b=2", "", "http://e.example/?a=1&b=2");
    expect("x", "", "");
    expect("", "http://a/", "");
    expect("  ", "http://a/", "");
    expect("http://e.example/\x01\x1f", "", "http://e.example/");
}

static void knows_the_web(void **state)
{
    static const struct {
        const char *url;
        bool web;
    } cases[] = {
        {"http://e.example", true},
        {"HTTPS://e.example/x", true},
        {"http://", false},
        {"http:///x", false},
        {"https://?q", false},
        {"ftp://e.example/", false},
        {"javascript:alert(1)", false},
        {"file:///etc/passwd", false},
        {"mailto:a@b", false},
        {"tag:e.example,2026:1", false},
        {"", false},
    };
    char longest[2050] = "http://e.example/";
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(link_is_web(cases[i].url, strlen(cases[i].url)), cases[i].web);
    }
    memset(longest + 17, 'x', sizeof longest - 17);
    assert_true(link_is_web(longest, 2048));
    assert_false(link_is_web(longest, 2049));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resolves_as_the_rfc_says),
        cmocka_unit_test(takes_what_feeds_write),
        cmocka_unit_test(knows_the_web),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
