/* Which headlines are one story: of the same address or id, or in nearly the same words within
 * some days. A story is found through the first headline that told it. The desk's own; main
 * thread. */
#ifndef MOTOGRAPH_DESK_STORIES_H
#define MOTOGRAPH_DESK_STORIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "desk/items.h"

struct story {
    struct item *members; /* at least one, by their `twin` */
    struct item *holder;  /* the one that airs for all; NULL = none */
    size_t count;         /* of members */
    int64_t latest;       /* time of the newest member */
    struct knot *knots;   /* owned: its roads */
    size_t knot_count;
    size_t mark_count;
    uint32_t marks[]; /* of the first headline */
};

struct stories {
    struct knot **buckets; /* owned */
    size_t bucket_count;   /* a power of two */
    size_t count;          /* of knots */
};

/* None; false if memory is short. */
bool stories_init(struct stories *stories);
/* After the last member has left. A zeroed one is fine. */
void stories_fini(struct stories *stories);

/* Makes ITEM, of TIME, which is in no story, a member of the one it tells, or of a new one.
 * Titles count only within WINDOW_S seconds. Without memory it stays alone. */
void stories_join(struct stories *stories, struct item *item, int64_t time,
                  int64_t window_s);

/* Takes ITEM out of its story, if it has one. */
void stories_leave(struct stories *stories, struct item *item);

#endif
