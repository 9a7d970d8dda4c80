/* GET /api/rundown: what comes next in each lane, and why the rest does not. It comes in slices, each
 * item of which is made into text at once. */
#include <stdlib.h>
#include <string.h>

#include "command/api_inside.h"
#include "command/headline_json.h"
#include "desk/stamp.h"

enum { FRESH_MS = 1000, FIRST_BYTES = 32 << 10, MOST_BYTES = 2 << 20, FIRST_PARTS = 64 };

static const char head[] = "{\"items\":[", tail[] = "]}";

void api_drop_rundown(struct api *api)
{
    free(api->rundown);
    free(api->parts);
    web_text_drop(api->rundown_text);
    api->rundown = NULL;
    api->rundown_length = 0;
    api->rundown_room = 0;
    api->parts = NULL;
    api->part_count = 0;
    api->part_room = 0;
    api->rundown_text = NULL;
}

/* Makes room for LENGTH bytes and one part more. */
static bool make_room(struct api *api, size_t length)
{
    size_t room = api->rundown_room ? api->rundown_room : FIRST_BYTES;
    while (room - api->rundown_length < length) {
        room *= 2;
    }
    if (room > MOST_BYTES) {
        return false;
    }
    if (room != api->rundown_room) {
        char *more = realloc(api->rundown, room);
        if (!more) {
            return false;
        }
        api->rundown = more;
        api->rundown_room = room;
    }
    if (api->part_count == api->part_room) {
        size_t count = api->part_room ? 2 * api->part_room : FIRST_PARTS;
        struct api_part *parts = realloc(api->parts, count * sizeof *parts);
        if (!parts) {
            return false;
        }
        api->parts = parts;
        api->part_room = count;
    }
    return true;
}

/* The rule as the operator wrote it; by the rules of now, which are those of the item but in the
 * moment of a change. */
static const char *rule_of(const struct api *api, uint16_t number)
{
    const struct stamp *stamp = worker_stamp(api->worker);
    return stamp && stamp->filter ? filter_rule(stamp->filter, number) : "";
}

static json_t *object_of(const struct api *api, const struct inquiry_item *item)
{
    json_t *object = json_object();
    if (item->kind == INQUIRY_AIRS) {
        json_object_set_new(object, "state", json_string("airs"));
        json_object_set_new(object, "lane", api_string(item->lane));
        json_object_set_new(object, "at", api_time(item->at));
    } else {
        const char *of = inquiry_note(item);
        json_object_set_new(object, "state", json_string("hidden"));
        json_object_set_new(object, "reason", json_string(item->reason));
        if (*of) {
            json_object_set_new(object, "of", api_string(of));
        }
        if (strcmp(item->reason, "filter") == 0) {
            const char *rule =
                *item->lane ? "[lane] sources, categories" : rule_of(api, item->rule);
            json_object_set_new(object, "rule", api_string(rule));
        }
    }
    json_object_set_new(object, "headline", headline_json(inquiry_headline(item), ""));
    return object;
}

/* False if there is no room left. */
static bool add(struct api *api, const struct inquiry_item *item)
{
    json_t *object = object_of(api, item);
    char *text = json_dumps(object, JSON_COMPACT);
    size_t length = text ? strlen(text) : 0;
    json_decref(object);
    bool fits = text && make_room(api, length);
    if (fits) {
        struct api_part *part = &api->parts[api->part_count++];
        *part = (struct api_part){.at = api->rundown_length, .length = length};
        if (item->kind == INQUIRY_AIRS) {
            memcpy(part->lane, item->lane, sizeof part->lane);
        }
        memcpy(api->rundown + part->at, text, length);
        api->rundown_length += length;
    }
    free(text);
    return fits;
}

bool api_take_rundown(struct api *api, const struct inquiry *inquiry)
{
    const struct inquiry_item *item;
    bool fits = true;
    if (inquiry->begins) {
        api_drop_rundown(api);
    }
    for (size_t at = 0; fits && (item = inquiry_next(inquiry, &at));) {
        fits = add(api, item);
    }
    if (!fits || !inquiry->more) {
        return true;
    }
    api_ask(api, INQUIRY_RUNDOWN, false);
    return false;
}

/* The items of LANE, all where it is NULL. */
static struct web_text *text_of(const struct api *api, const char *lane)
{
    char *bytes =
        malloc(sizeof head + sizeof tail + api->rundown_length + api->part_count);
    size_t length = sizeof head - 1;
    bool first = true;
    if (!bytes) {
        return NULL;
    }
    memcpy(bytes, head, length);
    for (size_t i = 0; i < api->part_count; i++) {
        const struct api_part *part = &api->parts[i];
        if (lane && strcmp(lane, part->lane) != 0) {
            continue;
        }
        if (!first) {
            bytes[length++] = ',';
        }
        memcpy(bytes + length, api->rundown + part->at, part->length);
        length += part->length;
        first = false;
    }
    memcpy(bytes + length, tail, sizeof tail - 1);
    return web_text_new(bytes, length + sizeof tail - 1);
}

void api_rundown(void *user, struct web_call *call, struct web_reply *reply)
{
    struct api *api = user;
    const char *lane = web_argument(call, "lane");
    if (!api_has(api, INQUIRY_RUNDOWN, FRESH_MS)) {
        return;
    }
    if (lane) {
        reply->text = text_of(api, lane);
    } else {
        api->rundown_text = api->rundown_text ? api->rundown_text : text_of(api, NULL);
        reply->text = web_text_hold(api->rundown_text);
    }
    reply->status = reply->text ? 200 : 503;
    reply->error = "memory is short";
}
