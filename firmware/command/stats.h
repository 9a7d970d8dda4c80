/* The --stats report of a run: one JSON object, as contract.md lists it. */
#ifndef MOTOGRAPH_COMMAND_STATS_H
#define MOTOGRAPH_COMMAND_STATS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/metrics.h"
#include "command/airtime.h"
#include "show/screen.h"

struct stats {
    const struct metrics *metrics;
    const struct screen *screen;
    const struct airtime *airtime;
    double seconds; /* of the frame loop */
    int sources_ok, sources_failed;
};

/* Writes it to PATH. False, logged with the cure. */
bool stats_write(const struct stats *stats, const char *path);

#endif
