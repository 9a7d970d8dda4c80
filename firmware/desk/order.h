/* The walk through what airs. The desk's own; main thread. */
#ifndef MOTOGRAPH_DESK_ORDER_H
#define MOTOGRAPH_DESK_ORDER_H

#include "desk/inside.h"
#include "desk/view.h"

/* As desk_next, but only what VIEW shows; NULL = all. Passes over at most VIEW_PASSED headlines:
 * NULL then, too, and the next call goes on from there. */
const struct headline *order_next(struct desk *desk, struct desk_cursor *cursor,
                                  const struct desk_view *view);

#endif
