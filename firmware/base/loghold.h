/* What keeps the log from filling a disk: a line is told once in ten minutes and counted until then,
 * and all lines of a day together stay under a limit in bytes, whatever changes in them. Fixed
 * memory. No thread ever waits here: where two meet at one entry, the second simply goes on, and its
 * line is written. Time is an argument. Any thread. */
#ifndef MOTOGRAPH_BASE_LOGHOLD_H
#define MOTOGRAPH_BASE_LOGHOLD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/log.h"

enum {
    LOGHOLD_WINDOW_MS = 10 * 60 * 1000, /* one line for one event */
    LOGHOLD_BURST_BYTES = 256 << 10, /* at once: all sources may fail when it starts; */
    LOGHOLD_BYTES_A_S = 5,           /* after that some 430 kB a day */
    LOGHOLD_TEXT_BYTES = 200         /* that are kept of a line */
};

/* A line that was held back. */
struct loghold_event {
    enum log_level level;
    const char *module; /* as it was given: a constant */
    unsigned held;      /* times since it was written */
    char text[LOGHOLD_TEXT_BYTES];
};

/* Whether TEXT is to be written now; *HELD is then how often it was held back before. Errors count
 * for the first rule alone. MODULE must stay. */
bool loghold_admit(enum log_level level, const char *module, const char *text,
                   int64_t now_ms, unsigned *held);

/* Hands every event whose time is over and that has happened since to PUT. Looks at most every ten
 * seconds. */
void loghold_settle(int64_t now_ms,
                    void (*put)(void *user, const struct loghold_event *event),
                    void *user);

/* Forgets all: for tests. One thread. */
void loghold_reset(void);

#endif
