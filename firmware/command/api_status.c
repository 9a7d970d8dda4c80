/* GET /api/status. */
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/config_table.h"
#include "command/api_inside.h"
#include "command/headline_json.h"

enum { FRESH_MS = 250 };

static json_t *flashes_of(const struct inquiry *inquiry)
{
    json_t *array = json_array();
    const struct inquiry_item *item;
    for (size_t at = 0; (item = inquiry_next(inquiry, &at));) {
        const struct headline *headline = inquiry_headline(item);
        json_t *flash = json_object();
        json_object_set_new(flash, "id", api_string(headline_get(headline, HEADLINE_ID)));
        json_object_set_new(flash, "text",
                            api_string(headline_get(headline, HEADLINE_TEXT)));
        json_object_set_new(flash, "source",
                            api_string(headline_get(headline, HEADLINE_SOURCE)));
        json_object_set_new(flash, "expires", api_time(headline->expires));
        json_object_set_new(flash, "style", api_string(item->lane));
        json_array_append_new(array, flash);
    }
    return array;
}

bool api_take_status(struct api *api, const struct inquiry *inquiry)
{
    api->status = inquiry->status;
    json_decref(api->flashes);
    api->flashes = flashes_of(inquiry);
    web_text_drop(api->status_text);
    web_text_drop(api->metrics_text);
    api->status_text = NULL;
    api->metrics_text = NULL;
    return true;
}

static json_t *lanes_of(const struct inquiry_status *status)
{
    static const char *const motions[] = {[MOTION_CRAWL] = "crawl",
                                          [MOTION_ROLL] = "roll",
                                          [MOTION_FLIP] = "flip",
                                          [MOTION_CARD] = "card",
                                          [MOTION_CLOCK] = "clock"};
    json_t *array = json_array();
    for (size_t i = 0; i < status->lane_count; i++) {
        const struct inquiry_lane *lane = &status->lanes[i];
        json_t *object =
            json_pack("{s:o,s:s,s:[iiii],s:i}", "name", api_string(lane->name), "motion",
                      motions[lane->motion], "area", lane->area[0], lane->area[1],
                      lane->area[2], lane->area[3], "speed_percent", lane->speed_percent);
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *frames_of(const struct inquiry_status *status)
{
    const struct metrics *m = &status->metrics;
    return json_pack("{s:I,s:I,s:I,s:I}", "p50", (json_int_t)metrics_quantile(m, 0.5),
                     "p99", (json_int_t)metrics_quantile(m, 0.99), "p999",
                     (json_int_t)metrics_quantile(m, 0.999), "max",
                     (json_int_t)m->frame_max_us);
}

static json_t *missed_of(const struct inquiry_status *status)
{
    const struct metrics *m = &status->metrics;
    return json_pack("{s:I,s:I,s:I}", "late", (json_int_t)m->missed[METRICS_LATE],
                     "upload", (json_int_t)m->missed[METRICS_UPLOAD], "present",
                     (json_int_t)m->missed[METRICS_PRESENT]);
}

static void add_device(const struct api *api, json_t *object)
{
    char machine[256] = "";
    gethostname(machine, sizeof machine - 1);
    const char *device = worker_config(api->worker)->mqtt.device;
    json_object_set_new(object, "device",
                        api_string(strcmp(device, "hostname") == 0 ? machine : device));
}

/* Whether it is on, by its hours, and if not until when: as a time and as text in the board's zone. */
static json_t *display_of(const struct inquiry_status *status)
{
    bool known = status->off && status->until != INT64_MAX;
    return json_pack("{s:b,s:o,s:o}", "on", !status->off, "until",
                     known ? api_time(status->until) : json_null(), "text",
                     api_string(status->display));
}

static void add_screen(const struct inquiry_status *status, json_t *object)
{
    json_object_set_new(object, "seconds", json_real(status->seconds));
    json_object_set_new(object, "frames",
                        json_integer((json_int_t)status->metrics.frames));
    json_object_set_new(object, "refresh_hz", json_real(status->refresh_hz));
    json_object_set_new(object, "missed", missed_of(status));
    json_object_set_new(object, "frame_us", frames_of(status));
    json_object_set_new(object, "video_driver", api_string(status->driver));
    json_object_set_new(object, "renderer", api_string(status->renderer));
    json_object_set_new(object, "width", json_integer(status->w));
    json_object_set_new(object, "height", json_integer(status->h));
    json_object_set_new(object, "paused", json_boolean(status->paused));
    json_object_set_new(object, "display", display_of(status));
    json_object_set_new(object, "lanes", lanes_of(status));
    json_object_set_new(object, "headlines", json_integer((json_int_t)status->headlines));
    json_object_set_new(object, "headlines_aired",
                        json_integer((json_int_t)status->metrics.headlines_aired));
    json_object_set_new(object, "sources",
                        json_pack("{s:i,s:i,s:i,s:i}", "ok", (int)status->ok, "failed",
                                  (int)status->failed, "trying", (int)status->trying,
                                  "stale", (int)status->stale));
}

static json_t *faults_of(const struct config_faults *faults)
{
    json_t *array = json_array();
    for (size_t i = 0; i < faults->count && i < CONFIG_NEWS_FAULTS; i++) {
        json_t *fault = json_object();
        json_object_set_new(fault, "file", api_string(faults->kept[i].file));
        json_object_set_new(fault, "line",
                            json_integer((json_int_t)faults->kept[i].line));
        json_object_set_new(fault, "text", api_string(faults->kept[i].text));
        json_array_append_new(array, fault);
    }
    return array;
}

static json_t *waits_of(const struct config_news *news)
{
    json_t *array = json_array();
    for (size_t i = 0; i < CONFIG_SECTIONS; i++) {
        if (news->waits & 1u << i) {
            json_array_append_new(array, json_string(config_sections[i].name));
        }
    }
    return array;
}

static json_t *config_of(const struct api *api)
{
    const struct config_news *news = api->setup.news;
    json_t *files = json_array();
    for (size_t i = 0; i < sizeof news->files / sizeof *news->files; i++) {
        if (*news->files[i]) {
            json_array_append_new(files, api_string(news->files[i]));
        }
    }
    json_t *object = json_pack("{s:o,s:o,s:o,s:o}", "files", files, "loaded_at",
                               api_time(news->loaded_at), "faults",
                               faults_of(&news->loaded), "next_start", waits_of(news));
    json_object_set_new(object, "refused",
                        news->refused ? json_pack("{s:o,s:o}", "at", api_time(news->at),
                                                  "faults", faults_of(&news->faults))
                                      : json_null());
    return object;
}

static json_t *status_of(struct api *api)
{
    const struct process_cost *cost = api_cost(api);
    int64_t now = clock_wall();
    json_t *object = json_object();
    json_object_set_new(object, "version", json_string(MOTOGRAPH_VERSION));
    add_device(api, object);
    json_object_set_new(object, "at", api_time(now));
    json_object_set_new(object, "clock_known", json_boolean(clock_known(now)));
    json_object_set_new(object, "uptime_s", json_integer(process_age_ms() / 1000));
    add_screen(&api->status, object);
    json_object_set_new(object, "cpu_ms", json_integer(cost->cpu_ms));
    json_object_set_new(object, "rss_kib", json_integer(cost->rss_kib));
    json_object_set_new(object, "pss_kib", json_integer(cost->pss_kib));
    json_object_set_new(object, "ring",
                        json_pack("{s:I,s:i}", "depth",
                                  (json_int_t)worker_ring_depth(api->worker), "slots",
                                  (int)api->setup.ring_slots));
    json_object_set(object, "flashes", api->flashes);
    json_object_set_new(object, "config", config_of(api));
    json_object_set_new(object, "pin_required", json_true());
    return object;
}

void api_status(void *user, struct web_call *call, struct web_reply *reply)
{
    struct api *api = user;
    (void)call;
    if (!api_has(api, INQUIRY_STATUS, FRESH_MS)) {
        return;
    }
    if (!api->status_text) {
        api_reply(reply, 200, status_of(api));
        api->status_text = web_text_hold(reply->text);
        return;
    }
    reply->status = 200;
    reply->text = web_text_hold(api->status_text);
}
