/* Pictures made larger or smaller: every pixel of the result is the mean of the area it covers
 * (enlarged: between the nearest). Pure; any thread. */
#ifndef MOTOGRAPH_SHOW_SCALE_H
#define MOTOGRAPH_SHOW_SCALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Four bytes a pixel, any order, colours multiplied by alpha. */
struct scale_picture {
    uint8_t *pixels;
    int w, h;
    size_t pitch; /* bytes from one row to the next */
};

/* Fills TO with FROM made EM / STRIKE times as large, the point (FROM_X, FROM_Y) of FROM coming
 * to lie on (TO_X, TO_Y) of TO; outside FROM all is transparent. False if memory is short. */
bool scale_picture(const struct scale_picture *from, int from_x, int from_y,
                   struct scale_picture *to, int to_x, int to_y, int em, int strike);

/* The same picture with colours no longer multiplied by alpha, which is the byte ALPHA (0 to 3)
 * of each pixel. */
void scale_divide(struct scale_picture *picture, int alpha);

#endif
