/* Room doubles, so that appending n bytes costs O(n) in all. */
#include "feed/buffer.h"

#include <stdlib.h>

enum { FIRST_ROOM = 1024 };

bool buffer_grow(struct buffer *buffer, size_t more)
{
    if (buffer->failed || more > SIZE_MAX / 4) {
        buffer->failed = true;
        return false;
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

void buffer_fini(struct buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (struct buffer){0};
}
