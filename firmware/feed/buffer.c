/* Room doubles, so that appending n bytes costs O(n) in all. */
#include "feed/buffer.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { FIRST_ROOM = 1024 };

bool buffer_reserve(struct buffer *buffer, size_t more)
{
    if (buffer->failed || more > SIZE_MAX / 4) {
        buffer->failed = true;
        return false;
    }
    if (buffer->room - buffer->length >= more) {
        return true;
    }
    size_t room = buffer->room ? buffer->room * 2 : FIRST_ROOM;
    while (room - buffer->length < more) {
        room *= 2;
    }
    char *bytes = realloc(buffer->bytes, room);
    if (!bytes) {
        buffer->failed = true;
        return false;
    }
    buffer->bytes = bytes;
    buffer->room = room;
    return true;
}

void buffer_append(struct buffer *buffer, const char *bytes, size_t length)
{
    if (length && buffer_reserve(buffer, length)) {
        memcpy(buffer->bytes + buffer->length, bytes, length);
        buffer->length += length;
    }
}

void buffer_byte(struct buffer *buffer, char byte)
{
    if (buffer_reserve(buffer, 1)) {
        buffer->bytes[buffer->length++] = byte;
    }
}

void buffer_code(struct buffer *buffer, uint32_t code)
{
    if (buffer_reserve(buffer, 4)) {
        buffer->length += utf8_encode(code, buffer->bytes + buffer->length);
    }
}

void buffer_text(struct buffer *buffer, const char *text)
{
    buffer_append(buffer, text, strlen(text));
}

void buffer_fini(struct buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (struct buffer){0};
}
