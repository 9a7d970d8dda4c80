/* The nearest of several words to one that is not among them, for "did you mean". Pure. */
#ifndef MOTOGRAPH_BASE_SPELLING_H
#define MOTOGRAPH_BASE_SPELLING_H

#include <stddef.h>

/* The best so far; start with a zeroed one. */
struct spelling {
    const char *word; /* a candidate as it was given, or NULL while none is near */
    size_t distance;
};

/* Considers CANDIDATE for the LENGTH bytes of TEXT: by letters added, left out, changed or
 * swapped with their neighbour, whatever their case. Of equals the first one stays. */
void spelling_try(struct spelling *best, const char *text, size_t length,
                  const char *candidate);

#endif
