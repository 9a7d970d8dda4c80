/* The headlines of the desk, each in as many bytes as it needs, found by source and
 * identity. The desk's own; main thread. */
#ifndef MOTOGRAPH_DESK_ITEMS_H
#define MOTOGRAPH_DESK_ITEMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/headline.h"
#include "base/message.h"
#include "desk/desk.h"

struct story;
struct knot;

struct item {
    struct item *next;   /* in its bucket */
    uint64_t hash;       /* of source and identity: what is looked at first */
    struct story *story; /* whose member it is; NULL = none yet */
    struct item *twin;   /* the next member */
    struct knot *knots;  /* owned: where its link and id are found, while in a story */
    uint64_t link, id;   /* as in its keys; 0 = none */
    int64_t time;        /* of its entry */
    int64_t until;       /* when it leaves; HEADLINE_NO_TIME = never */
    uint32_t pass;       /* the judgement that saw it last */
    uint16_t rule;       /* of the filter that hides it; 0 = none */
    uint8_t mark_count;  /* see items_marks */
    bool rtl;            /* its text is read from right to left */
    bool calls;   /* came as a flash; headline.flash says whether it still is one */
    bool keyword; /* a flash by a keyword only: an ordinary headline afterwards */
    bool hidden;  /* by hand */
    bool alone;   /* like no other: no story was found or made */
    struct headline
        headline; /* only headline_bytes() of it are there, and then its marks */
};

struct items {
    struct item **buckets; /* owned, and so are the items */
    size_t bucket_count;   /* a power of two */
    size_t count;
    size_t ready; /* bytes of the heap that are still ready to be written */
};

/* An empty set; false if memory is short. A zeroed set may be finished too. */
bool items_init(struct items *items);
void items_fini(struct items *items);

/* The item of SOURCE with the identity of HEADLINE, NULL if there is none. The texts that
 * make the identity are compared too, as two hashes may meet. */
struct item *items_find(const struct items *items, const struct headline *headline,
                        uint16_t source);

/* Adds a copy of what MESSAGE says, which items_find does not find. NULL if memory is short. */
struct item *items_add(struct items *items, const struct message *message,
                       int64_t first_seen);

/* Whether ITEM, of the same identity, says all that MESSAGE does: most of a refresh. */
bool items_same(const struct item *item, const struct message *message);

/* Puts what MESSAGE says in ITEM's place; its source and first_seen stay, and its date unless the
 * new one is earlier. ITEM may be in no story. Returns the item it is in now, and ITEM is freed.
 * NULL if memory is short, and ITEM is as it was. */
struct item *items_replace(struct items *items, struct item *item,
                           const struct message *message);

/* Finds all by their sources' new numbers, which stand in the headlines already. */
void items_rehash(struct items *items);

/* Frees ITEM, which may be in no story. */
void items_remove(struct items *items, struct item *item);

/* The marks of ITEM's words, mark_count of them. */
const uint32_t *items_marks(const struct item *item);

#endif
