/* The timetable of [power] on: when a display is to be on, by the days of the week in local time. Pure;
 * any thread. */
#ifndef MOTOGRAPH_BASE_HOURS_H
#define MOTOGRAPH_BASE_HOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HOURS_SPANS = 64 };

/* From a time of one day to a time of the same, or of the next. */
struct hours_span {
    uint8_t days; /* on which it begins: bit 0 is Monday */
    uint16_t from,
        until; /* minutes of the day; until is 1440 at most, and not past midnight
                             if it is more than from */
};

struct hours {
    struct hours_span spans[HOURS_SPANS];
    size_t count; /* 0 = always on */
};

/* Reads "Mon-Fri 06:30-22:00", "Sat,Sun 9:00-02:00", "daily 08:00-24:00" or, for every day,
 * "08:00-20:00"; names of days in English, in full or their first three letters. False if TEXT is
 * anything else. */
bool hours_parse(const char *text, size_t length, struct hours_span *span);

/* How far local time is ahead of UTC at AT (UTC seconds), s. */
typedef int hours_offset_fn(int64_t at);

struct hours_state {
    bool on;
    int64_t until; /* UTC seconds; HOURS_NEVER = it stays so */
};

#define HOURS_NEVER INT64_MAX

/* How it is at AT. A time that a change of the clocks leaves out comes as much later as they were put
 * forward; one that comes twice counts the first time. So nothing is switched twice. */
struct hours_state hours_look(const struct hours *hours, int64_t at,
                              hours_offset_fn *offset);

#endif
