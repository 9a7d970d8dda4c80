/* Where the still parts of the picture stand, against burn-in: a path that goes through every
 * place within its reach, a px a step, and back again. Pure. */
#ifndef MOTOGRAPH_SHOW_DRIFT_H
#define MOTOGRAPH_SHOW_DRIFT_H

#include <SDL.h>
#include <stdint.h>

enum { DRIFT_STEP_S = 60, DRIFT_REACH_MAX = 16 };

/* How far the path goes in each direction on a screen whose smaller side is SIDE_PX: 4 px of
 * 1080, at least 1. */
int drift_reach_px(int side_px);

/* The place after STEPS steps, not negative, with REACH_PX, 1 to DRIFT_REACH_MAX: (0, 0) at first,
 * and never more than 1 px from the one before. */
SDL_Point drift_at(int64_t steps, int reach_px);

#endif
