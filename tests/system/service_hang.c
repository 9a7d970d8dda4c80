/* Preloaded, it does two things. The first frame comes out a second late, and then the file
 * $FIRST_FRAME is made. And once the file $WORKER_HANG is there the monotonic clock runs eleven minutes ahead.
 * If it says "hang", the worker, which waits nowhere but in curl_multi_poll, then never comes
 * back from there, as from a library call that is stuck. */
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { AHEAD_S = 11 * 60 };

typedef int poll_fn(void *multi, void *extra, unsigned count, int timeout_ms, int *ready);
typedef int present_fn(void *window, const void *rects, int count);
typedef int clock_fn(clockid_t clock, struct timespec *time);
typedef int sleep_fn(clockid_t clock, int flags, const struct timespec *time,
                     struct timespec *left);

static atomic_int ahead_s;

static void *real(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
    static _Atomic(void *) found;
    union {
        void *object;
        clock_fn *function;
    } next = {.object = atomic_load(&found)};
    if (!next.object) {
        next.object = real("clock_gettime");
        atomic_store(&found, next.object);
    }
    int result = next.function(clock, time);
    if (clock == CLOCK_MONOTONIC) {
        time->tv_sec += atomic_load(&ahead_s);
    }
    return result;
}

/* The kernel knows nothing of the clock that runs ahead. */
int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time,
                    struct timespec *left)
{
    union {
        void *object;
        sleep_fn *function;
    } next = {.object = real("clock_nanosleep")};
    struct timespec until = *time;
    if (clock == CLOCK_MONOTONIC && (flags & TIMER_ABSTIME)) {
        until.tv_sec -= atomic_load(&ahead_s);
    }
    return next.function(clock, flags, &until, left);
}

int SDL_UpdateWindowSurfaceRects(void *window, const void *rects, int count)
{
    static bool late;
    union {
        void *object;
        present_fn *function;
    } next = {.object = real("SDL_UpdateWindowSurfaceRects")};
    const char *path = late ? NULL : getenv("FIRST_FRAME");
    late = true;
    if (path) {
        sleep(1);
    }
    int result = next.function(window, rects, count);
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) {
        fclose(file);
    }
    return result;
}

int curl_multi_poll(void *multi, void *extra, unsigned count, int timeout_ms, int *ready)
{
    char word[8] = "";
    union {
        void *object;
        poll_fn *function;
    } next = {.object = real("curl_multi_poll")};
    const char *path = getenv("WORKER_HANG");
    int result =
        next.function(multi, extra, count, timeout_ms > 200 ? 200 : timeout_ms, ready);
    FILE *file = path ? fopen(path, "r") : NULL;
    if (file) {
        (void)!fgets(word, sizeof word, file);
        fclose(file);
        atomic_store(&ahead_s, AHEAD_S);
    }
    while (word[0] == 'h') {
        pause();
    }
    return result;
}
