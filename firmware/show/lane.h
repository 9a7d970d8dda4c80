/* A lane: a rectangle of the screen that airs a rundown, and one struct of functions for each
 * way of doing so. Main thread. */
#ifndef MOTOGRAPH_SHOW_LANE_H
#define MOTOGRAPH_SHOW_LANE_H

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
#include "show/stage.h"
#include "show/theme.h"
#include "show/typecase.h"
#include "show/work.h"

/* How a source is named on the screen. */
struct lane_label {
    const char *name; /* borrowed; NULL = as the headline says */
    SDL_Color fill, ink;
    bool fetched;     /* from the web, so that it may become stale */
    const char *logo; /* borrowed; NULL or "" = none */
    bool ground;      /* a colour was asked for: the logo stands on it */
};

/* All but the first three may be the same for all lanes; everything is borrowed. */
struct clockface;

struct lane_setup {
    const struct config_lane *lane;
    SDL_Rect area; /* px, upright */
    struct desk_view view;
    struct desk_cursor *cursor; /* lanes that share one take turns; a crawl has its own */
    struct stage *stage;
    struct desk *desk;
    const struct theme *theme;
    struct typecase *type;
    const struct lane_label *labels; /* one for each source, and one for any other */
    size_t label_count;              /* at least 1 */
    struct album *album;             /* NULL = no pictures */
    struct airing_taker taker;       /* is told what has left the lane */
    const struct config_display *display;
    const struct clockface *telling; /* how times are said; NULL = as DISPLAY says */
    int64_t stale_after_s;
    bool clock_shown; /* a clock is on the screen */
    int text_px;      /* em; 0 = as the lane or the theme says */
};

struct lane_motion {
    void *(*open)(const struct lane_setup *setup);
    void (*close)(void *own);
    void (*advance)(void *own, int64_t refreshes, int64_t at);
    enum work (*work)(void *own);
    bool (*hungry)(const void *own);
    bool (*moved)(const void *own);
    void (*draw)(void *own);
    const struct headline *(*aired)(void *own);
    void (*reveal)(void *own, bool seen);
    void (*pace)(void *own, int percent); /* of its speed; 0 = it stands still */
    void (*yield)(void *own, int rows);   /* NULL = it does not */
    /* See lane_adopt. */
    void (*adopt)(void *own, const struct lane_setup *setup,
                  const struct config_change *change);
};

struct lane {
    const struct lane_motion *motion;
    void *own;
    SDL_Rect area;
    bool covers; /* it fills its area from the start */
    SDL_Color ground;
    SDL_Point shift;  /* px by which it stands beside its place, */
    bool stale;       /* changed since it was drawn last */
    bool covered;     /* nothing of it can be seen */
    const char *name; /* borrowed from the configuration */
    int percent;      /* of its speed, by hand */
    bool paused;      /* so too */
};

/* Opens a lane of the motion that setup->lane names. False, logged. */
bool lane_open(struct lane *lane, const struct lane_setup *setup);

/* What is on it has left. Zeroed is fine. */
void lane_close(struct lane *lane);

/* Goes on under another configuration in which the lane itself is as it was: SETUP is the new one,
 * of which lane, view, labels and freshness count, and CHANGE tells the new numbers of the sources.
 * Nothing jumps: what is on the screen, or laid out for it, is shown to its end. */
void lane_adopt(struct lane *lane, const struct lane_setup *setup,
                const struct config_change *change);

/* Gives HEADLINE (NULL is fine), a copy of a lane's own, the new number of its source: where that
 * has gone, the one past all, "any other". Returns whether the source is still there. */
bool lane_renumber(struct headline *headline, const struct config_change *change);

/* Takes over from SETUP what another configuration changes (lane_adopt). */
void lane_rewire(struct lane_setup *own, const struct lane_setup *setup);

/* Moves it by REFRESHES refreshes of the display; AT is wall time in UTC seconds. */
void lane_advance(struct lane *lane, int64_t refreshes, int64_t at);

/* Makes it run at PERCENT of its speed, or stand still, from now on; nothing of it jumps. A clock
 * goes on. */
void lane_set_speed(struct lane *lane, int percent);
void lane_pause(struct lane *lane, bool paused);

/* OVER, px, upright (empty = nothing), covers what lies beneath from now on. A lane that stands still
 * sets what it shows anew in the rows that are left above it, if they are enough. */
void lane_yield(struct lane *lane, SDL_Rect over);

/* One slice of work for the frames to come. */
enum work lane_work(struct lane *lane);

/* Whether something visible is missing although there is something to show. */
bool lane_hungry(const struct lane *lane);

/* Whether it must be drawn anew since it was drawn last. */
bool lane_moved(const struct lane *lane);
void lane_draw(struct lane *lane);

/* The next headline that has come into view and was not returned before, or NULL. Valid until
 * the next lane_advance or lane_work. */
const struct headline *lane_aired(struct lane *lane);

/* From now on it is covered, or no longer: to the taker its headlines have then left, and
 * those that are still there come again. Costs one comparison where nothing changes. */
void lane_cover(struct lane *lane, bool covered);

/* The label of HEADLINE: its source's, or the one for any other. */
const struct lane_label *lane_label(const struct lane_setup *setup,
                                    const struct headline *headline);

/* What the chip beside HEADLINE says, as `label` asks: the source's name, the first category,
 * or nothing. Copied to OUT. */
enum { LANE_LABEL_BYTES = 128 };
const char *lane_label_text(const struct lane_setup *setup,
                            const struct headline *headline, char out[LANE_LABEL_BYTES]);

/* The logo to stand in place of HEADLINE's label, for a chip of CHIP_PX px of height; NULL where
 * there is none, or not yet, or the lane's `label` asks for something else. It is the album's:
 * hold it to keep it. */
enum { LANE_LOGO_SHARE = 5 /* a logo is so many times as wide as high, at most */ };
struct picture *lane_logo(const struct lane_setup *setup, const struct headline *headline,
                          int chip_px);

/* Asks for the logos of all sources of the lane, so that they are there in time. */
void lane_ask_logos(const struct lane_setup *setup, int chip_px);

/* The lane's own text size, or DEFAULT_PX: px per em. */
int lane_text_px(const struct lane_setup *setup, int default_px);

/* The words a minute that LANE asks for, where it is H_PX high and its text, unless it says else, is
 * TEXT_PERCENT of that. */
double lane_words_per_minute(const struct config_lane *lane, int h_px, int text_percent);

/* Whole px per refresh, as the display refreshes now, for text of TEXT_PX at PERCENT of the lane's
 * speed: at least 1, for 0 per cent 0. */
int lane_step_px(const struct lane_setup *setup, int text_px, int percent);

#endif
