/* When a source is next due. Pure: monotonic milliseconds come in, and so does the seed
 * of the little generator of random numbers, so every wait can be tested. One owner at a
 * time. */
#ifndef MOTOGRAPH_WIRE_SCHEDULE_H
#define MOTOGRAPH_WIRE_SCHEDULE_H

#include <stdint.h>

enum {
    SCHEDULE_FIRST_MS = 30 * 1000,  /* the wait after a first failure */
    SCHEDULE_SILENT_MS = 45 * 1000, /* the longest while nobody answers */
    SCHEDULE_ANSWERED_MS =
        60 * 60 * 1000,  /* the longest after an answer that was an error */
    SCHEDULE_TURNS = 12, /* ... but no more missed turns than this */
    SCHEDULE_RETRY_AFTER_MS = 24 * 60 * 60 * 1000, /* the longest a server may ask for */
    SCHEDULE_JITTER = 10                           /* per cent, either way */
};

/* How far a failed attempt came. */
enum schedule_reach {
    SCHEDULE_SILENT,  /* nobody answered: no network, no name, no connection */
    SCHEDULE_ANSWERED /* somebody did, and it was no use */
};

struct schedule {
    int64_t due_ms;
    uint64_t random;   /* state of the generator */
    unsigned failures; /* in a row */
};

/* Due at NOW_MS plus a random part of SPREAD_MS (0 = at once). */
void schedule_init(struct schedule *schedule, uint64_t seed, int64_t now_ms,
                   int64_t spread_ms);

/* After a fetch that worked: due after EVERY_MS, give or take the jitter. */
void schedule_succeed(struct schedule *schedule, int64_t now_ms, int64_t every_ms);

/* After one that failed. The wait begins at 30 s and doubles with each failure in a row:
 * - up to 45 s while nobody answers. Trying costs no server anything then, and so a board
 *   is back within a minute of its network;
 * - up to 1 h if somebody answered, but to no more than 12 turns of the source (a flash
 *   source asked every minute is not left alone for an hour), and never below one turn.
 * RETRY_AFTER_MS is what the server asked for (0 = nothing): it is never asked sooner, but
 * no such wish counts beyond 24 h. */
void schedule_fail(struct schedule *schedule, int64_t now_ms, int64_t every_ms,
                   enum schedule_reach reach, int64_t retry_after_ms);

/* Due at NOW_MS if it was due later. */
void schedule_hasten(struct schedule *schedule, int64_t now_ms);

#endif
