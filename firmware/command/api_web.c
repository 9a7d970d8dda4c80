/* What web.conf says of its sources, for whoever is to change one: read anew when the file is
 * another. What may hold a password is told by its key alone. */
#include <stdlib.h>
#include <string.h>

#include "base/config_table.h"
#include "base/ini.h"
#include "base/statedir.h"
#include "command/api_inside.h"

enum { PATH_BYTES = 4096 };

/* The address is told elsewhere, without its password. */
static const char *const untold[] = {"url",   "header",        "user",
                                     "proxy", "password-file", "ca-file"};

struct reading {
    json_t *sources;
    json_t *source; /* borrowed; NULL = another section */
};

static void on_section(void *user, size_t line, struct ini_text section,
                       struct ini_text name)
{
    struct reading *reading = user;
    (void)line;
    reading->source = NULL;
    if (section.length != 6 || memcmp(section.bytes, "source", 6) != 0 || !name.length) {
        return;
    }
    char *key = strndup(name.bytes, name.length);
    reading->source = key ? json_object_get(reading->sources, key) : NULL;
    if (key && !reading->source &&
        json_object_set_new(reading->sources, key, json_object()) == 0) {
        reading->source = json_object_get(reading->sources, key);
    }
    free(key);
}

/* The last value counts; of a list all do. */
static void on_value(void *user, size_t line, struct ini_text key, struct ini_text value)
{
    struct reading *reading = user;
    const struct config_option *option =
        config_table_option(&config_sections[SECTION_SOURCE], key.bytes, key.length);
    (void)line;
    if (!reading->source || !option) {
        return;
    }
    json_t *text = json_stringn(value.bytes ? value.bytes : "", value.length);
    if (option->type != CONFIG_LIST) {
        json_object_set_new(reading->source, option->key, text);
        return;
    }
    if (!json_object_get(reading->source, option->key)) {
        json_object_set_new(reading->source, option->key, json_array());
    }
    json_array_append_new(json_object_get(reading->source, option->key), text);
}

static void on_fault(void *user, size_t line, const char *text)
{
    (void)user, (void)line, (void)text;
}

static json_t *read_file(const char *path)
{
    static const struct ini_handler handler = {on_section, on_value, on_fault};
    struct reading reading = {.sources = json_object()};
    char *text;
    size_t length;
    if (config_slurp(path, &text, &length)) {
        ini_parse(text, length, &handler, &reading);
        free(text);
    }
    return reading.sources;
}

json_t *api_web_source(struct api *api, const char *name)
{
    char path[PATH_BYTES];
    statedir_path("web.conf", path, sizeof path);
    struct local_stamp now = local_look(path);
    if (!api->web_sources || memcmp(&now, &api->web_stamp, sizeof now) != 0) {
        json_decref(api->web_sources);
        api->web_sources = read_file(path);
        api->web_stamp = now;
    }
    return name ? json_object_get(api->web_sources, name) : NULL;
}

static bool is_untold(const char *key)
{
    for (size_t i = 0; i < sizeof untold / sizeof *untold; i++) {
        if (strcmp(untold[i], key) == 0) {
            return true;
        }
    }
    return false;
}

void api_web_tell(json_t *source, json_t *object)
{
    json_t *settings = json_object(), *secret = json_array(), *value;
    const char *key;
    json_object_foreach(source, key, value)
    {
        if (!is_untold(key)) {
            json_object_set(settings, key, value);
        } else if (strcmp(key, "url") != 0) {
            json_array_append_new(secret, json_string(key));
        }
    }
    json_object_set_new(object, "settings", settings);
    json_object_set_new(object, "secret", secret);
}
