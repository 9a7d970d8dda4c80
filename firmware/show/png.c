/* libpng's simplified interface: it takes rows of 8-bit RGB and does the rest. The file is opened
 * here: where writing fails, libpng's own way removes it, even one that it did not make. */
#define LOG_MODULE "picture"
#include "show/png.h"

#include <errno.h>
#include <png.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"

bool png_write(SDL_Surface *surface, const char *path)
{
    SDL_Surface *rgb = SDL_ConvertSurfaceFormat(surface, SDL_PIXELFORMAT_RGB24, 0);
    if (!rgb) {
        log_error("%s: no memory for the picture: %s", path, SDL_GetError());
        return false;
    }
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = (png_uint_32)rgb->w,
                       .height = (png_uint_32)rgb->h,
                       .format = PNG_FORMAT_RGB};
    errno = 0;
    FILE *file = fopen(path, "wbe");
    bool done = file && png_image_write_to_stdio(&image, file, 0, rgb->pixels, rgb->pitch,
                                                 NULL) != 0;
    if (file && fclose(file) != 0) {
        done = false;
    }
    if (!done) {
        log_error(
            "%s: the picture cannot be written (%s): check the folder and its space",
            path, errno ? strerror(errno) : image.message);
    }
    SDL_FreeSurface(rgb);
    return done;
}
