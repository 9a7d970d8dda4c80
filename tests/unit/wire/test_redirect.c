/* Where a redirect may lead: from an ordinary public source, and from the operator's
 * own. */
#include "wire/redirect.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define PUBLIC "http://news.example.org/feed"
#define SECURE "https://news.example.org/feed"
#define LOCAL  "http://localhost:8080/a"
#define V4     "http://127.0.0.1:8080/a"

enum verdict { OWN, ELSEWHERE, REFUSED };

static const struct {
    const char *first, *from, *location;
    enum verdict verdict;
    const char *url; /* NULL: not looked at */
} redirects[] = {
    /* On the same host. */
    {PUBLIC, PUBLIC, "/other", OWN, "http://news.example.org/other"},
    {PUBLIC, PUBLIC, "other", OWN, "http://news.example.org/other"},
    {PUBLIC, PUBLIC, "?page=2", OWN, "http://news.example.org/feed?page=2"},
    {PUBLIC, PUBLIC, "http://NEWS.example.org:80/x", OWN, NULL},
    {PUBLIC, PUBLIC, "https://news.example.org/feed", OWN, SECURE},
    {PUBLIC, PUBLIC, "a b", OWN, "http://news.example.org/a%20b"},
    {LOCAL, LOCAL, "http://localhost:8080/b", OWN, "http://localhost:8080/b"},
    {V4, V4, "/b", OWN, "http://127.0.0.1:8080/b"},
    {V4, "http://mirror.example.org/", "http://127.0.0.1:8080/b", OWN, NULL},
    /* To other public hosts. */
    {PUBLIC, PUBLIC, "http://www.example.org/feed", ELSEWHERE,
     "http://www.example.org/feed"},
    {PUBLIC, PUBLIC, "//cdn.example.net/feed", ELSEWHERE, "http://cdn.example.net/feed"},
    {PUBLIC, PUBLIC, "https://8.8.8.8/", ELSEWHERE, NULL},
    {PUBLIC, PUBLIC, "http://[2606:4700::1111]/", ELSEWHERE, NULL},
    {PUBLIC, PUBLIC, "http://news.example.org:81/", ELSEWHERE, NULL},
    {SECURE, SECURE, "https://other.example.org/", ELSEWHERE, NULL},
    {LOCAL, LOCAL, "http://example.org/", ELSEWHERE, NULL},
    {PUBLIC, PUBLIC, "http://localhost.example.org/", ELSEWHERE, NULL},
    {PUBLIC, PUBLIC, "http://notlocalhost/", ELSEWHERE, NULL},
    {PUBLIC, PUBLIC, "http://user:pw@example.org/", ELSEWHERE, NULL},
    /* Downwards. */
    {SECURE, SECURE, "http://news.example.org/feed", REFUSED, NULL},
    {SECURE, SECURE, "http://other.example.org/feed", REFUSED, NULL},
    {PUBLIC, "https://other.example.org/", "http://news.example.org/", REFUSED, NULL},
    /* Other schemes. */
    {PUBLIC, PUBLIC, "file:///etc/passwd", REFUSED, NULL},
    {PUBLIC, PUBLIC, "FILE:/etc/passwd", REFUSED, NULL},
    {PUBLIC, PUBLIC, "gopher://127.0.0.1:6379/_INFO", REFUSED, NULL},
    {PUBLIC, PUBLIC, "ftp://example.org/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "dict://example.org:11211/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "ldap://example.org/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "smb://example.org/share", REFUSED, NULL},
    {PUBLIC, PUBLIC, "javascript://example.org/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "httpx://example.org/", REFUSED, NULL},
    {LOCAL, LOCAL, "file:///etc/passwd", REFUSED, NULL},
    /* Addresses that are not public, however they are written. */
    {PUBLIC, PUBLIC, "http://127.0.0.1/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://127.1/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://2130706433/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://0x7f000001/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://0177.0.0.1/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://0x7f.1/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://0/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://0.0.0.0:80/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://user@127.0.0.1/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://example.org@127.0.0.1/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "//127.0.0.1/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://10.0.0.1/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://172.16.0.1/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://192.168.1.1/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://100.64.0.1/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://169.254.169.254/latest/meta-data/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://224.0.0.1/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://255.255.255.255/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://[::1]/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://[::]/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://[fe80::1]/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://[fe80::1%25eth0]/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://[fd00::1]/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://[ff02::1]/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://[::ffff:127.0.0.1]/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://[::ffff:a9fe:a9fe]/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://[2002:7f00:1::]/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://localhost/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://LOCALHOST:1928/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://localhost./", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://printer.localhost/", REFUSED, NULL},
    /* From the operator's own to his neighbours: still refused. */
    {LOCAL, LOCAL, "http://localhost:9090/b", REFUSED, NULL},
    {LOCAL, LOCAL, "http://127.0.0.1:8080/b", REFUSED, NULL},
    {V4, V4, "http://127.0.0.2:8080/b", REFUSED, NULL},
    {V4, V4, "https://127.0.0.1:8443/b", REFUSED, NULL},
    /* No URL at all. */
    {PUBLIC, PUBLIC, "", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://[::1", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://example.org:99999/", REFUSED, NULL},
    {PUBLIC, PUBLIC, "http://exa mple.org/", REFUSED, NULL},
};

static void every_target(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof redirects / sizeof *redirects; i++) {
        struct redirect r;
        bool good = redirect_judge(&r, redirects[i].first, redirects[i].from,
                                   redirects[i].location);
        enum verdict verdict = !good ? REFUSED : r.own ? OWN : ELSEWHERE;
        if (verdict != redirects[i].verdict) {
            fail_msg("%s -> \"%s\": %d (%s)", redirects[i].from, redirects[i].location,
                     (int)verdict, good ? r.url : r.reason);
        }
        assert_int_equal(good, r.url != NULL);
        assert_true(good || *r.reason);
        if (redirects[i].url) {
            assert_string_equal(r.url, redirects[i].url);
        }
        redirect_fini(&r);
    }
}

static void reasons_are_named(void **state)
{
    (void)state;
    struct redirect r;
    assert_false(redirect_judge(&r, PUBLIC, PUBLIC, "file:///etc/passwd"));
    assert_string_equal(r.reason, "to file:");
    assert_false(redirect_judge(&r, SECURE, SECURE, PUBLIC));
    assert_string_equal(r.reason, "from https to http");
    assert_false(redirect_judge(&r, PUBLIC, PUBLIC, "http://169.254.169.254/"));
    assert_string_equal(r.reason, "a link-local address");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_target),
        cmocka_unit_test(reasons_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
