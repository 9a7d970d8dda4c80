/* Web pages: an article gives its one headline, a front page that is marked up as one its list,
 * and what is no content (a login, an error, a robot check, a captive portal) nothing at all. */
#ifndef MOTOGRAPH_FEED_PAGE_H
#define MOTOGRAPH_FEED_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "feed/outlet.h"

/* Reads LENGTH bytes of UTF-8, of which FENCE_PAGE_BYTES are looked at. Sets info->feed_url
 * whatever comes of the page. False, with the reason, if it is no content or memory is short;
 * true with no headline for a page that is neither an article nor a marked list. */
bool page_parse(const char *text, size_t length, struct outlet *outlet);

#endif
