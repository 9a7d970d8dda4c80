/* A page that offers a feed: which of the two is asked, and for how long. */
#include "wire/station.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/log.h"

static const char feed[] = "<?xml version='1.0'?><rss version='2.0'><channel>"
                           "<title>The Feed</title><item><title>one</title></item>"
                           "</channel></rss>";
static const char page[] =
    "<!DOCTYPE html><html><head><title>The site</title>"
    "<link rel=alternate type='application/rss+xml' href='/feed.xml'></head>"
    "<body><p>Welcome to our pages.</p></body></html>";
static const char login[] = "<!DOCTYPE html><html><head><title>Log in to Wi-Fi</title>"
                            "</head><body><p>Please log in to go on.</p></body></html>";

static const struct config_source source = {
    .name = "http://h.test/", .url = "http://h.test/", .typed = true};
static struct outbox outbox;
static struct ring ring;
static struct station station;
static atomic_bool quit;
static const struct station_desk desk = {.outbox = &outbox, .quit = &quit};

static int set_up(void **state)
{
    (void)state;
    log_set_level(LOG_ERROR);
    return outbox_init(&outbox) && ring_init(&ring, 1024, sizeof(struct message)) &&
                   station_init(&station, &source, 0, 1, 0)
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    (void)state;
    station_fini(&station);
    outbox_fini(&outbox);
    ring_fini(&ring);
    return 0;
}

/* The answer BODY, or FAILURE without one, to what was asked last. */
static void answer(enum failure failure, const char *body)
{
    struct answer head = {.status = 200, .validators = {.etag = "\"1\""}};
    struct fetch_result result = {.failure = failure,
                                  .answer = &head,
                                  .url = "http://h.test/",
                                  .body = body,
                                  .length = strlen(body)};
    station_take(&station, &desk, &result, 0);
    outbox_flush(&outbox, &ring);
    while (ring_peek(&ring)) {
        ring_release(&ring);
    }
}

static void assert_asked(const char *found)
{
    struct fetch_order order = station_order(&station);
    if (found) {
        assert_non_null(order.found);
        assert_string_equal(order.found, found);
    } else {
        assert_null(order.found);
    }
}

static const char at[] = "http://h.test/feed.xml";

static void keeps_a_feed_that_has_delivered(void **state)
{
    static const enum failure passing[] = {
        FAILURE_SERVER,     FAILURE_TOO_MANY,     FAILURE_TIMEOUT,
        FAILURE_BROKEN_OFF, FAILURE_UNAUTHORISED, FAILURE_FORBIDDEN,
        FAILURE_TLS,        FAILURE_LOOKUP,       FAILURE_REDIRECT_REFUSED,
    };
    (void)state;
    answer(FAILURE_NONE, page);
    assert_asked(at);
    answer(FAILURE_NONE, feed);
    assert_int_equal(station.failure, FAILURE_NONE);
    for (size_t i = 0; i < sizeof passing / sizeof *passing; i++) {
        answer(passing[i], "");
        assert_int_equal(station.failure, passing[i]);
        assert_asked(at);
    }
    answer(FAILURE_NONE, login);
    assert_int_equal(station.failure, FAILURE_WEB_PAGE);
    assert_asked(at);
    answer(FAILURE_NONE, feed);
    assert_int_equal(station.failure, FAILURE_NONE);
    assert_asked(at);
}

static void looks_anew_for_a_feed_that_is_gone(void **state)
{
    (void)state;
    answer(FAILURE_NONE, page);
    answer(FAILURE_NONE, feed);
    answer(FAILURE_GONE, "");
    assert_asked(NULL);
    /* What was true of the feed says nothing of the page. */
    assert_string_equal(station_order(&station).validators->etag, "");
    answer(FAILURE_NONE, page);
    assert_asked(at);
    answer(FAILURE_NONE, feed);
    assert_int_equal(station.failure, FAILURE_NONE);
}

static void waits_for_a_feed_that_fails_at_first(void **state)
{
    (void)state;
    answer(FAILURE_NONE, page);
    answer(FAILURE_SERVER, "");
    assert_asked(at);
}

static void declines_what_is_no_feed(void **state)
{
    static const struct {
        enum failure failure;
        const char *body;
    } useless[] = {
        {FAILURE_NOT_FOUND, ""}, {FAILURE_FORBIDDEN, ""}, {FAILURE_NONE, login}};
    for (size_t i = 0; i < sizeof useless / sizeof *useless; i++) {
        if (i > 0) {
            tear_down(state);
            assert_int_equal(set_up(state), 0);
        }
        answer(FAILURE_NONE, page);
        assert_asked(at);
        answer(useless[i].failure, useless[i].body);
        assert_asked(NULL);
        answer(FAILURE_NONE, page);
        assert_asked(NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keeps_a_feed_that_has_delivered, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(looks_anew_for_a_feed_that_is_gone, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(waits_for_a_feed_that_fails_at_first, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(declines_what_is_no_feed, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
