/* Alerts: what airs of one, what forbids it, and those that come inside an Atom feed. */
#include "feed/cap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "feed/feed.h"

enum { KEPT = 4 };

static struct headline kept[KEPT];
static size_t count;
static struct feed_info info;

static bool keep(void *user, const struct headline *headline)
{
    (void)user;
    if (count < KEPT) {
        memcpy(&kept[count], headline, headline_bytes(headline));
    }
    count++;
    return true;
}

static bool parse(const char *bytes, size_t length)
{
    struct feed_input input = {.bytes = bytes, .length = length};
    count = 0;
    return feed_parse(&input, keep, NULL, &info);
}

static bool parse_file(const char *path)
{
    static char bytes[1 << 14];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    return parse(bytes, length);
}

static void expect(size_t i, enum headline_field field, const char *want)
{
    assert_true(i < count);
    assert_string_equal(headline_get(&kept[i], field), want);
}

static void expect_time(int64_t at, const char *want)
{
    char text[CLOCK_TEXT_BYTES];
    assert_string_equal(at == HEADLINE_NO_TIME ? "" : clock_format(at, text), want);
}

static void airs_one_headline_a_language(void **state)
{
    (void)state;
    assert_true(parse_file("data/feed/cap/flood.xml"));
    assert_int_equal(info.kind, FEED_CAP);
    assert_string_equal(info.title, "River Office & Dykes");
    assert_int_equal(count, 2);
    expect(0, HEADLINE_TEXT, "Severe flood warning for the lower harbour");
    expect(0, HEADLINE_SUMMARY,
           "The tide will pass the quay at noon. Cellars in Dock Street are filling.");
    expect(0, HEADLINE_LINK, "https://water.example/alerts/1");
    expect(0, HEADLINE_CATEGORIES, "Met\nFlood warning");
    expect(0, HEADLINE_ID, "2.49.0.1.999.0.2026.11.23.1");
    expect(0, HEADLINE_LANG, "en-GB");
    expect_time(kept[0].published, "2026-11-23T05:10:00Z");
    expect_time(kept[0].expires, "2026-11-23T17:00:00Z");
    assert_true(kept[0].flash);
    expect(1, HEADLINE_TEXT, "Hochwasserwarnung für den Unterhafen");
    expect(1, HEADLINE_SOURCE, "River Office & Dykes");
    assert_true(kept[0].identity != kept[1].identity);
}

#define NS   "xmlns='urn:oasis:names:tc:emergency:cap:1.1'"
#define INFO "<info><event>Gale</event></info>"

static void obeys_status_and_type(void **state)
{
    static const struct {
        const char *fields;
        size_t count;
    } cases[] = {
        {"<status>Actual</status><msgType>Alert</msgType>" INFO, 1},
        {"<status> actual </status><msgType>Update</msgType>" INFO, 1},
        {INFO, 1},
        {"<status>Test</status>" INFO, 0},
        {"<status>Exercise</status>" INFO, 0},
        {"<status>Draft</status>" INFO, 0},
        {"<status>System</status>" INFO, 0},
        {"<status>Actual</status><msgType>Cancel</msgType>" INFO, 0},
        {INFO "<msgType>Cancel</msgType>", 0},
        {"<msgType>Ack</msgType>" INFO, 0},
        {"<scope>Private</scope>" INFO, 0},
        {"<status>Actual</status>", 0},
        {INFO INFO INFO, 1},
        {"<info><area><event>Deep</event></area></info>", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[600];
        int n = snprintf(text, sizeof text,
                         "<?xml version='1.0'?><!-- x --><alert " NS
                         "><sender>x@y.example</sender>%s</alert>",
                         cases[i].fields);
        assert_true(parse(text, (size_t)n));
        assert_int_equal(info.kind, FEED_CAP);
        if (count != cases[i].count) {
            fail_msg("%s: %zu", cases[i].fields, count);
        }
        if (count) {
            expect(0, HEADLINE_TEXT, "Gale");
        }
    }
}

static void repairs_and_refuses(void **state)
{
    static const char naked[] = "<c:alert xmlns:c='urn:oasis:names:tc:emergency:cap:1.2'>"
                                "<c:info><c:headline>Wind & rain</c:headline></c:info>"
                                "</c:alert>";
    static const char other[] = "<alert><info><event>x</event></info></alert>";
    (void)state;
    assert_true(parse(naked, sizeof naked - 1));
    expect(0, HEADLINE_TEXT, "Wind & rain");
    /* Cut, it may lack what cancels it. */
    for (size_t length = 60; length < sizeof naked - 12; length++) {
        assert_false(parse(naked, length));
        assert_int_equal(count, 0);
        assert_int_equal(info.kind, FEED_UNKNOWN);
    }
    assert_false(parse(other, sizeof other - 1));
    assert_non_null(strstr(info.reason, "<alert>"));
}

static void tells_alerts_from_feeds(void **state)
{
    static const struct {
        const char *text;
        bool is;
    } cases[] = {
        {"<alert " NS ">", true},
        {"<?xml version='1.0'?>\n<!-- <rss> -->\n<cap:alert xmlns:cap='http://"
         "www.incident.com/cap/1.0'>",
         true},
        {"<alert>", false},
        {"<alerts " NS ">", false},
        {"<feed " NS "><alert " NS ">", false},
        {"<", false},
        {"", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(cap_is(cases[i].text, strlen(cases[i].text)), cases[i].is);
    }
}

static void reads_alerts_in_a_feed(void **state)
{
    (void)state;
    assert_true(parse_file("data/feed/cap/atom.xml"));
    assert_int_equal(info.kind, FEED_ATOM);
    expect(0, HEADLINE_TEXT, "Gale warning for the outer skerries");
    expect(0, HEADLINE_CATEGORIES, "Gale warning");
    expect_time(kept[0].expires, "2026-11-23T19:00:00Z");
    expect_time(kept[0].published, "2026-11-23T04:00:00Z");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(airs_one_headline_a_language),
        cmocka_unit_test(obeys_status_and_type),
        cmocka_unit_test(repairs_and_refuses),
        cmocka_unit_test(tells_alerts_from_feeds),
        cmocka_unit_test(reads_alerts_in_a_feed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
