/* What is written, held back and told of later, by an injected clock. */
#include "base/loghold.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

static size_t told, bytes;
static struct loghold_event last;

static void take(void *user, const struct loghold_event *event)
{
    (void)user;
    told++;
    bytes += strlen(event->text);
    last = *event;
}

static int set_up(void **state)
{
    (void)state;
    loghold_reset();
    told = bytes = 0;
    return 0;
}

static bool admit(const char *text, int64_t now_ms)
{
    unsigned held;
    return loghold_admit(LOG_WARNING, "test", text, now_ms, &held);
}

static void an_event_is_told_once_in_ten_minutes(void **state)
{
    (void)state;
    unsigned held = 9;
    int64_t t = 1000;
    assert_true(loghold_admit(LOG_INFO, "a", "x", t, &held));
    assert_int_equal(held, 0);
    for (int i = 0; i < 41; i++) {
        assert_false(loghold_admit(LOG_INFO, "a", "x", t + i * 1000, &held));
    }
    /* Another text, another module. */
    assert_true(loghold_admit(LOG_INFO, "a", "y", t, &held));
    assert_true(loghold_admit(LOG_INFO, "b", "x", t, &held));
    assert_false(loghold_admit(LOG_INFO, "a", "x", t + 10 * MINUTE - 1, &held));
    assert_true(loghold_admit(LOG_INFO, "a", "x", t + 10 * MINUTE, &held));
    assert_int_equal(held, 42);
    assert_false(loghold_admit(LOG_INFO, "a", "x", t + 10 * MINUTE, &held));
}

static void the_count_is_said_when_the_time_is_over(void **state)
{
    (void)state;
    for (int i = 0; i < 8; i++) {
        admit("again and again", 1000 + i);
    }
    admit("once", 1000);
    loghold_settle(9 * MINUTE, take, NULL);
    assert_int_equal(told, 0);
    loghold_settle(11 * MINUTE, take, NULL);
    assert_int_equal(told, 1);
    assert_string_equal(last.text, "again and again");
    assert_int_equal(last.held, 7);
    assert_int_equal(last.level, LOG_WARNING);
    /* That was its line for these ten minutes. */
    assert_false(admit("again and again", 12 * MINUTE));
    loghold_settle(22 * MINUTE, take, NULL);
    assert_int_equal(told, 2);
    assert_int_equal(last.held, 1);
    loghold_settle(40 * MINUTE, take, NULL);
    assert_int_equal(told, 2);
    assert_true(admit("again and again", 40 * MINUTE));
}

static void all_that_fails_at_the_start_is_told(void **state)
{
    (void)state;
    char text[200];
    for (int i = 0; i < 1000; i++) {
        snprintf(text, sizeof text,
                 "source %d (https://news.example.org/%d): the host name does not exist: "
                 "check the address, and the network of this machine",
                 i, i);
        assert_true(admit(text, 1000 + i));
    }
}

static void whatever_changes_a_day_stays_below_a_megabyte(void **state)
{
    (void)state;
    char text[300];
    size_t written = 0, lines = 0;
    for (int64_t t = 0; t < DAY; t += 200) {
        snprintf(text, sizeof text, "file-%lld.txt: not a feed: check it", (long long)t);
        if (admit(text, t)) {
            written += strlen(text) + 40;
            lines++;
        }
        loghold_settle(t, take, NULL);
    }
    assert_true(written + bytes < 1000 * 1000);
    assert_true(written > 500 * 1000);
    /* And how much was not said is said. */
    assert_true(told > 100 && told < 150);
    assert_non_null(strstr(last.text, "lines were left out"));
    /* An error passes all the same. */
    unsigned held;
    assert_true(loghold_admit(LOG_ERROR, "test", "an error", DAY, &held));
    assert_true(lines > 0);
}

static void long_texts_are_cut_between_characters(void **state)
{
    (void)state;
    char text[600];
    for (size_t i = 0; i + 3 < sizeof text; i += 3) {
        memcpy(text + i, "€", 4);
    }
    admit(text, 0);
    admit(text, 1);
    loghold_settle(11 * MINUTE, take, NULL);
    assert_int_equal(told, 1);
    assert_true(strlen(last.text) < LOGHOLD_TEXT_BYTES);
    assert_string_equal(last.text + strlen(last.text) - 6, "€…");
}

/* --- Several threads ----------------------------------------------------------------------- */

enum { THREADS = 4, CALLS = 20000 };
static atomic_uint written_once;

static void pass_over(void *user, const struct loghold_event *event)
{
    (void)user, (void)event;
}

static void *say_the_same(void *user)
{
    (void)user;
    for (int i = 0; i < CALLS; i++) {
        unsigned held;
        atomic_fetch_add(&written_once,
                         loghold_admit(LOG_ERROR, "test", "the same", 5, &held));
        char text[32];
        snprintf(text, sizeof text, "another %d", i % 700);
        loghold_admit(LOG_INFO, "test", text, i, &held);
        loghold_settle(i * 1000, pass_over, NULL);
    }
    return NULL;
}

static void threads_never_wait_and_lose_little(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    atomic_store(&written_once, 0);
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, say_the_same, NULL), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    /* Where two met the second wrote its line: seldom. */
    assert_true(written_once >= 1);
    assert_true(written_once < THREADS * CALLS / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(an_event_is_told_once_in_ten_minutes, set_up),
        cmocka_unit_test_setup(the_count_is_said_when_the_time_is_over, set_up),
        cmocka_unit_test_setup(all_that_fails_at_the_start_is_told, set_up),
        cmocka_unit_test_setup(whatever_changes_a_day_stays_below_a_megabyte, set_up),
        cmocka_unit_test_setup(long_texts_are_cut_between_characters, set_up),
        cmocka_unit_test_setup(threads_never_wait_and_lose_little, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
