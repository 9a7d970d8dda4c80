/* How large a picture becomes and which part of it is shown, as arithmetic. Pure; any thread. */
#ifndef MOTOGRAPH_WIRE_FIT_H
#define MOTOGRAPH_WIRE_FIT_H

#include <stdbool.h>

#include "base/picture.h"

enum {
    FIT_ENLARGED = 2,      /* times, at most */
    FIT_CROP_PERCENT = 25, /* of one side, at most */
    /* A story's picture is none where a side of it is shorter than so many px, or would take
     * less than such a part of the box: marks that count readers, icons, banners. */
    FIT_LEAST_PX = 48,
    FIT_LEAST_SHARE = 5
};

/* The part of the source that is shown, and what it becomes. */
struct fit {
    int x, y, w, h;
    int to_w, to_h;
};

/* Fits W x H px into the box of REQUEST. A story's picture loses what passes the box's
 * proportions, up to FIT_CROP_PERCENT (above less than below: faces are there); beyond that,
 * and for a logo always, the proportions are the picture's. False if it is too small to show. */
bool fit_choose(struct fit *fit, int w, int h, const struct picture_request *request);

/* The same of the picture as a camera stored it: ORIENTATION is EXIF's, 1 to 8, and W x H the
 * stored size. FIT is in stored px; turned by fit_turn, what comes is upright. */
bool fit_choose_stored(struct fit *fit, int w, int h, int orientation,
                       const struct picture_request *request);

/* FIT for a source that was made W x H px, from FROM_W x FROM_H. */
void fit_rescale(struct fit *fit, int from_w, int from_h, int w, int h);

/* PICTURE upright; takes it over and returns what takes its place, PICTURE itself where it is
 * upright already. NULL if memory is short. */
struct picture *fit_turn(struct picture *picture, int orientation);

/* PICTURE enlarged to W x H px, smoothly between the nearest; taken over as above. */
struct picture *fit_enlarge(struct picture *picture, int w, int h);

#endif
