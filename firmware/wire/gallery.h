/* The worker's side of pictures: takes what the main thread asks for, gets the file (over the
 * network, by the rules of feeds: vetted addresses, limits, one connection to a host, sources
 * first; or from a path that the operator wrote), makes the picture, and answers every request
 * once. What cannot be had is left out with a line in the log, once for each address and not in a
 * hurry. Worker thread. */
#ifndef MOTOGRAPH_WIRE_GALLERY_H
#define MOTOGRAPH_WIRE_GALLERY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <curl/curl.h>

#include "base/config.h"
#include "base/message.h"
#include "base/ring.h"
#include "wire/line.h"
#include "wire/place.h"
#include "wire/station.h"

enum {
    GALLERY_JOBS = 4,          /* taken from the ring at once */
    GALLERY_COMPLAINTS = 64,   /* addresses that are remembered */
    GALLERY_COMPLAIN_MS = 2000 /* from one line in the log to the next */
};

struct gallery_job {
    enum { GALLERY_FREE, GALLERY_ASKED, GALLERY_ANSWERED } state;
    struct picture_request request;
    struct place place;         /* owned */
    struct config_source trust; /* of a logo: what its address may do */
    struct line *line;          /* while it is fetched */
    struct picture *picture;    /* the answer, owned; NULL = none, */
    bool again;                 /* which another time there may be */
};

struct gallery {
    const struct config *config; /* borrowed, all of these */
    const struct station *stations;
    struct lines *lines;
    struct ring
        *requests; /* of struct picture_request, this its consumer; NULL = none come */
    const atomic_bool *quit;
    uint32_t edition; /* counts configurations */
    struct gallery_job jobs[GALLERY_JOBS];
    uint64_t complaints[GALLERY_COMPLAINTS]; /* about which addresses */
    size_t complained;
    unsigned unsaid; /* complaints since the last line */
    int64_t said_ms;
};

/* Takes requests and starts what may run; MULTI is NULL where there is no network. CAREFUL: no
 * names are looked up, since the last look-up timed out. */
void gallery_start(struct gallery *gallery, CURLM *multi, bool careful, int64_t now_ms);

/* Makes one picture of which the file is there. Returns whether there was one. */
bool gallery_take(struct gallery *gallery);

/* Whether there is one, or an answer to be put into the ring. */
bool gallery_waiting(const struct gallery *gallery);

/* Puts answers into RING (slots of struct message) as long as it has room. Returns whether all
 * have left. */
bool gallery_flush(struct gallery *gallery, struct ring *ring);

/* Goes on under another configuration: what is under way is dropped without an answer, and so is
 * what was asked for by the numbers of the one before. Who asked knows (show/album.h). */
void gallery_change(struct gallery *gallery, const struct config *config,
                    const struct station *stations);

/* Frees all, with what was not handed over; the lines stay. A zeroed one is fine. */
void gallery_fini(struct gallery *gallery);

#endif
