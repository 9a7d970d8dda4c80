/* The hours of the display ([power]): off, the run goes on without a scene, as it does without a screen:
 * messages are taken, the desk lives, questions are answered, but nothing airs. Breaking news wakes the
 * display for as long as it lives. While the time of day is unknown it is on. Main thread. */
#ifndef MOTOGRAPH_COMMAND_HOURS_H
#define MOTOGRAPH_COMMAND_HOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hours.h"
#include "host/power.h"

struct run;

struct vigil {
    struct hours table;
    struct hours_state state; /* at looked_at; until = 0: to be looked up */
    int64_t looked_at, looked_ms;
    int64_t next_us; /* while on: when to look again */
    bool off;
    struct power power;
};

enum { HOURS_TEXT_BYTES = 48 };

/* The timetable is that of run->config from now on. */
void hours_configure(struct run *run);

/* To be called before each frame. True: the display is off, a turn without a frame is done, and that
 * took a tenth of a second. One comparison otherwise, but once a second. */
bool hours_rest(struct run *run);

/* "on" or "off until 06:30", in local time. Returns OUT. */
char *hours_tell(const struct run *run, char out[HOURS_TEXT_BYTES]);

/* Makes what is drawn next black, where there is no scene; not brought out. */
void hours_blacken(struct run *run);

/* The end of the run. */
void hours_leave(struct run *run);

#endif
