/* Names and order of the members are those of the contract. */
#include "command/headline_json.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"

static void set_text(json_t *object, const char *key, const char *text)
{
    if (*text) {
        json_object_set_new(object, key, json_string(text));
    }
}

static void set_field(json_t *object, const char *key, const struct headline *headline,
                      enum headline_field field)
{
    set_text(object, key, headline_get(headline, field));
}

static void set_time(json_t *object, const char *key, int64_t at)
{
    char text[CLOCK_TEXT_BYTES];
    if (at != HEADLINE_NO_TIME) {
        set_text(object, key, clock_format(at, text));
    }
}

static void set_categories(json_t *object, const struct headline *headline)
{
    const char *p = headline_get(headline, HEADLINE_CATEGORIES);
    if (!*p) {
        return;
    }
    json_t *array = json_array();
    while (*p) {
        size_t length = strcspn(p, "\n");
        json_array_append_new(array, json_stringn(p, length));
        p += length + (p[length] == '\n');
    }
    json_object_set_new(object, "categories", array);
}

json_t *headline_json(const struct headline *headline, const char *source)
{
    json_t *line = json_object();
    const char *own = headline_get(headline, HEADLINE_SOURCE);
    set_text(line, "source", *own ? own : source);
    set_field(line, "headline", headline, HEADLINE_TEXT);
    set_field(line, "link", headline, HEADLINE_LINK);
    set_time(line, "published", headline->published);
    set_time(line, "updated", headline->updated);
    set_field(line, "summary", headline, HEADLINE_SUMMARY);
    set_categories(line, headline);
    set_field(line, "image", headline, HEADLINE_IMAGE);
    set_field(line, "id", headline, HEADLINE_ID);
    set_field(line, "lang", headline, HEADLINE_LANG);
    set_time(line, "expires", headline->expires);
    if (headline->flash) {
        json_object_set_new(line, "flash", json_true());
    }
    return line;
}

bool headline_json_line(json_t *object)
{
    bool done = json_dumpf(object, stdout, JSON_COMPACT) == 0;
    json_decref(object);
    return putchar('\n') != EOF && done;
}
