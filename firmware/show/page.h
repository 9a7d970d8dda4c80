/* Lanes that stand still between two changes: flip (replaced at once), roll (pushed up and out
 * by the next, whole px per refresh), card (one story large), and the clock. Each prepares
 * what comes next in slices and changes to it when its time has come; where it is not ready by
 * then, what is shown stays a little longer. Main thread. */
#ifndef MOTOGRAPH_SHOW_PAGE_H
#define MOTOGRAPH_SHOW_PAGE_H

#include "show/lane.h"

extern const struct lane_motion page_flip, page_roll, page_card, page_clock;

#endif
