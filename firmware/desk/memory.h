/* When a headline was first seen, remembered after it has left: so that one that comes back,
 * or comes again under another id, is no news. Fixed room; the oldest is forgotten. The desk's
 * own; main thread. */
#ifndef MOTOGRAPH_DESK_MEMORY_H
#define MOTOGRAPH_DESK_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

struct memory {
    struct memory_cell *cells; /* owned */
};

/* Remembers nothing yet; false if memory is short. A zeroed one may be finished. */
bool memory_init(struct memory *memory);
void memory_fini(struct memory *memory);

void memory_clear(struct memory *memory);

/* The time put under KEY, HEADLINE_NO_TIME if it is not known. KEY 0 is never known. */
int64_t memory_recall(const struct memory *memory, uint64_t key);

/* Puts TIME under KEY, in place of what was there. */
void memory_note(struct memory *memory, uint64_t key, int64_t time);

#endif
