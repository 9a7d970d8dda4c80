/* The family of ISO 8601: calendar dates, weeks, days of the year, with signs or without, and
 * what programs write that nearly are (ISO 8601, RFC 3339, XML Schema, EXIF). Pure. */
#ifndef MOTOGRAPH_FEED_DATE_ISO_H
#define MOTOGRAPH_FEED_DATE_ISO_H

#include <stdbool.h>

#include "feed/date_moment.h"

/* Reads TOKEN to END into M; false if it is not one of the family, or has more behind it. */
bool date_iso_read(const struct token *token, const struct token *end, struct moment *m);

#endif
