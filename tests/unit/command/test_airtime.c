/* Counting by lane, what goes into the ring, and that none of it allocates. */
#include "command/airtime.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static int allocations;
void *__real_malloc(size_t bytes);
void *__wrap_malloc(size_t bytes);

void *__wrap_malloc(size_t bytes)
{
    allocations++;
    return __real_malloc(bytes);
}

static struct airtime airtime;
static struct ring ring;
static struct headline headline;

static int set_up(void **state)
{
    (void)state;
    airtime = (struct airtime){.count = 0};
    headline_init(&headline);
    headline_set(&headline, HEADLINE_TEXT, "Ferry returns", 13);
    headline_set(&headline, HEADLINE_SUMMARY, "A deck", 6);
    return ring_init(&ring, 4, sizeof(struct aired)) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    ring_fini(&ring);
    return 0;
}

static void it_counts_by_lane(void **state)
{
    (void)state;
    assert_true(airtime_take(&airtime, &ring, "crawl", &headline, 5000000, 1795521600));
    assert_false(airtime_take(&airtime, NULL, "card", &headline, 1, 1795521600));
    assert_true(airtime_take(&airtime, &ring, "crawl", &headline, 2000000, 1795521605));
    assert_int_equal(airtime.count, 2);
    assert_int_equal(airtime.lanes[0].headlines, 2);
    assert_int_equal(airtime.lanes[0].shown_us, 7000000);
    assert_int_equal(airtime.lanes[1].headlines, 1);
    const struct aired *aired = ring_peek(&ring);
    assert_string_equal(aired->lane, "crawl");
    assert_int_equal(aired->at, 1795521595);
    assert_int_equal(aired->until, 1795521600);
    assert_string_equal(headline_get(&aired->headline, HEADLINE_TEXT), "Ferry returns");
    assert_string_equal(headline_get(&aired->headline, HEADLINE_SUMMARY), "");
}

/* The worker hangs: the picture does not wait for it, and what is lost is counted. */
static void a_full_ring_loses_and_counts(void **state)
{
    (void)state;
    allocations = 0;
    for (int i = 0; i < 10; i++) {
        airtime_take(&airtime, &ring, "crawl", &headline, 1000000, 1795521600);
    }
    assert_int_equal(allocations, 0);
    assert_int_equal(ring_depth(&ring), 4);
    assert_int_equal(airtime.lost, 6);
    assert_int_equal(airtime.lanes[0].headlines, 10);
}

static void lanes_beyond_count(void **state)
{
    (void)state;
    uint64_t sum = 0;
    for (int i = 0; i < 3 * AIRTIME_LANES; i++) {
        char name[300];
        snprintf(name, sizeof name, "%d%0250d", i % (AIRTIME_LANES + 9), 0);
        airtime_take(&airtime, NULL, name, &headline, 1, 0);
    }
    assert_int_equal(airtime.count, AIRTIME_LANES);
    assert_string_equal(airtime.lanes[AIRTIME_LANES - 1].name, "others");
    for (size_t i = 0; i < airtime.count; i++) {
        sum += airtime.lanes[i].headlines;
    }
    assert_int_equal(sum, 3 * AIRTIME_LANES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_counts_by_lane, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_ring_loses_and_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lanes_beyond_count, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
