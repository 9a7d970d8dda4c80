/* POST /api/reload, and what changes web.conf: POST /api/sources saves a source there, DELETE
 * /api/sources/NAME takes one out. What is saved is read with the whole configuration, soon. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/statedir.h"
#include "command/api_inside.h"
#include "wire/websave.h"

enum { PAIRS = 64, NUMBER_BYTES = 32, PATH_BYTES = 4096 };

/* A source as it was posted: its keys, in the words of the configuration. */
struct posted {
    const char *name;
    struct webconf_pair pairs[PAIRS];
    size_t count;
    char numbers[PAIRS][NUMBER_BYTES]; /* for values that came as such */
};

static bool add(struct posted *posted, const char *key, json_t *value)
{
    if (posted->count == PAIRS) {
        return false;
    }
    char *number = posted->numbers[posted->count];
    const char *text = json_string_value(value);
    if (json_is_boolean(value)) {
        text = json_is_true(value) ? "yes" : "no";
    } else if (json_is_integer(value)) {
        snprintf(number, NUMBER_BYTES, "%lld", (long long)json_integer_value(value));
        text = number;
    }
    if (!text) {
        return false;
    }
    posted->pairs[posted->count++] = (struct webconf_pair){key, text};
    return true;
}

/* A key that may be there several times has an array. */
static bool add_all(struct posted *posted, const char *key, json_t *value)
{
    json_t *one;
    size_t i;
    bool good = json_is_array(value) || add(posted, key, value);
    json_array_foreach(value, i, one)
    {
        good &= add(posted, key, one);
    }
    return good;
}

/* OBJECT as pairs; what they may be the table of options says (base/webconf.h). NULL, or why not. */
static const char *read_pairs(json_t *object, struct posted *posted)
{
    const char *key;
    json_t *value;
    json_t *try = json_object_get(object, "try");
    posted->name = json_string_value(json_object_get(object, "name"));
    if (try && !json_is_boolean(try)) {
        return "\"try\" must be true or false";
    }
    if (!posted->name && json_is_true(try)) {
        posted->name = "try"; /* it may not have one yet */
    }
    if (!posted->name || !*posted->name) {
        return "\"name\" is missing: what the source is called";
    }
    if (!json_is_string(json_object_get(object, "url"))) {
        return "\"url\" is missing: the address of the source";
    }
    json_object_foreach(object, key, value)
    {
        bool ours = strcmp(key, "name") == 0 || strcmp(key, "try") == 0 ||
                    strcmp(key, "unchanged") == 0;
        if (!ours && !add_all(posted, key, value)) {
            return "a value is no text, number, true or false, or there are too many";
        }
    }
    return NULL;
}

/* Adds the keys that OBJECT wants to keep as they are, whose values it was not told. NULL, or why not. */
static const char *keep(struct api *api, json_t *object, struct posted *posted)
{
    json_t *keys = json_object_get(object, "unchanged"), *key;
    json_t *source = api_web_source(api, posted->name);
    size_t i;
    if (keys && !json_is_array(keys)) {
        return "\"unchanged\" must be an array of keys";
    }
    json_array_foreach(keys, i, key)
    {
        const char *name = json_string_value(key);
        json_t *value = name ? json_object_get(source, name) : NULL;
        if (!value || json_object_get(object, name) ||
            !add_all(posted, json_string_value(key), value)) {
            return "\"unchanged\" names a key that is not there to be kept";
        }
    }
    return NULL;
}

/* The object that BODY is; NULL, refused, if it is none. */
static json_t *read_object(const struct web_call *call, struct web_reply *reply)
{
    json_error_t error;
    json_t *object = json_loadb(call->body, call->length, JSON_REJECT_DUPLICATES, &error);
    if (!json_is_object(object)) {
        json_decref(object);
        api_refuse(reply, 400, "the body is no JSON object");
        return NULL;
    }
    return object;
}

/* The source called NAME; SIZE_MAX if there is none. */
static size_t find_source(const struct api *api, const char *name)
{
    for (size_t i = 0; i < worker_source_count(api->worker); i++) {
        const struct config_source *source = worker_report(api->worker, i).source;
        if (source->name && strcmp(source->name, name) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* Whether the operator's file gives SOURCE what only its own server may see: what is set here is
 * the same source, and a new address would get it. */
static bool has_secret(const struct config_source *source)
{
    char path[PATH_BYTES];
    const char *file = source->header.count > 0 ? source->header.file : NULL;
    return *source->password_file ||
           (file &&
            !(statedir_path("web.conf", path, sizeof path) && strcmp(file, path) == 0));
}

/* Whether a source called NAME could count: 0, or the status to refuse it with, and WHY. */
static int judge_place(const struct api *api, const char *name, const char **why)
{
    const struct config *config = worker_config(api->worker);
    size_t i = find_source(api, name);
    const struct config_source *source =
        i == SIZE_MAX ? NULL : worker_report(api->worker, i).source;
    if (config->source_count > 0 && config->sources[0].typed) {
        *why = "the sources were given on the command line: they are changed there";
        return 409;
    }
    if (source && has_secret(source)) {
        *why =
            "the operator's file has a password or header for this source: it is changed "
            "there";
        return 409;
    }
    if (!source && config->source_count >= CONFIG_SOURCES) {
        *why = "there are 256 sources already, which is all: remove one first";
        return 400;
    }
    return 0;
}

static void save(struct api *api, const struct posted *posted, struct web_reply *reply)
{
    char error[CONFIG_FAULT_BYTES];
    const char *why;
    int status = judge_place(api, posted->name, &why);
    if (status) {
        api_refuse(reply, status, why);
        return;
    }
    enum websave_result result =
        websave_set(posted->name, posted->pairs, posted->count, error);
    if (result != WEBSAVE_DONE) {
        api_refuse(reply, result == WEBSAVE_REFUSED ? 400 : 503, error);
        return;
    }
    worker_reload(api->worker);
    api_reply(reply, 201, json_pack("{s:o}", "name", api_string(posted->name)));
}

/* Read as it would be if it were saved, alone in a file of its own. */
static void try_source(struct api *api, struct web_call *call,
                       const struct posted *posted, struct web_reply *reply)
{
    char error[CONFIG_FAULT_BYTES];
    struct config config;
    size_t length;
    char *text =
        webconf_set("", 0, posted->name, posted->pairs, posted->count, &length, error);
    if (!text) {
        api_refuse(reply, 400, error);
        return;
    }
    if (!config_init(&config)) {
        api_refuse(reply, 503, "memory is short");
    } else {
        config.every_source = api->every_source;
        config_read(&config, "try", text, length, NULL, NULL);
        if (config.source_count == 0) {
            config_fini(&config);
            api_refuse(reply, 400, "this is no source");
        } else if (!api_try_begin(api, call, &config)) {
            api_refuse(reply, 503, "another source is being tried: wait a moment");
        }
    }
    free(text);
}

void api_add_source(void *user, struct web_call *call, struct web_reply *reply)
{
    struct api *api = user;
    if (call->own) {
        api_try_step(call, reply);
        return;
    }
    json_t *object = read_object(call, reply);
    struct posted *posted = object ? calloc(1, sizeof *posted) : NULL;
    if (!object) {
        return;
    }
    const char *why = posted ? read_pairs(object, posted) : "memory is short";
    why = why ? why : keep(api, object, posted);
    if (why) {
        api_refuse(reply, 400, why);
    } else if (json_is_true(json_object_get(object, "try"))) {
        try_source(api, call, posted, reply);
    } else {
        save(api, posted, reply);
    }
    free(posted);
    json_decref(object);
}

void api_remove_source(void *user, struct web_call *call, struct web_reply *reply)
{
    struct api *api = user;
    char error[CONFIG_FAULT_BYTES];
    size_t i = find_source(api, call->tail);
    enum websave_result result = websave_remove(call->tail, error);
    if (result == WEBSAVE_DONE) {
        worker_reload(api->worker);
        api_reply(reply, 200, json_pack("{s:o}", "name", api_string(call->tail)));
    } else if (result == WEBSAVE_FAILED) {
        api_refuse(reply, 503, error);
    } else if (i != SIZE_MAX) {
        api_refuse(reply, 409,
                   worker_report(api->worker, i).source->typed
                       ? "this source was given on the command line: it is changed there"
                       : "this source is in the operator's file: it is changed there");
    } else {
        api_refuse(reply, 404, "there is no source of this name");
    }
}

void api_reload(void *user, struct web_call *call, struct web_reply *reply)
{
    char error[ORDER_ERROR_BYTES];
    struct api *api = user;
    struct order *order = malloc(sizeof *order);
    if (order && order_read(order, ORDER_RELOAD, call->body, call->length, 0, error)) {
        worker_reload(api->worker);
        api_reply(reply, 200, json_pack("{s:b}", "reloading", 1));
    } else {
        api_refuse(reply, order ? 400 : 503, order ? error : "memory is short");
    }
    free(order);
}
