/* The desk: the set of live headlines and the order in which they air. Pure: no I/O, no
 * clock (time is an argument), no thread of its own; the main thread owns it. */
#ifndef MOTOGRAPH_DESK_DESK_H
#define MOTOGRAPH_DESK_DESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/headline.h"
#include "base/message.h"

enum { DESK_LANES = 32 }; /* cursors in use at once */

struct desk;

/* An empty desk for sources 0 to SOURCES - 1. NULL if memory is short. */
struct desk *desk_new(size_t sources);
void desk_free(struct desk *desk);

/* Takes one message of the worker: puts or replaces a headline, or at MESSAGE_FETCHED drops
 * those that did not come since the fetch of this source before. MESSAGE_UNCHANGED and
 * MESSAGE_FAILED drop nothing. NOW is wall time in UTC seconds, the first_seen of a new
 * headline that names none; one that has expired by then is not put; an update keeps the old first_seen and airs no second time in a
 * lap. Of one fetch HEADLINE_ITEMS count, the rest is passed over; while a fetch comes in, as
 * many again of the one before stay. The message is not kept. False if memory was short: a
 * new headline is then not on the desk, an old one is as it was. */
bool desk_take(struct desk *desk, const struct message *message, int64_t now);

/* Takes off the desk what has expired at NOW. Costs one comparison where nothing has. */
void desk_expire(struct desk *desk, int64_t now);

/* How long a flash airs, from when it was first seen: EXPIRES_S where it names no end, and never
 * longer than MOST_S, whatever it names. It then leaves, and does not come back while its source
 * goes on to hold it. Before this is called: 15 minutes and 12 hours. */
void desk_limit_flashes(struct desk *desk, int64_t expires_s, int64_t most_s);

/* Counts on whenever a flash comes, changes or leaves. */
uint64_t desk_flash_edition(const struct desk *desk);

/* The live flashes, by source and there the newest first: at most ROOM of them go to OUT. Returns
 * how many did. They are valid until the next desk_take or desk_expire. */
size_t desk_flashes(const struct desk *desk, const struct headline **out, size_t room);

/* When SOURCE last answered with news, or that there is none; HEADLINE_NO_TIME = never yet. */
int64_t desk_good_at(const struct desk *desk, size_t source);

/* Live headlines. */
size_t desk_count(const struct desk *desk);

enum desk_lean { DESK_LEANS_NEITHER, DESK_LEANS_LTR, DESK_LEANS_RTL };

/* Which way the rundown is read, by the majority of its sources; a source counts for the way
 * the majority of its live headlines is read. TIMES is how many times the minority a majority
 * must be: 1 = any, 2 = a clear one. Neither where there is none, as on an empty desk. */
enum desk_lean desk_lean(const struct desk *desk, size_t times);

/* The same of those sources that have a bit in ONLY, as many words as there are sources by 64;
 * NULL = all. */
enum desk_lean desk_lean_among(const struct desk *desk, const uint64_t *only,
                               size_t times);

/* A walk through the rundown, one per lane. Zeroed is a fresh one; it belongs to the desk of
 * its first use. Cursors do not disturb one another. */
struct desk_cursor {
    uint64_t lap;  /* how often everything was shown */
    size_t source; /* whose turn it is */
    unsigned lane; /* of the desk's marks, from 1; 0 = not yet used */
};

/* The next headline to air: a flash that has not aired in this lap, else sources take turns, each with its newest one (published, else
 * first seen) that has not aired in this lap; when all have aired a new lap begins. What came
 * in meanwhile joins the lap. The pointer is valid until the next desk_take. NULL if the desk
 * is empty, or for a fresh cursor while DESK_LANES others are in use. Does not allocate. */
const struct headline *desk_next(struct desk *desk, struct desk_cursor *cursor);

/* Ends a walk and makes the cursor a fresh one; another may then take its place. */
void desk_leave(struct desk *desk, struct desk_cursor *cursor);

#endif
