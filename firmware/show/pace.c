/* With the clock as pace, refresh n is due at origin + n periods for ever, so no error adds
 * up. With the display as pace, each present moves the origin by less than a period, to
 * where the display is. */
#include "show/pace.h"

enum { JUDGED_PRESENTS = 60 };

void pace_init(struct pace *pace, double refresh_hz, bool by_display, int64_t now_us)
{
    *pace = (struct pace){.period_us = 1e6 / refresh_hz,
                          .origin_us = (double)now_us,
                          .judged_us = now_us,
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

bool pace_presented(struct pace *pace, int64_t now_us)
{
    if (!pace->by_display) {
        return false;
    }
    /* The display's phase is taken over; whole periods that were lost stay lost. */
    double off_us =
        (double)now_us - pace->origin_us - (double)pace->refresh * pace->period_us;
    int64_t lost = off_us > 0 ? (int64_t)(off_us / pace->period_us + 0.5) : 0;
    pace->origin_us += off_us - (double)lost * pace->period_us;
    if (++pace->presents < JUDGED_PRESENTS) {
        return false;
    }
    double took = (double)(now_us - pace->judged_us);
    pace->by_display = took > 0.75 * JUDGED_PRESENTS * pace->period_us;
    pace->presents = 0;
    pace->judged_us = now_us;
    return !pace->by_display;
}
