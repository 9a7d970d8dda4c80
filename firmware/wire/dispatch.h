/* Which fetches run: at most eight at once, one to a host, the longest due first. Worker
 * thread. */
#ifndef MOTOGRAPH_WIRE_DISPATCH_H
#define MOTOGRAPH_WIRE_DISPATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <curl/curl.h>

#include "wire/fetch.h"
#include "wire/station.h"

enum {
    DISPATCH_LINES = 8,
    DISPATCH_GRACE_MS =
        5 * 1000 /* beyond FETCH_TOTAL_MS, then a fetch is ended from here */
};

struct dispatch {
    struct station *stations; /* borrowed */
    size_t count;
    struct station_desk desk;
    struct dispatch_line {
        struct fetch *fetch; /* owned; NULL: the line is free */
        struct station *station;
        bool done; /* its result waits to be taken */
    } lines[DISPATCH_LINES];
    bool resolver_stuck; /* the last look-up of a name timed out */
};

/* Starts what is due and may run. */
void dispatch_start(struct dispatch *dispatch, CURLM *multi, int64_t now_ms);

/* Notes which fetches have ended, and ends those that libcurl should have ended. */
void dispatch_collect(struct dispatch *dispatch, CURLM *multi, int64_t now_ms);

/* Hands one ended fetch to its station; the outbox must be empty. Returns whether there
 * was one. */
bool dispatch_take(struct dispatch *dispatch);

/* Makes all web sources that last failed with FAILURE due. */
void dispatch_hasten(struct dispatch *dispatch, enum failure failure, int64_t now_ms);

/* Whether a fetch is under way; whether one has ended and waits to be taken. */
bool dispatch_running(const struct dispatch *dispatch);
bool dispatch_waiting(const struct dispatch *dispatch);

/* Ends all fetches, at once. A zeroed one is fine. */
void dispatch_fini(struct dispatch *dispatch);

#endif
