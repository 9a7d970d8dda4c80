/* The worker's stations under another configuration: a source that is the same (its address is)
 * keeps its station, with its schedule, validators, cache and the fetch that is under way; where
 * something has changed that decides what it delivers, it is asked again at once, for all it has.
 * Worker thread. */
#ifndef MOTOGRAPH_WIRE_ROSTER_H
#define MOTOGRAPH_WIRE_ROSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"
#include "base/config_change.h"
#include "wire/dispatch.h"

/* Makes the stations of CONFIG in *STATIONS, SEED and more for their schedules. False if memory is
 * short, and *STATIONS is what was made so far. Before the thread. */
bool roster_new(struct station **stations, size_t *count, const struct config *config,
                uint64_t seed, int64_t now_ms);
void roster_free(struct station *stations, size_t count);

/* Sets change->to and puts the stations of change->config in the place of dispatch->stations, which
 * are those of BEFORE; fetches of what stays go on. The outbox must be empty. False, and all is as
 * it was, if memory is short. */
bool roster_change(struct dispatch *dispatch, struct config_change *change,
                   const struct config *before, uint64_t seed, int64_t now_ms);

/* After the change is handed over: begins with the stations that are new. */
void roster_open(struct dispatch *dispatch, const struct config_change *change);

#endif
