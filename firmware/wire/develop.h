/* A picture file's bytes into a picture of the size that was asked for: PNG, JPEG and WebP, told
 * apart by their first bytes and nothing else. What comes is scaled while it is decoded, so the
 * memory in use stays within DEVELOP_WORK_BYTES, and a few rows, whatever the file claims; safe on
 * hostile input. Pure; any thread, several at once. */
#ifndef MOTOGRAPH_WIRE_DEVELOP_H
#define MOTOGRAPH_WIRE_DEVELOP_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "base/picture.h"

enum {
    DEVELOP_FILE_BYTES = 8 << 20,
    DEVELOP_PX = 64 * 1000 * 1000,
    DEVELOP_SIDE_PX = 32768,
    /* What an encoding that cannot be decoded row by row may take: a progressive JPEG (all of
     * its coefficients), a lossless WebP (all of its px). */
    DEVELOP_WORK_BYTES = 16 << 20
};

enum develop_fault {
    DEVELOP_DONE,
    DEVELOP_KIND,   /* none of the three formats */
    DEVELOP_BROKEN, /* broken, or cut short */
    DEVELOP_LARGE,  /* over one of the limits above */
    DEVELOP_SMALL,  /* too small, or too narrow, to be shown as a story's picture */
    DEVELOP_MOVING, /* an animation */
    DEVELOP_MEMORY,
    DEVELOP_STOPPED, /* because *QUIT was set */
    DEVELOP_FAULTS
};

/* One picture in the making; all but the last two is borrowed. */
struct develop {
    const uint8_t *bytes;
    size_t length;
    const struct picture_request *request; /* its use and its box */
    const atomic_bool *quit;
    struct picture *picture;  /* the result, the caller's; NULL after a fault */
    enum develop_fault fault; /* and why */
};

/* Makes it. Returns the fault. */
enum develop_fault develop_picture(struct develop *develop);

/* Why there is none, for a person. */
const char *develop_reason(enum develop_fault fault);

/* For the decoders: whether W x H px may be decoded; if not, the fault is set. */
bool develop_allows(struct develop *develop, uint32_t w, uint32_t h);

/* The decoders themselves, which develop_picture chooses from. */
enum develop_fault develop_png(struct develop *develop);
enum develop_fault develop_jpeg(struct develop *develop);
enum develop_fault develop_webp(struct develop *develop);

#endif
