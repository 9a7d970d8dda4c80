/* What the web page and scripts ask of the ticker (contract.md, "HTTP"): the routes of the web
 * server, and the questions to the main thread that some of them need. It lives in the worker's poll
 * as its guest; all but api_new and api_free is called there. */
#ifndef MOTOGRAPH_COMMAND_API_H
#define MOTOGRAPH_COMMAND_API_H

#include <stdbool.h>
#include <stddef.h>

#include "base/config.h"
#include "base/config_change.h"
#include "base/ring.h"
#include "command/own.h"
#include "wire/worker.h"

struct api;

struct api_setup {
    const struct config *config; /* of the start, for its [web]; not kept */
    const char *listen;          /* in place of what that says; copied */
    const struct config_news
        *news; /* how the configuration stands; the worker's, borrowed */
    struct ring *
        answers; /* of struct inquiry *, from the main thread, which it reads; borrowed */
    struct own *own;   /* messages, the worker's; borrowed */
    size_t ring_slots; /* of the ring to the main thread */
};

/* NULL, logged, if it cannot be. Main thread, before the worker. */
struct api *api_new(const struct api_setup *setup);

/* After the worker has ended. NULL is fine. */
void api_free(struct api *api);

struct worker_guest api_guest(struct api *api);

#endif
