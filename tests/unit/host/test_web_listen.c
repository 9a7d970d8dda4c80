/* Where the page is served, who asks, and what an error looks like. */
#include "host/web_listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "host/web_peer.h"
#include "host/web_text.h"

static void test_addresses(void **state)
{
    static const struct {
        const char *text, *address; /* NULL = it is none */
        int port;
        bool loopback;
    } cases[] = {
        {"127.0.0.1:1928", "127.0.0.1", 1928, true},
        {"127.9.9.9", "127.9.9.9", 1928, true},
        {"localhost:80", "127.0.0.1", 80, true},
        {"0.0.0.0:1928", "0.0.0.0", 1928, false},
        {"*:8080", "0.0.0.0", 8080, false},
        {"10.0.0.1:65535", "10.0.0.1", 65535, false},
        {"[::1]:1928", "::1", 1928, true},
        {"[::]", "::", 1928, false},
        {"[fe80::1]:1", "fe80::1", 1, false},
        {"127.0.0.1:0", "127.0.0.1", 0, true},
        {"", NULL, 0, false},
        {":1928", NULL, 0, false},
        {"::1", NULL, 0, false},
        {"[::1", NULL, 0, false},
        {"[::1]1928", NULL, 0, false},
        {"[127.0.0.1]:80", NULL, 0, false},
        {"127.0.0.1:", NULL, 0, false},
        {"127.0.0.1:65536", NULL, 0, false},
        {"127.0.0.1:-1", NULL, 0, false},
        {"127.0.0.1:80x", NULL, 0, false},
        {"127.0.0.1:999999999999", NULL, 0, false},
        {"board:80", NULL, 0, false},
        {"1928", NULL, 0, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct web_listen listen;
        char text[WEB_PEER_TEXT_BYTES];
        if (web_listen_read(cases[i].text, &listen) != (cases[i].address != NULL)) {
            fail_msg("\"%s\"", cases[i].text);
        }
        if (!cases[i].address) {
            continue;
        }
        const struct sockaddr *address = (const void *)&listen.address;
        const struct sockaddr_in *any =
            (const void *)address; /* the port is at one place */
        assert_string_equal(web_peer_text(address, text), cases[i].address);
        assert_int_equal(ntohs(any->sin_port), cases[i].port);
        assert_int_equal(web_listen_is_loopback(&listen), cases[i].loopback);
    }
}

static void test_a_port_that_is_taken(void **state)
{
    struct web_listen listen;
    socklen_t length = sizeof listen.address;
    (void)state;
    assert_true(web_listen_read("127.0.0.1:0", &listen));
    int first = web_listen_open(&listen);
    assert_true(first >= 0);
    getsockname(first, (void *)&listen.address, &length);
    errno = 0;
    assert_int_equal(web_listen_open(&listen), -1);
    assert_int_equal(errno, EADDRINUSE);
    close(first);
    int second = web_listen_open(&listen);
    assert_true(second >= 0);
    close(second);
}

static struct web_peer peer_of(const char *text)
{
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
        return web_peer_of((const void *)&v4);
    }
    assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
    return web_peer_of((const void *)&v6);
}

static void test_peers(void **state)
{
    struct web_peer a = peer_of("10.0.0.1"), b = peer_of("::ffff:10.0.0.1");
    struct web_peer c = peer_of("10.0.0.2"), nobody = web_peer_of(NULL);
    struct web_peer d = peer_of("2001:db8:1:2::1"), e = peer_of("2001:db8:1:2:ffff::9");
    struct web_peer f = peer_of("2001:db8:1:3::1");
    (void)state;
    assert_true(web_peer_same(&a, &b));
    assert_false(web_peer_same(&a, &c));
    assert_true(web_peer_same(&d, &e));
    assert_false(web_peer_same(&d, &f));
    assert_false(web_peer_same(&a, &nobody));
}

static void test_errors(void **state)
{
    struct web_text *text = web_text_error("a \"b\" \\ c\n\x1b\x7f\xc3\xa9");
    (void)state;
    assert_string_equal(
        text->bytes, "{\"error\":\"a \\\"b\\\" \\\\ c\\u000a\\u001b\\u007f\xc3\xa9\"}\n");
    assert_int_equal(text->length, strlen(text->bytes));
    assert_ptr_equal(web_text_hold(text), text);
    web_text_drop(text);
    assert_int_equal(text->holders, 1);
    web_text_drop(text);
    web_text_drop(NULL);
    assert_null(web_text_new(NULL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_a_port_that_is_taken),
        cmocka_unit_test(test_peers),
        cmocka_unit_test(test_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
