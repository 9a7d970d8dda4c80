#include "show/veil.h"

enum { SLICE_PX = 1 << 16 };

void veil_init(struct veil *veil, int w, int h, bool down)
{
    *veil = (struct veil){.w = w, .h = h, .rows = down ? 0 : h, .down = down};
}

SDL_Rect veil_lift(struct veil *veil)
{
    int rows = SLICE_PX / veil->w + 1, left = veil->h - veil->rows;
    SDL_Rect slice = {0, veil->rows, veil->w, rows < left ? rows : left};
    if (veil->down || left == 0) {
        veil->down = false;
        return (SDL_Rect){0};
    }
    veil->rows += slice.h;
    return slice;
}

void veil_drop(struct veil *veil)
{
    veil->rows = veil->h;
    veil->down = false;
}

bool veil_again(struct veil *veil)
{
    bool covered = veil->rows < veil->h;
    if (covered) {
        veil->rows = 0;
    }
    return covered;
}

SDL_Rect veil_part(const struct veil *veil, SDL_Rect area, SDL_Rect slice, bool all)
{
    SDL_Rect free = {0, 0, veil->w, veil->rows}, part;
    bool any = SDL_IntersectRect(&area, all ? &free : &slice, &part);
    return any ? part : (SDL_Rect){0};
}
