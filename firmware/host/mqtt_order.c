/* What comes from the broker. Anything may: each message is judged by itself, and a flood of them
 * fills a ring of a few slots and is left out from there on. */
#define LOG_MODULE "mqtt"
#include "host/mqtt_inside.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/message.h"
#include "host/order.h"

static void refuse(struct mqtt *mqtt, enum mqtt_event event, const char *topic,
                   const char *why)
{
    if (mqtt_may_say(mqtt, event)) {
        log_warning("an order on %s was left out: %s", topic, why);
    }
}

static void hand_over(struct mqtt *mqtt, const struct order *order, const char *topic)
{
    struct message *slot = ring_reserve(&mqtt->orders);
    if (!slot) {
        refuse(mqtt, MQTT_TOO_MANY, topic, "too many at once");
        return;
    }
    order_message(order, mqtt->settings.push, clock_wall(), slot);
    ring_commit(&mqtt->orders);
}

static void reload(struct mqtt *mqtt, const char *topic)
{
    if (mqtt->reloads) {
        atomic_store(&mqtt->reload, true);
    } else {
        refuse(mqtt, MQTT_NO_RELOAD, topic, "this run cannot reload its configuration");
    }
}

void mqtt_order_take(struct mqtt *mqtt, const struct mosquitto_message *message)
{
    static _Thread_local struct order order; /* too large for a stack's taste */
    char error[ORDER_ERROR_BYTES];
    const char *topic = message->topic;
    if (message->retain) {
        refuse(mqtt, MQTT_KEPT, topic,
               "the broker had kept it (retained), and it may be old; remove it there");
        return;
    }
    if (message->payloadlen > MQTT_ORDER_BYTES) {
        refuse(mqtt, MQTT_TOO_LARGE, topic, "over 4 kB");
        return;
    }
    const char *json = message->payload ? message->payload : "";
    int64_t now = clock_wall();
    if (!order_read_named(&order, json, (size_t)message->payloadlen, now, error) ||
        !order_limit(&order, &mqtt->settings.flash, now, error)) {
        refuse(mqtt, MQTT_BROKEN, topic, error);
    } else if (order.kind == ORDER_RELOAD) {
        reload(mqtt, topic);
    } else {
        hand_over(mqtt, &order, topic);
    }
}
