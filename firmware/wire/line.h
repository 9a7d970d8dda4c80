/* The places for fetches in the worker's one multi handle: at most so many at once, one to a
 * host, whatever they are for. Worker thread. */
#ifndef MOTOGRAPH_WIRE_LINE_H
#define MOTOGRAPH_WIRE_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <curl/curl.h>

#include "wire/fetch.h"

enum {
    LINE_SOURCES = 8,  /* the first ones */
    LINE_PICTURES = 2, /* the last ones */
    LINES = LINE_SOURCES + LINE_PICTURES,
    LINE_GRACE_MS = 5 * 1000 /* beyond FETCH_TOTAL_MS, then a fetch is ended from here */
};

struct line {
    struct fetch *fetch; /* owned; NULL: the line is free */
    const char *host;    /* borrowed from who started it */
    bool done;           /* its result waits to be taken */
};

/* Zeroed: all free. */
struct lines {
    struct line lines[LINES];
};

/* Starts ORDER on a free LINE. HOST as place_init gives it. Returns the failure if it cannot even
 * begin; the line is free then. */
enum failure line_start(struct line *line, CURLM *multi, const struct fetch_order *order,
                        const char *host, int64_t now_ms);

/* Its fetch goes on for SOURCE and HOST, the same ones at another place in memory. */
void line_adopt(struct line *line, const struct config_source *source, const char *host);

/* Frees its fetch, at once, finished or not. */
void line_end(struct line *line);

/* Whether HOST is a name, which must be looked up, and no address. */
bool line_looks_up(const char *host);

/* Whether a fetch from HOST is under way. */
bool lines_reach(const struct lines *lines, const char *host);

/* Notes which fetches have ended, and ends those that libcurl should have ended. */
void lines_collect(struct lines *lines, CURLM *multi, int64_t now_ms);

/* Whether a fetch is under way; whether one has ended and waits to be taken. */
bool lines_running(const struct lines *lines);
bool lines_waiting(const struct lines *lines);

/* Ends all. */
void lines_fini(struct lines *lines);

#endif
