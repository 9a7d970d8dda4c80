/* Where breaking news stands: a banner above the crawl, or the whole screen. It is set like a card,
 * with a top row of its own. Main thread. */
#ifndef MOTOGRAPH_SHOW_BOARD_H
#define MOTOGRAPH_SHOW_BOARD_H

#include <SDL.h>
#include <stdbool.h>

#include "show/lane.h"
#include "show/sheet.h"
#include "show/story.h"

struct board {
    struct lane_setup setup; /* its area is the text's */
    SDL_Rect area;           /* what is covered */
    bool whole;              /* takeover, on a screen that is not a tape */
    struct sheet sheet;
    struct story story;
};

/* Finds its place; makes nothing yet. SETUP, CRAWL and SAFE are as for flash_init. It must stay
 * where it is in memory. */
void board_init(struct board *board, const struct lane_setup *setup, bool takeover,
                SDL_Rect crawl, const double safe[4]);

/* An empty sheet, to be built (sheet_build), and the story that sets it. */
void board_set_up(struct board *board);

/* Frees both. One that was not set up is fine. */
void board_put_away(struct board *board);

#endif
