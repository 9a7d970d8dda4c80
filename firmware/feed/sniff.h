/* What a document is, told from its bytes; labels are only believed against plain text. Pure. */
#ifndef MOTOGRAPH_FEED_SNIFF_H
#define MOTOGRAPH_FEED_SNIFF_H

#include <stdbool.h>
#include <stddef.h>

enum sniff { SNIFF_NOTHING, SNIFF_XML, SNIFF_JSON, SNIFF_HTML, SNIFF_TEXT };

/* The name of the binary format that BYTES begin like ("a PDF document"), or NULL. */
const char *sniff_binary(const char *bytes, size_t length);

/* The kind of TEXT (UTF-8), CONTENT_TYPE as in struct feed_input. SNIFF_NOTHING sets *REASON
 * to a sentence for a person. */
enum sniff sniff_text(const char *text, size_t length, const char *content_type,
                      const char **reason);

/* Where the root element of a feed begins, whatever stands before it; LENGTH if nowhere near
 * the start. */
size_t sniff_root(const char *text, size_t length);

#endif
