/* Addresses of brokers and names in topics. */
#include "base/broker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void reads_addresses(void **state)
{
    (void)state;
    static const struct {
        const char *text, *host; /* host NULL = refused */
        int port;
        bool tls;
    } cases[] = {
        {"broker", "broker", 0, false},
        {"broker.example.org:1884", "broker.example.org", 1884, false},
        {"192.0.2.7", "192.0.2.7", 0, false},
        {"mqtt://broker", "broker", 0, false},
        {"MQTT://broker:1/", "broker", 1, false},
        {"mqtts://broker", "broker", 0, true},
        {"mqtts://broker:65535/", "broker", 65535, true},
        {"[::1]", "::1", 0, false},
        {"mqtts://[fe80::1%eth0]:8883", NULL, 0, true},
        {"mqtts://[fe80::1%1]:8883", "fe80::1%1", 8883, true},
        {"", NULL, 0, false},
        {"mqtt://", NULL, 0, false},
        {"mqtt:///", NULL, 0, false},
        {"broker:", NULL, 0, false},
        {"broker:0", NULL, 0, false},
        {"broker:65536", NULL, 0, false},
        {"broker:18x3", NULL, 0, false},
        {"broker:0001883", NULL, 0, false},
        {"broker:1883 ", NULL, 0, false},
        {"broker/topic", NULL, 0, false},
        {"user@broker", NULL, 0, false},
        {"mqtt://user:word@broker:1883", NULL, 0, false},
        {"http://broker", NULL, 0, false},
        {"[::1", NULL, 0, false},
        {"[::1]1883", NULL, 0, false},
        {"::1", NULL, 0, false},
        {"-broker", NULL, 0, false},
        {"bro ker", NULL, 0, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct broker broker;
        size_t length = strlen(cases[i].text);
        char *exact = malloc(length ? length : 1); /* for the address sanitizer */
        memcpy(exact, cases[i].text, length);
        bool taken = broker_parse(exact, length, &broker);
        free(exact);
        if (taken != (cases[i].host != NULL)) {
            fail_msg("%s", cases[i].text);
        }
        if (taken) {
            assert_string_equal(broker.host, cases[i].host);
            assert_int_equal(broker.port, cases[i].port);
            assert_int_equal(broker.tls, cases[i].tls);
        }
    }
    char long_host[BROKER_HOST_BYTES + 1];
    struct broker broker;
    memset(long_host, 'a', sizeof long_host);
    assert_true(broker_parse(long_host, BROKER_HOST_BYTES - 1, &broker));
    assert_false(broker_parse(long_host, BROKER_HOST_BYTES, &broker));
    assert_false(broker_parse("a\0b", 3, &broker));
}

static void judges_levels(void **state)
{
    (void)state;
    static const char *const good[] = {"lobby", "Lobby 2. Stock", "empf\xc3\xa4ng",
                                       "a-b_c"};
    static const char *const bad[] = {"",       "a/b",      "+",           "#",
                                      "lobby#", "lob+by",   "a\nb",        "a\x7f",
                                      "\xff",   "\xc2\x85", "\xed\xa0\x80"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(broker_is_level(good[i], strlen(good[i])));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(broker_is_level(bad[i], strlen(bad[i])));
    }
    char name[BROKER_LEVEL_BYTES + 1];
    memset(name, 'a', sizeof name);
    assert_true(broker_is_level(name, BROKER_LEVEL_BYTES));
    assert_false(broker_is_level(name, BROKER_LEVEL_BYTES + 1));
    assert_false(broker_is_level("a\0b", 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_addresses),
        cmocka_unit_test(judges_levels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
