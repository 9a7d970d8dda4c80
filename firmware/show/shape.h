/* Shapes drawn on a surface by hand: the chip behind a label, the squares of a QR code. */
#ifndef MOTOGRAPH_SHOW_SHAPE_H
#define MOTOGRAPH_SHOW_SHAPE_H

#include <SDL.h>

/* A rectangle AT with corners rounded by RADIUS px, smooth ones, over what SURFACE (32 bits a
 * px) holds; what lies outside the surface is cut. Main thread. */
void shape_chip(SDL_Surface *surface, SDL_Rect at, int radius, SDL_Color colour);

#endif
