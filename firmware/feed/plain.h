/* Plain text: a few lines are headlines, more is one article. */
#ifndef MOTOGRAPH_FEED_PLAIN_H
#define MOTOGRAPH_FEED_PLAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "feed/outlet.h"

/* Reads LENGTH bytes of UTF-8: at most 5 lines and none over 200 characters are a headline
 * each; anything else is an article, of which one headline is made. Always true. */
bool plain_parse(const char *text, size_t length, struct outlet *outlet);

#endif
