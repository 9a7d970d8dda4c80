/* When the next frame is due and how far the picture moves for it: motion is counted in
 * refreshes of the display, so a frame that comes late is followed by one further on, and
 * the text stays on its straight line in time. Pure: time is an argument. */
#ifndef MOTOGRAPH_SHOW_PACE_H
#define MOTOGRAPH_SHOW_PACE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    PACE_STALL_MS = 250
}; /* a longer pause (suspend, a debugger) is not caught up with */

struct pace {
    double period_us;
    double origin_us; /* refresh 0 */
    int64_t refresh;  /* the one the last frame was for */
    int64_t presents; /* since the display's own pace was last judged */
    int64_t judged_us;
    bool by_display; /* presenting waits for the display */
};

/* Begins at NOW_US. BY_DISPLAY: the driver says that presenting waits for the display. */
void pace_init(struct pace *pace, double refresh_hz, bool by_display, int64_t now_us);

/* How many refreshes the frame about to be drawn lies after the last one, at least 1; what is
 * above 1 was missed. */
int64_t pace_next(struct pace *pace, int64_t now_us);

/* When that frame is to be presented; 0 = at once, the display does the waiting. */
int64_t pace_due_us(const struct pace *pace);

/* To be called after each present. A display that says it paces and does not (virtual GPUs
 * do) is found out after 60 presents: from then on the clock paces. True when it was. */
bool pace_presented(struct pace *pace, int64_t now_us);

#endif
