/* SDL sorts modes by size, but does not tell which one the display prefers; the kernel's list begins
 * with it (screen_aim.best). What was shown before may be something else: after a change of screens
 * the console keeps the size of the one that was there when the board started. */
#define LOG_MODULE "screen"
#include "show/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

enum { USUAL_HZ = 60, LIST_BYTES = 400 };

static bool is_auto(const char *text)
{
    return !text || !*text || strcmp(text, "auto") == 0;
}

static const char *list_displays(char *out, size_t room)
{
    size_t used = 0;
    snprintf(out, room, "none");
    for (int i = 0; i < SDL_GetNumVideoDisplays() && used < room; i++) {
        const char *name = SDL_GetDisplayName(i);
        int count = snprintf(out + used, room - used, "%s%s", used ? ", " : "",
                             name ? name : "?");
        used += count > 0 ? (size_t)count : 0;
    }
    return out;
}

int output_display(const struct screen_setup *setup, bool direct)
{
    int count = SDL_GetNumVideoDisplays();
    if (direct) {
        return setup->aim.name && setup->aim.place < count ? setup->aim.place : 0;
    }
    if (is_auto(setup->output)) {
        return 0;
    }
    for (int i = 0; i < count; i++) {
        const char *name = SDL_GetDisplayName(i);
        if (name && strcmp(name, setup->output) == 0) {
            return i;
        }
    }
    char list[LIST_BYTES];
    log_warning("output = %s: this desktop has %s; going on with the first",
                setup->output, list_displays(list, sizeof list));
    return 0;
}

/* The mode of DISPLAY that is WANTED; where any rate is welcome, the one nearest to the usual. */
static bool find(int display, const struct resolution *wanted, SDL_DisplayMode *mode)
{
    bool found = false;
    for (int i = 0; i < SDL_GetNumDisplayModes(display); i++) {
        SDL_DisplayMode one;
        if (SDL_GetDisplayMode(display, i, &one) != 0 || one.w != wanted->w ||
            one.h != wanted->h || (wanted->hz && one.refresh_rate != wanted->hz)) {
            continue;
        }
        if (!found ||
            abs(one.refresh_rate - USUAL_HZ) < abs(mode->refresh_rate - USUAL_HZ)) {
            *mode = one;
            found = true;
        }
    }
    return found;
}

static void log_missing(const struct screen_setup *setup, int display)
{
    char list[LIST_BYTES] = "none";
    size_t used = 0;
    for (int i = 0; i < SDL_GetNumDisplayModes(display) && used < sizeof list; i++) {
        SDL_DisplayMode one = {0};
        SDL_GetDisplayMode(display, i, &one);
        int count = snprintf(list + used, sizeof list - used, "%s%dx%d@%d",
                             used ? ", " : "", one.w, one.h, one.refresh_rate);
        used += count > 0 ? (size_t)count : 0;
    }
    log_warning("mode = %s: this display has %s; going on with auto", setup->mode, list);
}

bool output_mode(const struct screen_setup *setup, int display, SDL_DisplayMode *mode)
{
    struct resolution wanted = {0};
    SDL_DisplayMode now = {0};
    if (!is_auto(setup->mode) &&
        resolution_parse(setup->mode, strlen(setup->mode), &wanted) && wanted.w > 0) {
        if (find(display, &wanted, mode)) {
            return true;
        }
        log_missing(setup, display);
    }
    wanted = setup->aim.name ? setup->aim.best : (struct resolution){0};
    SDL_GetDesktopDisplayMode(display, &now);
    return wanted.w > 0 && (now.w != wanted.w || now.h != wanted.h) &&
           find(display, &wanted, mode);
}
