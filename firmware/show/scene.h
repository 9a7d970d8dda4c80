/* What is on the screen: the background, the crawl at the bottom edge, and, until the first
 * headline has aired, a title card that says what is being tried. Main thread. */
#ifndef MOTOGRAPH_SHOW_SCENE_H
#define MOTOGRAPH_SHOW_SCENE_H

#include <SDL.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/config.h"
#include "desk/desk.h"
#include "show/crawl.h"

struct scene;

struct scene_setup {
    SDL_Renderer *renderer; /* borrowed, so too the next */
    struct desk *desk;
    int w, h; /* px */
    double refresh_hz;
    const char *font_dir; /* or NULL */
    int text_px;          /* em of the crawl; 0 = from the band's height */
    const struct config_lane
        *lane; /* the crawl's speed and direction; NULL = auto, auto */
};

/* NULL, logged, if the renderer or memory fails. */
struct scene *scene_new(const struct scene_setup *setup);
void scene_free(struct scene *scene);

/* The lines of the title card, the first one large; copied. At most SCENE_CARD_LINES. None
 * takes the card away. */
enum { SCENE_CARD_LINES = 8 };
void scene_set_card(struct scene *scene, const char *const *lines, size_t count);

/* Moves everything by REFRESHES refreshes of the display. */
void scene_advance(struct scene *scene, int64_t refreshes);

/* One slice of work for the frames to come; while something visible is missing, as many as
 * fit into BUDGET_US, up to and with one upload. Returns the most expensive kind done. */
enum crawl_work scene_work(struct scene *scene, int64_t budget_us);

/* Whether something visible is missing although there is something to show. */
bool scene_hungry(const struct scene *scene);

/* Draws the frame: all of it, or only what moves. Returns what changed. */
SDL_Rect scene_draw(struct scene *scene, bool all);

/* As crawl_aired. */
const struct headline *scene_aired(struct scene *scene);

/* The crawl's place and speed, for those who measure. */
SDL_Rect scene_band(const struct scene *scene);
int scene_step_px(const struct scene *scene);

#endif
