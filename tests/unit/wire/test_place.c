/* What an operator may write as an address. */
#include "wire/place.h"

#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const struct {
    const char *word;
    enum place_kind kind;
    const char *target, *shown, *host, *label;
} places[] = {
    {"http://example.org/feed.xml", PLACE_WEB, "http://example.org/feed.xml",
     "http://example.org/feed.xml", "example.org", "example.org"},
    {"HTTPS://www.Example.ORG", PLACE_WEB, "HTTPS://www.Example.ORG",
     "HTTPS://www.Example.ORG", "www.example.org", "example.org"},
    {"http://127.0.0.1:8080/a:b@c", PLACE_WEB, "http://127.0.0.1:8080/a:b@c",
     "http://127.0.0.1:8080/a:b@c", "127.0.0.1", "127.0.0.1"},
    {"http://[::1]:8080/x", PLACE_WEB, "http://[::1]:8080/x", "http://[::1]:8080/x",
     "[::1]", "[::1]"},
    {"https://me:sec@ret@host.test/feed?k=v#f", PLACE_WEB,
     "https://me:sec@ret@host.test/feed?k=v#f", "https://host.test/feed?k=v#f",
     "host.test", "host.test"},
    {"https://host.test?q=a@b", PLACE_WEB, "https://host.test?q=a@b",
     "https://host.test?q=a@b", "host.test", "host.test"},
    {"http://", PLACE_BAD, NULL, NULL, "", ""},
    {"http:///feed", PLACE_BAD, NULL, NULL, "", ""},
    {"http://me@/feed", PLACE_BAD, NULL, "http:///feed", "", ""},
    {"http://a b/", PLACE_BAD, NULL, NULL, "", ""},
    {"http:feed", PLACE_BAD, NULL, NULL, "", ""},
    {"https:/example.org", PLACE_BAD, NULL, NULL, "", ""},
    {"gopher://example.org/", PLACE_BAD, NULL, NULL, "", ""},
    {"ftp://example.org/feed.xml", PLACE_BAD, NULL, NULL, "", ""},
    {"javascript://x", PLACE_BAD, NULL, NULL, "", ""},
    {"file:///srv/news/morning.xml", PLACE_FILE, "/srv/news/morning.xml", NULL, "",
     "morning"},
    {"file:/srv/news.xml", PLACE_FILE, "/srv/news.xml", NULL, "", "news"},
    {"FILE://localhost/srv/a%20b.txt", PLACE_FILE, "/srv/a b.txt", NULL, "", "a b"},
    {"file:///a%2fb%00%zz%4", PLACE_FILE, "/a/b%00%zz%4", NULL, "", "b%00%zz%4"},
    {"file:news.txt", PLACE_FILE, "news.txt", NULL, "", "news"},
    {"file:50%25.txt", PLACE_FILE, "50%25.txt", NULL, "", "50%25"},
    {"file://server/share.xml", PLACE_BAD, NULL, NULL, "", ""},
    {"file:", PLACE_BAD, NULL, NULL, "", ""},
    {"", PLACE_BAD, NULL, NULL, "", ""},
    {"news.txt", PLACE_FILE, "news.txt", NULL, "", "news"},
    {"./a.b/c", PLACE_FILE, "./a.b/c", NULL, "", "c"},
    {"/srv/drop.d//", PLACE_FILE, "/srv/drop.d//", NULL, "", "drop"},
    {"/", PLACE_FILE, "/", NULL, "", "/"},
    {"/srv", PLACE_FILE, "/srv", NULL, "", "srv"},
    {"/srv/.hidden", PLACE_FILE, "/srv/.hidden", NULL, "", ".hidden"},
    {"50%25.txt", PLACE_FILE, "50%25.txt", NULL, "", "50%25"},
    {"C:\\news.txt", PLACE_FILE, "C:\\news.txt", NULL, "", "C:\\news"},
    {"news:today", PLACE_FILE, "news:today", NULL, "", "news:today"},
    {"example.org/feed.xml", PLACE_FILE, "example.org/feed.xml", NULL, "", "feed"},
};

static void every_form(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct place p;
        assert_true(place_init(&p, places[i].word));
        if (p.kind != places[i].kind) {
            fail_msg("%s", places[i].word);
        }
        assert_int_equal(p.kind == PLACE_BAD, p.failure != FAILURE_NONE && !p.target);
        assert_string_equal(p.host, places[i].host);
        assert_string_equal(p.label, places[i].label);
        if (places[i].target) {
            assert_string_equal(p.target, places[i].target);
        }
        assert_string_equal(p.shown, places[i].shown ? places[i].shown : places[i].word);
        place_fini(&p);
    }
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    struct place p;
    assert_true(place_init(&p, "gopher://x/"));
    assert_int_equal(p.failure, FAILURE_SCHEME);
    place_fini(&p);
    assert_true(place_init(&p, "http:feed"));
    assert_int_equal(p.failure, FAILURE_ADDRESS_FORM);
    place_fini(&p);
    place_fini(&p);
    place_fini(NULL);
}

static void passwords_are_taken_out(void **state)
{
    (void)state;
    static const struct {
        const char *url, *stripped;
    } table[] = {
        {"https://me:pw@h.test/a@b", "https://h.test/a@b"},
        {"http://me@h.test", "http://h.test"},
        {"ftp://a:b@c@h.test/", "ftp://h.test/"}, /* also where it is not fetched */
        {"http://h.test/?q=x@y", "http://h.test/?q=x@y"},
        {"me:pw@h.test", "me:pw@h.test"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char url[64];
        snprintf(url, sizeof url, "%s", table[i].url);
        place_strip(url);
        assert_string_equal(url, table[i].stripped);
    }
}

static void a_long_host_is_refused(void **state)
{
    (void)state;
    char word[PLACE_HOST_BYTES + 16] = "http://";
    struct place p;
    memset(word + 7, 'h', PLACE_HOST_BYTES);
    assert_true(place_init(&p, word));
    assert_int_equal(p.kind, PLACE_BAD);
    place_fini(&p);
    word[7 + PLACE_HOST_BYTES - 1] = '\0';
    assert_true(place_init(&p, word));
    assert_int_equal(p.kind, PLACE_WEB);
    assert_int_equal(strlen(p.host), PLACE_HOST_BYTES - 1);
    place_fini(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form),
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(passwords_are_taken_out),
        cmocka_unit_test(a_long_host_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
