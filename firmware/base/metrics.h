/* Counters of a run and the distribution of frame times. Owned by the main thread; no
 * allocation, fixed memory. */
#ifndef MOTOGRAPH_BASE_METRICS_H
#define MOTOGRAPH_BASE_METRICS_H

#include <stdint.h>

/* Why a refresh was missed. */
enum metrics_miss {
    METRICS_ON_TIME,
    METRICS_LATE,    /* the frame's own work took too long, or the system woke us late */
    METRICS_UPLOAD,  /* the same, in a frame that uploaded a tile */
    METRICS_PRESENT, /* the screen took too long to accept the picture */
    METRICS_MISSES
};

enum { METRICS_BUCKETS = 28 * 16 }; /* 16 to each power of two: within 6.25 % */

struct metrics {
    uint64_t frames;
    uint64_t missed[METRICS_MISSES]; /* refreshes; [METRICS_ON_TIME] stays 0 */
    uint64_t headlines_aired;
    int64_t first_headline_ms; /* from process start; -1 before */
    int64_t frame_max_us;
    uint32_t frame_us[METRICS_BUCKETS];
};

void metrics_init(struct metrics *metrics);

/* Counts one frame of FRAME_US microseconds of work (waiting not included) and the MISSED
 * refreshes it cost, booked under CAUSE. */
void metrics_frame(struct metrics *metrics, int64_t frame_us, uint64_t missed,
                   enum metrics_miss cause);

/* The frame time in microseconds that SHARE (0 to 1) of the frames do not pass, rounded up
 * to its bucket's edge and never above the maximum; 0 without frames. */
int64_t metrics_quantile(const struct metrics *metrics, double share);

#endif
