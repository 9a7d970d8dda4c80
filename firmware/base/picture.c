/* One block of memory a picture. */
#include "base/picture.h"

#include <stdlib.h>

struct picture *picture_new(int w, int h)
{
    if (w < 1 || h < 1 || w > PICTURE_SIDE_PX || h > PICTURE_SIDE_PX) {
        return NULL;
    }
    size_t px = (size_t)w * (size_t)h;
    struct picture *picture = malloc(sizeof *picture + px * sizeof picture->pixels[0]);
    if (picture) {
        *picture = (struct picture){.w = w, .h = h, .holders = 1};
    }
    return picture;
}

struct picture *picture_hold(struct picture *picture)
{
    if (picture) {
        picture->holders++;
    }
    return picture;
}

void picture_drop(struct picture *picture)
{
    if (picture && --picture->holders == 0) {
        free(picture);
    }
}
