/* A square spiral: to the right, down, left, up, each second leg one px longer. */
#include "show/drift.h"

enum { SIDE_PX_EACH = 270 };

int drift_reach_px(int side_px)
{
    int reach = side_px / SIDE_PX_EACH;
    return reach < 1 ? 1 : reach < DRIFT_REACH_MAX ? reach : DRIFT_REACH_MAX;
}

SDL_Point drift_at(int64_t steps, int reach_px)
{
    static const SDL_Point ways[] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    int64_t side = 2 * (int64_t)reach_px + 1, last = side * side - 1;
    int64_t left = steps % (2 * last);
    left = left <= last ? left : 2 * last - left;
    SDL_Point at = {0, 0};
    for (int leg = 0; left > 0; leg++) {
        int64_t length = leg / 2 + 1;
        int go = (int)(left < length ? left : length);
        at.x += ways[leg % 4].x * go;
        at.y += ways[leg % 4].y * go;
        left -= go;
    }
    return at;
}
