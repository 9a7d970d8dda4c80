/* The words of dates: months in several languages, zones, halves of the day. Pure. */
#ifndef MOTOGRAPH_FEED_DATE_NAMES_H
#define MOTOGRAPH_FEED_DATE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

enum date_word {
    DATE_UNKNOWN,   /* a weekday, "at", an ordinal's ending: says nothing */
    DATE_MONTH,     /* value: 1 to 12 */
    DATE_ZONE,      /* value: minutes east of Greenwich */
    DATE_HALF_DAY,  /* value: 1 = before noon, 2 = after it */
    DATE_ERA,       /* value: the year before its first one */
    DATE_DAY_FIRST, /* says that the day comes before the month; value unused */
    DATE_PART       /* stands between the numbers of a date; value unused */
};

/* What the LENGTH bytes of NAME (UTF-8, any case) are; *VALUE is set unless unknown. */
enum date_word date_word_find(const char *name, size_t length, int *value);

/* Whether NAME is a word of a language that is written in one zone: *ZONE_S, seconds east of
 * Greenwich, then counts where no zone is said. */
bool date_word_country(const char *name, size_t length, int *zone_s);

#endif
