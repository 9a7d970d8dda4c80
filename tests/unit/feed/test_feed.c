/* Whole documents through feed_parse: our own fixtures of every dialect, and small documents
 * for each rule and each fault. */
#include "feed/feed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"

enum { KEPT = 16 };

struct got {
    struct headline headlines[KEPT];
    size_t count, stop_at;
};

static struct got got;
static struct feed_info info;

static bool keep(void *user, const struct headline *headline)
{
    struct got *to = user;
    if (to->count < KEPT) {
        memcpy(&to->headlines[to->count], headline, headline_bytes(headline));
    }
    to->count++;
    return to->count != to->stop_at;
}

static bool parse_as(const char *bytes, size_t length, const char *content_type,
                     const char *base_url)
{
    struct feed_input input = {.bytes = bytes,
                               .length = length,
                               .content_type = content_type,
                               .base_url = base_url};
    got.count = got.stop_at = 0;
    return feed_parse(&input, keep, &got, &info);
}

static bool parse(const char *text)
{
    return parse_as(text, strlen(text), NULL, NULL);
}

static bool parse_file(const char *path, const char *base_url)
{
    char *bytes = malloc(1 << 20);
    FILE *file = fopen(path, "rb");
    assert_non_null(bytes);
    assert_non_null(file);
    size_t length = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    bool known = parse_as(bytes, length, NULL, base_url);
    free(bytes);
    return known;
}

static void expect(size_t i, enum headline_field field, const char *want)
{
    assert_true(i < got.count);
    assert_string_equal(headline_get(&got.headlines[i], field), want);
}

static void expect_time(int64_t at, const char *want)
{
    char text[CLOCK_TEXT_BYTES];
    assert_string_equal(at == HEADLINE_NO_TIME ? "" : clock_format(at, text), want);
}

static void reads_rss(void **state)
{
    (void)state;
    assert_true(parse_file("data/feed/rss2.xml", "https://harbour.example/feeds/all"));
    assert_int_equal(info.kind, FEED_RSS);
    assert_string_equal(info.title, "Harbour Post");
    assert_false(info.partial);
    assert_int_equal(info.items, 3); /* the empty one cannot air */
    expect(0, HEADLINE_TEXT, "Ferry & freight: all lines run again");
    expect(0, HEADLINE_SUMMARY, "The strike is over.");
    expect(0, HEADLINE_LINK, "https://harbour.example/2026/ferry");
    expect(0, HEADLINE_ID, "hp-1");
    expect(0, HEADLINE_CATEGORIES, "Transport\nSea");
    expect(0, HEADLINE_IMAGE, "https://harbour.example/ferry.jpg");
    expect(0, HEADLINE_LANG, "en-GB");
    expect(0, HEADLINE_SOURCE, "Harbour Post");
    expect_time(got.headlines[0].published, "2026-11-23T02:17:49Z");
    expect(1, HEADLINE_TEXT, "No title here, only this text.");
    expect(1, HEADLINE_LINK, "https://harbour.example/2026/second");
    expect_time(got.headlines[1].published, "2026-11-22T00:00:00Z");
    expect(2, HEADLINE_TEXT, "https://harbour.example/2026/third");
    expect_time(got.headlines[2].published, "");
}

/* A podcast's own title only where the item has no other. */
static void reads_podcast_titles(void **state)
{
    (void)state;
    assert_true(parse(
        "<rss version='2.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'>"
        "<channel><title>Tide Tables</title><itunes:title>No</itunes:title>"
        "<item><itunes:title>Neap</itunes:title><title>12: Neap</title></item>"
        "<item><itunes:title>Spring</itunes:title><itunes:subtitle>On springs"
        "</itunes:subtitle></item></channel></rss>"));
    assert_string_equal(info.title, "Tide Tables");
    expect(0, HEADLINE_TEXT, "12: Neap");
    expect(1, HEADLINE_TEXT, "Spring");
    expect(1, HEADLINE_SUMMARY, "On springs");
}

static void reads_atom(void **state)
{
    (void)state;
    assert_true(parse_file("data/feed/atom.xml", NULL));
    assert_int_equal(info.kind, FEED_ATOM);
    assert_string_equal(info.title, "Labor über Wasser");
    assert_int_equal(got.count, 2);
    expect(0, HEADLINE_TEXT, "Pegel steigt");
    expect(0, HEADLINE_LINK, "https://lab.example/notes/2026/one");
    expect(0, HEADLINE_SUMMARY, "1 < 2, sagt <b> niemand");
    expect(0, HEADLINE_ID, "tag:lab.example,2026:1");
    expect(0, HEADLINE_LANG, "de");
    expect_time(got.headlines[0].published, "2026-11-20T08:00:00Z");
    expect_time(got.headlines[0].updated, "2026-11-21T08:30:00Z");
    expect(1, HEADLINE_SUMMARY, "Nur Text");
    expect(1, HEADLINE_LINK, "");
    expect_time(got.headlines[1].published, "2026-11-19T00:00:00Z");
}

static void reads_rdf_with_undeclared_prefix(void **state)
{
    (void)state;
    assert_true(parse_file("data/feed/rdf.xml", NULL));
    assert_int_equal(info.kind, FEED_RDF);
    assert_string_equal(info.title, "Mole");
    assert_int_equal(got.count, 1);
    expect(0, HEADLINE_TEXT, "Tunnel opens");
    expect(0, HEADLINE_LINK, "https://mole.example/1");
    expect_time(got.headlines[0].published, "2026-11-01T09:00:00Z");
}

static void reads_json_feed(void **state)
{
    (void)state;
    assert_true(parse_file("data/feed/feed.json", NULL));
    assert_int_equal(info.kind, FEED_JSON);
    assert_string_equal(info.title, "Orchard");
    assert_int_equal(got.count, 2);
    expect(0, HEADLINE_TEXT, "Apples & pears");
    expect(0, HEADLINE_LINK, "https://orchard.example/apples");
    expect(0, HEADLINE_SUMMARY, "Picked early");
    expect(0, HEADLINE_CATEGORIES, "fruit\nautumn");
    expect(1, HEADLINE_TEXT, "A note without a title");
    expect(1, HEADLINE_ID, "7");
}

static void repairs_broken_xml(void **state)
{
    (void)state;
    assert_true(parse_file("data/feed/broken.xml", NULL));
    assert_false(info.partial);
    assert_string_equal(info.title, "Smith & Sons …");
    assert_int_equal(got.count, 4);
    expect(0, HEADLINE_TEXT, "R&D beats Q&A; 5 < 6");
    expect(0, HEADLINE_LINK, "https://e.example/?a=1&b=2&copy=3");
    expect(1, HEADLINE_TEXT, "Unclosed mark-up");
    expect(1, HEADLINE_SUMMARY, "one two three");
    expect(2, HEADLINE_TEXT, "No end tag");
    expect(3, HEADLINE_TEXT, "Twice the attribute");
}

#define RSS(items) "<rss version='2.0'><channel><title>T</title>" items "</channel></rss>"

static void obeys_the_rules(void **state)
{
    static const struct {
        const char *document;
        enum headline_field field;
        const char *want;
    } cases[] = {
        {RSS("<item><title>a</title><link>http://e.example/1</link><guid>http://"
             "e.example/g"
             "</guid></item>"),
         HEADLINE_LINK, "http://e.example/1"},
        {RSS("<item><title>a</title><guid "
             "isPermaLink='false'>http://e.example/g</guid></item>"),
         HEADLINE_LINK, ""},
        {RSS("<item><title>a</title><enclosure url='http://e.example/x.mp3'/></item>"),
         HEADLINE_LINK, "http://e.example/x.mp3"},
        {RSS("<item><title>a</title><a:link xmlns:a='http://www.w3.org/2005/Atom' "
             "href='http://e.example/atom'/></item>"),
         HEADLINE_LINK, "http://e.example/atom"},
        {RSS("<item><image><title>no</title></image><title>yes</title></item>"),
         HEADLINE_TEXT, "yes"},
        {RSS("<item><x:title xmlns:x='urn:x'>no</x:title><title>yes</title></item>"),
         HEADLINE_TEXT, "yes"},
        {RSS("<item><dc:title>dublin</dc:title></item>"), HEADLINE_TEXT, "dublin"},
        {RSS("<item><dc:title>no</dc:title><title>yes</title></item>"), HEADLINE_TEXT,
         "yes"},
        {RSS("<item><title>&amp;nbsp;</title><description>seen</description></item>"),
         HEADLINE_TEXT, "seen"},
        {RSS("<item><title>caf&eacute; &mdash; &nosuch;</title></item>"), HEADLINE_TEXT,
         "café — &nosuch;"},
        {RSS("<item><title><![CDATA[a]]>]]&gt;<![CDATA[b]]></title></item>"),
         HEADLINE_TEXT, "a]]>b"},
        {RSS("<wrap><item><title>odd place</title></item></wrap>"), HEADLINE_TEXT,
         "odd place"},
        {RSS("<item><title>a</title><expirationDate>2026-01-02</expirationDate></item>"),
         HEADLINE_TEXT, "a"},
        {"<!DOCTYPE rss SYSTEM 'http://e.example/rss.dtd'>" RSS(
             "<item><title>dtd</title></item>"),
         HEADLINE_TEXT, "dtd"},
        {"<CHANNEL><ITEM HREF='http://e.example/cdf'><TITLE>cdf</TITLE></ITEM></CHANNEL>",
         HEADLINE_LINK, "http://e.example/cdf"},
        {"<a:feed "
         "xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>pre</a:title></a:entry>"
         "</a:feed>",
         HEADLINE_TEXT, "pre"},
        {"<feed><entry><title>no namespace</title></entry></feed>", HEADLINE_TEXT,
         "no namespace"},
        {"<entry xmlns='http://www.w3.org/2005/Atom'><title>alone</title></entry>",
         HEADLINE_TEXT, "alone"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (!parse(cases[i].document) || got.count != 1) {
            fail_msg("%s: %s", cases[i].document, info.reason);
        }
        expect(0, cases[i].field, cases[i].want);
    }
}

static void refuses_with_a_reason(void **state)
{
    static const struct {
        const char *document, *content_type, *word;
    } cases[] = {
        {"", NULL, "empty"},
        {"\xEF\xBB\xBF", NULL, "empty"},
        {" \n", NULL, "empty"},
        {"<!doctype html><title>Sign in</title><p>Please</p>", "application/rss+xml",
         "web page"},
        {"<html><head><title>502 Bad Gateway</title></head></html>", "text/xml",
         "web page"},
        {"%PDF-1.4 ...", NULL, "PDF"},
        {"\x1F\x8B\x08 ...", "application/gzip", "compressed"},
        {"PK\3\4 ...", NULL, "compressed"},
        {"\x89PNG\r\n", NULL, "PNG"},
        {"\x01\x02\x03\x04\x05\x06\x07\x08", NULL, "binary"},
        {"{\"error\": \"not found\"}", NULL, "not JSON Feed"},
        {"{\"items\": 3, \"title\": \"x\"}", NULL, "not JSON Feed"},
        {"{\"title\": ", NULL, "broken JSON"},
        {"{\"items\": [], \"title\": \"x\", \"title\": \"y\"}", NULL, "broken JSON"},
        {"<opml version='1.0'><body/></opml>", NULL, "<opml>"},
        {"<!DOCTYPE r [<!ENTITY a 'x'>]>" RSS("<item><title>&a;</title></item>"), NULL,
         "entities"},
        {"<!DOCTYPE r [<!ENTITY % a SYSTEM 'file:///etc/passwd'> %a;]>" RSS(""), NULL,
         "entities"},
        {"The service is down.", "application/rss+xml", "plain text"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool known = parse_as(cases[i].document, strlen(cases[i].document),
                              cases[i].content_type, NULL);
        if (known || !strstr(info.reason, cases[i].word)) {
            fail_msg("%s: %s", cases[i].document, info.reason);
        }
        assert_int_equal(info.kind, FEED_UNKNOWN);
        assert_int_equal(got.count, 0);
    }
}

/* A feed that is cut anywhere gives the items that were whole, and never an error. */
static void keeps_whole_items_of_a_cut_feed(void **state)
{
    static const char rss[] =
        RSS("<item><title>one</title></item><item><title>two</title></item>"
            "<item><title>three</title></item>");
    static const char json[] =
        "{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"T\","
        "\"items\":[{\"title\":\"one\"},{\"title\":\"two\"}]}";
    (void)state;
    for (size_t length = 1; length < sizeof rss - 1; length++) {
        bool known = parse_as(rss, length, NULL, NULL);
        size_t whole = 0;
        for (const char *p = rss; (p = strstr(p, "</item>")) && p + 7 <= rss + length;
             p += 7) {
            whole++;
        }
        assert_int_equal(got.count, known ? whole : 0);
        assert_true(known || whole == 0);
        assert_true(!known || info.partial);
    }
    for (size_t length = 1; length < sizeof json - 1; length++) {
        bool known = parse_as(json, length, NULL, NULL);
        size_t one = (size_t)(strstr(json, "one") - json) + 5;
        size_t two = (size_t)(strstr(json, "two") - json) + 5;
        assert_int_equal(got.count, (length >= one) + (length >= two));
        assert_true(known == (length >= one));
    }
}

static size_t append(char *to, const char *text)
{
    size_t n = strlen(text);
    memcpy(to, text, n);
    return n;
}

static void survives_depth_and_width(void **state)
{
    enum { LEVELS = 100000 };
    char *text = malloc(LEVELS * 7 + 1000);
    (void)state;
    assert_non_null(text);
    size_t n = append(text, "<rss><channel><item><title>ok</title><x>");
    for (int i = 0; i < LEVELS; i++) {
        n += append(text + n, "<b>");
    }
    for (int i = 0; i < LEVELS; i++) {
        n += append(text + n, "</b>");
    }
    n += append(text + n, "</x></item></channel></rss>");
    assert_true(parse_as(text, n, NULL, NULL));
    assert_int_equal(got.count, 1);
    expect(0, HEADLINE_TEXT, "ok");
    memset(text, '[', LEVELS);
    text[0] = '{';
    assert_false(parse_as(text, LEVELS, "application/json", NULL));
    free(text);
}

static void caps_items_and_obeys_the_sink(void **state)
{
    enum { ITEMS = 600 };
    char *text = malloc(ITEMS * 64);
    (void)state;
    assert_non_null(text);
    size_t n = append(text, "<rss><channel>");
    for (int i = 0; i < ITEMS; i++) {
        n += (size_t)snprintf(text + n, 64, "<item><title>item %d</title></item>", i);
    }
    n += append(text + n, "</channel></rss>");
    assert_true(parse_as(text, n, NULL, NULL));
    assert_int_equal(got.count, HEADLINE_ITEMS);
    assert_int_equal(info.items, HEADLINE_ITEMS);
    struct feed_input input = {.bytes = text, .length = n, .max_items = 7};
    got = (struct got){.count = 0};
    assert_true(feed_parse(&input, keep, &got, &info));
    assert_int_equal(got.count, 7);
    got = (struct got){.count = 0, .stop_at = 3};
    assert_true(feed_parse(&input, keep, &got, &info));
    assert_int_equal(got.count, 3);
    free(text);
}

static void tells_equal_ids_apart(void **state)
{
    (void)state;
    static const char same[] = RSS("<item><title>a</title><guid>1</guid></item>"
                                   "<item><title>b</title><guid>1</guid></item>"
                                   "<item><title>a</title><guid>1</guid></item>"
                                   "<item><title>a</title><guid>1</guid></item>");
    assert_true(parse(same));
    assert_int_equal(got.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_true(got.headlines[i].identity != 0);
        for (size_t j = 0; j < i; j++) {
            assert_true(got.headlines[i].identity != got.headlines[j].identity);
        }
    }
    uint64_t second = got.headlines[1].identity;
    assert_true(parse(same));
    assert_true(got.headlines[1].identity == second);
}

static void lists_textless_items_on_demand(void **state)
{
    static const char text[] = RSS("<item/><item><title>a</title></item>");
    struct feed_input input = {
        .bytes = text, .length = sizeof text - 1, .keep_textless = true};
    (void)state;
    got = (struct got){.count = 0};
    assert_true(feed_parse(&input, keep, &got, &info));
    assert_int_equal(got.count, 2);
    assert_true(parse(text));
    assert_int_equal(got.count, 1);
}

/* A link stands in for a text: as escaped, and as capped, as any other. */
static void a_link_that_airs_is_clean(void **state)
{
    enum { NASTY = 600 };
    static char text[NASTY * 4];
    size_t used = (size_t)snprintf(text, sizeof text, "%s",
                                   "<rss><channel><item><link>http://e.example/");
    (void)state;
    for (int i = 0; i < NASTY; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s",
                                 i % 100 ? "x" : "\u202E");
    }
    snprintf(text + used, sizeof text - used, "</link></item></channel></rss>");
    assert_true(parse(text));
    assert_int_equal(got.count, 1);
    const char *aired = headline_get(&got.headlines[0], HEADLINE_TEXT);
    assert_null(strstr(aired, "\u202E"));
    assert_int_equal(strlen(aired), HEADLINE_TEXT_CODES + 2); /* "…" has three bytes */
    assert_null(strstr(headline_get(&got.headlines[0], HEADLINE_LINK), "\u202E"));
}

/* A document of nothing but empty items is not read to its end. */
static void gives_up_on_empty_items(void **state)
{
    enum { ITEMS = 40000, BYTES = ITEMS * 8 + 128 };
    char *text = malloc(BYTES);
    (void)state;
    assert_non_null(text);
    size_t used = (size_t)snprintf(text, BYTES, "<rss><channel>");
    for (int i = 0; i < ITEMS; i++) {
        used += (size_t)snprintf(text + used, BYTES - used, "<item/>");
    }
    snprintf(text + used, BYTES - used, "<item><title>a</title></item></channel></rss>");
    assert_true(parse(text));
    assert_int_equal(got.count, 0);
    free(text);
}

static void names_kinds(void **state)
{
    static const char *const names[] = {"unknown",  "rss", "rdf",  "atom",
                                        "jsonfeed", "cap", "html", "text"};
    (void)state;
    for (int kind = FEED_UNKNOWN; kind <= FEED_TEXT; kind++) {
        assert_string_equal(feed_kind_name((enum feed_kind)kind), names[kind]);
    }
    assert_string_equal(feed_kind_name((enum feed_kind)99), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_rss),
        cmocka_unit_test(reads_podcast_titles),
        cmocka_unit_test(reads_atom),
        cmocka_unit_test(reads_rdf_with_undeclared_prefix),
        cmocka_unit_test(reads_json_feed),
        cmocka_unit_test(repairs_broken_xml),
        cmocka_unit_test(obeys_the_rules),
        cmocka_unit_test(refuses_with_a_reason),
        cmocka_unit_test(keeps_whole_items_of_a_cut_feed),
        cmocka_unit_test(survives_depth_and_width),
        cmocka_unit_test(caps_items_and_obeys_the_sink),
        cmocka_unit_test(tells_equal_ids_apart),
        cmocka_unit_test(lists_textless_items_on_demand),
        cmocka_unit_test(a_link_that_airs_is_clean),
        cmocka_unit_test(gives_up_on_empty_items),
        cmocka_unit_test(names_kinds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
