/* What of the rundown one lane airs: some sources, some categories. Pure; main thread. */
#ifndef MOTOGRAPH_DESK_VIEW_H
#define MOTOGRAPH_DESK_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"
#include "base/headline.h"
#include "desk/desk.h"

enum { VIEW_SOURCES = CONFIG_SOURCES + 64 }; /* and the push source */

/* Zeroed airs all. */
struct desk_view {
    bool calm; /* no flashes that a banner shows: none but inline ones */
    enum headline_style flash_style;     /* of a flash that names none */
    bool some;                           /* only the sources with a bit here */
    uint64_t sources[VIEW_SOURCES / 64]; /* a bit for each */
    const char *categories;              /* between commas, borrowed; NULL or "*" = all */
    int64_t
        hold_ms; /* each headline's share of the lap; 0 = as long as it takes to read it */
};

/* The next word of a LIST with commas between, blanks round each taken off: sets NAME and LENGTH
 * and returns where to go on; NULL at the end. Empty words are passed over. */
const char *view_word(const char *list, const char **name, size_t *length);

/* Under which a lane that names its sources airs what was sent by hand, too. */
#define VIEW_PUSHED "push"

/* What LANE airs of the sources of CONFIG, which must outlive it. A name that no source has counts
 * for nothing. */
struct desk_view view_of(const struct config *config, const struct config_lane *lane);

/* Whether two air the same. */
bool view_same(const struct desk_view *a, const struct desk_view *b);

/* Whether HEADLINE is a flash that stands above the lanes; USUAL is the style of one that names
 * none. */
bool view_has_banner(const struct headline *headline, enum headline_style usual);

/* Whether VIEW airs HEADLINE. Categories are compared in any case (ASCII). */
bool view_shows(const struct desk_view *view, const struct headline *headline);

bool view_has_source(const struct desk_view *view, size_t source);

/* As desk_next, but only what VIEW airs; the rest is passed over, at most VIEW_PASSED of it in
 * one call: NULL then, too, and the next call goes on from there. */
enum { VIEW_PASSED = 64 };
const struct headline *view_next(const struct desk_view *view, struct desk *desk,
                                 struct desk_cursor *cursor);

#endif
