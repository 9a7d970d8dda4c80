/* What the clock says, and how it is set on its sheet: title, date and time of day on one line,
 * to the right; before the date, when all sources are stale, since when. Main thread. */
#ifndef MOTOGRAPH_SHOW_CLOCKFACE_H
#define MOTOGRAPH_SHOW_CLOCKFACE_H

#include <locale.h>
#include <stdbool.h>
#include <stdint.h>

#include "show/lane.h"
#include "show/sheet.h"

enum { CLOCKFACE_BYTES = 96 };

struct clockface {
    const struct lane_setup *setup;
    struct sheet *sheet;
    locale_t locale; /* owned; (locale_t)0 = plain C */
    int step, right_px;
    bool bare; /* its logo was still awaited when it was set last */
    int64_t at;
};

/* Sets it up in the locale and time zone of setup->display; where the system does not have
 * them, in English and in the system's zone, logged. */
void clockface_init(struct clockface *face, const struct lane_setup *setup,
                    struct sheet *sheet);
void clockface_fini(struct clockface *face);

/* Begins to set the clock for AT, UTC seconds; one slice of it, false when all is listed. */
void clockface_begin(struct clockface *face, int64_t at);
bool clockface_step(struct clockface *face);

/* Whether its logo is there by now. */
bool clockface_has_logo(const struct clockface *face);

/* The time of day and the date at AT, as the locale has them. */
void clockface_time(const struct clockface *face, int64_t at, char out[CLOCKFACE_BYTES]);
void clockface_date(const struct clockface *face, int64_t at, char out[CLOCKFACE_BYTES]);

#endif
