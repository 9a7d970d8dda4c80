/* How the screen looks: colours, sizes and spacing, read from INI text of the same dialect as
 * the configuration. A theme is named, and then lies inside the program (assets/themes), or is
 * a file of the operator's. Pure but for reading that file; any thread. Source of the contrast
 * rule: WCAG 2.1, 1.4.3. */
#ifndef MOTOGRAPH_SHOW_THEME_H
#define MOTOGRAPH_SHOW_THEME_H

#include <SDL.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/config.h"

enum { THEME_WORD_BYTES = 32, THEME_FONT_BYTES = 256 };

struct theme {
    /* The card's, on the background. */
    SDL_Color background, headline, deck, muted;
    SDL_Color label, label_text; /* where a source has no colour of its own */
    SDL_Color flash,
        flash_text; /* breaking news: its chip, banner or screen, and what stands there */
    /* A lane's, on the band. */
    SDL_Color band, text, mark, edge;
    /* Per cent: of a lane's height; of a card's, at most; of that headline, so too the next. */
    int text_percent, headline_percent, deck_percent, small_percent;
    /* Per cent of the screen's smaller side. */
    int margin_percent, gap_percent;
    /* Said beside a flash, before the time since when it is known, and before that of the last
     * good update where one is stale. */
    char flash_word[THEME_WORD_BYTES], since_word[THEME_WORD_BYTES];
    char as_of_word[THEME_WORD_BYTES];
    /* Paths of font files that come before the chain, "" = none: headlines and decks; labels, ages
     * and the clock. */
    char font[THEME_FONT_BYTES], label_font[THEME_FONT_BYTES];
};

/* The names of the built-in themes, the default first; NULL ends them. */
extern const char *const theme_names[];

/* Makes THEME the one that NAME says: a built-in name, or a path, which has a '/'. What is
 * wrong with a file goes to REPORT (may be NULL) with its line, and each such key stays that
 * of the default theme; so does all of it where the file cannot be read or the name is
 * unknown. Text that would be hard to read is reported too, and counts. Returns how many. */
size_t theme_open(struct theme *theme, const char *name, config_fault_fn *report,
                  void *user);

/* Reads LENGTH bytes of TEXT over THEME, as theme_open does; FILE is its name for messages. */
size_t theme_read(struct theme *theme, const char *file, const char *text, size_t length,
                  config_fault_fn *report, void *user);

/* "#RGB" or "#RRGGBB" to an opaque colour; false, and COLOUR as it was, for anything else. */
bool theme_colour(const char *text, size_t length, SDL_Color *colour);

/* The contrast of two colours, 1 to 21. */
double theme_contrast(SDL_Color a, SDL_Color b);

/* The colour for text on FILL: WANTED where that can be read on it, else black or white. */
SDL_Color theme_ink(SDL_Color fill, SDL_Color wanted);

#endif
