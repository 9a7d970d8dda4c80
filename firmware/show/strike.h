/* The pictures of a bitmap face, brought to the size of the text and kept, for a crawl shows
 * the same few again and again. Main thread. */
#ifndef MOTOGRAPH_SHOW_STRIKE_H
#define MOTOGRAPH_SHOW_STRIKE_H

#include <SDL.h>
#include <stdbool.h>

#include "show/faces.h"

enum { STRIKE_SLOTS = 16, STRIKE_TEXT_BYTES = 40 };

struct strike {
    struct strike_slot {
        char text[STRIKE_TEXT_BYTES];
        uint8_t face;
        SDL_Surface *picture; /* NULL: free */
    } slot[STRIKE_SLOTS];
    size_t next; /* the slot to take */
};

/* The picture kept of TEXT in FACE, borrowed until the next strike_scale; NULL if there is
 * none. */
SDL_Surface *strike_find(const struct strike *strike, const char *text, uint8_t face);

/* DRAWN, what SDL_ttf drew of TEXT in FACE at STRIKE_PX per em (ARGB8888, colours multiplied by
 * alpha, as FreeType gives them), with its pen and baseline at PEN_X, PEN_Y, made EM_PX per em
 * large in the box INK. Straight alpha; borrowed until the next call; NULL if memory is short. */
SDL_Surface *strike_scale(struct strike *strike, const char *text, uint8_t face,
                          const SDL_Surface *drawn, int pen_x, int pen_y, struct ink ink,
                          int em_px, int strike_px);

/* Frees the pictures; zeroed is fine. */
void strike_fini(struct strike *strike);

#endif
