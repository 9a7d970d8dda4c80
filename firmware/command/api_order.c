/* What changes something by hand: POST /api/flash, /api/headlines, /api/hide, /api/speed,
 * /api/pause, DELETE /api/flash/ID. Each is an order (host/order.h), which goes to the main thread
 * as a message behind all that waits already. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "command/api_inside.h"
#include "command/own.h"
#include "host/order.h"

enum { LANES_FRESH_MS = 60 * 1000 };

void api_refuse(struct web_reply *reply, int status, const char *why)
{
    reply->status = status;
    reply->text = web_text_error(why);
    reply->error = "memory is short";
}

/* INQUIRY, or NULL, goes with it. */
static bool dispatch(struct api *api, const struct order *order, struct inquiry *inquiry)
{
    struct message *message = calloc(1, sizeof *message);
    bool sent = message &&
                order_message(order, (uint16_t)worker_config(api->worker)->source_count,
                              clock_wall(), message);
    if (sent) {
        message->inquiry = inquiry;
        sent = worker_say(api->worker, message);
    }
    free(message);
    api->changes += sent;
    return sent;
}

bool api_send(struct api *api, const struct order *order)
{
    return dispatch(api, order, NULL);
}

static json_t *receipt(const struct order *order)
{
    const struct headline *headline = &order->headline;
    json_t *object = json_object();
    json_object_set_new(object, "id", api_string(headline_get(headline, HEADLINE_ID)));
    if (order->kind == ORDER_FLASH || order->kind == ORDER_HEADLINE) {
        json_object_set_new(object, "expires", api_time(headline->expires));
    }
    return object;
}

/* Sends ORDER and answers with STATUS and OBJECT, which is given away. */
static void carry_out(struct api *api, const struct order *order, struct web_reply *reply,
                      int status, json_t *object)
{
    if (api_send(api, order)) {
        api_reply(reply, status, object);
        return;
    }
    json_decref(object);
    api_refuse(reply, 503, "memory is short: try again");
}

/* The order that BODY is; NULL, refused, if it is none. To be freed. */
static struct order *read_order(struct api *api, enum order_kind kind,
                                const struct web_call *call, struct web_reply *reply)
{
    char error[ORDER_ERROR_BYTES] = "memory is short";
    struct order *order = malloc(sizeof *order);
    int64_t now = clock_wall();
    if (order &&
        (*call->tail ? order_read_id(order, kind, call->tail, strlen(call->tail), error)
                     : order_read(order, kind, call->body, call->length, now, error)) &&
        order_limit(order, &worker_config(api->worker)->flash, now, error)) {
        return order;
    }
    api_refuse(reply, order ? 400 : 503, error);
    free(order);
    return NULL;
}

void api_flash(void *user, struct web_call *call, struct web_reply *reply)
{
    struct order *order = read_order(user, ORDER_FLASH, call, reply);
    if (order) {
        carry_out(user, order, reply, 201, receipt(order));
    }
    free(order);
}

void api_headline(void *user, struct web_call *call, struct web_reply *reply)
{
    struct api *api = user;
    struct order *order = read_order(api, ORDER_HEADLINE, call, reply);
    if (!order) {
        return;
    }
    if (!own_put(api->setup.own, &order->headline)) {
        api_refuse(reply, 400, "too many messages of your own at once: hide one first");
    } else {
        json_t *object = receipt(order);
        json_object_set_new(object, "kept", json_boolean(own_save(api->setup.own)));
        carry_out(api, order, reply, 201, object);
    }
    free(order);
}

/* --- Taking away --------------------------------------------------------------------------- */

static void begin_taking(struct api *api, struct order *order, struct web_reply *reply)
{
    struct api_question *question = &api->questions[INQUIRY_ORDER];
    question->inquiry.kind = INQUIRY_ORDER;
    if (!dispatch(api, order, &question->inquiry)) {
        api_refuse(reply, 503, "memory is short: try again");
        return;
    }
    question->away = question->running = true;
    api->taking = order;
    api->forgot = order->kind == ORDER_HIDE &&
                  own_forget(api->setup.own, headline_get(&order->headline, HEADLINE_ID));
    if (api->forgot) {
        own_save(api->setup.own);
    }
}

/* Whether there was anything to take away the main thread knows. One order at a time: the others
 * wait, as long as any question. */
static void take_away(struct api *api, enum order_kind kind, struct web_call *call,
                      struct web_reply *reply)
{
    const struct api_question *question = &api->questions[INQUIRY_ORDER];
    call->own = call->own ? call->own : read_order(api, kind, call, reply);
    if (!call->own || question->away) {
        return;
    }
    if (!api->taking) {
        begin_taking(api, call->own, reply);
    } else if (api->taking == call->own) {
        api->taking = NULL;
        if (question->inquiry.order.count > 0 || api->forgot) {
            api_reply(reply, 200, receipt(call->own));
        } else {
            api_refuse(reply, 404,
                       kind == ORDER_CLEAR ? "no flash has this id: see /api/status"
                                           : "no headline has this id: see /api/rundown");
        }
    }
}

void api_take_away_drop(void *user, void *own)
{
    struct api *api = user;
    api->taking = api->taking == own ? NULL : api->taking;
    free(own);
}

void api_clear(void *user, struct web_call *call, struct web_reply *reply)
{
    take_away(user, ORDER_CLEAR, call, reply);
}

void api_hide(void *user, struct web_call *call, struct web_reply *reply)
{
    take_away(user, ORDER_HIDE, call, reply);
}

/* --- Motion -------------------------------------------------------------------------------- */

static bool has_lane(const struct inquiry_status *status, const char *name)
{
    for (size_t i = 0; i < status->lane_count; i++) {
        if (strcmp(status->lanes[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

void api_speed(void *user, struct web_call *call, struct web_reply *reply)
{
    struct api *api = user;
    struct order *order = read_order(api, ORDER_SPEED, call, reply);
    if (!order) {
        return;
    }
    if (*order->lane && !api_has(api, INQUIRY_STATUS, LANES_FRESH_MS)) {
        free(order); /* asked again when the lanes are known */
        return;
    }
    if (*order->lane && !has_lane(&api->status, order->lane)) {
        api_refuse(reply, 400, "no lane has this name: see lanes in /api/status");
    } else {
        carry_out(api, order, reply, 200,
                  json_pack("{s:o,s:i}", "lane", api_string(order->lane), "percent",
                            order->percent));
    }
    free(order);
}

void api_pause(void *user, struct web_call *call, struct web_reply *reply)
{
    struct order *order = read_order(user, ORDER_PAUSE, call, reply);
    if (order) {
        carry_out(user, order, reply, 200, json_pack("{s:b}", "paused", order->on));
    }
    free(order);
}
