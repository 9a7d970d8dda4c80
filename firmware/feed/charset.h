/* Bytes of any encoding made into valid UTF-8. Order of belief: byte order mark, the pattern
 * of UTF-16 and UTF-32, valid UTF-8 whatever the label says, the HTTP charset, the XML
 * declaration, a page's <meta> (RFC 7303 and HTML's prescan, with what is really sent added). */
#ifndef MOTOGRAPH_FEED_CHARSET_H
#define MOTOGRAPH_FEED_CHARSET_H

#include <stddef.h>

#include "feed/buffer.h"

enum { CHARSET_NAME_BYTES = 40 };

/* UTF-8 text without byte order mark. */
struct charset_text {
    const char *text; /* in the input, or in `converted` */
    size_t length;
    char encoding[CHARSET_NAME_BYTES]; /* what it was read as */
    struct buffer converted;           /* owned; freed by the caller */
};

/* Reads LENGTH BYTES, with the HTTP header's CONTENT_TYPE or NULL. What no encoding explains
 * becomes U+FFFD. False if memory is short. iconv may load its tables from the C library's
 * folder the first time an encoding is met. */
bool charset_read(const char *bytes, size_t length, const char *content_type,
                  struct charset_text *out);

#endif
