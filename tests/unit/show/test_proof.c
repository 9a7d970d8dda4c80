/* A picture that is there is told from one that is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "show/proof.h"

enum { W = 64, H = 32 };

static void holds(Uint32 format, bool expected, const SDL_Rect *only)
{
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, W, H, 0, format);
    SDL_Renderer *renderer = SDL_CreateSoftwareRenderer(surface);
    assert_non_null(renderer);
    SDL_RenderSetClipRect(renderer, only);
    assert_int_equal(proof_holds(renderer), expected);
    SDL_DestroyRenderer(renderer);
    for (int i = 0; expected && i < H * surface->pitch; i++) {
        assert_int_equal(((Uint8 *)surface->pixels)[i] & 0x1f, 0); /* all wiped out */
    }
    SDL_FreeSurface(surface);
}

static void what_is_drawn_is_there(void **state)
{
    (void)state;
    holds(SDL_PIXELFORMAT_RGB888, true, NULL);
    holds(SDL_PIXELFORMAT_RGB565, true, NULL);
}

static void what_is_not_is_missed(void **state)
{
    (void)state;
    holds(SDL_PIXELFORMAT_RGB888, false, &(SDL_Rect){20, 20, 10, 10});
    holds(SDL_PIXELFORMAT_RGB888, false, &(SDL_Rect){0, 0, 16, 15});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_drawn_is_there),
        cmocka_unit_test(what_is_not_is_missed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
