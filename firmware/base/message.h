/* What the worker says to the main thread, one slot of the ring each. A fetch that worked
 * is MESSAGE_HEADLINE any number of times, then one MESSAGE_FETCHED; the desk withdraws what
 * the source no longer holds when it sees the latter. */
#ifndef MOTOGRAPH_BASE_MESSAGE_H
#define MOTOGRAPH_BASE_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/headline.h"
#include "base/picture.h"

enum message_kind {
    MESSAGE_HEADLINE, /* headline is set, with its identity and source */
    MESSAGE_FETCHED, /* the source's content is complete: `count` headlines came before */
    MESSAGE_CACHED,  /* so too, but read from the disk: `at` is when it was fetched */
    MESSAGE_UNCHANGED, /* the source answered that nothing is new (304) */
    MESSAGE_FAILED,    /* the fetch failed; what the desk holds of the source stays */
    MESSAGE_PICTURE,   /* the answer to a picture_request, not for the desk */
    MESSAGE_CONFIG, /* another configuration: from here on its numbers of sources count */
    MESSAGE_INQUIRY, /* a question, base/inquiry.h; not for the desk either */
    /* By hand (host/order.h). */
    MESSAGE_CLEAR, /* the flash whose HEADLINE_ID this is leaves */
    MESSAGE_HIDE,  /* so does any headline with that id, and does not come back */
    MESSAGE_SPEED, /* the lane called HEADLINE_SOURCE, or all without, runs at `count` % */
    MESSAGE_PAUSE  /* all lanes stand still (`count` = 1) or go on (0) */
};

enum { MESSAGE_MARKS = 64 };

/* What the desk goes by, worked out where the headline is made, on the worker. All zero is a
 * headline that is like no other and that no rule hides. */
struct message_keys {
    uint64_t link, id; /* hashes of what is the same wherever the story is; 0 = none */
    uint16_t rule;     /* the filter rule that hides it, from 1; 0 = none */
    bool flash;        /* its source makes it breaking news, */
    bool keyword;      /* or a keyword of [flash] that it holds */
    uint8_t count;
    uint32_t marks
        [MESSAGE_MARKS]; /* `count` of them: the words of the headline, desk/marks.h */
};

struct config_change; /* base/config_change.h */
struct inquiry;       /* base/inquiry.h */

struct message {
    enum message_kind kind;
    uint16_t source; /* index in the configuration */
    uint16_t count;
    bool cached; /* MESSAGE_HEADLINE: from the disk, not from the source itself */
    bool pushed; /* sent by hand: `source` is the number of those configured */
    /* MESSAGE_PICTURE only: whose answer it is; the picture, handed over with the message, or
     * NULL; and where there is none, whether asking again later may help. */
    uint32_t ticket;
    bool again;
    struct picture *picture;
    struct config_change *change; /* MESSAGE_CONFIG only: handed over with the message */
    /* To be given back: MESSAGE_INQUIRY; CLEAR and HIDE, where somebody wants to know (else NULL). */
    struct inquiry *inquiry;
    int64_t at;               /* wall time of the event, UTC seconds */
    struct message_keys keys; /* MESSAGE_HEADLINE only */
    struct headline
        headline; /* of message_has_headline(); last: a short copy is enough */
};

/* Sets all up to the headline: KIND, SOURCE, AT, the rest to nothing. The headline, 16 KiB, is
 * not touched. */
static inline void message_init(struct message *message, enum message_kind kind,
                                uint16_t source, int64_t at)
{
    memset(message, 0, offsetof(struct message, headline));
    message->kind = kind;
    message->source = source;
    message->at = at;
}

/* Whether its headline is set. */
static inline bool message_has_headline(const struct message *message)
{
    enum message_kind kind = message->kind;
    return kind == MESSAGE_HEADLINE || kind == MESSAGE_CLEAR || kind == MESSAGE_HIDE ||
           kind == MESSAGE_SPEED;
}

/* Sets the keys of a MESSAGE_HEADLINE. Called on the worker; USER is shared and not changed. */
typedef void message_stamp_fn(const void *user, struct message *message);

struct message_stamp {
    message_stamp_fn *call; /* NULL: the keys stay zero */
    const void *user;
};

#endif
