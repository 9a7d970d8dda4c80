/* The two clocks: monotonic for motion, waits and ages of ours; wall for what a person
 * reads. Only this file asks the system for the time; pure code is handed it. */
#ifndef MOTOGRAPH_BASE_CLOCK_H
#define MOTOGRAPH_BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

/* Microseconds, or milliseconds, since an arbitrary start; never steps, 64 bits, so it
 * does not wrap in the life of any board. Any thread. */
int64_t clock_us(void);
int64_t clock_ms(void);

/* Sleeps until clock_us() reaches DEADLINE_US; returns early only on a signal. */
void clock_sleep_until(int64_t deadline_us);

/* Wall time in UTC seconds, or the frozen one. Any thread. */
int64_t clock_wall(void);

/* Whether AT can be the time of day: a board without a clock of its own starts in 1970, or when it
 * was last switched off, and no age may be told by that. A frozen time always can. Any thread. */
bool clock_known(int64_t at);

/* From now on clock_wall() returns AT (--at, for pictures). Before other threads start. */
void clock_freeze(int64_t at);

enum { CLOCK_TEXT_BYTES = 32 };

/* Writes AT (UTC seconds) as RFC 3339, "2026-11-23T03:17:49Z", for years 0 to 9999; other
 * years give an empty text. Returns OUT. Pure (no libc calendar, no time zone). */
char *clock_format(int64_t at, char out[CLOCK_TEXT_BYTES]);

/* Reads RFC 3339 ("2026-11-23T03:17:49Z", a zone as +01:00, a fraction ignored) into UTC
 * seconds. Returns 0, or -1 if TEXT is anything else. Pure. */
int clock_parse(const char *text, int64_t *at);

/* UTC seconds of a civil date and time in the proleptic Gregorian calendar; the values
 * need not be normalised except MONTH (1 to 12). Pure. */
int64_t clock_from_civil(int64_t year, int month, int day, int hour, int minute,
                         int second);

/* The civil date and time of AT in the time zone of this process. Main thread. */
void clock_local(int64_t at, struct tm *local);

/* From now on that zone is the one called NAME ("Europe/Berlin"). False, and it stays as it
 * was, if the system has none of that name. Main thread, before others use the C library's
 * calendar; none of ours does. */
bool clock_set_zone(const char *name);

#endif
