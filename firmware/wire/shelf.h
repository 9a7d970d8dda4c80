/* Between a source and the disk: what it delivered last, waiting for the next round of saving,
 * and since when each item of it has been known. Worker thread. */
#ifndef MOTOGRAPH_WIRE_SHELF_H
#define MOTOGRAPH_WIRE_SHELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/cache.h"
#include "wire/outbox.h"
#include "wire/snapshot.h"

enum {
    SHELF_SPARE = 2
}; /* so many times the headlines that air: filters may take some */

struct shelf {
    uint64_t key;           /* of the source */
    uint64_t content;       /* hash of what was taken last; 0 = nothing yet */
    struct cache_slot slot; /* where on the disk it was */
    struct buffer waiting;  /* a snapshot to be saved; empty = none */
    struct shelf_seen {
        uint64_t identity;
        int64_t first_seen;
    } * seen; /* owned; of the headlines taken last */
    size_t seen_count;
};

/* URL is the source's address. */
void shelf_init(struct shelf *shelf, const char *url);

/* Frees what it owns. A zeroed one is fine. */
void shelf_fini(struct shelf *shelf);

/* Takes the newest headlines of those that stand in OUTBOX since MARK, a whole delivery: enough
 * for KEEP of them to air and no more than fit into MOST bytes. HEAD is what else is known (its
 * key is set here). Nothing waits if the content is that of the time before. */
void shelf_take(struct shelf *shelf, const struct outbox *outbox, size_t mark,
                const struct snapshot *head, int keep, size_t most);

/* Saves what waits, if something does. */
void shelf_save(struct shelf *shelf, struct cache *cache, int64_t now_ms);

/* Takes the source's snapshot from the disk into OUT and its HEAD, for snapshot_next(). False if
 * there is none. */
bool shelf_recall(struct shelf *shelf, const struct cache *cache, struct buffer *out,
                  struct snapshot_reader *reader, struct snapshot *head);

/* Remembers a headline that was recalled, in its order, and since when it has been known. */
void shelf_remember(struct shelf *shelf, const struct headline *headline);

#endif
