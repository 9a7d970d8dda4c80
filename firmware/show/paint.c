/* The surfaces here have 0xRRGGBB px, as pictures have, so what is opaque is copied. */
#include "show/paint.h"

#include <string.h>

/* OVER, whose colours are multiplied by its alpha, on UNDER. Two channels at once: each has room
 * for a product in its sixteen bits. */
static Uint32 blend(Uint32 under, Uint32 over)
{
    Uint32 rest = 255 - (over >> 24);
    Uint32 rb = (under & 0xff00ff) * rest + 0x800080;
    Uint32 g = (under >> 8 & 0xff) * rest + 0x80;
    rb = (rb + (rb >> 8 & 0xff00ff)) >> 8 & 0xff00ff;
    g = (g + (g >> 8)) & 0xff00;
    return (over & 0xffffff) + (rb | g);
}

static void paint_row(Uint8 *to, const Uint32 *from, int count, bool clear)
{
    if (!clear) {
        memcpy(to, from, (size_t)count * sizeof *from);
        return;
    }
    for (int i = 0; i < count; i++, to += sizeof *from) {
        Uint32 px;
        memcpy(&px, to, sizeof px);
        px = blend(px, from[i]);
        memcpy(to, &px, sizeof px);
    }
}

void paint_picture(SDL_Surface *surface, const struct picture *picture, int x, int y,
                   int from, int rows)
{
    SDL_Rect all = {0, 0, surface->w, surface->h}, at = {x, y, picture->w, picture->h};
    SDL_Rect part = {x, y + from, picture->w, rows}, seen;
    if (!SDL_IntersectRect(&at, &part, &seen) || !SDL_IntersectRect(&seen, &all, &seen)) {
        return;
    }
    for (int row = seen.y; row < seen.y + seen.h; row++) {
        paint_row((Uint8 *)surface->pixels + (size_t)row * (size_t)surface->pitch +
                      (size_t)seen.x * 4,
                  &picture->pixels[(row - y) * picture->w + seen.x - x], seen.w,
                  picture->clear);
    }
}
