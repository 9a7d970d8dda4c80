/* One fetch of a source that somebody thinks of adding, outside of all schedules: by the same rules,
 * but nothing of it airs or is kept. A page that offers a feed is followed to it, as a source would
 * be. Worker thread. */
#ifndef MOTOGRAPH_WIRE_TRIAL_H
#define MOTOGRAPH_WIRE_TRIAL_H

#include <stdbool.h>
#include <stdint.h>

#include <curl/curl.h>

#include "base/config.h"
#include "feed/feed.h"
#include "wire/failure.h"

struct trial;

struct trial_result {
    int status;                        /* of HTTP; 0 = there was no answer */
    char error[FAILURE_LINE_BYTES];    /* "" = it would do as a source */
    char url[HEADLINE_LINK_BYTES + 1]; /* of the feed that the page offers; "" = none */
    struct feed_info info;
};

/* Begins with the first source of CONFIG, whose insides it takes over, also where it fails. MULTI may
 * be NULL: there is no network. NULL if memory is short. */
struct trial *trial_new(struct config *config, CURLM *multi, int64_t now_ms);

/* Looks how it stands. True when it has ended: RESULT is set, and TAKE was called with each headline.
 * Call it until then, whenever the worker has turned. */
bool trial_step(struct trial *trial, feed_sink_fn *take, void *user, int64_t now_ms,
                struct trial_result *result);

/* Ends it, finished or not. NULL is fine. */
void trial_free(struct trial *trial);

#endif
