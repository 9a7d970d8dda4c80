/* The layouts by name: which lanes a screen has where the operator has given none. Each is a
 * few lines of configuration inside the program (assets/layouts). */
#ifndef MOTOGRAPH_SHOW_ARRANGEMENT_H
#define MOTOGRAPH_SHOW_ARRANGEMENT_H

#include <SDL.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/config.h"

/* Adds to CONFIG, which has no lane yet, those of the layout that its [display] names, as it
 * is for a screen of W x H px: newsroom stands upright on one that does, and is a tape on one
 * more than five times as wide as high. False if memory is short. */
bool arrangement_choose(struct config *config, int w, int h);

/* LANE's rectangle in px on a screen of W x H with SAFE per cent kept free: top, right,
 * bottom, left. Lanes that touch in per cent touch in px. A crawl that reaches the safe area's
 * side reaches the screen's: moving text may be cut there. */
SDL_Rect arrangement_place(const struct config_lane *lane, const double safe[4], int w,
                           int h);

/* What of the lanes of CONFIG, read from FILE, would not show what was meant: two that lie over
 * each other (a clock may stand on a card), and a source that there is none of. Each goes to
 * REPORT with the line of its section. Returns how many. */
size_t arrangement_judge(const struct config *config, const char *file,
                         config_fault_fn *report, void *user);

#endif
