/* The title card, which is there until the first headline has aired: what the program is, and
 * what it waits for. Made at once, in one piece: nothing moves yet. Main thread. */
#ifndef MOTOGRAPH_SHOW_TITLE_H
#define MOTOGRAPH_SHOW_TITLE_H

#include <SDL.h>
#include <stddef.h>

#include "show/stage.h"
#include "show/theme.h"

struct title {
    struct plane plane; /* closed = there is none */
    SDL_Rect at;
};

/* Makes it of COUNT lines, the first one large, in the middle of the ROWS at the stage's top.
 * Without memory, or where it would be too small, there is none. */
void title_make(struct title *title, struct stage *stage, const struct theme *theme,
                int rows, const char *const *lines, size_t count, const char *font_dir);

/* Takes it away; zeroed is fine. */
void title_drop(struct title *title);

#endif
