/* What is on the screen: the background, the lanes, breaking news over them, and, until the first
 * headline has aired, a title card that says what is being tried. Main thread. */
#ifndef MOTOGRAPH_SHOW_SCENE_H
#define MOTOGRAPH_SHOW_SCENE_H

#include <SDL.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"
#include "base/config_change.h"
#include "desk/desk.h"
#include "desk/view.h"
#include "show/airing.h"
#include "show/album.h"
#include "show/panel.h"
#include "show/theme.h"
#include "show/work.h"

struct scene;

struct scene_setup {
    SDL_Renderer *renderer; /* borrowed, so too all that is pointed to */
    SDL_Surface *surface;   /* what it draws into, where that is memory; else NULL */
    bool shared;            /* another process reads the surface */
    bool fresh;             /* nothing was ever shown there: see scene_draw */
    struct desk *desk;
    const struct config
        *config; /* display and sources; its lanes, else those of its layout */
    const struct theme *theme;
    struct album *album;       /* NULL = no pictures */
    struct airing_taker taker; /* is told what has left the screen */
    int w, h;                  /* px of the renderer's output */
    double refresh_hz;
    const char *font_dir; /* or NULL */
    int text_px;          /* em of the crawls; 0 = as lane and theme say */
};

/* NULL, logged, if the renderer or memory fails. A lane that cannot be opened is left out. */
struct scene *scene_new(const struct scene_setup *setup);
/* With scene_leave. */
void scene_free(struct scene *scene);

/* Goes on under the configuration of CHANGE, whose content setup->config already has: display,
 * lanes, theme and the style of breaking news are as they were (scene_keeps), so nothing jumps. The
 * desk has its new numbers already, the strings of the configuration before are still there. */
void scene_adopt(struct scene *scene, const struct config_change *change);

/* Whether a scene made for A can go on under B; of the theme only the name is looked at. Pure. */
bool scene_keeps(const struct config *a, const struct config *b);

/* The lines of the title card, the first one large; copied. At most SCENE_TITLE_LINES. None
 * takes the card away. */
enum { SCENE_TITLE_LINES = 8 };
void scene_set_title(struct scene *scene, const char *const *lines, size_t count);

/* A panel over the picture says WORDS (copied) for as long as they are not taken away by NULL. Where
 * there is no room for it there is none. */
void scene_say(struct scene *scene, const struct panel_words *words);

/* The display turned out to refresh REFRESH_HZ times a second: speeds and times hold again from
 * the next frame on, and nothing jumps. */
void scene_set_refresh(struct scene *scene, double refresh_hz);

/* Moves everything by REFRESHES refreshes of the display; AT is wall time in UTC seconds. */
void scene_advance(struct scene *scene, int64_t refreshes, int64_t at);

/* The lanes called LANE ("" = all) run at PERCENT of their speed from now on; all stand still, or go
 * on. Nothing jumps; breaking news and clocks go on. Returns how many. */
size_t scene_set_speed(struct scene *scene, const char *lane, int percent);
void scene_pause(struct scene *scene, bool paused);

/* What lane I is, for those who tell of it; false past the last one. What it points to is valid
 * until the scene goes. */
struct scene_lane {
    const char *name;
    enum config_motion motion;
    SDL_Rect area;  /* px, upright */
    int percent;    /* of its speed */
    SDL_Rect place; /* px of the output */
    const struct desk_view *view;
    const struct desk_cursor *cursor; /* lanes that share one take turns */
};
bool scene_lane(const struct scene *scene, size_t i, struct scene_lane *out);

/* One slice of work for the frames to come, the lanes taking turns; while something visible is
 * missing, as many as fit into BUDGET_US, up to and with one upload. Returns the most expensive
 * kind done. */
enum work scene_work(struct scene *scene, int64_t budget_us);

/* Whether something visible is missing although there is something to show. */
bool scene_hungry(const struct scene *scene);

/* Draws the frame: all of it, or only what has changed. Writes what changed to DAMAGE, px of
 * the output, and returns how many rectangles. On a fresh screen the first frames only fill it by
 * and by (show/veil.h), unless ALL is asked for. */
enum { SCENE_DAMAGE = CONFIG_LANES + 4 };
size_t scene_draw(struct scene *scene, bool all, SDL_Rect damage[SCENE_DAMAGE]);

/* What was shown so far has been lost, as when a window is uncovered: all is drawn again. */
void scene_expose(struct scene *scene);

/* The next headline that has come into view and was not returned before, or NULL. */
const struct headline *scene_aired(struct scene *scene);

/* The end: to the taker all that is on the screen has left it. It can still be drawn. */
void scene_leave(struct scene *scene);

/* The place of the lowest crawl, px of the output; empty if there is none. For those who
 * measure. */
SDL_Rect scene_band(const struct scene *scene);

#endif
