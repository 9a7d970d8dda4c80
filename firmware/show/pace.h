/* When the next frame is due and how far the picture moves for it: motion is counted in
 * refreshes of the display, so a frame that comes late is followed by one further on, and
 * the text stays on its straight line in time. How long a refresh is, the driver says first, and
 * the display itself after a second. Pure: time is an argument. */
#ifndef MOTOGRAPH_SHOW_PACE_H
#define MOTOGRAPH_SHOW_PACE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    PACE_STALL_MS = 250, /* a longer pause (suspend, a debugger) is not caught up with */
    PACE_JUDGED = 60     /* presents, after which the display is judged */
};

enum pace_verdict {
    PACE_AS_BEFORE,
    PACE_BY_CLOCK, /* presenting does not wait for the display, so the clock paces from now on */
    PACE_NEW_RATE /* the display refreshes at another rate than was thought: period_us */
};

struct pace {
    double period_us;
    double origin_us; /* refresh 0 */
    int64_t refresh;  /* the one the last frame was for */
    bool by_display;  /* presenting waits for the display */
    int64_t presented_us;
    int gap_count;
    int32_t
        gaps_us[PACE_JUDGED]; /* between presents, since the display was last judged */
    double told_us;           /* the period that the driver says, */
    double seen_us;           /* and the one by the last judgement; 0 = none */
    bool uneven;              /* by that, no display sets the pace */
};

/* Begins at NOW_US. BY_DISPLAY: the driver says that presenting waits for the display. */
void pace_init(struct pace *pace, double refresh_hz, bool by_display, int64_t now_us);

/* How many refreshes the frame about to be drawn lies after the last one, at least 1; what is
 * above 1 was missed. */
int64_t pace_next(struct pace *pace, int64_t now_us);

/* When that frame is to be presented; 0 = at once, the display does the waiting. */
int64_t pace_due_us(const struct pace *pace);

/* To be called after each present; judges the display by the times between the last 60. One that
 * says it paces and does not (virtual GPUs do) is found out when presents come faster than any
 * display, or twice neither evenly nor at whole refreshes. One that paces evenly, but not at the
 * rate that its driver says, by two judgements that agree. A whole multiple of the driver's period
 * is no other rate: that is drawing too slow for it, and those refreshes were missed. */
enum pace_verdict pace_presented(struct pace *pace, int64_t now_us);

#endif
