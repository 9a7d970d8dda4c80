/* With the clock as pace, refresh n is due at origin + n periods for ever, so no error adds
 * up. With the display as pace, each present moves the origin by less than a period, to
 * where the display is. */
#include "show/pace.h"

#include <math.h>
#include <stdlib.h>

enum {
    LEAST_GAP_US = 3300 /* no display is faster than 300 Hz */
};

#define EVEN_SHARE    0.10 /* of a gap, by which those of a display that paces differ */
#define SAME_SHARE    0.03 /* of a period: what differs less is the same rate */
#define UNPACED_SHARE 0.75 /* of a period: presents that come faster do not wait */

void pace_init(struct pace *pace, double refresh_hz, bool by_display, int64_t now_us)
{
    *pace = (struct pace){.period_us = 1e6 / refresh_hz,
                          .told_us = 1e6 / refresh_hz,
                          .origin_us = (double)now_us,
                          .presented_us = now_us,
                          .by_display = by_display};
}

int64_t pace_next(struct pace *pace, int64_t now_us)
{
    double passed = ((double)now_us - pace->origin_us) / pace->period_us;
    int64_t step = (int64_t)passed + 1 - pace->refresh;
    if (step < 1) {
        step = 1;
    }
    if ((double)step * pace->period_us > PACE_STALL_MS * 1000.0) {
        step = 1;
        pace->origin_us = (double)now_us - (double)pace->refresh * pace->period_us;
    }
    pace->refresh += step;
    return step;
}

int64_t pace_due_us(const struct pace *pace)
{
    if (pace->by_display) {
        return 0;
    }
    return (int64_t)(pace->origin_us + (double)pace->refresh * pace->period_us);
}

static int compare_gaps(const void *a, const void *b)
{
    int32_t left = *(const int32_t *)a, right = *(const int32_t *)b;
    return (left > right) - (left < right);
}

static bool is_near(double us, double other_us, double share)
{
    return fabs(us - other_us) < share * other_us;
}

/* Whether US is TIMES periods or more, and a whole number of them. */
static bool is_multiple(double us, double period_us, double times, double share)
{
    double whole = round(us / period_us);
    return whole >= times && fabs(us - whole * period_us) < share * period_us;
}

/* The gap that most of the sorted gaps are, so that early and late ones cancel out; 0 where they
 * are not even. */
static double even_gap(const int32_t *gaps_us)
{
    int32_t median_us = gaps_us[PACE_JUDGED / 2];
    double sum_us = 0;
    int count = 0;
    for (int i = 0; i < PACE_JUDGED; i++) {
        if (is_near(gaps_us[i], median_us, EVEN_SHARE)) {
            sum_us += gaps_us[i];
            count++;
        }
    }
    return count > PACE_JUDGED / 2 ? sum_us / count : 0;
}

/* Whether the gaps are neither even nor whole refreshes, so that no display has set them; the first
 * second of a program may be like that, too, so it takes two. Far too fast is enough once. */
static bool is_unpaced(struct pace *pace, double even_us)
{
    int32_t median_us = pace->gaps_us[PACE_JUDGED / 2];
    int whole = 0;
    for (int i = 0; i < PACE_JUDGED; i++) {
        whole += is_multiple(pace->gaps_us[i], pace->period_us, 1, EVEN_SHARE);
    }
    bool uneven = even_us == 0 && whole <= PACE_JUDGED / 2;
    bool fast = even_us == 0 && median_us < UNPACED_SHARE * pace->period_us;
    bool again = uneven && pace->uneven;
    pace->uneven = uneven;
    return median_us < LEAST_GAP_US || fast || again;
}

static enum pace_verdict judge(struct pace *pace, int64_t now_us)
{
    qsort(pace->gaps_us, PACE_JUDGED, sizeof *pace->gaps_us, compare_gaps);
    double even_us = even_gap(pace->gaps_us);
    if (is_unpaced(pace, even_us)) {
        pace->by_display = false;
        return PACE_BY_CLOCK;
    }
    bool agreed = even_us > 0 && is_near(even_us, pace->seen_us, SAME_SHARE);
    pace->seen_us = even_us;
    if (!agreed || is_near(even_us, pace->period_us, SAME_SHARE) ||
        is_multiple(even_us, pace->told_us, 2, SAME_SHARE)) {
        return PACE_AS_BEFORE;
    }
    pace->period_us = even_us;
    pace->origin_us = (double)now_us - (double)pace->refresh * even_us;
    return PACE_NEW_RATE;
}

enum pace_verdict pace_presented(struct pace *pace, int64_t now_us)
{
    if (!pace->by_display) {
        return PACE_AS_BEFORE;
    }
    /* The display's phase is taken over; whole periods that were lost stay lost. */
    double off_us =
        (double)now_us - pace->origin_us - (double)pace->refresh * pace->period_us;
    int64_t lost = off_us > 0 ? (int64_t)(off_us / pace->period_us + 0.5) : 0;
    pace->origin_us += off_us - (double)lost * pace->period_us;
    int64_t gap_us = now_us - pace->presented_us;
    pace->presented_us = now_us;
    pace->gaps_us[pace->gap_count++] = (int32_t)(gap_us < INT32_MAX ? gap_us : INT32_MAX);
    if (pace->gap_count < PACE_JUDGED) {
        return PACE_AS_BEFORE;
    }
    pace->gap_count = 0;
    return judge(pace, now_us);
}
