/* The strip as pictures: planes of 1024 px that live only around the window and are drawn
 * once each. Here strip px become screen px, and here alone a lane that runs to the right
 * differs from one that runs to the left: its places are counted from the right. What is
 * drawn there is never mirrored.
 *
 *    strip px   origin                                  origin + width
 *    leftward     v [ tile k   ][ tile k+1 ][ tile k+2 ]  v
 *    rightward    v [ tile k+2 ][ tile k+1 ][ tile k   ]  v
 *               origin + width                          origin
 *
 * Main thread. */
#ifndef MOTOGRAPH_SHOW_TILES_H
#define MOTOGRAPH_SHOW_TILES_H

#include <SDL.h>
#include <stdbool.h>
#include <stdint.h>

#include "show/stage.h"
#include "show/strip.h"

enum { TILES_PX = 1024, TILES_AHEAD = 2, TILES_MAX = 20 };

struct tile {
    struct plane plane;
    int64_t index; /* it holds strip px from index * TILES_PX on; -1 = none */
};

struct tiles {
    struct stage *stage; /* borrowed */
    SDL_Rect area;       /* the window, px of the screen */
    SDL_Color band, edge;
    bool rightward; /* the caller's to change, while none of the tiles is in the window */
    struct tile tiles[TILES_MAX];
    int64_t count;       /* the window's and those ahead */
    SDL_Surface *canvas; /* the tile being drawn */
    int64_t drawing;     /* its index; -1 = none */
    uint64_t piece;      /* how far it is drawn: the number on the strip, */
    size_t chunk;        /* and of its line, */
    bool chip;           /* whose chip is drawn */
};

/* Makes all planes for a window of AREA. False, logged, if the renderer or memory fails or
 * the window is too wide; finish it all the same. */
bool tiles_init(struct tiles *tiles, struct stage *stage, SDL_Rect area, SDL_Color band,
                SDL_Color edge);

/* Zeroed is fine. */
void tiles_fini(struct tiles *tiles);

/* How high the chip behind a label of TEXT is, px. */
int tiles_chip_px(const struct tiles *tiles, const struct text *text);

/* Whether the tile INDEX is drawn and uploaded. */
bool tiles_has(const struct tiles *tiles, int64_t index);

/* Begins to draw the tile INDEX, with the bare band. */
void tiles_begin(struct tiles *tiles, int64_t index);

/* Draws on it the next chunk, chip or logo of STRIP that touches it; false when there is none left.
 * The capitals of every piece stand in the middle: that is where the eye sees the text. */
bool tiles_draw_chunk(struct tiles *tiles, struct strip *strip);

/* Hands it to the renderer. */
void tiles_upload(struct tiles *tiles);

/* Copies the window that begins at ORIGIN, strip px; where no tile is, the band. */
void tiles_show(const struct tiles *tiles, int64_t origin);

#endif
