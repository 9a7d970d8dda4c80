/* The kernel itself gives a network of its own an address. */
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <net/if.h>

#include <cmocka.h>

#include "wire/netwatch.h"

static bool loopback(bool up)
{
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct ifreq request = {.ifr_name = "lo"};
    request.ifr_flags = up ? IFF_UP : 0;
    bool done = ioctl(fd, SIOCSIFFLAGS, &request) == 0;
    close(fd);
    return done;
}

static void test_an_address_comes(void **state)
{
    struct netwatch watch;
    (void)state;
    if (unshare(CLONE_NEWNET) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) {
        skip();
    }
    netwatch_open(&watch);
    assert_true(watch.fd >= 0);
    assert_false(netwatch_turn(&watch, 1000));
    assert_int_equal(netwatch_wait_ms(&watch, 1000), INT64_MAX);
    assert_true(loopback(true));
    assert_true(netwatch_turn(&watch, 2000));
    assert_false(netwatch_turn(&watch, 2001)); /* not at each turn, but again */
    assert_int_equal(netwatch_wait_ms(&watch, 2500), NETWATCH_AGAIN_MS - 500);
    assert_int_equal(netwatch_wait_ms(&watch, 9000), 0);
    int times = 0;
    for (int64_t now = 2001; now < 60000; now += 100) {
        times += netwatch_turn(&watch, now);
    }
    assert_in_range(times, 5, 8);
    assert_int_equal(netwatch_wait_ms(&watch, 60000), INT64_MAX);
    /* One that never rests: all that is left, and then one in five minutes. */
    int busy = 0, later = 0;
    for (int64_t now = 60000; now < 360000; now += 1000) {
        loopback(now / 1000 % 2);
        busy += netwatch_turn(&watch, now);
    }
    assert_int_equal(times + 1 + busy, NETWATCH_TRIES + 1);
    for (int64_t now = 360000; now < 960000; now += 1000) {
        loopback(now / 1000 % 2);
        later += netwatch_turn(&watch, now);
    }
    assert_int_equal(later, 2);
    assert_true(loopback(false)); /* one that goes is no reason to try */
    assert_false(netwatch_turn(&watch, 1070000));
    netwatch_close(&watch);
    assert_false(netwatch_turn(&watch, 1080000));
    netwatch_close(&watch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_an_address_comes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
