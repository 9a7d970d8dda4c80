/* What of a delivery is kept for the disk, and what need not be written. */
#include "wire/shelf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

enum { MOST = 1 << 20, KEEP = 3 };

static struct outbox outbox;
static struct shelf shelf;
static struct message message;
static const struct snapshot head = {.name = "Hafenbote"};

static int set_up(void **state)
{
    (void)state;
    shelf_init(&shelf, "https://h.test/feed");
    return outbox_init(&outbox) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    shelf_fini(&shelf);
    outbox_fini(&outbox);
    return 0;
}

static void add(int number, const char *text, int64_t published, int64_t first_seen)
{
    char id[20];
    message.kind = MESSAGE_HEADLINE;
    headline_init(&message.headline);
    headline_set(&message.headline, HEADLINE_TEXT, text, strlen(text));
    headline_set(&message.headline, HEADLINE_ID, id,
                 (size_t)snprintf(id, sizeof id, "%d", number));
    headline_identify(&message.headline);
    message.headline.published = published;
    message.headline.first_seen = first_seen;
    assert_true(outbox_add(&outbox, &message));
}

static void take(size_t most)
{
    shelf_take(&shelf, &outbox, 0, &head, KEEP, most);
    outbox_rewind(&outbox, 0);
}

/* The texts on the shelf, one a line, with since when they are known. */
static const char *waiting(void)
{
    static char text[1000];
    struct snapshot_reader reader;
    struct snapshot own;
    struct headline headline;
    size_t length = 0;
    *text = '\0';
    if (shelf.waiting.length == 0) {
        return "nothing";
    }
    assert_true(snapshot_open(&reader, shelf.waiting.bytes, shelf.waiting.length, &own));
    while (snapshot_next(&reader, &headline)) {
        length += (size_t)snprintf(text + length, sizeof text - length, "%s %d\n",
                                   headline_get(&headline, HEADLINE_TEXT),
                                   (int)headline.first_seen);
    }
    return text;
}

static void saved(void)
{
    buffer_fini(&shelf.waiting);
}

static void an_item_is_as_old_as_it_was(void **state)
{
    (void)state;
    add(1, "a", 100, 1000);
    add(2, "b", 90, 1000);
    take(MOST);
    assert_string_equal(waiting(), "a 1000\nb 1000\n");
    saved();
    add(1, "a, corrected", 100, 2000);
    add(3, "c", 95, 2000);
    take(MOST);
    assert_string_equal(waiting(), "a, corrected 1000\nc 2000\n");
}

static void what_did_not_change_is_not_written(void **state)
{
    (void)state;
    add(1, "a", 100, 1000);
    take(MOST);
    assert_string_equal(waiting(), "a 1000\n");
    saved();
    add(1, "a", 100, 2000);
    take(MOST);
    assert_string_equal(waiting(), "nothing");
    add(1, "a", 101, 3000);
    take(MOST);
    assert_string_equal(waiting(), "a 1000\n");
    add(1, "a", 101, 4000); /* not saved yet: it still has to be */
    take(MOST);
    assert_string_equal(waiting(), "a 1000\n");
}

static void the_newest_are_kept(void **state)
{
    (void)state;
    char text[2] = "a";
    for (int i = 0; i < 20; i++) {
        text[0] = (char)('a' + i);
        add(i, text, 100 + i * 7 % 20, 1);
    }
    take(MOST);
    assert_string_equal(waiting(), "r 1\no 1\nl 1\ni 1\nf 1\nc 1\n");
    saved();
    for (int i = 0; i < 8; i++) {
        text[0] = (char)('a' + i);
        add(50 + i, text, HEADLINE_NO_TIME, 1);
    }
    take(MOST);
    assert_string_equal(waiting(), "a 1\nb 1\nc 1\nd 1\ne 1\nf 1\n");
    saved();
    add(90, "short", 10, 1);
    add(91, "short too", 9, 1);
    take(150);
    assert_string_equal(waiting(), "short 1\n");
}

static void a_recalled_one_is_known(void **state)
{
    (void)state;
    struct shelf again;
    struct snapshot_reader reader;
    struct snapshot own;
    struct headline headline;
    add(1, "a", 100, 1000);
    take(MOST);
    /* As shelf_recall() and the station do. */
    shelf_init(&again, "https://h.test/feed");
    again.content = 0;
    assert_true(snapshot_open(&reader, shelf.waiting.bytes, shelf.waiting.length, &own));
    while (snapshot_next(&reader, &headline)) {
        shelf_remember(&again, &headline);
    }
    shelf_fini(&shelf);
    shelf = again;
    add(1, "a", 100, 5000);
    add(2, "b", 99, 5000);
    take(MOST);
    assert_string_equal(waiting(), "a 1000\nb 5000\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_item_is_as_old_as_it_was, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_did_not_change_is_not_written, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_newest_are_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_recalled_one_is_known, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
