/* PNG out, through libpng, which FreeType has already brought into the process: SDL2_image
 * would cost five more libraries at every start for this one function. */
#ifndef MOTOGRAPH_SHOW_PNG_H
#define MOTOGRAPH_SHOW_PNG_H

#include <SDL.h>
#include <stdbool.h>

/* Writes SURFACE (any format; its alpha is not written) to PATH. False, logged with the path
 * and the cure, if it cannot be written. Main thread. */
bool png_write(SDL_Surface *surface, const char *path);

#endif
