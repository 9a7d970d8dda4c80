/* What airs of a source's content, under which name, and what must never air. */
#include "wire/delivery.h"

#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define ITEM(title)                                                                      \
    "<item><title>" title "</title><link>http://h.test/" title "</link></item>"
#define RSS "<?xml version='1.0'?><rss version='2.0'><channel><title>The Feed</title>"
#define END "</channel></rss>"

static const char whole[] = RSS ITEM("one") ITEM("two") END;
static const char cut[] = RSS ITEM("one") ITEM("two") "<item><title>thr";
static const char none[] = RSS END;
static const char page[] =
    "<!DOCTYPE html><html><head><title>Log in to Wi-Fi</title></head>"
    "<body><p>Please log in to go on.</p></body></html>";
static const char text[] = "Trains run late\nThe canteen is closed\n";

static struct outbox outbox;
static struct ring ring;
static atomic_bool quit;

static int set_up(void **state)
{
    (void)state;
    atomic_store(&quit, false);
    return outbox_init(&outbox) && ring_init(&ring, 1024, sizeof(struct message)) ? 0
                                                                                  : -1;
}

static int tear_down(void **state)
{
    (void)state;
    outbox_fini(&outbox);
    ring_fini(&ring);
    return 0;
}

static struct delivery_result deliver(const struct delivery *how, const char *bytes,
                                      const char *content_type)
{
    struct delivery_result result;
    struct feed_input input = {
        .bytes = bytes, .length = strlen(bytes), .content_type = content_type};
    delivery_parse(how, &input, &outbox, &result);
    outbox_flush(&outbox, &ring);
    return result;
}

static struct delivery from(const struct config_source *source, bool web)
{
    return (struct delivery){.source = source,
                             .index = 3,
                             .label = "h.test",
                             .at = 1727784000,
                             .quit = &quit,
                             .web = web};
}

static const struct config_source typed = {.name = "http://h.test/f", .typed = true};

static void whole_feed(void **state)
{
    (void)state;
    struct delivery how = from(&typed, true);
    struct delivery_result r = deliver(&how, whole, "application/rss+xml");
    assert_int_equal(r.failure, FAILURE_NONE);
    assert_int_equal(r.count, 2);
    assert_true(r.feed);
    const struct message *m = ring_peek(&ring);
    assert_int_equal(m->kind, MESSAGE_HEADLINE);
    assert_int_equal(m->source, 3);
    assert_int_equal(m->headline.source, 3);
    assert_int_equal(m->headline.first_seen, how.at);
    assert_true(m->headline.identity != 0);
    assert_string_equal(headline_get(&m->headline, HEADLINE_TEXT), "one");
    assert_string_equal(headline_get(&m->headline, HEADLINE_SOURCE), "The Feed");
}

static void the_operators_name_wins(void **state)
{
    (void)state;
    static const struct {
        struct config_source source;
        const char *name;
    } table[] = {
        {{.name = "bbc"}, "bbc"},
        {{.name = "bbc", .label = ""}, "bbc"},
        {{.name = "bbc", .label = "BBC News"}, "BBC News"},
        {{.name = "http://h.test/f", .typed = true}, "The Feed"},
        {{.name = "http://h.test/f", .typed = true, .label = "Label"}, "Label"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct delivery how = from(&table[i].source, true);
        assert_int_equal(deliver(&how, whole, NULL).count, 2);
        for (int n = 0; n < 2; n++) {
            const struct message *m = ring_peek(&ring);
            assert_string_equal(headline_get(&m->headline, HEADLINE_SOURCE),
                                table[i].name);
            ring_release(&ring);
        }
    }
}

static void nameless_content_has_its_places_name(void **state)
{
    (void)state;
    struct delivery how = from(&typed, false);
    assert_int_equal(deliver(&how, text, NULL).count, 2);
    const struct message *m = ring_peek(&ring);
    assert_string_equal(headline_get(&m->headline, HEADLINE_SOURCE), "h.test");
}

static void what_airs(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *content_type;
        bool web, was_feed;
        enum failure broken, failure;
        unsigned count;
    } table[] = {
        {whole, NULL, true, true, FAILURE_NONE, FAILURE_NONE, 2},
        {none, NULL, true, true, FAILURE_NONE, FAILURE_NONE, 0},
        /* Complete in itself, whatever the connection did afterwards. */
        {whole, NULL, true, true, FAILURE_BROKEN_OFF, FAILURE_NONE, 2},
        {cut, NULL, true, true, FAILURE_CUT, FAILURE_CUT, 2},
        {cut, NULL, true, true, FAILURE_TIMEOUT, FAILURE_TIMEOUT, 2},
        {cut, NULL, true, true, FAILURE_NONE, FAILURE_FLAWED, 2},
        {"", NULL, true, false, FAILURE_NONE, FAILURE_EMPTY, 0},
        {page, "text/html", true, false, FAILURE_NONE, FAILURE_WEB_PAGE, 0},
        {page, "application/rss+xml", true, false, FAILURE_NONE, FAILURE_WEB_PAGE, 0},
        {page, NULL, true, true, FAILURE_NONE, FAILURE_WEB_PAGE, 0},
        {text, "text/plain", true, false, FAILURE_NONE, FAILURE_NONE, 2},
        {text, "text/plain", true, true, FAILURE_NONE, FAILURE_CONTENT, 0},
        {text, "text/plain", true, false, FAILURE_CUT, FAILURE_CUT, 0},
        {text, NULL, false, false, FAILURE_NONE, FAILURE_NONE, 2},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct delivery how = from(&typed, table[i].web);
        how.was_feed = table[i].was_feed;
        how.broken = table[i].broken;
        struct delivery_result r = deliver(&how, table[i].bytes, table[i].content_type);
        if (r.failure != table[i].failure || r.count != table[i].count ||
            ring_depth(&ring) != r.count) {
            fail_msg("row %zu: failure %d, %u headlines, \"%s\"", i, (int)r.failure,
                     (unsigned)r.count, r.detail);
        }
        while (ring_peek(&ring)) {
            ring_release(&ring);
        }
    }
}

static void the_future_is_now(void **state)
{
    (void)state;
    static const struct {
        const char *date;
        int64_t at, published;
    } table[] = {
        {"Tue, 01 Oct 2024 11:00:00 GMT", 1727784000, 1727780400},
        {"Wed, 02 Oct 2024 11:59:00 GMT", 1727784000,
         1727870340}, /* a day ahead may be */
        {"Thu, 03 Oct 2024 12:00:00 GMT", 1727784000, 1727784000},
        {"Sun, 01 Jan 2090 00:00:00 GMT", 1727784000, 1727784000},
        {"Tue, 01 Oct 2024 11:00:00 GMT", 0, 1727780400}, /* the clock is not set */
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char bytes[512];
        snprintf(bytes, sizeof bytes,
                 RSS "<item><title>x</title><pubDate>%s</pubDate></item>" END,
                 table[i].date);
        struct delivery how = from(&typed, true);
        how.at = table[i].at;
        assert_int_equal(deliver(&how, bytes, NULL).count, 1);
        const struct message *m = ring_peek(&ring);
        assert_int_equal(m->headline.published, table[i].published);
        ring_release(&ring);
    }
}

static void ends_when_told(void **state)
{
    (void)state;
    struct delivery how = from(&typed, true);
    atomic_store(&quit, true);
    assert_int_equal(deliver(&how, whole, NULL).count, 0);
}

/* The failure's own words come before it in the log. */
static void says_once_that_it_is_no_feed(void **state)
{
    (void)state;
    struct delivery how = from(&typed, true);
    struct delivery_result result = deliver(&how, "{\"answer\": 42}", "application/json");
    assert_int_equal(result.failure, FAILURE_CONTENT);
    assert_null(strstr(result.detail, "not a feed"));
    assert_non_null(strstr(result.detail, "JSON"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whole_feed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_operators_name_wins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nameless_content_has_its_places_name, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_airs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_future_is_now, set_up, tear_down),
        cmocka_unit_test_setup_teardown(says_once_that_it_is_no_feed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ends_when_told, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
