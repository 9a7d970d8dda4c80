/* The desk: the set of live headlines, which of them may air, and in what order. It holds what the
 * sources hold, and hides what an editor would leave out: what is told better elsewhere, too old, too
 * much of one source, against a rule. Pure: no I/O, no clock (time is an argument), no thread of
 * its own; the main thread owns it. */
#ifndef MOTOGRAPH_DESK_DESK_H
#define MOTOGRAPH_DESK_DESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"
#include "base/config_change.h"
#include "base/headline.h"
#include "base/message.h"

enum { DESK_LANES = 32 }; /* cursors in use at once */

struct desk;

/* An empty desk for sources 0 to SOURCES - 1, without rules: it airs all it holds. NULL if memory
 * is short. */
struct desk *desk_new(size_t sources);
void desk_free(struct desk *desk);

/* Takes the rules of CONFIG ([desk], [flash] and, by their index, the sources: weight, keep,
 * max-age). What the desk holds is judged anew. Filters come with the headlines, desk/stamp.h. */
void desk_set_rules(struct desk *desk, const struct config *config);

/* Gives the sources the numbers that CHANGE says, with all the desk knows of them, takes what has
 * gone off it, and takes the new rules. Cursors stay valid, headlines that were returned do not.
 * False, and all is as it was, if memory is short. */
bool desk_renumber(struct desk *desk, const struct config_change *change);

/* Takes all headlines of SOURCE off the desk. */
void desk_empty(struct desk *desk, size_t source);

/* How long a flash airs, from when it was first seen: EXPIRES_S where it names no end, and never
 * longer than MOST_S, whatever it names. desk_set_rules does this too. */
void desk_limit_flashes(struct desk *desk, int64_t expires_s, int64_t most_s);

/* From now on SOURCE is the push source: what is sent by hand (host/order.h). Each headline of it
 * stays until its end or until it is taken away; one with the same id takes its place. No rule
 * hides it and no other source's telling of it. SIZE_MAX = none, as at first. */
void desk_set_push(struct desk *desk, size_t source);

/* Takes one message of the worker: puts or replaces a headline, or at MESSAGE_FETCHED withdraws
 * those that did not come since the fetch of this source before. A source on the web that
 * suddenly holds nothing, or not a quarter of what it held, withdraws nothing until a second
 * fetch agrees or an hour has passed. MESSAGE_UNCHANGED and MESSAGE_FAILED withdraw nothing. NOW
 * is wall time in UTC seconds, the first_seen of a new headline that names none; while it is not known
 * (base/clock.h) nothing is too old. One that is
 * dated anew keeps its date, also when it has left and comes back; an update airs no second time
 * in a lap. Of one fetch HEADLINE_ITEMS count, the rest is passed over; while a fetch comes in,
 * as many again of the one before stay. The message is not kept. False if memory was short: a
 * new headline is then not on the desk, an old one is as it was. */
bool desk_take(struct desk *desk, const struct message *message, int64_t now);

/* Hides what has expired or become too old at NOW. Costs one comparison where nothing has. NOW may
 * jump, forwards and back. */
void desk_expire(struct desk *desk, int64_t now);

/* Headlines that may air. */
size_t desk_count(struct desk *desk);

/* What became of a headline. */
enum desk_state {
    DESK_AIRS,
    DESK_DUPLICATE, /* another source, or a newer headline of this one, tells it */
    DESK_OLD,       /* older than max-age, and not among its source's newest few */
    DESK_FILTER,    /* an include or exclude rule */
    DESK_CAP,       /* its source has enough others */
    DESK_EXPIRED,   /* its own time is up */
    DESK_HIDDEN     /* by hand */
};

struct desk_report {
    const struct headline *headline;
    enum desk_state state;
    const struct headline *of; /* DESK_DUPLICATE: the one that airs */
    uint16_t rule;             /* DESK_FILTER: its number, desk/filter.h */
    size_t others;             /* how often the story is told besides */
};

/* Tells of every headline the desk holds, by source, the newest first. What it points to is
 * valid until the next desk_take or desk_expire. */
typedef void desk_report_fn(void *user, const struct desk_report *report);
void desk_report(struct desk *desk, desk_report_fn *report, void *user);

/* The same a slice at a time, for those who have only a part of a frame for it: from *PLACE on (zeroed
 * is the start), MOST headlines at most. TELL says false to stop before the one it was told of.
 * Returns whether there are more. What comes or leaves in between may be told twice or not at all. */
struct desk_place {
    size_t source, entry;
};
typedef bool desk_tell_fn(void *user, const struct desk_report *report);
bool desk_report_from(struct desk *desk, struct desk_place *place, size_t most,
                      desk_tell_fn *tell, void *user);

/* Why a headline of STATE does not air, as `rundown` says it: "duplicate", "old", ... */
const char *desk_reason(enum desk_state state);

/* Hides the headlines with the id ID, a flash too, for good: also when their source withdraws them
 * and has them again (of the last DESK_HIDES so hidden). One without an id is known by its identity
 * in 16 hex digits. What was pushed is taken away, and may be pushed again. Returns how many. */
enum { DESK_HIDES = 256 };
size_t desk_hide(struct desk *desk, const char *id);

/* The same by identity, of headlines that are yet to come: what was hidden before a restart. */
void desk_hide_identity(struct desk *desk, uint64_t identity);

/* How many were so hidden, and the identity of number I of them, one of the last DESK_HIDES. */
uint64_t desk_hides(const struct desk *desk);
uint64_t desk_hidden(const struct desk *desk, uint64_t i);

/* The same of flashes alone. */
size_t desk_clear(struct desk *desk, const char *id);

/* Counts on whenever a flash comes, changes or leaves. */
uint64_t desk_flash_edition(struct desk *desk);

/* The live flashes, by source and there the newest first: at most ROOM of them go to OUT. Returns
 * how many did. They are valid until the next desk_take or desk_expire. */
size_t desk_flashes(struct desk *desk, const struct headline **out, size_t room);

/* When SOURCE last answered with news, or that there is none; HEADLINE_NO_TIME = never yet. */
int64_t desk_good_at(const struct desk *desk, size_t source);

enum desk_lean { DESK_LEANS_NEITHER, DESK_LEANS_LTR, DESK_LEANS_RTL };

/* Which way the rundown is read, by the majority of its sources; a source counts for the way
 * the majority of its headlines that may air is read. TIMES is how many times the minority a
 * majority must be: 1 = any, 2 = a clear one. Neither where there is none, as on an empty desk. */
enum desk_lean desk_lean(struct desk *desk, size_t times);

/* The same of those sources that have a bit in ONLY, as many words as there are sources by 64;
 * NULL = all. */
enum desk_lean desk_lean_among(struct desk *desk, const uint64_t *only, size_t times);

/* A walk through the rundown, one per lane. Zeroed is a fresh one; it belongs to the desk of
 * its first use. Cursors do not disturb one another. */
struct desk_cursor {
    uint64_t lap;     /* how often all that a lap has room for was shown */
    int64_t spent_ms; /* of this lap */
    unsigned lane;    /* of the desk's marks, from 1; 0 = not yet used */
};

/* The next headline to air: a flash that has not aired in this lap, else sources take turns as
 * their weights say (one of weight 2 twice as often, evenly spread), each with its newest one that
 * has not aired in this lap. A lap ends when all have aired; or when its time ([desk] lap) is up
 * and every source has had a turn, and begins again with the newest. What came in meanwhile joins
 * the lap. The pointer is valid until the next desk_take or desk_expire. NULL if there is none, or
 * for a fresh cursor while DESK_LANES others are in use. Does not allocate. */
const struct headline *desk_next(struct desk *desk, struct desk_cursor *cursor);

/* Begins a walk where FROM stands now, to look ahead: TO, a fresh cursor, gives what FROM would give,
 * and leaves FROM as it is. Costs a look at every headline. Where DESK_LANES are in use TO stays
 * fresh. */
void desk_fork(struct desk *desk, const struct desk_cursor *from, struct desk_cursor *to);

/* Ends a walk and makes the cursor a fresh one; another may then take its place. */
void desk_leave(struct desk *desk, struct desk_cursor *cursor);

#endif
