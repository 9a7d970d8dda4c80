/* A picture that the worker has decoded and scaled, and how the main thread asks for one. A
 * picture crosses the ring by pointer, with its ownership: whoever holds it last frees it. Its
 * count is not atomic, since one thread has it at a time; the worker never looks at one again
 * that it has handed over. Plain data; libc only. */
#ifndef MOTOGRAPH_BASE_PICTURE_H
#define MOTOGRAPH_BASE_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/headline.h"

enum { PICTURE_SIDE_PX = 4096 }; /* no side is longer */

struct picture {
    int w, h;   /* px, above 0 */
    bool clear; /* some px are not opaque */
    unsigned holders;
    uint32_t pixels[]; /* row by row, 0xAARRGGBB, colours multiplied by alpha */
};

/* A picture of W x H px, none of them set, held by the caller. NULL if memory is short or a
 * side is out of range. */
struct picture *picture_new(int w, int h);

/* One holder more; returns PICTURE. One less: freed with the last. NULL is fine in both. */
struct picture *picture_hold(struct picture *picture);
void picture_drop(struct picture *picture);

/* What the picture is for. */
enum picture_use {
    PICTURE_STORY, /* found in content: cropped a little where that fills the box; tiny ones
                      (marks that count readers) are left out */
    PICTURE_LOGO   /* named by the operator: whole, and a path is a file */
};

/* One slot of the ring from the main thread to the worker. The answer is a MESSAGE_PICTURE with
 * the same ticket, with a picture of at most W x H px or with none. */
struct picture_request {
    uint32_t ticket;
    uint32_t edition; /* the configuration by which SOURCE counts: how many came before */
    uint16_t
        source; /* index in the configuration whose content or logo it is; CONFIG_SOURCES
                        or more: the display's */
    enum picture_use use;
    int w, h;                              /* px, 1 to PICTURE_SIDE_PX */
    char address[HEADLINE_LINK_BYTES + 1]; /* URL, or a path where it is a logo */
};

#endif
