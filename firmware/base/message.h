/* What the worker says to the main thread, one slot of the ring each. A fetch that worked
 * is MESSAGE_HEADLINE any number of times, then one MESSAGE_FETCHED; the desk withdraws what
 * the source no longer holds when it sees the latter. */
#ifndef MOTOGRAPH_BASE_MESSAGE_H
#define MOTOGRAPH_BASE_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/headline.h"
#include "base/picture.h"

enum message_kind {
    MESSAGE_HEADLINE, /* headline is set, with its identity and source */
    MESSAGE_FETCHED, /* the source's content is complete: `count` headlines came before */
    MESSAGE_CACHED,  /* so too, but read from the disk: `at` is when it was fetched */
    MESSAGE_UNCHANGED, /* the source answered that nothing is new (304) */
    MESSAGE_FAILED,    /* the fetch failed; what the desk holds of the source stays */
    MESSAGE_PICTURE    /* the answer to a picture_request, not for the desk */
};

struct message {
    enum message_kind kind;
    uint16_t source; /* index in the configuration */
    uint16_t count;
    bool cached; /* MESSAGE_HEADLINE: from the disk, not from the source itself */
    /* MESSAGE_PICTURE only: whose answer it is; the picture, handed over with the message, or
     * NULL; and where there is none, whether asking again later may help. */
    uint32_t ticket;
    bool again;
    struct picture *picture;
    int64_t at;               /* wall time of the event, UTC seconds */
    struct headline headline; /* MESSAGE_HEADLINE only; last, so a short copy is enough */
};

#endif
