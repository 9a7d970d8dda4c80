/* POST /api/sources with "try": the source is fetched once, and what came of it is told, with its
 * first headlines. One at a time, for it is a person who waits. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "command/api_inside.h"
#include "command/headline_json.h"
#include "wire/trial.h"

enum { SHOWN = 10 };

static bool take(void *user, const struct headline *headline)
{
    json_t *array = user;
    if (json_array_size(array) < SHOWN) {
        json_array_append_new(array, headline_json(headline, ""));
    }
    return true;
}

bool api_try_begin(struct api *api, struct web_call *call, struct config *config)
{
    if (api->trial) {
        config_fini(config);
        return false;
    }
    api->trial = trial_new(config, worker_multi(api->worker), clock_ms());
    call->own = api->trial;
    return api->trial != NULL;
}

void api_try_step(struct web_call *call, struct web_reply *reply)
{
    struct trial_result *result = malloc(sizeof *result);
    json_t *headlines = json_array();
    if (!result) {
        api_refuse(reply, 503, "memory is short");
    } else if (trial_step(call->own, take, headlines, clock_ms(), result)) {
        const char *kind =
            result->info.kind == FEED_UNKNOWN ? "" : feed_kind_name(result->info.kind);
        api_reply(reply, 200,
                  json_pack("{s:i,s:s,s:o,s:o,s:I,s:o,s:O}", "status", result->status,
                            "kind", kind, "title", api_string(result->info.title),
                            "error", api_string(result->error), "items",
                            (json_int_t)result->info.items, "feed_url",
                            api_string(result->url), "headlines", headlines));
    }
    json_decref(headlines);
    free(result);
}

void api_try_drop(void *user, void *own)
{
    struct api *api = user;
    trial_free(own);
    api->trial = NULL;
}
