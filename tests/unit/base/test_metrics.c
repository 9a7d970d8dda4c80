/* The histogram against a sorted list of the same frames. */
#include "base/metrics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { FRAMES = 5000 };

static int ascending(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void begins_empty(void **state)
{
    (void)state;
    struct metrics metrics;
    metrics_init(&metrics);
    assert_int_equal(metrics.frames, 0);
    assert_int_equal(metrics.first_headline_ms, -1);
    assert_int_equal(metrics_quantile(&metrics, 0.5), 0);
    assert_int_equal(metrics_quantile(&metrics, 1), 0);
}

static void books_misses_under_their_cause(void **state)
{
    (void)state;
    struct metrics metrics;
    metrics_init(&metrics);
    metrics_frame(&metrics, 100, 0, METRICS_ON_TIME);
    metrics_frame(&metrics, 20000, 1, METRICS_LATE);
    metrics_frame(&metrics, 50000, 2, METRICS_UPLOAD);
    metrics_frame(&metrics, 90, 3, METRICS_PRESENT);
    metrics_frame(&metrics, 90, 9, METRICS_ON_TIME);
    assert_int_equal(metrics.frames, 5);
    assert_int_equal(metrics.missed[METRICS_ON_TIME], 0);
    assert_int_equal(metrics.missed[METRICS_LATE], 1);
    assert_int_equal(metrics.missed[METRICS_UPLOAD], 2);
    assert_int_equal(metrics.missed[METRICS_PRESENT], 3);
    assert_int_equal(metrics.frame_max_us, 50000);
}

static void quantiles_are_near_and_never_under(void **state)
{
    (void)state;
    static const double shares[] = {0, 0.01, 0.5, 0.9, 0.99, 0.999, 1};
    static int64_t frames[FRAMES];
    struct metrics metrics;
    srand(7);
    for (int range = 10; range < 2000000; range *= 7) {
        metrics_init(&metrics);
        for (int i = 0; i < FRAMES; i++) {
            frames[i] = rand() % range;
            metrics_frame(&metrics, frames[i], 0, METRICS_ON_TIME);
        }
        qsort(frames, FRAMES, sizeof *frames, ascending);
        for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
            int rank = (int)(shares[i] * FRAMES);
            int64_t exact = frames[rank > 0 ? rank - 1 : 0];
            int64_t got = metrics_quantile(&metrics, shares[i]);
            assert_true(got >= exact);
            assert_true(got <= exact + exact / 16 + 1);
        }
        assert_int_equal(metrics_quantile(&metrics, 1), frames[FRAMES - 1]);
    }
}

static void takes_impossible_frames(void **state)
{
    (void)state;
    struct metrics metrics;
    metrics_init(&metrics);
    metrics_frame(&metrics, -5, 0, METRICS_ON_TIME);
    assert_int_equal(metrics_quantile(&metrics, 1), 0);
    metrics_frame(&metrics, INT64_MAX, 0, METRICS_ON_TIME);
    metrics_frame(&metrics, INT64_C(1) << 40, 0, METRICS_ON_TIME);
    assert_int_equal(metrics.frame_max_us, INT64_MAX);
    assert_int_equal(metrics_quantile(&metrics, 1), INT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(begins_empty),
        cmocka_unit_test(books_misses_under_their_cause),
        cmocka_unit_test(quantiles_are_near_and_never_under),
        cmocka_unit_test(takes_impossible_frames),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
