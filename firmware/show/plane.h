/* Where px stay between frames: a texture of the renderer, or, where the CPU draws, plain memory of
 * which the system makes the pages only when they are written. (A software texture of SDL is
 * written full of 0 at once: for a whole screen that takes longer than a frame.) Main thread. */
#ifndef MOTOGRAPH_SHOW_PLANE_H
#define MOTOGRAPH_SHOW_PLANE_H

#include <SDL.h>
#include <stdbool.h>

enum { PLANE_FORMAT = SDL_PIXELFORMAT_RGB888 };

struct plane {
    int w, h;             /* px */
    SDL_Texture *texture; /* owned; NULL = PIXELS */
    Uint32 *pixels;       /* owned; rows W px apart */
};

/* Makes it: a texture of RENDERER, or memory where that is NULL. False, with the reason in
 * SDL_GetError(). */
bool plane_open(struct plane *plane, SDL_Renderer *renderer, int w, int h);

/* Zeroed is fine. */
void plane_close(struct plane *plane);

bool plane_is_open(const struct plane *plane);

/* Takes AT from PIXELS, whose rows are PITCH bytes apart. False, so too. */
bool plane_write(struct plane *plane, SDL_Rect at, const void *pixels, int pitch);

/* It is not shown again until all of it has been written: memory goes back to the system. */
void plane_rest(struct plane *plane);

/* A surface of such memory, to draw on. NULL without memory; plane_free_canvas frees it. */
SDL_Surface *plane_canvas(int w, int h);

/* NULL is fine. */
void plane_free_canvas(SDL_Surface *canvas);

#endif
