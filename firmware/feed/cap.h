/* CAP alerts (OASIS Common Alerting Protocol 1.1 and 1.2; 1.0 reads the same): the format of
 * weather services and civil protection. */
#ifndef MOTOGRAPH_FEED_CAP_H
#define MOTOGRAPH_FEED_CAP_H

#include <stdbool.h>
#include <stddef.h>

#include "feed/outlet.h"

/* Whether TEXT's root element is CAP's <alert>. */
bool cap_is(const char *text, size_t length);

/* Reads LENGTH bytes of UTF-8. One headline for each language that the alert is in, with its own
 * expiry; none if it is cancelled, a test, an exercise, a draft or a message between systems.
 * False, with the reason, if it is not well formed even after repair. */
bool cap_parse(const char *text, size_t length, struct outlet *outlet);

#endif
