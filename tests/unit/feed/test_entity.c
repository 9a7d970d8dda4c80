/* References of HTML: named, numeric, with and without ';', and what is none. */
#include "feed/entity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "feed/entity_names.h"

static void reads_references(void **state)
{
    static const struct {
        const char *text;
        size_t bytes;
        uint32_t first, second;
    } cases[] = {
        {"&amp;", 5, '&', 0},
        {"&amp", 4, '&', 0},
        {"&hellip; x", 8, 0x2026, 0},
        {"&hellip x", 0, 0, 0},
        {"&copy2004", 5, 0xA9, 0},
        {"&notit;", 4, 0xAC, 0},
        {"&notin;", 7, 0x2209, 0},
        {"&CounterClockwiseContourIntegral;", 33, 0x2233, 0},
        {"&bne;", 5, '=', 0x20E5},
        {"&nosuch;", 0, 0, 0},
        {"& b", 0, 0, 0},
        {"&;", 0, 0, 0},
        {"&#65;", 5, 'A', 0},
        {"&#x1F600;", 9, 0x1F600, 0},
        {"&#X41", 5, 'A', 0},
        {"&#", 0, 0, 0},
        {"&#x;", 0, 0, 0},
        {"&#150;", 6, 0x2013, 0},
        {"&#x81;", 6, 0x81, 0},
        {"&#0;", 4, 0xFFFD, 0},
        {"&#xD800;", 8, 0xFFFD, 0},
        {"&#99999999999999999999;", 23, 0xFFFD, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct entity entity = {{0}};
        bool closed;
        size_t bytes =
            entity_read(cases[i].text, strlen(cases[i].text), &entity, &closed);
        assert_int_equal(bytes, cases[i].bytes);
        if (bytes) {
            assert_int_equal(closed, cases[i].text[bytes - 1] == ';');
            assert_int_equal(entity.codes[0], cases[i].first);
            assert_int_equal(entity.codes[1], cases[i].second);
        }
    }
}

static void never_reads_past_the_end(void **state)
{
    static const char text[] = "&hellip;";
    struct entity entity;
    (void)state;
    for (size_t length = 0; length < sizeof text - 1; length++) {
        assert_int_equal(entity_read(text, length, &entity, NULL), 0);
    }
}

/* The look-ups are by halves: they need the order, and they find every row. */
static void table_is_sorted_and_found(void **state)
{
    (void)state;
    assert_int_equal(entity_name_count, 2125);
    for (size_t i = 0; i < entity_name_count; i++) {
        const struct entity_name *row = &entity_names[i];
        assert_true(i == 0 || strcmp(row[-1].name, row->name) < 0);
        struct entity entity;
        assert_true(entity_find(row->name, strlen(row->name), &entity));
        assert_int_equal(entity.codes[0], row->first);
        assert_int_equal(entity.codes[1], row->second);
    }
    for (size_t i = 1; i < entity_open_name_count; i++) {
        assert_true(strcmp(entity_open_names[i - 1], entity_open_names[i]) < 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_references),
        cmocka_unit_test(never_reads_past_the_end),
        cmocka_unit_test(table_is_sorted_and_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
