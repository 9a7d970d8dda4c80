/* Kinds of documents by their first bytes. */
#include "feed/sniff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void tells_kinds(void **state)
{
    static const struct {
        const char *text, *content_type;
        enum sniff want;
    } cases[] = {
        {"", NULL, SNIFF_NOTHING},
        {" \n\t ", NULL, SNIFF_NOTHING},
        {"<rss version=\"2.0\">", NULL, SNIFF_XML},
        {"\n<?xml version=\"1.0\"?><!-- <html> --><rdf:RDF>", NULL, SNIFF_XML},
        {"<a:feed xmlns:a=\"x\">", "text/html", SNIFF_XML},
        {"<!DOCTYPE rss [<!ELEMENT x ANY>]><rss>", NULL, SNIFF_XML},
        {"<?xml version=\"1.0\"?><opml>", NULL, SNIFF_XML},
        {"<br/>Warning: in line 3\n<rss>", NULL, SNIFF_XML},
        {"Warning: in line 3\n<rss>", NULL, SNIFF_XML},
        {"<!doctype html><title>Sign in</title>", "application/rss+xml", SNIFF_HTML},
        {"<HTML><body>", NULL, SNIFF_HTML},
        {"<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\"><html>", NULL, SNIFF_HTML},
        {"<p>Not found</p>", NULL, SNIFF_HTML},
        {"<", NULL, SNIFF_XML},
        {"Loading ...\n<html>", NULL, SNIFF_HTML},
        {"{\"version\": 1}", "text/plain", SNIFF_JSON},
        {"[1]", "application/json", SNIFF_JSON},
        {"[1] is a footnote", NULL, SNIFF_TEXT},
        {"A headline", NULL, SNIFF_TEXT},
        {"A headline", "text/plain", SNIFF_TEXT},
        {"< 5 degrees tonight", NULL, SNIFF_TEXT},
        {"Service unavailable", "application/rss+xml", SNIFF_NOTHING},
        {"Service unavailable", "text/html; charset=utf-8", SNIFF_NOTHING},
        {"\1\2\3\4\5\6", NULL, SNIFF_NOTHING},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *reason = "";
        enum sniff kind = sniff_text(cases[i].text, strlen(cases[i].text),
                                     cases[i].content_type, &reason);
        if (kind != cases[i].want) {
            fail_msg("%s: %d", cases[i].text, kind);
        }
        assert_int_equal(*reason == '\0', kind != SNIFF_NOTHING);
    }
}

static void knows_binary_formats(void **state)
{
    static const char *const formats[] = {"%PDF-1.7", "\x89PNG\r\n", "\x1F\x8B\x08",
                                          "PK\3\4",   "GIF89a",      "\xFF\xD8\xFF\xE0"};
    (void)state;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        assert_non_null(sniff_binary(formats[i], strlen(formats[i])));
    }
    assert_null(sniff_binary("<rss>", 5));
    assert_null(sniff_binary("%PD", 3));
}

static void finds_the_root(void **state)
{
    static const char text[] = "<?xml?><!-- <rss> --><p>x</p><rss>";
    (void)state;
    assert_int_equal(sniff_root(text, sizeof text - 1), 29);
    assert_int_equal(sniff_root("<p>x", 4), 4);
    assert_int_equal(sniff_root("", 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_kinds),
        cmocka_unit_test(knows_binary_formats),
        cmocka_unit_test(finds_the_root),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
