/* The fence before the HTML parser, whose time is quadratic in nesting and whose memory has no
 * ceiling: a page is written anew with a few dozen elements, the attributes that are read, and
 * no more tags and depth than it can bear. Scripts, styles, drawings and comments stay outside.
 * Pure. */
#ifndef MOTOGRAPH_FEED_PAGE_FENCE_H
#define MOTOGRAPH_FEED_PAGE_FENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "feed/buffer.h"

enum {
    FENCE_PAGE_BYTES = 2 << 20, /* what passes this is not looked at */
    FENCE_DEPTH = 512,          /* open elements; deeper ones go, their text stays */
    FENCE_TAGS = 40000,         /* the page is cut there, or at so many attributes */
    FENCE_ATTRIBUTES = 80000,
    FENCE_SCRIPTS = 24, /* of structured data */
    FENCE_SCRIPT_BYTES = 512 << 10
};

/* Start it zeroed. */
struct fence {
    struct buffer html;    /* the page anew: balanced enough, every '<' of it a tag's */
    struct buffer scripts; /* what <script type="application/ld+json"> held, end to end */
    size_t script_ends[FENCE_SCRIPTS]; /* in scripts */
    size_t script_count;
    size_t other_scripts; /* programs, that is */
    size_t controls;      /* of forms: fields that show, and buttons */
    bool cut;             /* by FENCE_TAGS or FENCE_PAGE_BYTES */
};

/* Reads LENGTH bytes of UTF-8. False if memory is short. */
bool page_fence_read(struct fence *fence, const char *text, size_t length);

/* Frees all and zeroes. */
void page_fence_fini(struct fence *fence);

#endif
