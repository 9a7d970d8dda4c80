/* A small panel over the picture that says something for a while: a name, a few lines, and the code
 * of an address. It stands in the lower corner where reading ends, above the lowest crawl, is made a slice
 * at a time beside what moves, and covers no more than it needs. Main thread. */
#ifndef MOTOGRAPH_SHOW_PANEL_H
#define MOTOGRAPH_SHOW_PANEL_H

#include <SDL.h>
#include <stdbool.h>
#include <stddef.h>

#include "show/lane.h"
#include "show/qr.h"
#include "show/sheet.h"

enum { PANEL_LINES = 4, PANEL_LINE_BYTES = 128 };

struct panel_words {
    char lines[PANEL_LINES][PANEL_LINE_BYTES]; /* the first is the name */
    size_t count;
    char link[PANEL_LINE_BYTES]; /* of the code; "" = none */
};

struct panel {
    struct lane_setup setup; /* its area is where the panel may stand */
    struct panel_words words;
    struct qr qr;
    struct line *laid[PANEL_LINES]; /* owned, until they are listed */
    size_t laid_count;
    int module_px;
    struct sheet sheet;
    SDL_Rect area; /* what it covers */
    bool wanted, listed, moved;
};

/* Where it may stand and how it looks: SETUP as for a lane, its `lane` apart. */
void panel_init(struct panel *panel, const struct lane_setup *setup);

/* Zeroed is fine. */
void panel_fini(struct panel *panel);

/* It is to say WORDS, copied, from when it is made; NULL takes it away. True if what it covered,
 * `area`, becomes bare. */
bool panel_say(struct panel *panel, const struct panel_words *words);

/* As those of a lane. */
enum work panel_work(struct panel *panel);
bool panel_up(const struct panel *panel);
bool panel_moved(const struct panel *panel);
void panel_draw(struct panel *panel);

#endif
