/* Questions of the worker to the main thread: what is on the screen, what comes next, a strip of
 * the picture. The worker owns the question with its buffer and hands its address over in a
 * MESSAGE_INQUIRY; the main thread fills it, never more than a slice that a frame has room for, and
 * hands it back through a ring of addresses (slots of struct inquiry *). Whoever wants the rest asks
 * again with the same one. While one side has it the other does not look at it. Plain data. */
#ifndef MOTOGRAPH_BASE_INQUIRY_H
#define MOTOGRAPH_BASE_INQUIRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"
#include "base/headline.h"
#include "base/metrics.h"

enum inquiry_kind {
    INQUIRY_STATUS,
    INQUIRY_RUNDOWN,
    INQUIRY_PICTURE,
    INQUIRY_ORDER, /* rides on a MESSAGE_CLEAR or MESSAGE_HIDE: what came of it */
    INQUIRY_KINDS
};

enum {
    INQUIRY_NAME_BYTES = 64,
    INQUIRY_NOTE_BYTES = 512, /* at most, of an item's note */
    /* The longest item; a buffer is never shorter. */
    INQUIRY_ITEM_BYTES = sizeof(struct headline) + INQUIRY_NOTE_BYTES + 192
};

struct inquiry_lane {
    char name[INQUIRY_NAME_BYTES];
    enum config_motion motion;
    int area[4]; /* x y w h, px of the upright screen */
    int speed_percent;
};

/* INQUIRY_STATUS: all of it in one answer; the live flashes are items. */
struct inquiry_status {
    struct metrics metrics;
    char driver[INQUIRY_NAME_BYTES],
        renderer[INQUIRY_NAME_BYTES]; /* "" = no screen yet */
    int w, h;
    double refresh_hz, seconds;
    uint64_t headlines; /* that may air */
    bool paused;
    bool off;      /* the display, by its hours, */
    int64_t until; /* until then, UTC seconds; INT64_MAX = nobody knows */
    char display[INQUIRY_NAME_BYTES];   /* so in words */
    unsigned ok, failed, trying, stale; /* sources */
    struct inquiry_lane lanes[CONFIG_LANES];
    size_t lane_count;
};

/* INQUIRY_PICTURE: rows of the screen at half its size, 3 bytes a px (red, green, blue) from the
 * left, in `bytes`. Asked with `row`, the first one wanted. A crawl is never cut between two
 * answers. Where the buffer is too short `rows` is 0 and `wanted` says how long it must be. */
struct inquiry_strip {
    int row;
    int w, h; /* of the whole picture, px; 0 = there is no screen yet */
    int rows; /* that were copied, of width w */
    size_t wanted;
};

struct inquiry_order {
    size_t count; /* of headlines that were taken away */
};

enum inquiry_item_kind { INQUIRY_AIRS, INQUIRY_HIDDEN, INQUIRY_FLASH };

/* INQUIRY_RUNDOWN: items, one behind another in `bytes`. */
struct inquiry_item {
    uint32_t bytes; /* of all of it: this, headline, note with its '\0', filled up to 8 */
    enum inquiry_item_kind kind;
    uint16_t rule;                 /* INQUIRY_HIDDEN: the filter rule, 0 = none */
    char lane[INQUIRY_NAME_BYTES]; /* INQUIRY_AIRS; INQUIRY_FLASH: its style */
    int64_t at;                    /* INQUIRY_AIRS: UTC seconds, about */
    const char *reason;            /* INQUIRY_HIDDEN: a text that stays */
    uint32_t note; /* offset of the note: INQUIRY_HIDDEN: what it is a duplicate of */
    /* The headline follows, only its headline_bytes(). */
};

struct inquiry {
    enum inquiry_kind kind;
    bool begins; /* from the start, not on from the last answer */
    bool more;   /* in the answer: there is a rest */
    union {
        struct inquiry_status status;
        struct inquiry_strip strip;
        struct inquiry_order order;
    };
    unsigned char *bytes; /* the asker's, aligned as malloc does */
    size_t room, used;
};

/* Appends an item about HEADLINE to the answer: FACTS but for its sizes, and NOTE ("" = none), cut at
 * INQUIRY_NOTE_BYTES. False if it has no room. */
bool inquiry_put(struct inquiry *inquiry, const struct inquiry_item *facts,
                 const struct headline *headline, const char *note);

/* Walks over the items from offset *AT (0 at first) on: the next one, and *AT behind it; its
 * headline and note. NULL at the end. */
const struct inquiry_item *inquiry_next(const struct inquiry *inquiry, size_t *at);
const struct headline *inquiry_headline(const struct inquiry_item *item);
const char *inquiry_note(const struct inquiry_item *item);

#endif
