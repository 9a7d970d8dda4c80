/* Hears at once when the system's wall clock is set, as on a board without a clock of its own once it
 * has heard the time. Worker thread. */
#ifndef MOTOGRAPH_WIRE_CLOCKWATCH_H
#define MOTOGRAPH_WIRE_CLOCKWATCH_H

#include <stdbool.h>

/* A descriptor that is readable when the clock has been set; -1, logged, where it cannot be had. */
int clockwatch_open(void);

/* Whether the clock has been set since it was asked last, or opened. Does not wait; -1 is fine. */
bool clockwatch_heard(int fd);

#endif
