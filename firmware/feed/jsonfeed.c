/* A scan before jansson bounds depth and number of values, which bounds its memory and time, and
 * finds the end of the last whole item, where a document that is cut, or too much, can be
 * closed by "]}". */
#include "feed/jsonfeed.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH = 64, VALUES = 100000, ITEM_DEPTH = 2 };

struct scan {
    size_t last_item; /* bytes to behind the last whole item; 0 = none */
    bool too_much;    /* values, or depth, from there on */
    bool open;        /* it ends within its brackets */
};

static struct scan scan_json(const char *text, size_t length)
{
    struct scan scan = {.last_item = 0};
    size_t values = 0;
    int depth = 0;
    for (size_t i = 0; i < length && !scan.too_much; i++) {
        switch (text[i]) {
        case '"':
            for (i++; i < length && text[i] != '"'; i++) {
                i += text[i] == '\\';
            }
            break;
        case '{':
        case '[':
            depth++;
            break;
        case '}':
        case ']':
            depth--;
            if (text[i] == '}' && depth == ITEM_DEPTH) {
                scan.last_item = i + 1;
            }
            break;
        case ',':
            values++;
            break;
        default:
            break;
        }
        scan.too_much = depth > DEPTH || values > VALUES;
    }
    scan.open = depth > 0;
    return scan;
}

static json_t *load(const char *text, size_t length, json_error_t *error)
{
    return json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, error);
}

/* The document up to its last whole item. */
static json_t *load_cut(const char *text, size_t length, json_error_t *error)
{
    struct buffer whole = {0};
    buffer_append(&whole, text, length);
    buffer_text(&whole, "]}");
    json_t *root = whole.failed ? NULL : load(whole.bytes, whole.length, error);
    buffer_fini(&whole);
    return root;
}

static const char *string_of(const json_t *object, const char *key, size_t *length)
{
    const json_t *value = json_object_get(object, key);
    *length = json_string_length(value);
    return json_string_value(value);
}

static void offer(struct item *item, const json_t *object, const char *key,
                  enum item_field field, int rank, enum clean_form form)
{
    size_t length;
    const char *text = string_of(object, key, &length);
    if (text) {
        item_offer(item, field, rank, form, text, length);
    }
}

static void offer_link(struct item *item, const json_t *object, const char *key,
                       enum item_field field, int rank, const char *base)
{
    size_t length;
    const char *text = string_of(object, key, &length);
    if (text) {
        item_offer_link(item, field, rank, text, length, base, strlen(base));
    }
}

static void offer_time(struct item *item, const json_t *object, const char *key,
                       enum item_time which)
{
    size_t length;
    const char *text = string_of(object, key, &length);
    if (text) {
        item_offer_time(item, which, 1, text, length);
    }
}

/* An id should be a string, yet numbers are seen. */
static void offer_id(struct item *item, const json_t *object)
{
    const json_t *id = json_object_get(object, "id");
    if (json_is_integer(id)) {
        char text[32];
        int n = snprintf(text, sizeof text, "%lld", (long long)json_integer_value(id));
        item_offer(item, ITEM_ID, 1, CLEAN_PLAIN, text, (size_t)n);
    } else {
        offer(item, object, "id", ITEM_ID, 1, CLEAN_PLAIN);
        offer_link(item, object, "id", ITEM_LINK, 1, "");
    }
}

static void read_item(struct item *item, const json_t *object, const char *base)
{
    static const struct {
        const char *key;
        int rank;
        enum clean_form form;
    } summaries[] = {{"summary", 3, CLEAN_TEXT},
                     {"content_text", 2, CLEAN_TEXT},
                     {"content_html", 1, CLEAN_HTML}};
    item_clear(item);
    offer(item, object, "title", ITEM_TITLE, 1, CLEAN_TEXT);
    for (size_t i = 0; i < sizeof summaries / sizeof *summaries; i++) {
        offer(item, object, summaries[i].key, ITEM_SUMMARY, summaries[i].rank,
              summaries[i].form);
    }
    offer_id(item, object);
    offer_link(item, object, "url", ITEM_LINK, 3, base);
    offer_link(item, object, "external_url", ITEM_LINK, 2, base);
    offer_link(item, object, "image", ITEM_IMAGE, 2, base);
    offer_link(item, object, "banner_image", ITEM_IMAGE, 1, base);
    offer_time(item, object, "date_published", ITEM_PUBLISHED);
    offer_time(item, object, "date_modified", ITEM_UPDATED);
    offer(item, object, "language", ITEM_LANG, 1, CLEAN_PLAIN);
    const json_t *tags = json_object_get(object, "tags");
    for (size_t i = 0; i < json_array_size(tags); i++) {
        const json_t *tag = json_array_get(tags, i);
        if (json_is_string(tag)) {
            item_add_category(item, CLEAN_TEXT, json_string_value(tag),
                              json_string_length(tag));
        }
    }
}

static bool is_feed(const json_t *root)
{
    const char *version = json_string_value(json_object_get(root, "version"));
    return json_is_array(json_object_get(root, "items")) &&
           ((version && strstr(version, "jsonfeed.org/version")) ||
            json_is_string(json_object_get(root, "title")) ||
            json_is_string(json_object_get(root, "feed_url")) ||
            json_is_string(json_object_get(root, "home_page_url")));
}

static void read_feed(const json_t *root, struct outlet *outlet)
{
    size_t length;
    const char *text = string_of(root, "title", &length);
    if (text) {
        outlet_title(outlet, CLEAN_TEXT, text, length);
    }
    text = string_of(root, "language", &length);
    if (text) {
        outlet_lang(outlet, text, length);
    }
    const char *base = outlet->input->base_url;
    if (!base) {
        base = json_string_value(json_object_get(root, "home_page_url"));
    }
    struct item item = {.times = {0}};
    const json_t *items = json_object_get(root, "items");
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *object = json_array_get(items, i);
        if (json_is_object(object)) {
            read_item(&item, object, base ? base : "");
            if (!outlet_item(outlet, &item)) {
                break;
            }
        }
    }
    item_fini(&item);
}

/* The whole document, or what of it is whole; NULL if nothing can be read. */
static json_t *read_document(const char *text, size_t length, struct feed_info *info)
{
    struct scan scan = scan_json(text, length);
    json_error_t error;
    /* A document that cannot be whole is not read twice. */
    bool cut = scan.last_item && (scan.too_much || scan.open);
    if (scan.too_much) {
        snprintf(info->reason, sizeof info->reason,
                 "%sJSON nested too deeply or with too many values",
                 cut ? "only its beginning was read: " : "not a feed: ");
        info->partial = true;
        return cut ? load_cut(text, scan.last_item, &error) : NULL;
    }
    json_t *root =
        cut ? load_cut(text, scan.last_item, &error) : load(text, length, &error);
    if (root && !cut) {
        return root;
    }
    info->partial = true;
    if (cut) {
        snprintf(info->reason, sizeof info->reason, "broken JSON: it ends too early");
    } else {
        snprintf(info->reason, sizeof info->reason, "broken JSON at line %d: %.100s",
                 error.line, error.text);
    }
    return cut || !scan.last_item ? root : load_cut(text, scan.last_item, &error);
}

bool jsonfeed_parse(const char *text, size_t length, struct outlet *outlet)
{
    struct feed_info *info = outlet->info;
    json_t *root = read_document(text, length, info);
    bool known = root && is_feed(root);
    if (known) {
        info->kind = FEED_JSON;
        read_feed(root, outlet);
    } else if (root) {
        info->partial = false;
        snprintf(info->reason, sizeof info->reason,
                 "not a feed: JSON, but not JSON Feed (no \"version\" and \"items\")");
    }
    json_decref(root);
    return known;
}
