/* The screen: one SDL_Renderer to draw with, and one of three ways to bring the picture out,
 * chosen at start by looking at what is there:
 *   hardware  a real GPU: OpenGL ES 2, everything redrawn, paced by the display;
 *   software  GL is absent or itself a software rasteriser: the CPU draws into the window's
 *             own surface and only what changed is pushed; paced by the clock;
 *   headless  a surface in memory.
 * Main thread. */
#ifndef MOTOGRAPH_SHOW_SCREEN_H
#define MOTOGRAPH_SHOW_SCREEN_H

#include <SDL.h>
#include <stdbool.h>

#include "base/resolution.h"

enum screen_kind { SCREEN_HEADLESS, SCREEN_SOFTWARE, SCREEN_HARDWARE };
enum screen_shape { SCREEN_AUTO, SCREEN_WINDOW, SCREEN_FULL };

/* Which display of KMSDRM to open, for SDL does not know their names. Zeroed: its first. */
struct screen_aim {
    const char *name; /* of the connector; NULL = unknown, and then nothing else counts */
    const char *why;  /* it, for the log */
    int card;         /* of /dev/dri/card0 ... */
    int place;        /* among its connected ones */
    struct resolution best;
};

struct screen_setup {
    bool headless;
    enum screen_shape shape; /* AUTO: a window on a desktop, full screen under KMSDRM */
    int w, h;                /* of a window or headless; 0 = the default */
    const char *output;    /* a display's name on a desktop; NULL or "auto" = the first */
    const char *mode;      /* as resolution.h; NULL = auto. Under KMSDRM alone */
    struct screen_aim aim; /* so too */
};

struct screen {
    enum screen_kind kind;
    SDL_Window *window;     /* NULL when headless */
    SDL_Renderer *renderer; /* to draw with */
    SDL_Surface *surface;   /* what the CPU draws into; NULL with SCREEN_HARDWARE */
    int w, h;               /* px */
    double refresh_hz;
    const char *driver; /* "x11", "KMSDRM", ..., "headless" */
    const char *name;   /* "software", "opengles2" */
    bool video;         /* SDL's video was started */
    bool full;          /* no window */
    bool direct;        /* KMSDRM: there is nobody between us and the connector */
};

/* Spares the start what libraries under SDL would do for input that is not wanted. Sets environment
 * variables, so before other threads start. */
void screen_prepare(void);

/* Opens the screen and logs what it chose. False, with the reason in SDL_GetError(), if there is none. */
bool screen_open(struct screen *screen, const struct screen_setup *setup);

/* Closes it; a zeroed screen is fine. */
void screen_close(struct screen *screen);

/* After the window changed its size: takes the new size over. Everything must be drawn anew.
 * False, logged, if the window's surface is lost for good. */
bool screen_resize(struct screen *screen);

/* Finishes the drawing of a frame, so that screen_present only has to bring it out. */
void screen_flush(struct screen *screen);

/* Brings the frame out: the COUNT rectangles of DAMAGE are what changed. With SCREEN_HARDWARE
 * it may wait for the display. False if the picture could not be brought out. */
bool screen_present(struct screen *screen, const SDL_Rect *damage, size_t count);

/* Writes what was drawn last to a PNG. False if that fails. Before screen_present with hardware. */
bool screen_capture(struct screen *screen, const char *path);

#endif
