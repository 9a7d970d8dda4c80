/* Bytes of many encodings, labelled rightly, wrongly and not at all. */
#include "feed/charset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

#define BYTES(text) text, sizeof(text) - 1

static void reads_encodings(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *content_type;
        const char *want;
    } cases[] = {
        {BYTES("plain"), NULL, "plain"},
        {BYTES("Zürich"), NULL, "Zürich"},
        {BYTES("\xEF\xBB\xBFZürich"), "text/xml; charset=iso-8859-1", "Zürich"},
        {BYTES("\xEF\xBB\xBF\xEF\xBB\xBFx"), NULL, "x"},
        {BYTES("Zürich"), "text/xml; charset=iso-8859-1", "Zürich"},
        {BYTES("Z\xFCrich"), "text/xml; charset=iso-8859-1", "Zürich"},
        {BYTES("\x93quoted\x94"), "text/xml; charset=\"ISO-8859-1\"", "“quoted”"},
        {BYTES("Z\xFCrich \x96 x"), NULL, "Zürich – x"},
        {BYTES("Z\xFCrich x"), "text/xml; charset=utf-8", "Zürich x"},
        {BYTES("Zürich \xE9 x"), NULL, "Zürich \xEF\xBF\xBD x"},
        {BYTES("a\xC0\xAF"
               "b \xC3\xBC"),
         NULL,
         "a\xEF\xBF\xBD\xEF\xBF\xBD"
         "b ü"},
        {BYTES("\xD6\xD0\xCE\xC4 x"), "text/xml; charset=gb2312", "中文 x"},
        {BYTES("<?xml version='1.0' encoding='gb2312'?>\xD6\xD0 x"), NULL,
         "<?xml version='1.0' encoding='gb2312'?>中 x"},
        {BYTES("\x93\xFA\x96{ x"), "text/xml; charset=Shift_JIS", "日本 x"},
        {BYTES("<META charset=windows-1251>\xCC\xE8\xF0"), "text/html",
         "<META charset=windows-1251>Мир"},
        {BYTES("<meta http-equiv='Content-Type' content='text/html; charset=shift_jis'>"
               "\x93\xFA"),
         NULL,
         "<meta http-equiv='Content-Type' content='text/html; charset=shift_jis'>日"},
        {BYTES("<meta charset='koi8-r'>\xFC x"), "text/html; charset=iso-8859-1",
         "<meta charset='koi8-r'>ü x"},
        {BYTES("<!-- <meta charset=koi8-r> --><metadata charset=koi8-r>\xFC x"), NULL,
         "<!-- <meta charset=koi8-r> --><metadata charset=koi8-r>ü x"},
        {BYTES("\x1B$BF|\x1B(B x"), "text/xml; charset=iso-2022-jp", "日 x"},
        {BYTES("Z\xFCrich x"), "text/xml; charset=\"$(reboot)\"", "Zürich x"},
        {BYTES("Z\xFCrich x"), "text/xml; charset=x-no-such", "Zürich x"},
        {BYTES("Z\xFCrich x"), "text/xml; charset=utf-16", "Zürich x"},
        {BYTES("\xFF\xFEZ\0\xFC\0"), NULL, "Zü"},
        {BYTES("\xFE\xFF\0Z\0\xFC"), NULL, "Zü"},
        {BYTES("<\0r\0s\0s\0>\0\xFC\0"), NULL, "<rss>ü"},
        {BYTES("\0<\0r\0s\0s\0>\0\xFC"), NULL, "<rss>ü"},
        {BYTES("\xFF\xFE\0\0Z\0\0\0\xFC\0\0\0"), NULL, "Zü"},
        {BYTES("<\0\0\0r\0\0\0s\0\0\0s\0\0\0"), NULL, "<rss"},
        {BYTES("\0\0\0<\0\0\0r\0\0\0s\0\0\0s"), NULL, "<rss"},
        {BYTES("\xFF\xFEZ\0\xFC"), NULL, "Z\xEF\xBF\xBD"},
        {BYTES("\xFF\xFE\x00\xD8x\0"), NULL, NULL}, /* a lone surrogate: only valid */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct charset_text out;
        assert_true(
            charset_read(cases[i].bytes, cases[i].length, cases[i].content_type, &out));
        assert_true(utf8_valid(out.text, out.length));
        if (cases[i].want) {
            assert_int_equal(out.length, strlen(cases[i].want));
            assert_memory_equal(out.text, cases[i].want, out.length);
        }
        buffer_fini(&out.converted);
    }
}

/* Whatever two bytes come: valid UTF-8 leaves. */
static void always_gives_utf8(void **state)
{
    static const char *const types[] = {NULL, "text/xml; charset=utf-8",
                                        "text/xml; charset=gbk"};
    (void)state;
    for (unsigned pair = 0; pair < 1 << 16; pair++) {
        char bytes[] = {'<', (char)(pair >> 8), (char)pair, 'x'};
        struct charset_text out;
        assert_true(charset_read(bytes, sizeof bytes, types[pair % 3], &out));
        assert_true(utf8_valid(out.text, out.length));
        buffer_fini(&out.converted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_encodings),
        cmocka_unit_test(always_gives_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
