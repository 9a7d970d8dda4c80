/* What a crawl has laid out: a queue of pieces, each one line of text or a logo, on an endless strip.
 * Strip px are 64-bit, never wrap, and grow in the order of airing, whichever way the lane
 * runs: what enters the screen first has the smaller place. Main thread. */
#ifndef MOTOGRAPH_SHOW_STRIP_H
#define MOTOGRAPH_SHOW_STRIP_H

#include <SDL.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/headline.h"
#include "base/picture.h"
#include "show/airing.h"
#include "show/layout.h"
#include "show/text.h"

enum { STRIP_PIECES = 256 }; /* at once */

struct piece {
    struct line *line; /* owned, unless shared */
    bool shared;
    struct picture *picture; /* in place of a line, held; NULL = none */
    int64_t x;               /* where it begins, strip px */
    const struct text *text; /* that draws it, borrowed */
    SDL_Color colour;
    SDL_Color
        chip; /* behind it, a rounded field that passes it by pad px on both sides; */
    int pad;  /* 0 = none */
    struct headline *headline; /* owned compact copy; the text piece of a headline only */
    bool aired;                /* it has come into view, */
    struct airing airing;      /* and how long it can be seen */
};

/* Zeroed is an empty one. */
struct strip {
    struct piece pieces[STRIP_PIECES]; /* number n at n modulo STRIP_PIECES */
    uint64_t first, next;              /* on it are the numbers [first, next) */
    int64_t end;                       /* strip px: how far it is laid out */
};

/* The piece of that number, which is on the strip. */
struct piece *strip_at(struct strip *strip, uint64_t number);

/* How wide the piece is, its field included, px. */
int strip_piece_px(const struct piece *piece);

/* Where the piece ends, strip px; ink may pass it by LAYOUT_OVERHANG_PX. */
int64_t strip_piece_end(const struct piece *piece);

bool strip_has_room(const struct strip *strip, size_t pieces);

/* Puts PIECE (x is set here) at the end and takes over what it owns; the strip then ends
 * GAP_PX behind it. There must be room. */
void strip_append(struct strip *strip, struct piece piece, int gap_px);

/* Takes the first piece off and frees what it owns. */
void strip_drop(struct strip *strip);

/* Takes all off; the end stays where it is. */
void strip_clear(struct strip *strip);

#endif
