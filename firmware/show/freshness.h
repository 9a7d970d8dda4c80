/* Whether what is shown is still news: a source is stale when it last answered longer ago than
 * `[desk] stale-after`. A file of this machine never is: it is as good as it was written. Main
 * thread. */
#ifndef MOTOGRAPH_SHOW_FRESHNESS_H
#define MOTOGRAPH_SHOW_FRESHNESS_H

#include <stddef.h>
#include <stdint.h>

#include "show/lane.h"

enum { FRESHNESS_BYTES = 160 };

/* When SOURCE last answered, if it is stale at AT (UTC seconds); else HEADLINE_NO_TIME. One that
 * has never answered has nothing on the screen and is not stale. */
int64_t freshness_of(const struct lane_setup *setup, size_t source, int64_t at);

/* When the last one of all sources answered, if every one that ever did is stale at AT; else
 * HEADLINE_NO_TIME. */
int64_t freshness_of_all(const struct lane_setup *setup, int64_t at);

/* Writes the mark for SINCE, one of the above, to OUT: "as of 14:05", with the day where that was
 * 20 hours ago or more. "" for HEADLINE_NO_TIME. Returns OUT. */
const char *freshness_mark(const struct lane_setup *setup, int64_t since, int64_t at,
                           char out[FRESHNESS_BYTES]);

#endif
