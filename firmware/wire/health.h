/* How a source is doing, for those who look after it: what its last attempt came to, in numbers
 * and in plain words. Worker thread. */
#ifndef MOTOGRAPH_WIRE_HEALTH_H
#define MOTOGRAPH_WIRE_HEALTH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/config.h"
#include "base/message.h"
#include "feed/feed.h"
#include "wire/failure.h"

/* Kept by its station. */
struct health {
    bool tried;          /* an attempt has ended */
    int status;          /* of HTTP; 0 = there was no answer, or it is a file */
    uint16_t items;      /* of the last good one */
    enum feed_kind kind; /* so too; FEED_UNKNOWN = not known */
    int64_t good_at;     /* when that was, UTC seconds; HEADLINE_NO_TIME = never */
    char detail[FAILURE_DETAIL_BYTES]; /* of what is wrong now */
};

/* Of all sources together, since the start. */
struct health_counts {
    uint64_t fetched, unchanged, failed;
};

void health_init(struct health *health);

/* An attempt came to KIND with COUNT headlines at wall time AT; DETAIL is of its failure. COUNTS
 * may be NULL. */
void health_note(struct health *health, struct health_counts *counts,
                 enum message_kind kind, uint16_t count, const char *detail, int64_t at);

/* What others may know of a source. The texts are valid until the worker's next turn. */
struct health_report {
    const struct config_source *source;
    const char *shown; /* its address without user and password */
    enum failure failure;
    const struct health *health;
    int64_t next_ms; /* when it is due, on the scale of clock_ms(); INT64_MAX = never */
};

/* "what is wrong: what to do" in OUT; "" where all is well. Returns OUT. */
char *health_words(const struct health_report *report, char out[FAILURE_LINE_BYTES]);

#endif
