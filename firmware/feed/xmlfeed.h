/* RSS, RDF and Atom: from XML to items, by the table of dialect.h. */
#ifndef MOTOGRAPH_FEED_XMLFEED_H
#define MOTOGRAPH_FEED_XMLFEED_H

#include <stdbool.h>
#include <stddef.h>

#include "feed/outlet.h"

/* Reads LENGTH bytes of UTF-8. Broken XML is read to the fault, then once more repaired.
 * Sets the outlet's info; false if it is no feed, with the reason. */
bool xmlfeed_parse(const char *text, size_t length, struct outlet *outlet);

#endif
