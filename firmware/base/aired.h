/* What was on the screen: a headline, where, from when to when. Plain data of fixed size; it crosses
 * the ring from the main thread to the worker by value, and of it only aired_bytes(). Pure; any
 * thread. */
#ifndef MOTOGRAPH_BASE_AIRED_H
#define MOTOGRAPH_BASE_AIRED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/headline.h"

enum {
    AIRED_LANE_BYTES = 128,
    AIRED_LINE_BYTES = 36 << 10 /* room for the longest line, its end and '\0' */
};

struct aired {
    int64_t at, until; /* UTC seconds, by the clock as it was when the headline left */
    int64_t shown_ms;  /* how long it could be seen */
    char
        lane[AIRED_LANE_BYTES]; /* as the configuration or the layout names it; "flash" */
    struct headline headline;   /* last, so a short copy is enough */
};

/* The headline that has just left LANE, at UNTIL, after SHOWN_US microseconds. Of it what a record
 * names is kept: text, source, link, id. */
void aired_set(struct aired *aired, const char *lane, const struct headline *headline,
               int64_t until, int64_t shown_us);

/* How many bytes from the start of the struct matter. */
size_t aired_bytes(const struct aired *aired);

/* Writes it as one JSON object without a line end at OUT,
 * AIRED_LINE_BYTES. What the headline does not have is left out. The text is valid UTF-8 and holds
 * no character at which a reader might end the line. Returns its bytes. */
size_t aired_json(const struct aired *aired, char *out);

#endif
