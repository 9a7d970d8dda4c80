#include "show/plane.h"

#include <stdlib.h>
#include <string.h>

#include "show/pages.h"

bool plane_open(struct plane *plane, SDL_Renderer *renderer, int w, int h)
{
    *plane = (struct plane){.w = w, .h = h};
    if (!renderer) {
        plane->pixels = calloc((size_t)w * (size_t)h, sizeof *plane->pixels);
        return plane->pixels || SDL_OutOfMemory() == 0;
    }
    plane->texture =
        SDL_CreateTexture(renderer, PLANE_FORMAT, SDL_TEXTUREACCESS_STATIC, w, h);
    if (plane->texture) {
        SDL_SetTextureBlendMode(plane->texture, SDL_BLENDMODE_NONE);
    }
    return plane->texture != NULL;
}

void plane_close(struct plane *plane)
{
    if (plane->texture) {
        SDL_DestroyTexture(plane->texture);
    }
    free(plane->pixels);
    *plane = (struct plane){0};
}

bool plane_is_open(const struct plane *plane)
{
    return plane->texture || plane->pixels;
}

bool plane_write(struct plane *plane, SDL_Rect at, const void *pixels, int pitch)
{
    if (plane->texture) {
        return SDL_UpdateTexture(plane->texture, &at, pixels, pitch) == 0;
    }
    const Uint8 *from = pixels;
    Uint32 *to = plane->pixels + (size_t)at.y * (size_t)plane->w + at.x;
    for (int y = 0; y < at.h; y++, from += pitch, to += plane->w) {
        memcpy(to, from, (size_t)at.w * sizeof *to);
    }
    return true;
}

void plane_rest(struct plane *plane)
{
    if (plane->pixels) {
        pages_rest(plane->pixels, (size_t)plane->w * (size_t)plane->h * sizeof(Uint32));
    }
}

SDL_Surface *plane_canvas(int w, int h)
{
    struct plane memory;
    SDL_Surface *canvas = NULL;
    if (plane_open(&memory, NULL, w, h)) {
        canvas = SDL_CreateRGBSurfaceWithFormatFrom(
            memory.pixels, w, h, 32, w * (int)sizeof *memory.pixels, PLANE_FORMAT);
        if (!canvas) {
            plane_close(&memory);
        }
    }
    return canvas;
}

void plane_free_canvas(SDL_Surface *canvas)
{
    if (canvas) {
        free(canvas->pixels);
        SDL_FreeSurface(canvas);
    }
}
