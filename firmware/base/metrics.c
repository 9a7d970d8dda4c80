/* The histogram is log-linear: the position of the leading bit chooses a group of 16
 * buckets, the next four bits the bucket in it. */
#include "base/metrics.h"

#include <string.h>

void metrics_init(struct metrics *metrics)
{
    memset(metrics, 0, sizeof *metrics);
    metrics->first_headline_ms = -1;
}

static int bucket_of(uint64_t us)
{
    if (us < 16) {
        return (int)us;
    }
    int shift = 63 - __builtin_clzll(us) - 4;
    int bucket = (shift + 1) * 16 + (int)(us >> shift & 15);
    return bucket < METRICS_BUCKETS ? bucket : METRICS_BUCKETS - 1;
}

static int64_t bucket_top(int bucket)
{
    if (bucket < 16) {
        return bucket;
    }
    if (bucket == METRICS_BUCKETS - 1) {
        return INT64_MAX; /* it takes all that is longer, too */
    }
    int shift = bucket / 16 - 1;
    return (((int64_t)(bucket % 16) + 17) << shift) - 1;
}

void metrics_frame(struct metrics *metrics, int64_t frame_us, uint64_t missed,
                   enum metrics_miss cause)
{
    metrics->frames++;
    metrics->frame_us[bucket_of(frame_us > 0 ? (uint64_t)frame_us : 0)]++;
    if (frame_us > metrics->frame_max_us) {
        metrics->frame_max_us = frame_us;
    }
    if (cause != METRICS_ON_TIME) {
        metrics->missed[cause] += missed;
    }
}

int64_t metrics_quantile(const struct metrics *metrics, double share)
{
    double want = share * (double)metrics->frames;
    uint64_t seen = 0;
    for (int i = 0; i < METRICS_BUCKETS && metrics->frames; i++) {
        seen += metrics->frame_us[i];
        if (seen && (double)seen >= want) {
            int64_t top = bucket_top(i);
            return top < metrics->frame_max_us ? top : metrics->frame_max_us;
        }
    }
    return 0;
}
