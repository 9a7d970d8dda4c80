/* One buffer that only grows while it is filled and starts over when it has run empty:
 *
 *     [length|message][length|message][length|message].......
 *      ^ bytes         ^ sent                          ^ used      ^ room
 *
 * A fetch is parsed only while the outbox is empty, so what it holds is one fetch's
 * worth. */
#include "wire/outbox.h"

#include <stdlib.h>
#include <string.h>

enum { ALIGN = 8 };

bool outbox_init(struct outbox *outbox)
{
    *outbox = (struct outbox){.room = OUTBOX_ROOM_BYTES};
    outbox->bytes = malloc(OUTBOX_ROOM_BYTES);
    return outbox->bytes != NULL;
}

void outbox_fini(struct outbox *outbox)
{
    if (outbox) {
        free(outbox->bytes);
        *outbox = (struct outbox){0};
    }
}

size_t outbox_message_bytes(const struct message *message)
{
    size_t bytes = offsetof(struct message, headline);
    return message_has_headline(message) ? bytes + headline_bytes(&message->headline)
                                         : bytes;
}

static bool make_room(struct outbox *outbox, size_t more)
{
    size_t room = outbox->room;
    if (outbox->used + more > OUTBOX_MOST_BYTES) {
        return false;
    }
    while (room - outbox->used < more) {
        room *= 2;
    }
    if (room == outbox->room) {
        return true;
    }
    unsigned char *bytes = realloc(outbox->bytes, room);
    if (!bytes) {
        return false;
    }
    outbox->bytes = bytes;
    outbox->room = room;
    return true;
}

bool outbox_add(struct outbox *outbox, const struct message *message)
{
    size_t bytes = outbox_message_bytes(message);
    size_t record = sizeof bytes + (bytes + ALIGN - 1) / ALIGN * ALIGN;
    if (!make_room(outbox, record)) {
        return false;
    }
    unsigned char *at = outbox->bytes + outbox->used;
    memcpy(at, &bytes, sizeof bytes);
    memcpy(at + sizeof bytes, message, bytes);
    outbox->used += record;
    return true;
}

size_t outbox_mark(const struct outbox *outbox)
{
    return outbox->used;
}

void outbox_rewind(struct outbox *outbox, size_t mark)
{
    outbox->used = mark;
}

void outbox_name(struct outbox *outbox, const char *name)
{
    size_t length = strnlen(name, sizeof outbox->name - 1);
    memcpy(outbox->name, name, length);
    outbox->name[length] = '\0';
}

static void start_over(struct outbox *outbox)
{
    outbox->used = 0;
    outbox->sent = 0;
    if (outbox->room > OUTBOX_ROOM_BYTES) {
        unsigned char *bytes = realloc(outbox->bytes, OUTBOX_ROOM_BYTES);
        if (bytes) {
            outbox->bytes = bytes;
            outbox->room = OUTBOX_ROOM_BYTES;
        }
    }
}

bool outbox_flush(struct outbox *outbox, struct ring *ring)
{
    while (outbox->sent < outbox->used) {
        struct message *slot = ring_reserve(ring);
        if (!slot) {
            return false;
        }
        const unsigned char *at = outbox->bytes + outbox->sent;
        size_t bytes;
        memcpy(&bytes, at, sizeof bytes);
        memcpy(slot, at + sizeof bytes, bytes);
        /* Only here is the room of a whole slot, so only here a text can be added. */
        if (slot->kind == MESSAGE_HEADLINE && !slot->pushed &&
            !slot->headline.at[HEADLINE_SOURCE]) {
            headline_set(&slot->headline, HEADLINE_SOURCE, outbox->name,
                         strlen(outbox->name));
        }
        ring_commit(ring);
        outbox->sent += sizeof bytes + (bytes + ALIGN - 1) / ALIGN * ALIGN;
    }
    start_over(outbox);
    return true;
}

const struct message *outbox_next(const struct outbox *outbox, size_t *at)
{
    size_t bytes;
    if (*at >= outbox->used) {
        return NULL;
    }
    const unsigned char *record = outbox->bytes + *at;
    memcpy(&bytes, record, sizeof bytes);
    *at += sizeof bytes + (bytes + ALIGN - 1) / ALIGN * ALIGN;
    return (const struct message *)(const void *)(record + sizeof bytes);
}

bool outbox_empty(const struct outbox *outbox)
{
    return outbox->sent == outbox->used;
}
