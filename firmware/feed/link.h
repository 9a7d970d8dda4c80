/* References made absolute (RFC 3986, section 5). Pure. */
#ifndef MOTOGRAPH_FEED_LINK_H
#define MOTOGRAPH_FEED_LINK_H

#include <stdbool.h>
#include <stddef.h>

#include "feed/buffer.h"

/* Appends LENGTH bytes of TEXT, trimmed, resolved against BASE (a URL; NULL or "" where unknown),
 * to OUT. Spaces inside become %20, other white space and controls go, and characters beyond
 * ASCII that nobody could see are escaped. Returns the bytes appended; 0 if what comes out has
 * no scheme. BASE may lie in OUT if that has link_room() bytes of room. */
size_t link_resolve(const char *text, size_t length, const char *base, size_t base_length,
                    struct buffer *out);

/* Room in bytes that link_resolve asks OUT for: three for one where all is escaped, and all of
 * it twice, clean and then resolved. */
static inline size_t link_room(size_t length, size_t base_length)
{
    return 6 * (length + base_length) + 16;
}

/* Whether URL is http or https with a host and at most HEADLINE_LINK_BYTES long: fit to be
 * shown as a link. */
bool link_is_web(const char *url, size_t length);

#endif
