#include "show/proof.h"

#include <stdlib.h>

enum { SIDE = 16, ROUNDING = 8 }; /* of 255; a screen of 16 bits has 5 for a colour */

/* Every px has a colour of its own. */
static void draw(Uint32 *px)
{
    for (Uint32 i = 0; i < SIDE * SIDE; i++) {
        px[i] = 0xff000000 | (255 - i) << 16 | (i * 37 & 255) << 8 | i;
    }
}

static bool is_drawn(const Uint32 *px)
{
    Uint32 wanted[SIDE * SIDE];
    draw(wanted);
    for (int i = 0; i < SIDE * SIDE; i++) {
        for (int shift = 0; shift < 24; shift += 8) {
            int is = px[i] >> shift & 255, was = wanted[i] >> shift & 255;
            if (abs(is - was) > ROUNDING) {
                return false;
            }
        }
    }
    return true;
}

bool proof_holds(SDL_Renderer *renderer)
{
    Uint32 px[SIDE * SIDE];
    SDL_Rect at = {0, 0, SIDE, SIDE};
    SDL_Texture *texture = SDL_CreateTexture(renderer, SDL_PIXELFORMAT_ARGB8888,
                                             SDL_TEXTUREACCESS_STATIC, SIDE, SIDE);
    draw(px);
    bool known =
        texture && SDL_UpdateTexture(texture, NULL, px, SIDE * 4) == 0 &&
        SDL_SetRenderDrawColor(renderer, 0, 0, 0, 255) == 0 &&
        SDL_RenderClear(renderer) == 0 &&
        SDL_RenderCopy(renderer, texture, NULL, &at) == 0 &&
        SDL_RenderReadPixels(renderer, &at, SDL_PIXELFORMAT_ARGB8888, px, SIDE * 4) == 0;
    SDL_RenderClear(renderer);
    SDL_DestroyTexture(texture);
    return !known || is_drawn(px);
}
