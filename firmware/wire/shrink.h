/* A picture made smaller while its rows come in: every px of the result is the exact mean of
 * the area it covers, and no more than one row of sums is kept. Pure; any thread. */
#ifndef MOTOGRAPH_WIRE_SHRINK_H
#define MOTOGRAPH_WIRE_SHRINK_H

#include <stdbool.h>
#include <stdint.h>

#include "wire/fit.h"

struct shrink {
    struct fit fit;          /* no side is enlarged by it */
    struct picture *picture; /* what has come so far; owned until shrink_take */
    uint32_t *row;           /* owned, so too the next: sums of one row of the source, */
    uint64_t *sums;          /* and of all rows of the one that is being made */
    int source_y, y;
    bool alpha; /* alpha counts; else all is opaque */
};

/* Rows of four bytes a px, RGBA, will come. What FIT would enlarge is left as large as it is;
 * see shrink_take. ALPHA says whether the fourth byte means anything. False if memory is short;
 * finish it all the same. */
bool shrink_init(struct shrink *shrink, const struct fit *fit, bool alpha);

/* The next row of the source, from its top, the whole of it; its px of the part that is shown
 * are multiplied by alpha in place. Returns whether more are needed. */
bool shrink_row(struct shrink *shrink, uint8_t *rgba);

/* The picture, the caller's, enlarged where the fit said so; NULL unless all rows came. */
struct picture *shrink_take(struct shrink *shrink);

/* Zeroed is fine. */
void shrink_fini(struct shrink *shrink);

#endif
