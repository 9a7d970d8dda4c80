/* What the worker has to say while the ring is full: messages in their order, each stored
 * no longer than it is. Worker thread only. */
#ifndef MOTOGRAPH_WIRE_OUTBOX_H
#define MOTOGRAPH_WIRE_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/message.h"
#include "base/ring.h"

enum {
    OUTBOX_ROOM_BYTES = 64 << 10, /* kept while it is empty */
    OUTBOX_MOST_BYTES = 16 << 20, /* never more: a fetch at every cap is 8 MB */
    OUTBOX_NAME_BYTES = 512
};

struct outbox {
    unsigned char *bytes; /* owned: records, each its length and then the message */
    size_t room, used;    /* of bytes */
    size_t sent;          /* the first `sent` bytes are in the ring already */
    char name[OUTBOX_NAME_BYTES];
};

/* An empty one. False if memory is short. */
bool outbox_init(struct outbox *outbox);

/* Frees it with what was not sent. NULL and a zeroed one are fine. */
void outbox_fini(struct outbox *outbox);

/* How much of MESSAGE matters: of a headline what headline_bytes() says, else all up to
 * it. */
size_t outbox_message_bytes(const struct message *message);

/* Appends a copy. False if memory is short or OUTBOX_MOST_BYTES would be passed. */
bool outbox_add(struct outbox *outbox, const struct message *message);

/* Where the next message will stand; and away with all that was added since MARK. Nothing
 * may have been sent in between. */
size_t outbox_mark(const struct outbox *outbox);
void outbox_rewind(struct outbox *outbox, size_t mark);

/* The name that headlines without a source of their own get as they leave; kept until the
 * next call. A feed's title may come after its items, so it cannot be set earlier. */
void outbox_name(struct outbox *outbox, const char *name);

/* Moves messages into RING, as many as it has room for. Returns whether all have left. */
bool outbox_flush(struct outbox *outbox, struct ring *ring);

/* Walks over what stands in it from offset *AT (outbox_mark()) on: the next message, of which only
 * outbox_message_bytes() are there, and *AT behind it. NULL at the end. Valid until the next
 * outbox_add or outbox_flush. */
const struct message *outbox_next(const struct outbox *outbox, size_t *at);

bool outbox_empty(const struct outbox *outbox);

#endif
