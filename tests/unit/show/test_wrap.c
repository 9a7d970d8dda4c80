/* Where lines break, that none is wider than it may be, and that nothing of the text is lost
 * or torn between them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "show/wrap.h"

/* One cluster of seven code points. */
#define FAMILY "👨‍👩‍👧‍👦"

enum { EM_PX = 80 };

static struct text type;

static void measure(struct wrap *wrap, const char *text)
{
    wrap_begin(wrap, &type, text);
    while (wrap_measure(wrap)) {
    }
}

/* The lines with '|' between them. */
static const char *broken(const char *text, int em_px, int width_px, size_t most)
{
    static char out[4000];
    static struct wrap wrap;
    struct wrap_line lines[WRAP_LINES];
    bool whole;
    measure(&wrap, text);
    size_t count = wrap_break(&wrap, em_px, width_px, most, lines, &whole), used = 0;
    for (size_t i = 0; i < count; i++) {
        used += (size_t)snprintf(out + used, sizeof out - used, "%s%.*s", i ? "|" : "",
                                 lines[i].bytes, text + lines[i].byte);
    }
    snprintf(out + used, sizeof out - used, "%s", whole ? "" : "+");
    return out;
}

static void breaks_where_it_should(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int em_px, width_px;
        size_t most;
        const char *lines;
    } cases[] = {
        {"Ferry returns", 80, 2000, 4, "Ferry returns"},
        {"Ferry returns", 80, 400, 4, "Ferry|returns"},
        {"Ferry returns", 40, 400, 4, "Ferry returns"}, /* half the size */
        {"  Ferry \n returns  ", 80, 400, 4, "Ferry|returns"},
        {"One two three four", 80, 250, 2, "One|two+"},
        {"", 80, 400, 4, ""},
        {"   ", 80, 400, 4, ""},
        {"light-rail", 80, 250, 4, "light-|rail"},
        {"-5 or 3-4", 80, 120, 4, "-5|or|3-4"},
        {"東京で大雨、交通に影響", 80, 490, 4, "東京で大雨、|交通に影響"},
        {"東京で大雨、交通に影響", 80, 410, 4, "東京で大|雨、交通に|影響"},
        {"速報「大雨」です", 80, 250, 4, "速報|「大|雨」で|す"},
        {"한국어 뉴스", 80, 200, 4, "한국어|뉴스+"}, /* a word of Hangul stays whole */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *lines =
            broken(cases[i].text, cases[i].em_px, cases[i].width_px, cases[i].most);
        if (strcmp(lines, cases[i].lines) != 0) {
            fail_msg("%s at %d: \"%s\", not \"%s\"", cases[i].text, cases[i].width_px,
                     lines, cases[i].lines);
        }
    }
}

static void no_line_is_too_wide(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Council approves new tram line after a marathon session of eleven hours and "
        "more",
        "המועצה אישרה קו חדש לרכבת הקלה (Tram 7) אחרי ישיבה ארוכה",
        "https://example.org/a-very-long-address-without-any-blank-in-it/2026/index.html",
        "สภาอนุมัติเส้นทางรถรางสายใหม่หลังการประชุมยาวนานสิบเอ็ดชั่วโมงในคืนวันอังคาร",
        FAMILY FAMILY FAMILY FAMILY FAMILY FAMILY FAMILY FAMILY,
    };
    static struct wrap wrap;
    struct wrap_line lines[WRAP_LINES];
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        measure(&wrap, texts[i]);
        for (int width = 300; width < 1800; width += 97) {
            bool whole;
            size_t count = wrap_break(&wrap, EM_PX, width, 4, lines, &whole), at = 0;
            for (size_t j = 0; j < count; j++) {
                bool last = j + 1 == count;
                struct line *line =
                    wrap_lay(&wrap, &type, lines[j], width, last && !whole);
                assert_non_null(line);
                assert_in_range(layout_width_px(line), 0, width);
                assert_int_equal(line->rtl, i == 1);
                assert_true(!whole || !strstr(line->text, "…"));
                free(line);
                assert_in_range(lines[j].byte, at,
                                at + 1); /* at most a blank is left out */
                at = lines[j].byte + lines[j].bytes;
                assert_int_equal(utf8_floor(texts[i], at), at);
            }
            assert_true(!whole || at == strlen(texts[i]));
        }
    }
}

static void balances(void **state)
{
    (void)state;
    static struct wrap wrap;
    struct wrap_line lines[WRAP_LINES];
    bool whole;
    measure(&wrap, "Council approves new tram line after marathon session today");
    size_t count = wrap_break(&wrap, EM_PX, 1400, 4, lines, &whole);
    int width = wrap_balance(&wrap, EM_PX, 1400, 4);
    assert_in_range(width, 700, 1400);
    assert_int_equal(wrap_break(&wrap, EM_PX, width, 4, lines, &whole), count);
    assert_true(whole);
    bool less = wrap_break(&wrap, EM_PX, width - 1, 4, lines, &whole) > count;
    assert_true(less || width == 700);
}

/* More than any line takes, and than there is room for parts. */
static void takes_texts_of_any_length(void **state)
{
    (void)state;
    static char text[6000];
    static struct wrap wrap;
    struct wrap_line lines[WRAP_LINES];
    bool whole;
    for (size_t i = 0; i + 1 < sizeof text; i++) {
        text[i] = i % 4 == 3 ? ' ' : 'w';
    }
    measure(&wrap, text);
    assert_int_equal(wrap.count, WRAP_PARTS);
    size_t count = wrap_break(&wrap, EM_PX, 1000000, 3, lines, &whole);
    assert_int_equal(count, 1);
    assert_false(whole);
    struct line *line = wrap_lay(&wrap, &type, lines[0], 1500, true);
    assert_in_range(layout_width_px(line), 1000, 1500);
    assert_non_null(strstr(line->text, "…"));
    free(line);
}

int main(void)
{
    if (!text_open(&type, EM_PX, NULL)) {
        return 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(breaks_where_it_should),
        cmocka_unit_test(no_line_is_too_wide),
        cmocka_unit_test(balances),
        cmocka_unit_test(takes_texts_of_any_length),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    text_close(&type);
    return failed;
}
