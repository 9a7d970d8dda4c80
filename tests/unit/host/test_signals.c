/* The signals themselves, sent to ourselves. */
#include "host/signals.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void nothing_at_first(void **state)
{
    (void)state;
    signals_install();
    assert_false(signals_stop_requested());
}

static void stops(void **state)
{
    (void)state;
    static const int numbers[] = {SIGTERM, SIGINT};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        signals_install();
        assert_false(signals_stop_requested());
        for (int n = 0; n < 100; n++) {
            raise(numbers[i]);
        }
        assert_true(signals_stop_requested());
    }
}

static void bursts_of_others_do_nothing(void **state)
{
    (void)state;
    static const int numbers[] = {SIGPIPE, SIGUSR1, SIGUSR2};
    signals_install();
    for (int n = 0; n < 1000; n++) {
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            raise(numbers[i]);
        }
    }
    assert_false(signals_stop_requested());
}

static void a_wait_ends_early(void **state)
{
    (void)state;
    signals_install();
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        usleep(100000);
        kill(parent, SIGTERM);
        _exit(0);
    }
    assert_true(sleep(10) > 5);
    assert_true(signals_stop_requested());
    waitpid(child, NULL, 0);
}

/* In a session of its own a child has no terminal. */
static void hangup_of_a_service_asks_for_the_configuration(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        setsid();
        signals_install();
        bool early = signals_reload_requested();
        for (int n = 0; n < 1000; n++) {
            raise(SIGHUP);
        }
        bool asked = signals_reload_requested(), again = signals_reload_requested();
        _exit(signals_stop_requested() || early || !asked || again ? 1 : 0);
    }
    int status = -1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

static void hangup_that_came_in_ignored_stays_so(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        setsid();
        signal(SIGHUP, SIG_IGN);
        signals_install();
        raise(SIGHUP);
        _exit(signals_stop_requested() || signals_reload_requested() ? 1 : 0);
    }
    int status = -1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_at_first),
        cmocka_unit_test(stops),
        cmocka_unit_test(bursts_of_others_do_nothing),
        cmocka_unit_test(a_wait_ends_early),
        cmocka_unit_test(hangup_of_a_service_asks_for_the_configuration),
        cmocka_unit_test(hangup_that_came_in_ignored_stays_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
