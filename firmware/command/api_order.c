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

bool api_send(struct api *api, const struct order *order)
{
    struct message *message = calloc(1, sizeof *message);
    bool sent = message &&
                order_message(order, (uint16_t)worker_config(api->worker)->source_count,
                              clock_wall(), message) &&
                worker_say(api->worker, message);
    free(message);
    api->changes += sent;
    return sent;
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

void api_clear(void *user, struct web_call *call, struct web_reply *reply)
{
    struct order *order = read_order(user, ORDER_CLEAR, call, reply);
    if (order) {
        carry_out(user, order, reply, 200, receipt(order));
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
    enum own_kept kept = own_keep(&api->own, &order->headline);
    if (kept == OWN_FULL) {
        api_refuse(reply, 400, "too many messages of your own at once: hide one first");
    } else {
        json_t *object = receipt(order);
        json_object_set_new(object, "kept", json_boolean(kept == OWN_KEPT));
        carry_out(api, order, reply, 201, object);
    }
    free(order);
}

void api_hide(void *user, struct web_call *call, struct web_reply *reply)
{
    struct api *api = user;
    struct order *order = read_order(api, ORDER_HIDE, call, reply);
    if (order) {
        own_forget(&api->own, headline_get(&order->headline, HEADLINE_ID));
        carry_out(api, order, reply, 200, receipt(order));
    }
    free(order);
}

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
