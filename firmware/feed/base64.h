/* Base64 (RFC 4648), as Atom may carry a text in it. Pure. */
#ifndef MOTOGRAPH_FEED_BASE64_H
#define MOTOGRAPH_FEED_BASE64_H

#include <stdbool.h>
#include <stddef.h>

/* Decodes LENGTH bytes of TEXT in place, white space between them ignored; returns the bytes
 * it became, 0 if it is not Base64. */
size_t base64_decode(char *text, size_t length);

#endif
