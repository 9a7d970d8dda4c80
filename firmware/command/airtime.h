/* What has been on the screen: counts it by lane for --stats, and gives it to the worker for the aired
 * log. Main thread; nothing here allocates. */
#ifndef MOTOGRAPH_COMMAND_AIRTIME_H
#define MOTOGRAPH_COMMAND_AIRTIME_H

#include <stdint.h>

#include "base/aired.h"
#include "base/config.h"
#include "base/ring.h"

enum { AIRTIME_LANES = CONFIG_LANES + 2 /* "flash", and what is beyond */ };

struct airtime_lane {
    char name[AIRED_LANE_BYTES];
    uint64_t headlines; /* that have left it */
    int64_t shown_us;
};

struct airtime {
    struct airtime_lane lanes[AIRTIME_LANES];
    size_t count;
    uint64_t lost; /* for the log: the ring was full */
};

/* HEADLINE has left LANE after SHOWN_US; AT is wall time. It is counted, and put into RING (slots of
 * struct aired; NULL = no log). Returns whether there is something new in the ring. */
bool airtime_take(struct airtime *airtime, struct ring *ring, const char *lane,
                  const struct headline *headline, int64_t shown_us, int64_t at);

#endif
