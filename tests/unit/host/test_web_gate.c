/* Who may come in. */
#include "host/web_gate.h"

#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void test_names(void **state)
{
    static const struct {
        const char *authority, *name; /* NULL = it is none */
    } names[] = {
        {"board", "board"},
        {"Board.Local:1928", "board.local"},
        {"board.", "board"},
        {"127.0.0.1:80", "127.0.0.1"},
        {"127.0.0.1:", "127.0.0.1"},
        {"[::1]", "::1"},
        {"[FE80::1]:8080", "fe80::1"},
        {"a_b-c.example", "a_b-c.example"},
        {"", NULL},
        {":80", NULL},
        {"board:80x", NULL},
        {"board:80:81", NULL},
        {"bo ard", NULL},
        {"board/", NULL},
        {"user@board", NULL},
        {"[::1", NULL},
        {"[::1]x", NULL},
        {"[]", NULL},
        {"[board]", NULL},
        {"::1", NULL},
        {"board\r\nX: y", NULL},
        {"b\xc3\xb6rd", NULL},
    };
    char out[WEB_GATE_NAME_BYTES], longest[WEB_GATE_NAME_BYTES + 2];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        bool good = web_gate_name(names[i].authority, out);
        if (good != (names[i].name != NULL) ||
            strcmp(out, names[i].name ? names[i].name : "") != 0) {
            fail_msg("\"%s\" gave \"%s\"", names[i].authority, out);
        }
    }
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_false(web_gate_name(longest, out));
    longest[WEB_GATE_NAME_BYTES - 1] = '\0';
    assert_true(web_gate_name(longest, out));
}

static void test_hosts(void **state)
{
    static const struct web_gate gate = {.machine = "lobby.example.org",
                                         .listen = "10.0.0.7",
                                         .hosts = "news.test, [fd00::7]:80\tWall"};
    static const struct {
        const char *host, *here;
        bool in;
    } cases[] = {
        {"localhost:1928", "", true},
        {"127.0.0.1", "", true},
        {"[::1]:1928", "", true},
        {"10.0.0.7:1928", "", true},
        {"192.168.1.4", "192.168.1.4", true},
        {"192.168.1.5", "192.168.1.4", false},
        {"[fe80::2]", "fe80::2", true},
        {"lobby.example.org", "", true},
        {"lobby", "", true},
        {"LOBBY.local:80", "", true},
        {"lobby.example.org.local", "", true},
        {"lobby.example", "", false},
        {"lobbyx", "", false},
        {"lobb", "", false},
        {"x.lobby", "", false},
        {".local", "", false},
        {"news.test", "", true},
        {"wall:5", "", true},
        {"[fd00::7]", "", true},
        {"news.tes", "", false},
        {"news.test.evil.example", "", false},
        {"evil.example", "10.0.0.7", false},
        {"localhost.evil.example", "", false},
        {"127.0.0.1.evil.example", "", false},
        {"0.0.0.0", "", false},
        {"", "", false},
        {NULL, "", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (web_gate_admits(&gate, cases[i].host, cases[i].here) != cases[i].in) {
            fail_msg("%s at %s", cases[i].host, cases[i].here);
        }
    }
    assert_false(web_gate_admits(&(struct web_gate){.hosts = ""}, "board", ""));
    assert_true(
        web_gate_admits(&(struct web_gate){.machine = "board"}, "board.local", ""));
}

static void test_origins(void **state)
{
    static const struct {
        const char *origin, *site, *host;
        bool ours;
    } cases[] = {
        {NULL, NULL, "board", true},
        {"http://board", NULL, "board", true},
        {"https://board:1928", "same-origin", "board:1928", true},
        {"HTTP://BOARD", NULL, "board", true},
        {NULL, "none", "board", true},
        {NULL, "same-site", "board", false},
        {NULL, "cross-site", "board", false},
        {"http://board", "cross-site", "board", false},
        {"http://board:81", NULL, "board", false},
        {"http://evil.example", "same-origin", "board", false},
        {"http://board.evil.example", NULL, "board", false},
        {"null", NULL, "board", false},
        {"", NULL, "board", false},
        {"http://", NULL, "", false},
        {"file://board", NULL, "board", false},
        {"http://board", NULL, NULL, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (web_gate_is_ours(cases[i].origin, cases[i].site, cases[i].host) !=
            cases[i].ours) {
            fail_msg("case %zu", i);
        }
    }
}

static void test_bearers(void **state)
{
    (void)state;
    assert_string_equal(web_gate_bearer("Bearer 1234"), "1234");
    assert_string_equal(web_gate_bearer("bearer   1234"), "1234");
    assert_string_equal(web_gate_bearer("Bearer "), "");
    assert_null(web_gate_bearer("Bearer"));
    assert_null(web_gate_bearer("Basic MTIzNA=="));
    assert_null(web_gate_bearer(""));
    assert_null(web_gate_bearer(NULL));
}

static void test_keys(void **state)
{
    char longest[WEB_GATE_KEY_BYTES + 10];
    (void)state;
    assert_true(web_gate_fits("1234", "1234"));
    assert_false(web_gate_fits("1234", "1235"));
    assert_false(web_gate_fits("1234", "2234"));
    assert_false(web_gate_fits("1234", "123"));
    assert_false(web_gate_fits("1234", "12345"));
    assert_false(web_gate_fits("1234", "12341234"));
    assert_false(web_gate_fits("1234", ""));
    assert_false(web_gate_fits("", ""));
    assert_false(web_gate_fits("", "1234"));
    memset(longest, 'k', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_false(web_gate_fits(longest, longest));
    assert_false(web_gate_fits("kkkk", longest));
    longest[WEB_GATE_KEY_BYTES - 1] = '\0';
    assert_true(web_gate_fits(longest, longest));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),   cmocka_unit_test(test_hosts),
        cmocka_unit_test(test_origins), cmocka_unit_test(test_bearers),
        cmocka_unit_test(test_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
