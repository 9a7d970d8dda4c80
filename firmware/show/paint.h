/* Pictures onto a surface. */
#ifndef MOTOGRAPH_SHOW_PAINT_H
#define MOTOGRAPH_SHOW_PAINT_H

#include <SDL.h>

#include "base/picture.h"

/* Lays the ROWS rows of PICTURE from its row FROM on over what SURFACE (opaque, 32 bits a px)
 * holds, the picture's left upper corner at (X, Y); what lies outside of either is cut. Main
 * thread. */
void paint_picture(SDL_Surface *surface, const struct picture *picture, int x, int y,
                   int from, int rows);

#endif
