/* The headlines of the desk, each in as many bytes as it needs, found by source and
 * identity. The desk's own; main thread. */
#ifndef MOTOGRAPH_DESK_ITEMS_H
#define MOTOGRAPH_DESK_ITEMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/headline.h"

struct item {
    struct item *next; /* in its bucket */
    bool rtl;          /* its text is read from right to left */
    int64_t until;     /* when it leaves, the desk's to set; HEADLINE_NO_TIME = never */
    struct headline headline; /* only headline_bytes() of it are there */
};

struct items {
    struct item **buckets; /* owned, and so are the items */
    size_t bucket_count;   /* a power of two */
    size_t count;
};

/* An empty set; false if memory is short. A zeroed set may be finished too. */
bool items_init(struct items *items);
void items_fini(struct items *items);

/* The item of SOURCE with the identity of HEADLINE, NULL if there is none. The texts that
 * make the identity are compared too, as two hashes may meet. */
struct item *items_find(const struct items *items, const struct headline *headline,
                        uint16_t source);

/* Adds a copy of HEADLINE, which items_find does not find. NULL if memory is short. */
struct item *items_add(struct items *items, const struct headline *headline,
                       uint16_t source, int64_t first_seen);

/* Puts HEADLINE, of the same identity, in ITEM's place; source and first_seen stay. Returns
 * the item it is in now: ITEM itself if there is nothing new in it, else another, and ITEM is
 * freed. NULL if memory is short, and ITEM is as it was. */
struct item *items_replace(struct items *items, struct item *item,
                           const struct headline *headline);

/* Frees ITEM. */
void items_remove(struct items *items, struct item *item);

#endif
