/* The status is published when something changed that an operator waits for, else with the next
 * round: headlines come and go all the time, and a hundred boards share one broker. */
#define LOG_MODULE "mqtt"
#include "host/mqtt_inside.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "host/process.h"

enum { SOON_MS = 100, CALM_MS = 5000 };

/* The device's name as a JSON string; all else in the status are our own words and numbers. It holds
 * no control character. */
static void quote(const char *text, char *out, size_t room)
{
    size_t used = 0;
    for (; *text && used + 3 < room; text++) {
        if (*text == '"' || *text == '\\') {
            out[used++] = '\\';
        }
        out[used++] = *text;
    }
    out[used] = '\0';
}

size_t mqtt_status_write(const struct mqtt *mqtt, bool online,
                         char out[MQTT_STATUS_BYTES])
{
    const struct mqtt_report *r = &mqtt->report;
    char device[2 * BROKER_LEVEL_BYTES + 4], at[CLOCK_TEXT_BYTES];
    struct process_cost cost;
    quote(mqtt->settings.device, device, sizeof device);
    int n = snprintf(out, MQTT_STATUS_BYTES,
                     "{\"state\":\"%s\",\"device\":\"%s\",\"version\":\"%s\"",
                     online ? "online" : "offline", device, MOTOGRAPH_VERSION);
    if (online) {
        process_measure(&cost);
        n += snprintf(
            out + n, MQTT_STATUS_BYTES - (size_t)n,
            ",\"at\":\"%s\",\"clock_known\":%s,\"uptime_s\":%" PRId64
            ",\"headlines\":%" PRId64 ",\"headlines_aired\":%" PRId64
            ",\"flashes\":%" PRId64 ",\"paused\":%s,\"frames\":%" PRId64
            ",\"missed\":{\"late\":%" PRId64 ",\"upload\":%" PRId64
            ",\"present\":%" PRId64 "},\"sources\":{\"ok\":%" PRId64
            ",\"failed\":%" PRId64 ",\"trying\":%" PRId64 "},\"rss_kib\":%" PRId64
            ",\"cpu_ms\":%" PRId64 ",\"config_refused\":%s,\"display\":\"%s\"",
            clock_format(clock_wall(), at), r->clock_known ? "true" : "false",
            process_age_ms() / 1000, r->headlines, r->aired, r->flashes,
            r->paused ? "true" : "false", r->frames, r->late, r->upload, r->present,
            r->sources_ok, r->sources_failed, r->sources_trying, cost.rss_kib,
            cost.cpu_ms, r->refused ? "true" : "false", r->display);
    }
    n += snprintf(out + n, MQTT_STATUS_BYTES - (size_t)n, "}");
    return (size_t)n;
}

/* How long after the status before the next is due, as things stand. */
static int64_t wait_ms(const struct mqtt *mqtt)
{
    const struct mqtt_report *a = &mqtt->report, *b = &mqtt->published;
    if (a->flashes != b->flashes || a->paused != b->paused || a->refused != b->refused ||
        a->clock_known != b->clock_known || a->off != b->off) {
        return SOON_MS;
    }
    bool same = a->headlines == b->headlines && a->sources_ok == b->sources_ok &&
                a->sources_failed == b->sources_failed &&
                a->sources_trying == b->sources_trying;
    return same ? MQTT_STATUS_S * INT64_C(1000) : CALM_MS;
}

int64_t mqtt_status_publish(struct mqtt *mqtt, int64_t now_ms)
{
    char json[MQTT_STATUS_BYTES];
    if (!mqtt->reported) {
        return CALM_MS;
    }
    int64_t due_ms =
        mqtt->published_ms == INT64_MIN ? now_ms : mqtt->published_ms + wait_ms(mqtt);
    if (due_ms > now_ms) {
        return due_ms - now_ms;
    }
    size_t length = mqtt_status_write(mqtt, true, json);
    mosquitto_publish(mqtt->client, NULL, mqtt->settings.status_topic, (int)length, json,
                      0, true);
    mqtt->published = mqtt->report;
    mqtt->published_ms = now_ms;
    return wait_ms(mqtt);
}
