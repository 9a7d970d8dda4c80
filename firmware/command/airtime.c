/* Lanes are few and their names short, so they are found by looking at each. */
#include "command/airtime.h"

#include <stdio.h>
#include <string.h>

static struct airtime_lane *lane_of(struct airtime *airtime, const char *name)
{
    size_t last = AIRTIME_LANES - 1;
    for (size_t i = 0; i < airtime->count; i++) {
        if (strncmp(airtime->lanes[i].name, name, AIRED_LANE_BYTES - 1) == 0) {
            return &airtime->lanes[i];
        }
    }
    struct airtime_lane *lane =
        &airtime->lanes[airtime->count < last ? airtime->count : last];
    if (lane->headlines == 0) {
        snprintf(lane->name, sizeof lane->name, "%s",
                 airtime->count < last ? name : "others");
        airtime->count++;
    }
    return lane;
}

bool airtime_take(struct airtime *airtime, struct ring *ring, const char *lane,
                  const struct headline *headline, int64_t shown_us, int64_t at)
{
    struct airtime_lane *own = lane_of(airtime, lane);
    own->headlines++;
    own->shown_us += shown_us;
    struct aired *slot = ring ? ring_reserve(ring) : NULL;
    if (slot) {
        aired_set(slot, lane, headline, at, shown_us);
        ring_commit(ring);
    }
    airtime->lost += ring && !slot;
    return slot != NULL;
}
