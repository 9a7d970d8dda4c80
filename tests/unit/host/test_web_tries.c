/* How often a wrong key may be tried. */
#include "host/web_tries.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct web_peer peer(int number)
{
    return (struct web_peer){
        .bytes = {[12] = 1, [14] = (uint8_t)(number >> 8), [15] = (uint8_t)number}};
}

static void test_five_then_one_in_twelve_seconds(void **state)
{
    struct web_tries tries = {.until_ms = 0};
    struct web_peer guesser = peer(1), other = peer(2);
    int64_t now = 1000000;
    (void)state;
    for (int i = 0; i < WEB_TRIES_BURST; i++) {
        assert_int_equal(web_tries_wait_ms(&tries, &guesser, now), 0);
        web_tries_fail(&tries, &guesser, now);
    }
    assert_int_equal(web_tries_wait_ms(&tries, &guesser, now), WEB_TRIES_EVERY_MS);
    assert_int_equal(web_tries_wait_ms(&tries, &other, now), 0);
    now += WEB_TRIES_EVERY_MS - 1;
    assert_int_equal(web_tries_wait_ms(&tries, &guesser, now), 1);
    now++;
    assert_int_equal(web_tries_wait_ms(&tries, &guesser, now), 0);
    web_tries_fail(&tries, &guesser, now);
    assert_int_equal(web_tries_wait_ms(&tries, &guesser, now), WEB_TRIES_EVERY_MS);
    /* A minute later all five are there again. */
    now += WEB_TRIES_BURST * WEB_TRIES_EVERY_MS;
    for (int i = 0; i < WEB_TRIES_BURST; i++) {
        assert_int_equal(web_tries_wait_ms(&tries, &guesser, now), 0);
        web_tries_fail(&tries, &guesser, now);
    }
    assert_true(web_tries_wait_ms(&tries, &guesser, now) > 0);
}

/* Whoever has many addresses gets no more than a try a second; who knows the key is not kept out. */
static void test_many_addresses(void **state)
{
    struct web_tries tries = {.until_ms = 0};
    struct web_peer chief = peer(9999);
    int64_t now = 1000000;
    int done = 0;
    (void)state;
    web_tries_succeed(&tries, &chief, now);
    for (int i = 0; i < 1000; i++) {
        struct web_peer guesser = peer(i);
        if (web_tries_wait_ms(&tries, &guesser, now) == 0) {
            web_tries_fail(&tries, &guesser, now);
            done++;
        }
    }
    assert_int_equal(done, WEB_TRIES_ALL_BURST);
    assert_int_equal(web_tries_wait_ms(&tries, &chief, now), 0);
    struct web_peer new = peer(5000);
    assert_int_equal(web_tries_wait_ms(&tries, &new, now), WEB_TRIES_ALL_EVERY_MS);
    assert_int_equal(web_tries_wait_ms(&tries, &new, now + WEB_TRIES_ALL_EVERY_MS), 0);
    /* Not for ever, though. */
    assert_true(web_tries_wait_ms(&tries, &chief, now + WEB_TRIES_TRUST_MS) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_five_then_one_in_twelve_seconds),
        cmocka_unit_test(test_many_addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
