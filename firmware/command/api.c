/* An answer of the main thread serves all who ask for it within a moment, so that however many look
 * on, a frame has no more to do for them. Questions of one kind follow one another. */
#define LOG_MODULE "web"
#include "command/api.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/message.h"
#include "base/utf8.h"
#include "command/api_inside.h"

enum {
    BUFFER_BYTES = 64 << 10, /* for items; a picture's grows */
    HELD_MS = 10 * 1000,     /* what nobody has asked for is given up after */
    COST_MS = 5000
};

static const struct web_route routes[] = {
    {"/api/status", WEB_GET, false, api_status, NULL, 0},
    {"/api/rundown", WEB_GET, false, api_rundown, NULL, 0},
    {"/api/sources", WEB_GET, false, api_sources, NULL, 0},
    {"/api/aired", WEB_GET, false, api_aired, NULL, 0},
    {"/metrics", WEB_GET, false, api_metrics, NULL, 0},
    {"/api/flash", WEB_POST, false, api_flash, NULL, 0},
    {"/api/flash/", WEB_DELETE, true, api_clear, api_take_away_drop, 6000},
    {"/api/headlines", WEB_POST, false, api_headline, NULL, 0},
    {"/api/hide", WEB_POST, false, api_hide, api_take_away_drop, 6000},
    {"/api/speed", WEB_POST, false, api_speed, NULL, 0},
    {"/api/pause", WEB_POST, false, api_pause, NULL, 0},
    {"/api/sources", WEB_POST, false, api_add_source, api_try_drop, 80 * 1000},
    {"/api/sources/", WEB_DELETE, true, api_remove_source, NULL, 0},
    {"/api/reload", WEB_POST, false, api_reload, NULL, 0},
    {"/screen.png", WEB_GET, false, api_picture, NULL, 5000},
};

struct api *api_new(const struct api_setup *setup)
{
    struct api *api = calloc(1, sizeof *api);
    if (!api) {
        return NULL;
    }
    api->setup = *setup;
    api->every_source = setup->config->every_source;
    struct web_setup web = {.listen = setup->listen,
                            .pin_file = setup->config->web.pin_file,
                            .hosts = setup->config->web.hosts,
                            .routes = routes,
                            .route_count = sizeof routes / sizeof *routes,
                            .user = api};
    api->web = web_new(&web);
    if (!api->web) {
        api_free(api);
        return NULL;
    }
    return api;
}

void api_free(struct api *api)
{
    if (!api) {
        return;
    }
    web_free(api->web);
    api_drop_rundown(api);
    api_drop_picture(api);
    web_text_drop(api->status_text);
    web_text_drop(api->metrics_text);
    json_decref(api->flashes);
    json_decref(api->web_sources);
    for (size_t i = 0; i < INQUIRY_KINDS; i++) {
        free(api->questions[i].inquiry.bytes);
    }
    free(api);
}

/* --- Asking ------------------------------------------------------------------------------ */

void api_ask(struct api *api, enum inquiry_kind kind, bool begins)
{
    struct api_question *question = &api->questions[kind];
    struct inquiry *inquiry = &question->inquiry;
    if (!inquiry->bytes && kind != INQUIRY_PICTURE) {
        inquiry->bytes = malloc(BUFFER_BYTES);
        inquiry->room = inquiry->bytes ? BUFFER_BYTES : 0;
    }
    inquiry->kind = kind;
    inquiry->begins = begins;
    if (begins && kind == INQUIRY_PICTURE) {
        inquiry->strip.row = 0;
    }
    struct message message = {.kind = MESSAGE_INQUIRY, .inquiry = inquiry};
    question->running = worker_say(api->worker, &message);
    question->away = question->running;
    if (begins) {
        question->begun_after = api->changes;
        question->begun_ms = clock_ms();
    }
}

bool api_has(struct api *api, enum inquiry_kind kind, int64_t fresh_ms)
{
    struct api_question *question = &api->questions[kind];
    if (question->done_ms && question->done_after == api->changes &&
        clock_ms() - question->done_ms < fresh_ms) {
        return true;
    }
    if (!question->running) {
        api_ask(api, kind, true);
    }
    return false;
}

static void take(struct api *api, struct inquiry *inquiry)
{
    struct api_question *question = &api->questions[inquiry->kind];
    bool whole = false;
    question->away = false;
    switch (inquiry->kind) {
    case INQUIRY_STATUS:
        whole = api_take_status(api, inquiry);
        break;
    case INQUIRY_RUNDOWN:
        whole = api_take_rundown(api, inquiry);
        break;
    case INQUIRY_ORDER:
        whole = true;
        break;
    default:
        whole = api_take_picture(api, inquiry);
        break;
    }
    if (whole) {
        question->running = false;
        question->done_after = question->begun_after;
        question->done_ms = clock_ms();
    }
}

/* What is old is given up: a board that nobody looks at keeps no picture of itself. */
static void tidy(struct api *api, int64_t now_ms)
{
    for (size_t i = 0; i < INQUIRY_KINDS; i++) {
        struct api_question *question = &api->questions[i];
        if (question->running || question->away || !question->done_ms ||
            now_ms - question->done_ms < HELD_MS) {
            continue;
        }
        question->done_ms = 0;
        free(question->inquiry.bytes);
        question->inquiry.bytes = NULL;
        question->inquiry.room = 0;
        if (i == INQUIRY_RUNDOWN) {
            api_drop_rundown(api);
        } else if (i == INQUIRY_PICTURE) {
            api_drop_picture(api);
        }
    }
}

/* --- In the worker's poll ------------------------------------------------------------------ */

static void begin(void *user, struct worker *worker)
{
    struct api *api = user;
    api->worker = worker;
}

static int fd(void *user)
{
    return web_fd(((struct api *)user)->web);
}

static void turn(void *user)
{
    struct api *api = user;
    struct inquiry **slot;
    while ((slot = ring_peek(api->setup.answers))) {
        struct inquiry *inquiry = *slot;
        ring_release(api->setup.answers);
        take(api, inquiry);
    }
    tidy(api, clock_ms());
    web_turn(api->web);
}

static int timeout_ms(void *user)
{
    return web_timeout_ms(((struct api *)user)->web);
}

/* Before the network goes, since a source may be on trial. */
static void end(void *user)
{
    struct api *api = user;
    web_free(api->web);
    api->web = NULL;
}

struct worker_guest api_guest(struct api *api)
{
    return (struct worker_guest){.user = api,
                                 .begin = begin,
                                 .fd = fd,
                                 .turn = turn,
                                 .timeout_ms = timeout_ms,
                                 .end = end};
}

/* --- What answers are made of --------------------------------------------------------------- */

void api_reply(struct web_reply *reply, int status, json_t *object)
{
    char *text = object ? json_dumps(object, JSON_COMPACT) : NULL;
    json_decref(object);
    reply->status = status;
    reply->text = web_text_new(text, text ? strlen(text) : 0);
    if (!reply->text) {
        reply->status = 503;
        reply->error = "memory is short";
    }
}

/* A path that was typed may be of any bytes. NULL if memory is short. */
static json_t *repaired(const char *text)
{
    enum { REPLACEMENT_BYTES = 3 };
    size_t left = strlen(text), length = 0;
    char *out = malloc(REPLACEMENT_BYTES * left + 1);
    for (uint32_t code; out && left > 0;) {
        size_t bytes = utf8_decode(text, left, &code);
        length += utf8_encode(code, out + length);
        text += bytes;
        left -= bytes;
    }
    json_t *string = out ? json_stringn(out, length) : NULL;
    free(out);
    return string;
}

json_t *api_string(const char *text)
{
    json_t *string = json_string(text);
    string = string ? string : repaired(text);
    return string ? string : json_string("");
}

json_t *api_time(int64_t at)
{
    char text[CLOCK_TEXT_BYTES];
    clock_format(at, text);
    return *text ? json_string(text) : json_null();
}

const struct process_cost *api_cost(struct api *api)
{
    int64_t now_ms = clock_ms();
    if (!api->cost_ms || now_ms - api->cost_ms > COST_MS) {
        process_measure(&api->cost);
        api->cost_ms = now_ms;
    }
    return &api->cost;
}
