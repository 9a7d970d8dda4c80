/* Bytes that grow: where the parsers put what they keep. One buffer serves a whole document
 * and is cleared, not freed, between items. Not shared between threads. */
#ifndef MOTOGRAPH_FEED_BUFFER_H
#define MOTOGRAPH_FEED_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* Start it zeroed. */
struct buffer {
    char *bytes; /* owned; not '\0'-terminated */
    size_t length;
    size_t room;
    bool failed; /* memory was short: something is missing from here on */
};

/* What buffer_reserve does where the room is too small. */
bool buffer_grow(struct buffer *buffer, size_t more);

/* Makes room for MORE bytes behind the length; false, and failed, if memory is short. */
static inline bool buffer_reserve(struct buffer *buffer, size_t more)
{
    return (buffer->bytes && !buffer->failed && buffer->room - buffer->length >= more) ||
           (buffer_grow(buffer, more) && buffer->bytes);
}

/* Appends LENGTH bytes, or one byte, or CODE as UTF-8. Nothing is added once it failed. All are
 * called for every few bytes of a document, so what mostly happens is inline. */
static inline void buffer_append(struct buffer *buffer, const char *bytes, size_t length)
{
    if (length && buffer_reserve(buffer, length)) {
        memcpy(buffer->bytes + buffer->length, bytes, length);
        buffer->length += length;
    }
}

static inline void buffer_byte(struct buffer *buffer, char byte)
{
    if (buffer_reserve(buffer, 1)) {
        buffer->bytes[buffer->length++] = byte;
    }
}

static inline void buffer_code(struct buffer *buffer, uint32_t code)
{
    if (buffer_reserve(buffer, 4)) {
        buffer->length += utf8_encode(code, buffer->bytes + buffer->length);
    }
}

/* Appends the bytes of TEXT up to its '\0'. */
static inline void buffer_text(struct buffer *buffer, const char *text)
{
    buffer_append(buffer, text, strlen(text));
}

/* Frees all and zeroes. */
void buffer_fini(struct buffer *buffer);

#endif
