/* Counts what a frame may not do: make textures, upload more than one, allocate. For a test whose
 * link wraps SDL_CreateTexture and SDL_UpdateTexture (CMakeLists.txt). */
#ifndef MOTOGRAPH_TEST_SHOW_COUNT_H
#define MOTOGRAPH_TEST_SHOW_COUNT_H

#include <SDL.h>

static int textures, uploads;
SDL_Texture *__real_SDL_CreateTexture(SDL_Renderer *renderer, Uint32 format, int access,
                                      int w, int h);
SDL_Texture *__wrap_SDL_CreateTexture(SDL_Renderer *renderer, Uint32 format, int access,
                                      int w, int h);
int __real_SDL_UpdateTexture(SDL_Texture *texture, const SDL_Rect *rect,
                             const void *pixels, int pitch);
int __wrap_SDL_UpdateTexture(SDL_Texture *texture, const SDL_Rect *rect,
                             const void *pixels, int pitch);

SDL_Texture *__wrap_SDL_CreateTexture(SDL_Renderer *renderer, Uint32 format, int access,
                                      int w, int h)
{
    textures++;
    return __real_SDL_CreateTexture(renderer, format, access, w, h);
}

int __wrap_SDL_UpdateTexture(SDL_Texture *texture, const SDL_Rect *rect,
                             const void *pixels, int pitch)
{
    uploads++;
    return __real_SDL_UpdateTexture(texture, rect, pixels, pitch);
}

#if defined(__SANITIZE_ADDRESS__)
/* Of the sanitizer's runtime; gcc brings no header for it. */
int __sanitizer_install_malloc_and_free_hooks(void (*malloc_hook)(const volatile void *,
                                                                  size_t),
                                              void (*free_hook)(const volatile void *));

static int allocations;

static inline void count_allocation(const volatile void *pointer, size_t bytes)
{
    (void)pointer;
    (void)bytes;
    allocations++;
}

static inline void ignore_free(const volatile void *pointer)
{
    (void)pointer;
}
#endif

#endif
