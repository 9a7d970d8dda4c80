/* Items in a buffer: as many as fit, each whole. */
#include "base/inquiry.h"

#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void set(struct headline *headline, const char *text)
{
    headline_init(headline);
    headline_set(headline, HEADLINE_TEXT, text, strlen(text));
}

static void test_items(void **state)
{
    static struct headline headline;
    struct inquiry inquiry = {.room = 4096};
    struct inquiry_item item = {.kind = INQUIRY_AIRS, .lane = "crawl", .at = 7};
    size_t at = 0, count = 0, put = 0;
    (void)state;
    inquiry.bytes = malloc(inquiry.room);
    assert_non_null(inquiry.bytes);
    assert_null(inquiry_next(&inquiry, &at));
    set(&headline, "Bridge");
    while (inquiry_put(&inquiry, &item, &headline, put % 2 ? "note" : "")) {
        item.at++;
        put++;
    }
    assert_true(put > 5);
    assert_true(inquiry.used <= inquiry.room);
    const struct inquiry_item *next;
    while ((next = inquiry_next(&inquiry, &at))) {
        assert_int_equal((uintptr_t)next % 8, 0);
        assert_int_equal(next->at, 7 + (int64_t)count);
        assert_string_equal(next->lane, "crawl");
        assert_string_equal(headline_get(inquiry_headline(next), HEADLINE_TEXT),
                            "Bridge");
        assert_string_equal(inquiry_note(next), count % 2 ? "note" : "");
        count++;
    }
    assert_int_equal(count, put);
    free(inquiry.bytes);
}

/* The longest of all fits into the least room; a note is cut before a character, not in it. */
static void test_longest(void **state)
{
    static struct headline headline;
    struct inquiry inquiry = {.room = INQUIRY_ITEM_BYTES};
    struct inquiry_item item = {.kind = INQUIRY_HIDDEN};
    char note[2 * INQUIRY_NOTE_BYTES] = "x";
    size_t at = 0;
    (void)state;
    inquiry.bytes = malloc(inquiry.room);
    assert_non_null(inquiry.bytes);
    set(&headline, "Bridge");
    headline.used = HEADLINE_POOL_BYTES;
    for (size_t i = 1; i + 2 < sizeof note; i += 2) {
        memcpy(note + i, "\xc3\xa9", 3);
    }
    assert_true(inquiry_put(&inquiry, &item, &headline, note));
    const char *cut = inquiry_note(inquiry_next(&inquiry, &at));
    assert_int_equal(strlen(cut), INQUIRY_NOTE_BYTES - 1);
    assert_int_equal(strncmp(cut, note, strlen(cut)), 0);
    note[0] = '\0';
    inquiry.used = at = 0;
    memmove(note, note + 1,
            sizeof note - 1); /* now the cut would be in the middle of one */
    assert_true(inquiry_put(&inquiry, &item, &headline, note));
    cut = inquiry_note(inquiry_next(&inquiry, &at));
    assert_int_equal(strlen(cut), INQUIRY_NOTE_BYTES - 2);
    free(inquiry.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_items),
        cmocka_unit_test(test_longest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
