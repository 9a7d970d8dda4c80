/* The aired log: takes what has left the screen from the ring, remembers the last of it, hands it on,
 * and writes it down (logbook.h), seldom and no more in a day than a card can bear. A disk that is
 * absent, full, read-only or failing costs one line in the log, and what does not fit into memory
 * meanwhile. Worker thread. */
#ifndef MOTOGRAPH_WIRE_AIRLOG_H
#define MOTOGRAPH_WIRE_AIRLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/aired.h"
#include "base/ring.h"
#include "feed/buffer.h"
#include "wire/logbook.h"

enum {
    AIRLOG_RECENT = 100,              /* are remembered */
    AIRLOG_EVERY_MS = 60 * 1000,      /* between two writes, at least */
    AIRLOG_UNSAVED_BYTES = 256 << 10, /* wait to be written, at most */
    AIRLOG_DAY_BYTES = 12 << 20,      /* written in a day, with what the folder costs */
    AIRLOG_BURST_BYTES = 1 << 20,     /* and at once */
    AIRLOG_PRUNE_MS = 60 * 60 * 1000,
    AIRLOG_SAY_MS = 60 * 60 * 1000 /* from one complaint of too much to the next */
};

/* AIRED is valid during the call. Worker thread. */
typedef void airlog_taker_fn(void *user, const struct aired *aired);

struct airlog_setup {
    struct ring *ring;      /* of struct aired, this its consumer; NULL = nothing airs */
    bool keep;              /* write it down */
    airlog_taker_fn *taker; /* gets each, too; NULL = nobody does */
    void *user;
};

struct airlog {
    struct airlog_setup setup;
    struct logbook book;
    int64_t keep_s;              /* as it was asked for */
    struct buffer unsaved;       /* lines */
    char *recent[AIRLOG_RECENT]; /* owned; number n at n modulo AIRLOG_RECENT */
    uint64_t count;              /* of all there were */
    int64_t due_ms, prune_ms; /* when the next write is, and the next look at old files */
    int64_t budget, counted_ms; /* bytes that may be written now; when that was counted */
    uint64_t missing;           /* lines there was no room for, since it was last said */
    int64_t said_ms;            /* when */
    bool ailing;                /* the last write failed: said already */
};

/* Opens it; what SETUP points to outlives it. KEEP_S is [log] aired. */
void airlog_open(struct airlog *log, const struct airlog_setup *setup, int64_t keep_s,
                 int64_t now_ms);

/* [log] aired is another: 0 = from now on none is written down, and what was goes. */
void airlog_keep(struct airlog *log, int64_t keep_s, int64_t now_ms);

/* Takes what is in the ring, and writes where that is due. */
void airlog_turn(struct airlog *log, int64_t now_ms);

/* The last turn: what waits is written. Frees all. A zeroed one is fine. */
void airlog_close(struct airlog *log, int64_t now_ms);

/* The last headline but BACK as a JSON object (base/aired.h); NULL where there were not so many,
 * or BACK is AIRLOG_RECENT or more. Valid until the next airlog_turn. */
const char *airlog_recent(const struct airlog *log, size_t back);

#endif
