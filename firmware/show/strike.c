/* A ring of slots: the oldest picture goes first. A text too long to be a key (no emoji is) is
 * scaled each time. */
#include "show/strike.h"

#include <string.h>

#include "show/scale.h"

enum { ALPHA_BYTE = SDL_BYTEORDER == SDL_LIL_ENDIAN ? 3 : 0 };

SDL_Surface *strike_find(const struct strike *strike, const char *text, uint8_t face)
{
    for (size_t i = 0; i < STRIKE_SLOTS; i++) {
        const struct strike_slot *slot = &strike->slot[i];
        if (slot->picture && slot->face == face && !strcmp(slot->text, text)) {
            return slot->picture;
        }
    }
    return NULL;
}

SDL_Surface *strike_scale(struct strike *strike, const char *text, uint8_t face,
                          const SDL_Surface *drawn, int pen_x, int pen_y, struct ink ink,
                          int em_px, int strike_px)
{
    struct strike_slot *slot = &strike->slot[strike->next];
    strike->next = (strike->next + 1) % STRIKE_SLOTS;
    SDL_FreeSurface(slot->picture);
    slot->picture = SDL_CreateRGBSurfaceWithFormat(
        0, ink.right - ink.left, ink.bottom - ink.top, 32, SDL_PIXELFORMAT_ARGB8888);
    if (!slot->picture) {
        return NULL;
    }
    struct scale_picture from = {drawn->pixels, drawn->w, drawn->h, (size_t)drawn->pitch};
    struct scale_picture to = {slot->picture->pixels, slot->picture->w, slot->picture->h,
                               (size_t)slot->picture->pitch};
    if (!scale_picture(&from, pen_x, pen_y, &to, -ink.left, -ink.top, em_px, strike_px)) {
        SDL_FreeSurface(slot->picture);
        slot->picture = NULL;
        return NULL;
    }
    scale_divide(&to, ALPHA_BYTE);
    size_t bytes = strlen(text);
    bool fits = bytes < sizeof slot->text;
    memcpy(slot->text, fits ? text : "", fits ? bytes + 1 : 1);
    slot->face = face;
    return slot->picture;
}

void strike_fini(struct strike *strike)
{
    for (size_t i = 0; i < STRIKE_SLOTS; i++) {
        SDL_FreeSurface(strike->slot[i].picture);
    }
    *strike = (struct strike){0};
}
