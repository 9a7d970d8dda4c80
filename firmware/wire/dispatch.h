/* Which sources are fetched: at most eight at once, one from a host, the longest due first.
 * Worker thread. */
#ifndef MOTOGRAPH_WIRE_DISPATCH_H
#define MOTOGRAPH_WIRE_DISPATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <curl/curl.h>

#include "wire/line.h"
#include "wire/station.h"

struct dispatch {
    struct station *stations; /* borrowed, so too the next */
    struct lines *lines;
    size_t count;
    struct station_desk desk;
    struct station
        *served[LINE_SOURCES]; /* by the line of that number, while it fetches */
    bool resolver_stuck;       /* the last look-up of a name timed out */
};

/* Starts what is due and may run. */
void dispatch_start(struct dispatch *dispatch, CURLM *multi, int64_t now_ms);

/* Hands one ended fetch to its station; the outbox must be empty. Returns whether there
 * was one. */
bool dispatch_take(struct dispatch *dispatch);

/* Makes all web sources that last failed with FAILURE due. */
void dispatch_hasten(struct dispatch *dispatch, enum failure failure, int64_t now_ms);

/* The same for those that nobody answered to. */
void dispatch_hasten_silent(struct dispatch *dispatch, int64_t now_ms);

#endif
