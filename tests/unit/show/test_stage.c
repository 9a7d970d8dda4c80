/* What the stage draws into a surface in memory is what the renderer would have drawn there, in
 * every rotation and past every edge. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <SDL.h>
#include <cmocka.h>

#include "show/stage.h"

enum { W = 90, H = 60, PIECE_W = 50, PIECE_H = 34 };

static SDL_Surface *picture(int w, int h)
{
    SDL_Surface *made =
        SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, SDL_PIXELFORMAT_RGB888);
    assert_non_null(made);
    return made;
}

/* Px that differ from all others of the piece. */
static SDL_Surface *piece(void)
{
    SDL_Surface *made = picture(PIECE_W, PIECE_H);
    for (int y = 0; y < PIECE_H; y++) {
        for (int x = 0; x < PIECE_W; x++) {
            Uint32 px = (Uint32)(y * 256 + x + 1) * 3;
            memcpy((Uint8 *)made->pixels + y * made->pitch + x * 4, &px, sizeof px);
        }
    }
    return made;
}

enum way { BY_RENDERER, INTO_MEMORY, INTO_SHARED };

static SDL_Surface *draw(enum way way, int rotation)
{
    static const struct {
        SDL_Rect from;
        int x, y;
    } copies[] = {
        {{0, 0, PIECE_W, PIECE_H}, 20, 13}, {{0, 0, PIECE_W, PIECE_H}, -11, -7},
        {{3, 5, 40, 20}, 70, 50},           {{7, 9, 1, 1}, 2, 58},
        {{9, 0, 30, 34}, 30, 45},           {{10, 10, 20, 20}, -40, 5},
        {{30, 14, 20, 20}, 1, 30},
    };
    bool sideways = rotation % 180 != 0;
    SDL_Surface *screen = sideways ? picture(H, W) : picture(W, H), *from = piece();
    SDL_Renderer *renderer = SDL_CreateSoftwareRenderer(screen);
    struct stage stage;
    stage_init(&stage, renderer, screen->w, screen->h, rotation);
    if (way != BY_RENDERER) {
        stage_draw_into(&stage, screen, way == INTO_SHARED);
    }
    struct plane plane;
    assert_true(stage_plane(&stage, &plane, PIECE_W, PIECE_H, (size_t)PIECE_W * PIECE_H));
    stage_upload(&stage, &plane, from, (SDL_Rect){0, 0, PIECE_W, PIECE_H});
    stage_fill(&stage, (SDL_Rect){0, 0, W, H}, (SDL_Color){0, 0, 70, 255});
    stage_fill(&stage, (SDL_Rect){60, 40, 50, 10}, (SDL_Color){200, 1, 7, 255});
    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++) {
        SDL_Rect at = {copies[i].x, copies[i].y, copies[i].from.w, copies[i].from.h};
        stage_copy(&stage, &plane, copies[i].from, at);
    }
    struct stage_part beside[] = {{&plane, {0, 2, 20, 30}, {-5, 35, 20, 30}},
                                  {&plane, {5, 2, 45, 30}, {15, 35, 45, 30}},
                                  {&plane, {1, 2, 35, 30}, {60, 35, 35, 30}}};
    stage_copy_beside(&stage, beside, sizeof beside / sizeof *beside);
    SDL_RenderFlush(renderer);
    plane_close(&plane);
    stage_fini(&stage);
    SDL_DestroyRenderer(renderer);
    SDL_FreeSurface(from);
    return screen;
}

static void both_ways_draw_alike(void **state)
{
    (void)state;
    for (int rotation = 0; rotation < 360; rotation += 90) {
        SDL_Surface *expected = draw(BY_RENDERER, rotation);
        for (enum way way = INTO_MEMORY; way <= INTO_SHARED; way++) {
            SDL_Surface *drawn = draw(way, rotation);
            assert_memory_equal(drawn->pixels, expected->pixels,
                                (size_t)drawn->pitch * (size_t)drawn->h);
            SDL_FreeSurface(drawn);
        }
        SDL_FreeSurface(expected);
    }
}

/* A surface of another format is left to the renderer, which converts. */
static void another_format_is_converted(void **state)
{
    (void)state;
    SDL_Surface *screen =
        SDL_CreateRGBSurfaceWithFormat(0, W, H, 16, SDL_PIXELFORMAT_RGB565);
    SDL_Surface *from = picture(PIECE_W, PIECE_H);
    SDL_FillRect(from, NULL, SDL_MapRGB(from->format, 255, 0, 0));
    SDL_Renderer *renderer = SDL_CreateSoftwareRenderer(screen);
    struct stage stage;
    stage_init(&stage, renderer, W, H, 0);
    stage_draw_into(&stage, screen, false);
    SDL_Rect all = {0, 0, PIECE_W, PIECE_H};
    struct plane plane;
    assert_true(stage_plane(&stage, &plane, PIECE_W, PIECE_H, (size_t)PIECE_W * PIECE_H));
    stage_upload(&stage, &plane, from, all);
    stage_copy(&stage, &plane, all, all);
    SDL_RenderFlush(renderer);
    Uint16 px;
    memcpy(&px, (Uint8 *)screen->pixels + 5 * screen->pitch + 2 * 5, sizeof px);
    assert_int_equal(px, SDL_MapRGB(screen->format, 255, 0, 0));
    plane_close(&plane);
    stage_fini(&stage);
    SDL_DestroyRenderer(renderer);
    SDL_FreeSurface(from);
    SDL_FreeSurface(screen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ways_draw_alike),
        cmocka_unit_test(another_format_is_converted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
