/* How a fresh screen is filled. The first time that a px is written each page of memory, here and
 * in the display server, has to be made: 50 to 90 ms for a whole screen, in which the first headline
 * would wait. So a frame first shows what moves, and then the ground comes down behind it, a
 * slice a frame, and with it what stands still. Plain data; main thread. */
#ifndef MOTOGRAPH_SHOW_VEIL_H
#define MOTOGRAPH_SHOW_VEIL_H

#include <SDL.h>
#include <stdbool.h>

struct veil {
    int w, h;  /* px of the screen, upright */
    int rows;  /* that are free, from the top */
    bool down; /* the first frame is still to come */
};

/* All is covered where DOWN, else nothing. */
void veil_init(struct veil *veil, int w, int h, bool down);

/* What becomes free with this frame: empty with the first, and when all is. */
SDL_Rect veil_lift(struct veil *veil);

/* Takes it away at once. */
void veil_drop(struct veil *veil);

/* What was free has been lost: begins again. False, and nothing changes, if all was free. */
bool veil_again(struct veil *veil);

/* What of AREA is free, or, unless ALL, has become so with SLICE, that veil_lift returned. */
SDL_Rect veil_part(const struct veil *veil, SDL_Rect area, SDL_Rect slice, bool all);

#endif
