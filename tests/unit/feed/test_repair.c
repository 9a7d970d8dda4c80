/* Broken XML and what it becomes. */
#include "feed/repair.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void repairs(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"<r>a &amp; b</r>", "<r>a &amp; b</r>"},
        {"<r>AT&T & Q</r>", "<r>AT&amp;T &amp; Q</r>"},
        {"<r>&nbsp;&hellip;&nosuch;</r>", "<r>\xC2\xA0…&amp;nosuch;</r>"},
        {"<r>?a=1&copy=2</r>", "<r>?a=1&amp;copy=2</r>"},
        {"<r>&copy 2026</r>", "<r>© 2026</r>"},
        {"<r>&#0;&#27;&#65;</r>", "<r>\xEF\xBF\xBD"
                                  "A</r>"},
        {"<r>a\x01\x1B[2Jb</r>", "<r>a[2Jb</r>"},
        {"<r>5 < 6 <7</r>", "<r>5 &lt; 6 &lt;7</r>"},
        {"<r>x <b and c</r>", "<r>x &lt;b and c</r>"},
        {"<r><a><b>x</a></r>", "<r><a><b>x</b></a></r>"},
        {"<r>x</b></r>", "<r>x</r>"},
        {"<R>x</r>", "<R>x</R>"},
        {"<r>x</r><r>y</r> junk", "<r>x</r>"},
        {"<r a=1 a=2 b c='\"<&'/>", "<r a=\"1\" b=\"b\" c=\"&quot;&lt;&amp;\"/>"},
        {"<r><item>a<item>b</item></r>", "<r><item>a</item><item>b</item></r>"},
        {"<r><title>a<link>b</link></r>", "<r><title>a</title><link>b</link></r>"},
        {"<r><!-- x --><?y z?><![CDATA[a & <b\x02]]></r>", "<r><![CDATA[a & <b]]></r>"},
        {"<r>a\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD"
         "b</r>",
         "<r>a\xEF\xBF\xBD"
         "b</r>"},
        {"<r><a>cut", "<r><a>cut"},
        {"<r><a><![CDATA[cut", "<r><a>"},
        {"<r><a b=\"cut", "<r>&lt;a b=&quot;cut"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = {0};
        repair_xml(cases[i].text, strlen(cases[i].text), &out);
        buffer_byte(&out, '\0');
        assert_string_equal(out.bytes, cases[i].want);
        buffer_fini(&out);
    }
}

/* Nests, quotes and brackets without end: it ends, and the result stays near the input. */
static void stays_bounded(void **state)
{
    static const char *const pieces[] = {
        "<a>",  "<a b='",    "<a b=\"x\" ", "</a>", "<item>", "<",    "&",
        "<!--", "<![CDATA[", "<?",          "\x01", "<a/>",   "&amp", "<a <a "};
    enum { BYTES = 1 << 20 };
    char *text = malloc(BYTES);
    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t n = strlen(pieces[i]);
        for (size_t at = 0; at < BYTES; at++) {
            text[at] = pieces[i][at % n];
        }
        memcpy(text, "<r>", 3);
        struct buffer out = {0};
        repair_xml(text, BYTES, &out);
        assert_true(out.length <= 8 * BYTES);
        buffer_fini(&out);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repairs),
        cmocka_unit_test(stays_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
