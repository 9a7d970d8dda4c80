#include "wire/trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/line.h"
#include "wire/place.h"

struct trial {
    struct config config; /* owned */
    struct place place;   /* owned */
    CURLM *multi;
    struct line line;
    char *found;          /* owned: the feed that the page offers; NULL = not yet */
    enum failure failure; /* it could not even begin */
};

static void begin(struct trial *trial, int64_t now_ms)
{
    struct fetch_order order = {.source = &trial->config.sources[0],
                                .url = trial->place.target,
                                .found = trial->found,
                                .fresh = true};
    trial->failure =
        line_start(&trial->line, trial->multi, &order, trial->place.host, now_ms);
}

struct trial *trial_new(struct config *config, CURLM *multi, int64_t now_ms)
{
    struct trial *trial = calloc(1, sizeof *trial);
    if (!trial) {
        config_fini(config);
        return NULL;
    }
    trial->config = *config;
    *config = (struct config){0};
    trial->multi = multi;
    if (!place_init(&trial->place, trial->config.sources[0].url)) {
        trial_free(trial);
        return NULL;
    }
    if (trial->place.kind != PLACE_WEB) {
        trial->failure =
            trial->place.kind == PLACE_BAD ? trial->place.failure : FAILURE_SCHEME;
    } else if (!multi) {
        trial->failure = FAILURE_UNREACHABLE;
    } else {
        begin(trial, now_ms);
    }
    return trial;
}

void trial_free(struct trial *trial)
{
    if (trial) {
        if (trial->line.fetch) {
            line_end(&trial->line);
        }
        place_fini(&trial->place);
        config_fini(&trial->config);
        free(trial->found);
        free(trial);
    }
}

static void tell(struct trial_result *result, enum failure failure, const char *detail)
{
    char line[FAILURE_LINE_BYTES];
    failure_line(failure, "", detail, line, sizeof line);
    snprintf(result->error, sizeof result->error, "%s", line + 2); /* ": " */
}

/* Reads what came. Returns whether the page must be followed to its feed first. */
static bool read_body(struct trial *trial, const struct fetch_result *got,
                      feed_sink_fn *take, void *user, struct trial_result *result)
{
    const char *type = got->answer ? got->answer->content_type : "";
    struct feed_input input = {.bytes = got->body,
                               .length = got->length,
                               .content_type = *type ? type : NULL,
                               .base_url = got->url};
    bool known = feed_parse(&input, take, user, &result->info);
    bool feed = known && result->info.kind != FEED_HTML && result->info.kind != FEED_TEXT;
    if (*result->info.feed_url && !trial->found) {
        trial->found = strdup(result->info.feed_url);
        return trial->found != NULL;
    }
    if (got->failure) {
        tell(result, got->failure, got->detail);
    } else if (!known || (trial->found && !feed)) {
        tell(result, FAILURE_CONTENT, result->info.reason);
    } else if (result->info.kind == FEED_HTML && result->info.items == 0) {
        tell(result, FAILURE_WEB_PAGE, result->info.reason);
    }
    return false;
}

/* The first look at a page tells no headlines: they are its feed's. */
static bool pass_over(void *user, const struct headline *headline)
{
    (void)user;
    (void)headline;
    return true;
}

/* What the page offers, before anything of it is told. */
static bool offers_feed(struct trial *trial, const struct fetch_result *got)
{
    struct trial_result *look = calloc(1, sizeof *look);
    bool follow = look && !trial->found && read_body(trial, got, pass_over, NULL, look);
    free(look);
    return follow;
}

bool trial_step(struct trial *trial, feed_sink_fn *take, void *user, int64_t now_ms,
                struct trial_result *result)
{
    *result = (struct trial_result){.status = 0};
    if (trial->failure) {
        tell(result, trial->failure, "");
        return true;
    }
    if (!trial->line.done &&
        fetch_age_ms(trial->line.fetch, now_ms) > FETCH_TOTAL_MS + LINE_GRACE_MS) {
        fetch_expire(trial->line.fetch);
        trial->line.done = true;
    }
    if (!trial->line.done) {
        return false;
    }
    const struct fetch_result *got = fetch_result(trial->line.fetch);
    if (got->length > 0 && offers_feed(trial, got)) {
        line_end(&trial->line);
        begin(trial, now_ms);
        return false;
    }
    result->status = got->answer ? got->answer->status : 0;
    snprintf(result->url, sizeof result->url, "%s", trial->found ? trial->found : "");
    if (got->length > 0) {
        read_body(trial, got, take, user, result);
    } else {
        tell(result, got->failure ? got->failure : FAILURE_EMPTY, got->detail);
    }
    return true;
}
