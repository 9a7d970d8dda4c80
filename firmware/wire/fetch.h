/* One conditional GET with all its hops, and what came of it. Runs inside a multi handle
 * of the worker. Worker thread. */
#ifndef MOTOGRAPH_WIRE_FETCH_H
#define MOTOGRAPH_WIRE_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <curl/curl.h>

#include "base/config.h"
#include "wire/answer.h"
#include "wire/failure.h"

enum { FETCH_TOTAL_MS = 30 * 1000 }; /* all hops together */

struct fetch;

/* What to get. SOURCE, URL and ACCEPT must outlive the fetch, VALIDATORS (NULL = unconditional)
 * and FOUND not. FOUND, where not NULL, is an address that was found at URL (the feed a page
 * offers, the picture of a headline): it is asked instead, vetted and trusted no further than a
 * redirect from URL would be. */
struct fetch_order {
    const struct config_source *source;
    const char *url, *found;
    const struct answer_validators *validators;
    const char *accept; /* the header of that name, whole; NULL = a feed's */
    bool fresh; /* over a new connection: after a failure the old one may be at fault */
    bool
        foreign; /* URL itself was found, in a file: none of the source's trust goes with it */
};

/* What came of it. The pointers are the fetch's and valid until fetch_free(). */
struct fetch_result {
    enum failure failure; /* FAILURE_NONE: whole, or (status 304) unchanged */
    char detail[FAILURE_DETAIL_BYTES];
    const struct answer *answer; /* of the last hop */
    const char *url;  /* the last hop's, without any password: links resolve on it */
    const char *body; /* decoded; after a failure what came until then */
    size_t length;    /* at most FEED_BODY_BYTES; 0 unless the status was 2xx */
    bool full;        /* there was more, it was left */
};

/* Starts ORDER in MULTI with USER as the easy handle's CURLOPT_PRIVATE. NULL if that
 * cannot be, with *FAILURE telling why. */
struct fetch *fetch_new(CURLM *multi, const struct fetch_order *order, void *user,
                        int64_t now_ms, enum failure *failure);

/* Takes the end of a transfer (CURLMSG_DONE with CODE). True: all is done, see
 * fetch_result(). False: a redirect is being followed, and the end will come again. */
bool fetch_step(struct fetch *fetch, CURLcode code, int64_t now_ms);

/* It goes on for SOURCE, which says the same as the one it was started with. */
void fetch_adopt(struct fetch *fetch, const struct config_source *source);

/* Ends it now as timed out, whatever it is doing: the last resort when libcurl's own
 * limits have not ended it at FETCH_TOTAL_MS. */
void fetch_expire(struct fetch *fetch);

int64_t fetch_age_ms(const struct fetch *fetch, int64_t now_ms);

/* Valid after fetch_step() gave true, or fetch_expire(). */
const struct fetch_result *fetch_result(const struct fetch *fetch);

/* Ends what still runs, at once, and frees all. NULL is fine. */
void fetch_free(struct fetch *fetch);

#endif
