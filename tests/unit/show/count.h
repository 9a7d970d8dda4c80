/* Counts what a frame may not do: make planes, upload more than one, allocate. For a test whose
 * link wraps plane_open and plane_write (CMakeLists.txt). */
#ifndef MOTOGRAPH_TEST_SHOW_COUNT_H
#define MOTOGRAPH_TEST_SHOW_COUNT_H

#include "show/plane.h"

static int planes, uploads;
bool __real_plane_open(struct plane *plane, SDL_Renderer *renderer, int w, int h);
bool __wrap_plane_open(struct plane *plane, SDL_Renderer *renderer, int w, int h);
bool __real_plane_write(struct plane *plane, SDL_Rect at, const void *pixels, int pitch);
bool __wrap_plane_write(struct plane *plane, SDL_Rect at, const void *pixels, int pitch);

bool __wrap_plane_open(struct plane *plane, SDL_Renderer *renderer, int w, int h)
{
    planes++;
    return __real_plane_open(plane, renderer, w, h);
}

bool __wrap_plane_write(struct plane *plane, SDL_Rect at, const void *pixels, int pitch)
{
    uploads++;
    return __real_plane_write(plane, at, pixels, pitch);
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
