/* Titles cut into their parts, and compared by what is left of them without case and marks.
 * Pure. */
#ifndef MOTOGRAPH_FEED_PAGE_PARTS_H
#define MOTOGRAPH_FEED_PAGE_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "feed/buffer.h"

enum { PARTS_MOST = 8 };

/* A piece of somebody's text. */
struct part {
    const char *at;
    size_t length;
};

/* Appends the key of LENGTH bytes of TEXT: its letters, marks and digits in lower case. Returns
 * the bytes appended. */
size_t parts_key(struct buffer *out, const char *text, size_t length);

/* Whether the bytes of PART are somewhere in ALL; whether both are the same. */
bool parts_contain(struct part all, struct part part);
bool parts_same(struct part a, struct part b);

/* Cuts TEXT where titles put the site's name: at " | ", " - " and their like. The last part
 * takes what is left. Returns how many, at least 1. */
size_t parts_split(struct part text, struct part parts[PARTS_MOST]);

/* How many words; two signs of Chinese, Japanese or Korean count as one. */
size_t parts_words(struct part text);

#endif
