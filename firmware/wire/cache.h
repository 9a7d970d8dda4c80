/* The folder on the disk from which a board starts without network: two files per source, each a
 * whole snapshot, of which the one with the higher generation counts. A save writes a new file,
 * syncs it and renames it over the other one, so that a power cut at any instant leaves the
 * newest snapshot or the one before, and a file gone bad leaves the other. A disk that is absent,
 * full, read-only or failing costs one line in the log and the cache. Worker thread. */
#ifndef MOTOGRAPH_WIRE_CACHE_H
#define MOTOGRAPH_WIRE_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"
#include "feed/buffer.h"

enum {
    CACHE_CRASHES = 3,           /* in the first minute, in a row: the cache is suspect */
    CACHE_GOOD_MS = 60 * 1000,   /* a run that got so far was good */
    CACHE_FIRST_MS = 15 * 1000,  /* after the start nothing is written before */
    CACHE_DAY_BYTES = 16 << 20,  /* written in a day, */
    CACHE_BURST_BYTES = 2 << 20, /* and at once; both with what the folder costs */
    CACHE_FILE_LEAST = 4 << 10   /* room for one snapshot, however many sources */
};

struct cache {
    char *folder;               /* owned; NULL: there is none */
    int crashes;                /* owned: the file that counts them, or -1 */
    int64_t every_ms;           /* between two rounds of saving */
    int64_t due_ms;             /* when the next begins */
    bool begun;                 /* there was one */
    size_t file_bytes;          /* the most for one snapshot */
    int64_t budget, counted_ms; /* bytes that may be written now; when that was counted */
    int64_t good_ms;            /* when this run is a good one; INT64_MAX: it is */
    bool ailing;                /* the last save failed: said already */
    bool dry;                   /* nothing is written */
};

/* Which of a source's two files is the newest. Zeroed: none. */
struct cache_slot {
    uint64_t generation;
    int newest; /* 0 or 1 */
};

/* Opens the folder (cachedir.h), and sees to it that crashes are counted (base/crash.h): after
 * CACHE_CRASHES in a row within a minute of their starts all files are put aside. */
void cache_open(struct cache *cache, const struct config *config, int64_t now_ms);

/* Takes [cache] of CONFIG and shares the room among its sources. A zeroed one is fine. */
void cache_share(struct cache *cache, const struct config *config, int64_t now_ms);

/* A run that comes here was good. A zeroed one is fine. */
void cache_close(struct cache *cache);

/* Reads the newest whole snapshot of the source into OUT and tells its SLOT. False if there is
 * none; SLOT is zeroed then. */
bool cache_load(const struct cache *cache, uint64_t key, struct buffer *out,
                struct cache_slot *slot);

/* Whether a round of saving is due, or, if this is the LAST moment to, would be soon enough after
 * the one before; the round is then counted as begun. Notes also that the run is a good one. */
bool cache_due(struct cache *cache, int64_t now_ms, bool last);

/* Saves SNAPSHOT (ended) as the next generation of the source. False if it could not, or if the
 * day's bytes are used up: it has to wait for a later round. */
bool cache_save(struct cache *cache, uint64_t key, struct buffer *snapshot,
                struct cache_slot *slot, int64_t now_ms);

#endif
