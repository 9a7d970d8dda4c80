/* Dates as feeds write them: RFC 822 and RFC 3339, their misspellings, and the notations of
 * programs that never read either. Pure. */
#ifndef MOTOGRAPH_FEED_DATE_H
#define MOTOGRAPH_FEED_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads LENGTH bytes of TEXT into *AT, UTC seconds; without a zone they are UTC. False if it
 * is no date, or none between the years 1 and 9999: an unreadable date is an absent one. */
bool date_parse(const char *text, size_t length, int64_t *at);

#endif
