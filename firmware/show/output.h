/* Which of SDL's displays to open, and in which of its modes. Main thread. */
#ifndef MOTOGRAPH_SHOW_OUTPUT_H
#define MOTOGRAPH_SHOW_OUTPUT_H

#include <SDL.h>
#include <stdbool.h>

#include "show/screen.h"

/* The index of the display: where DIRECT (KMSDRM) the one aimed at, else the one that SDL knows by
 * the name of the output. Logged, and the first, where there is none of that name. */
int output_display(const struct screen_setup *setup, bool direct);

/* The mode to set on DISPLAY: the one asked for, or with "auto" the one the display likes best.
 * False if it has that already. One that it has not is logged, and is as "auto". */
bool output_mode(const struct screen_setup *setup, int display, SDL_DisplayMode *mode);

#endif
