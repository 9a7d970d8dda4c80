/* One headline set large on a sheet: its label and age on top, the headline in the largest
 * size that fits on at most four lines, and, on a card, the deck below it and beside it a picture
 * and a code of its link. Mirrored for what is read from right to left. Main thread. */
#ifndef MOTOGRAPH_SHOW_STORY_H
#define MOTOGRAPH_SHOW_STORY_H

#include <stdbool.h>
#include <stdint.h>

#include "show/lane.h"
#include "show/qr.h"
#include "show/sheet.h"
#include "show/wrap.h"

/* Where things are, px of the sheet. */
struct story_frame {
    int margin, gap;
    int top_y, top_h;                   /* the row of label and age */
    int body_y, body_bottom;            /* what headline and deck have */
    int headline_px, small_px, deck_px; /* em, the headline's at its largest */
    SDL_Color headline, deck, muted;
};

struct story {
    const struct lane_setup *setup;
    struct sheet *sheet;
    struct story_frame frame;
    bool card; /* with deck and code */
    bool tall; /* the code stands below the text */
    void (*top)(
        struct story *story); /* adds the row of label and age; may be exchanged */
    const struct headline *headline;
    int64_t at; /* wall time, for the age; UTC seconds */
    int step;
    struct wrap wrap, deck_wrap;
    struct qr qr;
    struct picture *picture; /* held until it is listed; NULL = none */
    /* Found on the way. */
    int headline_em, x, width, deck_width, y;
    SDL_Rect code, plate; /* plate: the picture's */
    bool whole, deck_whole;
    size_t lines, deck_lines, line;
    struct wrap_line at_line[WRAP_LINES], deck_line[WRAP_LINES];
};

/* Sets STORY up for the sheet of a lane, which it lists its marks on. */
void story_init(struct story *story, const struct lane_setup *setup, struct sheet *sheet,
                bool card);

/* Zeroed is fine. */
void story_fini(struct story *story);

/* How it stands with the picture of HEADLINE, which is asked for if it was not yet. */
enum album_state story_ask(const struct story *story, const struct headline *headline);

/* Begins to set HEADLINE, which must stay until the sheet is ready; with its picture if that is
 * there by now. */
void story_begin(struct story *story, const struct headline *headline, int64_t at);

/* One slice of it; false when all is listed and the sheet is closed. */
bool story_step(struct story *story);

/* For whoever sets the top row: adds a chip with WORDS at X of the row, at most ROOM px of text,
 * and returns where the next may stand; X where there are no words. And where words of TYPE
 * stand there. */
int story_add_chip(struct story *story, const char *words, int x, int room,
                   SDL_Color fill, SDL_Color ink);
int story_top_baseline(const struct story *story, struct text *type);

/* How old HEADLINE is at AT, as a person says it: "now", "12 min", "3 h", "2 d"; "" where its
 * time lies in the future or is unknown. */
enum { STORY_AGE_BYTES = 32 };
const char *story_age(const struct headline *headline, int64_t at,
                      char out[STORY_AGE_BYTES]);

#endif
