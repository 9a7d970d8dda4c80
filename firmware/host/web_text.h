/* Bytes that are ready to be sent, counted, so that several answers share them: a picture that
 * ten people look at is there once. Worker thread; the count is not atomic. */
#ifndef MOTOGRAPH_HOST_WEB_TEXT_H
#define MOTOGRAPH_HOST_WEB_TEXT_H

#include <stddef.h>

struct web_text {
    unsigned holders;
    size_t length;
    char *bytes; /* owned */
};

/* Takes over BYTES (malloc'ed; NULL is fine), held by the caller. NULL if BYTES is or if memory is
 * short; BYTES are freed then. */
struct web_text *web_text_new(char *bytes, size_t length);

/* {"error": WHY}, whatever WHY holds. NULL if memory is short. */
struct web_text *web_text_error(const char *why);

/* One holder more; returns TEXT. One less: freed with the last. NULL is fine in both. */
struct web_text *web_text_hold(struct web_text *text);
void web_text_drop(struct web_text *text);

#endif
