/* GET /api/sources: what each source is and how it is doing. */
#include <string.h>

#include "base/clock.h"
#include "command/api_inside.h"

static const char *state_of(const struct health_report *report)
{
    if (!report->health->tried) {
        return "trying";
    }
    return failure_airs(report->failure) ? "ok" : "failed";
}

/* The name of a source that was typed is its address, perhaps with a password. */
static const char *name_of(const struct health_report *report)
{
    bool typed = report->source->typed || !report->source->name;
    return typed && report->shown ? report->shown : report->source->name;
}

static json_t *next_at(const struct health_report *report)
{
    if (report->next_ms == INT64_MAX) {
        return json_null();
    }
    return api_time(clock_wall() + (report->next_ms - clock_ms()) / 1000);
}

static const char *origin_of(const struct config_source *source, const json_t *web)
{
    return source->typed ? "command line" : web ? "web" : "file";
}

static json_t *source_of(struct api *api, const struct health_report *report)
{
    char words[FAILURE_LINE_BYTES];
    const struct config_source *source = report->source;
    json_t *web = api_web_source(api, source->typed ? NULL : source->name);
    const struct health *health = report->health;
    json_t *object = json_object();
    json_object_set_new(object, "name", api_string(name_of(report)));
    json_object_set_new(object, "label", api_string(source->label ? source->label : ""));
    json_object_set_new(object, "url", api_string(report->shown ? report->shown : ""));
    json_object_set_new(object, "origin", json_string(origin_of(source, web)));
    json_object_set_new(object, "flash", json_boolean(source->flash));
    json_object_set_new(object, "every_s", json_integer(config_source_every_s(source)));
    json_object_set_new(object, "state", json_string(state_of(report)));
    json_object_set_new(object, "http_status", json_integer(health->status));
    json_object_set_new(object, "error", api_string(health_words(report, words)));
    json_object_set_new(object, "items", json_integer(health->items));
    json_object_set_new(
        object, "kind",
        json_string(health->kind == FEED_UNKNOWN ? "" : feed_kind_name(health->kind)));
    json_object_set_new(object, "last_good", api_time(health->good_at));
    json_object_set_new(object, "next_at", next_at(report));
    if (web) {
        api_web_tell(web, object);
    }
    return object;
}

void api_sources(void *user, struct web_call *call, struct web_reply *reply)
{
    struct api *api = user;
    json_t *array = json_array();
    (void)call;
    for (size_t i = 0; i < worker_source_count(api->worker); i++) {
        struct health_report report = worker_report(api->worker, i);
        json_array_append_new(array, source_of(api, &report));
    }
    api_reply(reply, 200, json_pack("{s:o}", "sources", array));
}
