/* Breaking news over all else: a banner above the crawl, or the whole screen, as each flash asks
 * or else the configuration. What a flash looks like within a lane (its chip) is the lane's, and
 * one that is to be inline is there alone. The ground is there with the first frame after a flash
 * has come, the text as soon as slices of work have made it. Several take turns; a new one comes
 * at once. It goes in the frame after the desk has let go of it. What is
 * covered goes on beneath. Main thread. */
#ifndef MOTOGRAPH_SHOW_FLASH_H
#define MOTOGRAPH_SHOW_FLASH_H

#include <SDL.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/headline.h"
#include "show/board.h"
#include "show/lane.h"

enum { FLASH_TURNS = 16 }; /* so many take turns */

/* One of those that are live. */
struct flash_turn {
    uint64_t identity;
    uint16_t source;
    uint64_t shown; /* the number of the turn in which it was; 0 = not yet */
};

enum flash_form { FLASH_BANNER, FLASH_TAKEOVER, FLASH_FORMS };

struct flash {
    struct board boards[FLASH_FORMS];
    enum flash_form form;      /* that is up, */
    enum flash_form making;    /* and that the next is made on */
    enum headline_style usual; /* of one that names none */
    SDL_Rect area;             /* what is covered while it is up; */
    SDL_Rect bared;            /* what was, see flash_advance */
    bool off;                  /* memory was short: flashes are in the lanes only */
    bool up;
    uint64_t edition; /* of the desk's flashes */
    struct flash_turn turns[FLASH_TURNS];
    size_t count;
    uint64_t turn;
    bool urgent;                 /* one has come that has not been shown */
    struct headline *now, *next; /* owned copies; shown, and in the making; NULL = none */
    int64_t at, held;            /* wall time; refreshes that `now` has been shown */
    bool setting, moved, aired;
    struct airing airing; /* of `now` */
};

/* Sets it up for STYLE (inline, banner, takeover); SETUP is as for a lane, its `lane` and `area`
 * apart. CRAWL is the lowest one's place, empty if there is none, and SAFE the margins in per
 * cent: top, right, bottom, left. Makes nothing yet. */
void flash_init(struct flash *flash, const struct lane_setup *setup, const char *style,
                SDL_Rect crawl, const double safe[4]);

/* Zeroed is fine. */
void flash_fini(struct flash *flash);

/* Moves it by REFRESHES; AT is wall time. True if `bared`, which it covered, has become bare. */
bool flash_advance(struct flash *flash, int64_t refreshes, int64_t at);

/* As lane_adopt. */
void flash_adopt(struct flash *flash, const struct lane_setup *setup,
                 const struct config_change *change);

/* As those of a lane. */
enum work flash_work(struct flash *flash);
bool flash_hungry(const struct flash *flash);
bool flash_moved(const struct flash *flash);
void flash_draw(struct flash *flash);
const struct headline *flash_aired(struct flash *flash);

/* What it shows has left, for the taker. */
void flash_leave(struct flash *flash);

/* Whether nothing of AREA is to be seen. */
bool flash_hides(const struct flash *flash, SDL_Rect area);

#endif
