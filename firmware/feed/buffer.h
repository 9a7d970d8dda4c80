/* Bytes that grow: where the parsers put what they keep. One buffer serves a whole document
 * and is cleared, not freed, between items. Not shared between threads. */
#ifndef MOTOGRAPH_FEED_BUFFER_H
#define MOTOGRAPH_FEED_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Start it zeroed. */
struct buffer {
    char *bytes; /* owned; not '\0'-terminated */
    size_t length;
    size_t room;
    bool failed; /* memory was short: something is missing from here on */
};

/* Makes room for MORE bytes behind the length; false, and failed, if memory is short. */
bool buffer_reserve(struct buffer *buffer, size_t more);

/* Appends LENGTH bytes, or one byte, or CODE as UTF-8. Nothing is added once it failed. */
void buffer_append(struct buffer *buffer, const char *bytes, size_t length);
void buffer_byte(struct buffer *buffer, char byte);
void buffer_code(struct buffer *buffer, uint32_t code);

/* Appends the bytes of TEXT up to its '\0'. */
void buffer_text(struct buffer *buffer, const char *text);

/* Frees all and zeroes. */
void buffer_fini(struct buffer *buffer);

#endif
