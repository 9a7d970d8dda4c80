/* A date written somewhere in running text. Pure. */
#ifndef MOTOGRAPH_FEED_PAGE_WHEN_H
#define MOTOGRAPH_FEED_PAGE_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The first whole date in LENGTH bytes of TEXT, with a year of four digits, and the clock if one
 * follows; *AT in UTC seconds. MONTH_FIRST: how "5/6/2024" is meant. */
bool page_when_find(const char *text, size_t length, bool month_first, int64_t *at);

/* The day, where there is such a one and a page can be of it. */
bool page_when_day(int year, int month, int day, int64_t *at);

#endif
