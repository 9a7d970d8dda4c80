/* Broken XML made well formed, as far as one pass can tell what was meant. Pure. */
#ifndef MOTOGRAPH_FEED_REPAIR_H
#define MOTOGRAPH_FEED_REPAIR_H

#include <stdbool.h>
#include <stddef.h>

#include "feed/buffer.h"

/* Appends to OUT the root element that begins at the '<' at TEXT (UTF-8), LENGTH bytes left:
 * without prolog, comments and instructions, with bare '&' and '<' escaped, references
 * resolved, controls gone, attributes quoted and named once, and each end tag matched. A
 * document that is cut stays cut. At most a few times as long as the text. */
void repair_xml(const char *text, size_t length, struct buffer *out);

#endif
