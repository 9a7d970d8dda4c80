/* A moment as it is being read, and the calendar that it must fit into. Pure. */
#ifndef MOTOGRAPH_FEED_DATE_MOMENT_H
#define MOTOGRAPH_FEED_DATE_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "feed/date_token.h"

enum { MOMENT_NO_ZONE = INT32_MIN };

/* What is not said is 0, but for the zone. */
struct moment {
    int year, month, day, hour, minute, second;
    int zone_s;    /* east of Greenwich; MOMENT_NO_ZONE = not said */
    int country_s; /* the same, of the language of a word; weaker */
    int half_day;  /* 1 = a.m., 2 = p.m. */
};

/* Sets *AT, UTC seconds; false if no calendar has the moment, or none of the years 1 to 9999. */
bool moment_finish(struct moment *m, int64_t *at);

/* Sets month and day from the DAYS-th day of the year (1 to 366), or from the DAY-th (1 to 7,
 * from Monday) of the WEEK-th week of ISO 8601 (the year may change as well). */
bool moment_day_of_year(struct moment *m, int days);
bool moment_week(struct moment *m, int week, int day);

/* The year that a number means: two digits are 1969 to 2068, as POSIX and RFC 2822 nearly
 * agree; three count from 1900. */
int moment_full_year(const struct token *token);

/* Each reads what its name says at *TOKEN (END is behind the last one) and moves it behind
 * that; false if nothing such is there. A clock is h:mm[:ss[.f]]; a loose one h.mm, 15h04,
 * "3 pm" or the same in East Asian words, and stands behind a whole date only. A zone is a
 * name, an offset, both ("GMT+0100"), with a half of the day before it. */
bool moment_read_clock(const struct token **token, const struct token *end,
                       struct moment *m);
bool moment_read_loose_clock(const struct token **token, const struct token *end,
                             struct moment *m);
bool moment_read_offset(const struct token **token, const struct token *end,
                        struct moment *m);
bool moment_read_zone(const struct token **token, const struct token *end,
                      struct moment *m);

/* A half of the day, "pm" or "p.m."; *TOKEN moves behind it. */
bool moment_read_half_day(const struct token **token, const struct token *end,
                          struct moment *m);

#endif
