/* JSON Feed 1 and 1.1 (jsonfeed.org). */
#ifndef MOTOGRAPH_FEED_JSONFEED_H
#define MOTOGRAPH_FEED_JSONFEED_H

#include <stdbool.h>
#include <stddef.h>

#include "feed/outlet.h"

/* Reads LENGTH bytes of UTF-8; of a document that is cut, the items that are whole. Sets the
 * outlet's info; false if it is no JSON Feed, with the reason. */
bool jsonfeed_parse(const char *text, size_t length, struct outlet *outlet);

#endif
