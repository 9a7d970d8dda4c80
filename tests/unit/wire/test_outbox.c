/* Order, completeness and size of what waits for room in the ring. */
#include "wire/outbox.h"

#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct message message; /* too large for comfort on a stack */

static void fill(unsigned number, size_t summary_bytes)
{
    char text[32];
    static char summary[8000];
    memset(summary, 'a' + number % 26, sizeof summary);
    message.kind = MESSAGE_HEADLINE;
    message.source = (uint16_t)(number % 7);
    message.count = 0;
    message.at = number;
    headline_init(&message.headline);
    snprintf(text, sizeof text, "headline %u", number);
    headline_set(&message.headline, HEADLINE_TEXT, text, strlen(text));
    headline_set(&message.headline, HEADLINE_SUMMARY, summary, summary_bytes);
}

static void check(const struct message *m, unsigned number, size_t summary_bytes)
{
    char text[32];
    snprintf(text, sizeof text, "headline %u", number);
    assert_int_equal(m->kind, MESSAGE_HEADLINE);
    assert_int_equal(m->source, number % 7);
    assert_int_equal(m->at, number);
    assert_string_equal(headline_get(&m->headline, HEADLINE_TEXT), text);
    assert_int_equal(strlen(headline_get(&m->headline, HEADLINE_SUMMARY)), summary_bytes);
}

static void nothing_is_lost_through_a_small_ring(void **state)
{
    (void)state;
    enum { MESSAGES = 2000, SLOTS = 4 };
    struct outbox outbox;
    struct ring ring;
    assert_true(outbox_init(&outbox));
    assert_true(ring_init(&ring, SLOTS, sizeof(struct message)));
    for (unsigned i = 0; i < MESSAGES; i++) {
        fill(i, i % 5000);
        assert_true(outbox_add(&outbox, &message));
    }
    unsigned next = 0;
    bool all = false;
    while (!all || next < MESSAGES) {
        all = outbox_flush(&outbox, &ring);
        assert_int_equal(all, outbox_empty(&outbox));
        struct message *m = ring_peek(&ring);
        assert_non_null(m);
        check(m, next, next % 5000);
        ring_release(&ring);
        next++;
    }
    assert_int_equal(next, MESSAGES);
    assert_int_equal(ring_depth(&ring), 0);
    assert_int_equal(outbox.room, OUTBOX_ROOM_BYTES); /* memory is given back */
    outbox_fini(&outbox);
    ring_fini(&ring);
}

static void copies_no_more_than_is_used(void **state)
{
    (void)state;
    struct outbox outbox;
    assert_true(outbox_init(&outbox));
    fill(1, 0);
    assert_in_range(outbox_message_bytes(&message), offsetof(struct message, headline),
                    offsetof(struct message, headline) + 200);
    message.kind = MESSAGE_FETCHED;
    assert_int_equal(outbox_message_bytes(&message), offsetof(struct message, headline));
    for (int i = 0; i < 100; i++) {
        fill(1, 0);
        assert_true(outbox_add(&outbox, &message));
    }
    assert_true(outbox.used < 100 * 600);
    outbox_fini(&outbox);
}

static void rewinds_to_the_mark(void **state)
{
    (void)state;
    struct outbox outbox;
    struct ring ring;
    assert_true(outbox_init(&outbox));
    assert_true(ring_init(&ring, 8, sizeof(struct message)));
    fill(1, 10);
    assert_true(outbox_add(&outbox, &message));
    size_t mark = outbox_mark(&outbox);
    fill(2, 10);
    assert_true(outbox_add(&outbox, &message));
    outbox_rewind(&outbox, mark);
    fill(3, 10);
    assert_true(outbox_add(&outbox, &message));
    assert_true(outbox_flush(&outbox, &ring));
    check(ring_peek(&ring), 1, 10);
    ring_release(&ring);
    check(ring_peek(&ring), 3, 10);
    ring_release(&ring);
    assert_null(ring_peek(&ring));
    outbox_fini(&outbox);
    ring_fini(&ring);
}

static void names_the_nameless(void **state)
{
    (void)state;
    struct outbox outbox;
    struct ring ring;
    assert_true(outbox_init(&outbox));
    assert_true(ring_init(&ring, 8, sizeof(struct message)));
    fill(1, 0);
    assert_true(outbox_add(&outbox, &message));
    headline_set(&message.headline, HEADLINE_SOURCE, "its own", 7);
    assert_true(outbox_add(&outbox, &message));
    outbox_name(&outbox, "Evening News");
    assert_true(outbox_flush(&outbox, &ring));
    struct message *m = ring_peek(&ring);
    assert_string_equal(headline_get(&m->headline, HEADLINE_SOURCE), "Evening News");
    ring_release(&ring);
    m = ring_peek(&ring);
    assert_string_equal(headline_get(&m->headline, HEADLINE_SOURCE), "its own");
    outbox_fini(&outbox);
    ring_fini(&ring);
}

static void has_a_limit(void **state)
{
    (void)state;
    struct outbox outbox;
    assert_true(outbox_init(&outbox));
    size_t count = 0;
    fill(1, 8000);
    while (outbox_add(&outbox, &message)) {
        count++;
        assert_true(outbox.used <= OUTBOX_MOST_BYTES);
    }
    assert_true(count > HEADLINE_ITEMS);
    outbox_fini(&outbox);
    outbox_fini(&outbox); /* zeroed: fine */
    outbox_fini(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_lost_through_a_small_ring),
        cmocka_unit_test(copies_no_more_than_is_used),
        cmocka_unit_test(rewinds_to_the_mark),
        cmocka_unit_test(names_the_nameless),
        cmocka_unit_test(has_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
