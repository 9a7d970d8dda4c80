/* One slice of the work for frames to come, as a frame's cost and the tests see it. */
#ifndef MOTOGRAPH_SHOW_WORK_H
#define MOTOGRAPH_SHOW_WORK_H

/* In the order of what they cost. */
enum work {
    WORK_IDLE,   /* nothing to prepare: a steady frame */
    WORK_LAYOUT, /* laid one text out */
    WORK_RASTER, /* drew one chunk or shape */
    WORK_UPLOAD  /* handed one finished piece to the renderer */
};

#endif
