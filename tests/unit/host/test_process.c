/* Facts about this very process, against what the test knows of it. */
#include "host/process.h"

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/clock.h"

static int64_t main_ms;

static void started_just_before_main(void **state)
{
    (void)state;
    int64_t start_ms = process_start_ms();
    assert_in_range(main_ms - start_ms, 0, 5000);
    assert_in_range(process_start_ms() - start_ms + 10, 0, 20); /* it stays what it is */
    int64_t least = main_ms - start_ms - 10;
    assert_in_range(process_age_ms(), least > 0 ? least : 0, clock_ms() - start_ms + 10);
}

/* The name stands in brackets before the number that counts, and may hold anything. */
static void a_strange_name_does_not_matter(void **state)
{
    (void)state;
    int64_t start_ms = process_start_ms();
    prctl(PR_SET_NAME, ") 1 (2 3)", 0, 0, 0);
    assert_in_range(process_start_ms() - start_ms + 20, 0, 40);
}

static void age_in_a_child(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        usleep(300000);
        int64_t age_ms = process_age_ms();
        _exit(age_ms >= 300 && age_ms < 5000 ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

static void counts_work(void **state)
{
    (void)state;
    struct process_cost before, after;
    process_measure(&before);
    int64_t end_ms = clock_ms() + 200;
    while (clock_ms() < end_ms) {
    }
    process_measure(&after);
    assert_in_range(after.cpu_ms - before.cpu_ms, 20, 2000);
}

static void counts_memory(void **state)
{
    (void)state;
    enum { MIB = 64 };
    struct process_cost before, after;
    process_measure(&before);
    assert_true(before.rss_kib > 500);
    assert_true(before.pss_kib <= before.rss_kib);
    volatile char *block = malloc(MIB << 20);
    assert_non_null((void *)block);
    for (size_t i = 0; i < MIB << 20; i += 4096) {
        block[i] = 1;
    }
    process_measure(&after);
    free((void *)block);
    assert_in_range(after.rss_kib - before.rss_kib, (MIB - 2) * 1024, (MIB + 16) * 1024);
    if (access("/proc/self/smaps_rollup", R_OK) == 0) {
        assert_true(before.pss_kib > 0);
        assert_in_range(after.pss_kib - before.pss_kib, (MIB - 2) * 1024,
                        (MIB + 16) * 1024);
    }
}

int main(void)
{
    main_ms = clock_ms();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(started_just_before_main),
        cmocka_unit_test(a_strange_name_does_not_matter),
        cmocka_unit_test(age_in_a_child),
        cmocka_unit_test(counts_work),
        cmocka_unit_test(counts_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
