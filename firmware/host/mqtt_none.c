/* A build without libmosquitto. */
#define LOG_MODULE "mqtt"
#include "host/mqtt.h"

#include "base/log.h"

struct mqtt *mqtt_start(const struct config *config, bool reloads)
{
    (void)reloads;
    if (*config->mqtt.broker) {
        log_warning("[mqtt] broker is set, but this build is without MQTT");
    }
    return NULL;
}

struct ring *mqtt_orders(struct mqtt *mqtt)
{
    (void)mqtt;
    return NULL;
}

bool mqtt_wants_reload(struct mqtt *mqtt)
{
    (void)mqtt;
    return false;
}

void mqtt_tell(struct mqtt *mqtt, const struct mqtt_report *report)
{
    (void)mqtt;
    (void)report;
}

void mqtt_aired(struct mqtt *mqtt, const struct aired *aired)
{
    (void)mqtt;
    (void)aired;
}

bool mqtt_stop(struct mqtt *mqtt, int timeout_ms)
{
    (void)mqtt;
    (void)timeout_ms;
    return true;
}
