/* The desk from inside, for the files that are its parts: desk.c takes messages, entries.c keeps
 * each source's headlines in order, judge.c says which of them may air, order.c walks through
 * those. Main thread. */
#ifndef MOTOGRAPH_DESK_INSIDE_H
#define MOTOGRAPH_DESK_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "desk/desk.h"
#include "desk/items.h"
#include "desk/memory.h"
#include "desk/stories.h"

struct entry {
    int64_t time; /* the headline's date, or when it was first seen if that is earlier */
    struct item *item;
    uint32_t fetch; /* in which it came last */
    uint32_t aired; /* a bit for each lane, for the lap that source->laps says */
    uint8_t state;  /* enum desk_state, as judged last */
    bool
        plain; /* nothing but its age and place decides: its item need not be looked at */
};

struct source {
    struct entry *entries; /* owned; the newest first */
    size_t count, room;
    uint64_t key; /* its own for ever: under which its dates are remembered */
    /* As the operator wants it. */
    int weight;
    size_t keep, rank; /* rank: 0 = the best, whose telling of a story is kept */
    int64_t max_age_s;
    bool web; /* not a file or folder */
    /* Its fetches. */
    size_t came;           /* of the fetch that is coming in */
    uint32_t fetch;        /* its number */
    bool answers;          /* the last fetch went well */
    int64_t good_at;       /* when one last did; HEADLINE_NO_TIME = never */
    int64_t failing_since; /* HEADLINE_NO_TIME = it is not */
    int64_t doubted_since; /* it was suddenly as good as empty; HEADLINE_NO_TIME = no */
    uint32_t doubted;      /* the number of that fetch */
    /* As judged last. */
    bool dirty; /* judge it anew */
    size_t on_air, rtl, flashes, old;
    int64_t due; /* when time alone changes something */
    /* Its part in the walks. */
    uint32_t laps[DESK_LANES];      /* to which `aired` belongs; the two masks, too */
    uint64_t next_turn[DESK_LANES]; /* on the scale of the desk's `turns` */
    uint32_t done;                  /* a bit for each lane: nothing left in this lap */
    uint32_t turned;                /* so too: it has aired something */
};

struct desk {
    struct source *sources; /* owned */
    size_t source_count;
    size_t push; /* the push source; SIZE_MAX = none */
    uint64_t
        hidden[DESK_HIDES]; /* identities of what was hidden by hand, the last ones; */
    uint64_t hides;         /* so many there were */
    size_t *order;          /* owned: sources by rank */
    uint64_t keys;          /* given to sources so far */
    struct items items;
    struct stories stories;
    struct memory memory;
    /* Rules for all. */
    int64_t duplicates_s, lap_ms, flash_s, flash_most_s;
    size_t keep_newest;
    /* Time. */
    int64_t now;     /* as last told; HEADLINE_NO_TIME = not yet */
    int64_t good_at; /* when any source last answered */
    int64_t due;     /* the earliest of the sources' */
    /* As judged last. */
    uint32_t pass;
    bool dirty, lifted; /* lifted: all is old, so age hides nothing */
    size_t on_air, flashes;
    uint64_t flash_edition;
    /* Walks. */
    uint32_t lanes;             /* in use, a bit each */
    uint32_t laps[DESK_LANES];  /* never the same twice */
    uint64_t turns[DESK_LANES]; /* that of the last turn */
};

/* --- desk.c --- */

/* A source without headlines or rules, the RANK'th best. */
void source_init(struct desk *desk, struct source *source, size_t rank);

/* As desk_set_rules, but stories stay told where their window does: it costs a frame little. */
void desk_adopt_rules(struct desk *desk, const struct config *config);

/* --- entries.c --- */

/* The entry of ITEM, which is in SOURCE. */
struct entry *entries_find(const struct source *source, const struct item *item);

/* Makes room for one more; false if memory is short. At ENTRIES_MAX there is none to be made. */
enum { ENTRIES_MAX = 2 * HEADLINE_ITEMS };
bool entries_make_room(struct source *source);

/* Puts ENTRY where its time belongs, behind its equals; the room is there. */
void entries_place(struct source *source, struct entry entry);

/* Takes the headline of entry I off the desk and closes the gap. */
void entries_drop(struct desk *desk, struct source *source, size_t i);

/* Drops the oldest that did not come in this fetch; there is one in a full source. */
void entries_drop_oldest(struct desk *desk, struct source *source);

/* Drops all that did not come in fetch NUMBER. */
void entries_withdraw(struct desk *desk, struct source *source, uint32_t number);

/* Sorts anew, equals as they were; where memory is short it stays as it was. */
void entries_sort(struct source *source);

/* --- hand.c --- */

/* Before HEADLINE is put in the push source: those that air no longer leave, and so does a flash
 * with its identity. */
void hand_prepare(struct desk *desk, const struct headline *headline);

/* Whether one with IDENTITY was hidden by hand. */
bool hand_has_hidden(const struct desk *desk, uint64_t identity);

/* The board's clock, which was not set, was BEFORE and is now NOW: what was pushed ends as long
 * after now as it would have. */
void hand_set_clock(struct desk *desk, int64_t before, int64_t now);

/* --- judge.c --- */

/* Takes ITEM out of its story, and sees to it that another may air for it. */
void judge_part(struct desk *desk, struct item *item);

/* Sets when ITEM leaves by itself. */
void judge_limit(const struct desk *desk, struct item *item);

/* Sees anew whether ENTRY is plain: after its item has changed. */
void judge_look(struct entry *entry);

/* Marks SOURCE, or all, to be judged anew. */
void judge_mark(struct desk *desk, struct source *source);
void judge_mark_all(struct desk *desk);

/* Judges what is marked. Costs one comparison where nothing is. */
void judge_settle(struct desk *desk);

/* Takes NOW as the time: finds out what it changes, also when the clock has been set. */
void judge_time(struct desk *desk, int64_t now);

#endif
