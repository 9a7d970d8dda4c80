/* A board without a battery may have asked its sources before it knew the time: such a moment is
 * no reason for a mark. */
#include "show/freshness.h"

#include <stdio.h>

#include "base/clock.h"
#include "show/clockface.h"

enum { DAY_AFTER_S = 20 * 3600 };

static int64_t answered_at(const struct lane_setup *setup, size_t source)
{
    int64_t at = desk_good_at(setup->desk, source);
    return clock_known(at) ? at : HEADLINE_NO_TIME;
}

static bool is_stale(const struct lane_setup *setup, size_t source, int64_t at)
{
    int64_t since = answered_at(setup, source);
    return setup->labels[source].fetched && setup->stale_after_s > 0 &&
           since != HEADLINE_NO_TIME && at - since > setup->stale_after_s;
}

int64_t freshness_of(const struct lane_setup *setup, size_t source, int64_t at)
{
    bool known = source + 1 < setup->label_count;
    return known && is_stale(setup, source, at) ? answered_at(setup, source)
                                                : HEADLINE_NO_TIME;
}

int64_t freshness_of_all(const struct lane_setup *setup, int64_t at)
{
    int64_t latest = HEADLINE_NO_TIME;
    for (size_t i = 0; i + 1 < setup->label_count; i++) {
        int64_t since = answered_at(setup, i);
        if (since != HEADLINE_NO_TIME && !is_stale(setup, i, at)) {
            return HEADLINE_NO_TIME;
        }
        latest = since > latest ? since : latest;
    }
    return latest;
}

const char *freshness_mark(const struct lane_setup *setup, int64_t since, int64_t at,
                           char out[FRESHNESS_BYTES])
{
    char time[CLOCKFACE_BYTES], day[CLOCKFACE_BYTES] = "";
    out[0] = '\0';
    if (since == HEADLINE_NO_TIME || !setup->telling) {
        return out;
    }
    clockface_time(setup->telling, since, time);
    if (at - since >= DAY_AFTER_S) {
        clockface_date(setup->telling, since, day);
    }
    snprintf(out, FRESHNESS_BYTES, "%.31s %.60s%s%.40s", setup->theme->as_of_word, day,
             *day ? " " : "", time);
    return out;
}
