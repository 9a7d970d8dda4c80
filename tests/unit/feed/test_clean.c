/* Feed text made fit to air: mark-up, references, white space, characters, length. */
#include "feed/clean.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

static void expect(const char *text, size_t length, enum clean_form form, size_t codes,
                   const char *want)
{
    struct buffer out = {0};
    buffer_text(&out, "before:");
    size_t bytes = clean_text(text, length, form, codes, &out);
    buffer_byte(&out, '\0');
    assert_string_equal(out.bytes + 7, want);
    assert_int_equal(bytes, strlen(want));
    buffer_fini(&out);
}

static void cleans_html(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"plain", "plain"},
        {"", ""},
        {" \n a \t b\r\n", "a b"},
        {"eight by eight, with single spaces  and two",
         "eight by eight, with single spaces and two"},
        {"abcdefg  hijklmno  pqrstuvw  ", "abcdefg hijklmno pqrstuvw"},
        {"one two three\x7F"
         "four five six\tseven",
         "one two threefour five six seven"},
        {"<b>Bold</b> and <i class=\"x>y\">italic</i>", "Bold and italic"},
        {"<p>one</p><p>two</p>", "one two"},
        {"a<br/>b", "a b"},
        {"1 < 2 and 3 > 2", "1 < 2 and 3 > 2"},
        {"a<b", "a<b"},
        {"x <nosuch> y", "x <nosuch> y"},
        {"<o:p>Word</o:p>", "Word"},
        {"News<script>alert(1)</script> today", "News today"},
        {"News<STYLE>p { }</STYLE >!", "News!"},
        {"<script>never closed", ""},
        {"a<!-- no <b> -->b", "ab"},
        {"a<!-- open", "a"},
        {"AT&amp;T &ldquo;x&rdquo;", "AT&T “x”"},
        {"AT&T", "AT&T"},
        {"It&amp;#8217;s", "It’s"},
        {"about &amp;amp; itself", "about &amp; itself"},
        {"&amp;lt;b&amp;gt;", "&lt;b&gt;"},
        {"&lt;b&gt;twice escaped&lt;/b&gt;", "twice escaped"},
        {"a &lt;b&gt; only opens", "a <b> only opens"},
        {"&nbsp;&#160;x&nbsp;", "x"},
        {"x&#27;[2J&#7;y", "x[2Jy"},
        {"don\xC2\x92t", "don’t"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect(cases[i].text, strlen(cases[i].text), CLEAN_HTML, 400, cases[i].want);
    }
}

static void cleans_other_forms(void **state)
{
    static const struct {
        const char *text;
        enum clean_form form;
        const char *want;
    } cases[] = {
        {"a <b>c</b> &amp; d", CLEAN_PLAIN, "a <b>c</b> &amp; d"},
        {"a <b>c</b> &amp; d", CLEAN_TEXT, "a c & d"},
        {"the <blink> tag", CLEAN_TEXT, "the <blink> tag"},
        {"if (a <b && c> d) <b\n|| e>", CLEAN_HTML, "if (a <b && c> d) <b || e>"},
        {"&copy2004", CLEAN_TEXT, "&copy2004"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect(cases[i].text, strlen(cases[i].text), cases[i].form, 400, cases[i].want);
    }
}

/* Each of the twelve Bidi_Control characters, and the other invisible ones. */
static void drops_what_must_not_air(void **state)
{
    static const uint32_t codes[] = {
        0x061C,   0x200E,  0x200F,  0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066,
        0x2067,   0x2068,  0x2069,  0x00AD, 0x200B, 0xFEFF, 0xFDD0, 0xFFFE, 0x1FFFF,
        0x10FFFE, 0xE0041, 0xE007F, 1,      0x7F,   0x81,   0x2060, 0xFFF9,
    };
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        char text[16] = "a";
        size_t length = 1 + utf8_encode(codes[i], text + 1);
        text[length++] = 'b';
        expect(text, length, CLEAN_HTML, 400, "ab");
        expect(text, length, CLEAN_PLAIN, 400, "ab");
    }
    expect("a\0b", 3, CLEAN_HTML, 400, "ab");
    expect("a\xE2\x80\xA8"
           "b\xE3\x80\x80"
           "c",
           9, CLEAN_PLAIN, 400, "a b c");
}

static void bounds_marks(void **state)
{
    char text[2 + 40 * 2] = "Z";
    (void)state;
    for (size_t i = 0; i < 40; i++) {
        memcpy(text + 1 + i * 2, "\xCC\x81", 2);
    }
    text[81] = 'a';
    expect(text, 82, CLEAN_PLAIN, 400,
           "Z\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81"
           "a");
}

static void cuts_at_a_grapheme(void **state)
{
    (void)state;
    expect("abcdef", 6, CLEAN_PLAIN, 6, "abcdef");
    expect("abcdefg", 7, CLEAN_PLAIN, 6, "abcde…");
    expect("abcd efg", 8, CLEAN_PLAIN, 6, "abcd…");
    /* An accent stays with its letter, a family with its members. */
    expect("abcde\xCC\x81xyz", 10, CLEAN_PLAIN, 6, "abcd…");
    expect("ab👨‍👩‍👧‍👦cd", strlen("ab👨‍👩‍👧‍👦cd"),
           CLEAN_PLAIN, 6, "ab…");
    expect("abc      \n   ", 13, CLEAN_PLAIN, 3, "abc");
}

/* Hostile runs of the same beginning: time must stay linear, so these end at once. */
static void stays_linear(void **state)
{
    static const char *const pieces[] = {"<b ",   "<a b=\"", "<!--",      "<script>",
                                         "&amp;", "</b",     "<![CDATA[", "<!x"};
    enum { BYTES = 1 << 20 };
    char *text = malloc(BYTES);
    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t n = strlen(pieces[i]);
        for (size_t at = 0; at < BYTES; at++) {
            text[at] = pieces[i][at % n];
        }
        struct buffer out = {0};
        clean_text(text, BYTES, CLEAN_HTML, BYTES, &out);
        buffer_fini(&out);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cleans_html),
        cmocka_unit_test(cleans_other_forms),
        cmocka_unit_test(drops_what_must_not_air),
        cmocka_unit_test(bounds_marks),
        cmocka_unit_test(cuts_at_a_grapheme),
        cmocka_unit_test(stays_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
