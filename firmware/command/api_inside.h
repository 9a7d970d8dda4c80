/* The API from inside, for the files that are its parts: api.c turns and asks, the others answer one
 * kind of request each. Worker thread. */
#ifndef MOTOGRAPH_COMMAND_API_INSIDE_H
#define MOTOGRAPH_COMMAND_API_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "base/inquiry.h"
#include "command/api.h"
#include "host/order.h"
#include "host/process.h"
#include "host/web.h"
#include "host/web_png.h"
#include "wire/local.h"

/* A question to the main thread, and its latest answer in full. */
struct api_question {
    struct inquiry inquiry;
    bool away;        /* the main thread has it */
    bool running;     /* an answer is coming in, slice by slice */
    int64_t begun_ms; /* when that began */
    int64_t done_ms;  /* when the answer that is held was whole; 0 = none is held */
    uint64_t begun_after, done_after; /* so many changes */
};

struct api_part { /* of the rundown's text */
    size_t at, length;
    char lane[INQUIRY_NAME_BYTES]; /* "" = hidden */
};

struct api {
    struct api_setup setup;
    struct web *web;
    struct worker *worker;
    struct api_question questions[INQUIRY_KINDS];
    uint64_t changes; /* sent so far: an answer from before the last is no longer fresh */
    struct inquiry_status status; /* the last answer, */
    json_t *flashes;              /* with its flashes */
    struct process_cost cost;
    int64_t cost_ms;                             /* when that was measured; 0 = not yet */
    struct web_text *status_text, *metrics_text; /* made of it; NULL = not yet */
    /* The rundown as it comes in, items one behind another with commas between; then whole. */
    char *rundown;
    size_t rundown_length, rundown_room;
    struct api_part *parts;
    size_t part_count, part_room;
    struct web_text *rundown_text; /* of all lanes */
    struct web_png *png;           /* as it comes in */
    int png_w, png_h;
    struct web_text *picture;
    struct config_source
        every_source;             /* of the first edition, which outlives all trials */
    json_t *web_sources;          /* what web.conf says, by name; NULL = not yet read */
    struct local_stamp web_stamp; /* of the file then */
    struct order *taking; /* its INQUIRY_ORDER is out, or back; its call's. NULL = none */
    bool forgot;          /* it was one of our own messages */
    struct trial *trial;  /* under way, owned by its call; NULL = none */
};

/* Whether an answer of KIND is held that is no older than FRESH_MS; if not, it is asked for. */
bool api_has(struct api *api, enum inquiry_kind kind, int64_t fresh_ms);

/* Sends the question of KIND again for the rest, or from the start. */
void api_ask(struct api *api, enum inquiry_kind kind, bool begins);

/* The answers as they come; true = whole, false = there is more to come, and it has been asked for. */
bool api_take_status(struct api *api, const struct inquiry *inquiry);
bool api_take_rundown(struct api *api, const struct inquiry *inquiry);
bool api_take_picture(struct api *api, struct inquiry *inquiry);

/* Gives up what was made of answers and is not used any more. */
void api_drop_rundown(struct api *api);
void api_drop_picture(struct api *api);

/* Answers with OBJECT, which is given away, and STATUS. */
void api_reply(struct web_reply *reply, int status, json_t *object);

/* TEXT as JSON; what is no UTF-8 in it is replaced. */
json_t *api_string(const char *text);

/* AT (UTC seconds) as RFC 3339, null if it is no time. */
json_t *api_time(int64_t at);

/* What the process costs, measured at most every few seconds, for measuring costs too. */
const struct process_cost *api_cost(struct api *api);

/* {"error": WHY} with STATUS. */
void api_refuse(struct web_reply *reply, int status, const char *why);

/* Sends ORDER to the main thread. False if memory is short. */
bool api_send(struct api *api, const struct order *order);

/* What web.conf says of the source NAME as it stands there now: a string for each key, an array of
 * them for one that may be there several times. Borrowed, until the next call; NULL = nothing. */
json_t *api_web_source(struct api *api, const char *name);

/* Tells of SOURCE in OBJECT, for all who look: "settings", and in "secret" the keys of the others. */
void api_web_tell(json_t *source, json_t *object);

/* Begins to try the first source of CONFIG, which is taken over; false if another is being tried or
 * memory is short. Then, until it is done: asks how it stands. Ends it. */
bool api_try_begin(struct api *api, struct web_call *call, struct config *config);
void api_try_step(struct web_call *call, struct web_reply *reply);
void api_try_drop(void *api, void *own);

/* What a call of api_clear or api_hide leaves. */
void api_take_away_drop(void *api, void *own);

web_answer_fn api_status, api_metrics, api_rundown, api_sources, api_picture, api_aired;
web_answer_fn api_add_source, api_remove_source, api_reload;
web_answer_fn api_flash, api_clear, api_headline, api_hide, api_speed, api_pause;

#endif
