/* Only the four corners need care: each of their px is covered as far as its middle lies
 * inside the circle. The rest is three rectangles. */
#include "show/shape.h"

#include <math.h>
#include <string.h>

static void blend(SDL_Surface *surface, int x, int y, SDL_Color colour, double share)
{
    if (x < 0 || y < 0 || x >= surface->w || y >= surface->h || share <= 0) {
        return;
    }
    Uint8 *at =
        (Uint8 *)surface->pixels + (size_t)y * (size_t)surface->pitch + (size_t)x * 4;
    Uint32 value;
    Uint8 r, g, b;
    share = share < 1 ? share : 1;
    memcpy(&value, at, 4);
    SDL_GetRGB(value, surface->format, &r, &g, &b);
    value = SDL_MapRGB(surface->format, (Uint8)(r + (colour.r - r) * share + 0.5),
                       (Uint8)(g + (colour.g - g) * share + 0.5),
                       (Uint8)(b + (colour.b - b) * share + 0.5));
    memcpy(at, &value, 4);
}

static void corners(SDL_Surface *surface, SDL_Rect at, int radius, SDL_Color colour)
{
    for (int y = 0; y < radius; y++) {
        for (int x = 0; x < radius; x++) {
            double dx = radius - x - 0.5, dy = radius - y - 0.5;
            double share = radius - sqrt(dx * dx + dy * dy) + 0.5;
            blend(surface, at.x + x, at.y + y, colour, share);
            blend(surface, at.x + at.w - 1 - x, at.y + y, colour, share);
            blend(surface, at.x + x, at.y + at.h - 1 - y, colour, share);
            blend(surface, at.x + at.w - 1 - x, at.y + at.h - 1 - y, colour, share);
        }
    }
}

void shape_chip(SDL_Surface *surface, SDL_Rect at, int radius, SDL_Color colour)
{
    int most = at.w < at.h ? at.w / 2 : at.h / 2;
    radius = radius < most ? radius : most;
    Uint32 value = SDL_MapRGB(surface->format, colour.r, colour.g, colour.b);
    SDL_Rect parts[] = {
        {at.x + radius, at.y, at.w - 2 * radius, at.h},
        {at.x, at.y + radius, radius, at.h - 2 * radius},
        {at.x + at.w - radius, at.y + radius, radius, at.h - 2 * radius},
    };
    SDL_FillRects(surface, parts, 3, value);
    corners(surface, at, radius, colour);
}
