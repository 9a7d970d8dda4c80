/* Structured data is written by plug-ins, by hand and by both at once: comments round it,
 * line ends inside its strings, commas before brackets. It is copied with these mended, its
 * depth and size are bounded, then a work list takes the place of recursion. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "feed/page_facts.h"

enum { DEPTH = 40, VALUES = 40000, OBJECTS = 600, TOPICS = 5, LIST_ITEMS = 100 };

struct work {
    struct page *page;
    const json_t *objects[OBJECTS];
    size_t count;
    const json_t *article; /* the best so far */
    int agreement;
    const json_t *document; /* the WebPage */
    size_t articles;
};

/* --- Text to values --- */

/* A backslash at TEXT that JSON does not know; bytes to pass over. */
static size_t bad_escape(const char *text, size_t left)
{
    if (left < 2 || !strchr("\"\\/bfnrtu", text[1]) || text[1] == '\0') {
        return 1;
    }
    for (size_t i = 2; text[1] == 'u' && i < 6; i++) {
        if (i >= left || !strchr("0123456789abcdefABCDEF", text[i]) || !text[i]) {
            return 2;
        }
    }
    return 0;
}

/* Copies what stands between the outer brackets. False if it is nested too deeply or too
 * much. */
static bool mend(const char *text, size_t length, struct buffer *out)
{
    int depth = 0;
    size_t values = 0;
    bool string = false;
    for (size_t i = 0; i < length && depth < DEPTH && values < VALUES; i++) {
        char c = text[i];
        if (string && c == '\\') {
            size_t bad = bad_escape(text + i, length - i);
            if (bad) {
                i += bad - 1;
            } else {
                buffer_append(out, text + i, 2);
                i++;
            }
            continue;
        }
        string = c == '"' ? !string : string;
        c = (unsigned char)c < ' ' ? ' ' : c;
        if (!string && (c == '}' || c == ']')) {
            while (out->length && strchr(", ", out->bytes[out->length - 1])) {
                out->length--;
            }
            depth--;
        }
        depth += !string && (c == '{' || c == '[');
        values += !string && c == ',';
        buffer_byte(out, c);
        if (!string && depth <= 0 && out->length > 1) {
            return true;
        }
    }
    return false;
}

static json_t *load(const char *text, size_t length)
{
    enum { WRAPPER_BYTES = 64 };
    static const char cdata[] = "<![CDATA[";
    size_t look = length < WRAPPER_BYTES ? length : WRAPPER_BYTES;
    const char *wrapper = memmem(text, look, cdata, sizeof cdata - 1);
    size_t start = wrapper ? (size_t)(wrapper - text) + sizeof cdata - 1 : 0;
    while (start < length && text[start] != '{' && text[start] != '[') {
        start++;
    }
    struct buffer whole = {0};
    json_t *root = NULL;
    if (mend(text + start, length - start, &whole) && !whole.failed) {
        root = json_loadb(whole.bytes, whole.length, JSON_ALLOW_NUL, NULL);
    }
    buffer_fini(&whole);
    return root;
}

/* --- Values --- */

/* A string, or the first of several. */
static const char *string_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_string_value(json_is_array(value) ? json_array_get(value, 0) : value);
}

/* The name of a thing that is an object, several of them, or just its name. */
static const char *name_of(const json_t *value)
{
    value = json_is_array(value) ? json_array_get(value, 0) : value;
    return json_is_object(value) ? string_of(value, "name") : json_string_value(value);
}

static const char *url_of(const json_t *value)
{
    value = json_is_array(value) ? json_array_get(value, 0) : value;
    const char *url = json_is_object(value) ? string_of(value, "url") : NULL;
    return json_is_object(value) ? (url ? url : string_of(value, "contentUrl"))
                                 : json_string_value(value);
}

static bool type_matches(const char *type, bool (*match)(const char *))
{
    return type && match(type);
}

static bool has_type(const json_t *object, bool (*match)(const char *))
{
    const json_t *type = json_object_get(object, "@type");
    for (size_t i = 0; i < json_array_size(type); i++) {
        if (type_matches(json_string_value(json_array_get(type, i)), match)) {
            return true;
        }
    }
    return type_matches(json_string_value(type), match);
}

static bool is_article(const char *type)
{
    return strstr(type, "Article") || strstr(type, "BlogPosting") ||
           strstr(type, "SocialMediaPosting") || strstr(type, "ForumPosting") ||
           strcmp(type, "Report") == 0;
}

static bool is_document(const char *type)
{
    return strcmp(type, "WebPage") == 0 || strcmp(type, "ItemPage") == 0;
}

static bool is_site(const char *type)
{
    return strcmp(type, "WebSite") == 0;
}

static bool is_list(const char *type)
{
    return strcmp(type, "ItemList") == 0;
}

/* --- What they mean --- */

static void offer(struct page *page, enum item_field field, int rank, const char *text)
{
    if (text) {
        item_offer(&page->item, field, rank, CLEAN_HTML, text, strlen(text));
    }
}

/* A date as a string, or as a number of seconds. */
static void offer_time(struct page *page, enum item_time which, int rank,
                       const json_t *object, const char *key)
{
    const json_t *number = json_object_get(object, key);
    const char *text = string_of(object, key);
    char digits[32];
    if (json_is_integer(number)) {
        snprintf(digits, sizeof digits, "%lld", (long long)json_integer_value(number));
        text = digits;
    }
    if (text) {
        page_offer_time(page, which, rank, text, strlen(text));
    }
}

static void offer_title(struct page *page, int weight, const char *text)
{
    if (text) {
        page_add_title(page, weight, text, strlen(text));
    }
}

static void offer_site(struct page *page, int weight, const char *text)
{
    if (text) {
        page_add_site(page, weight, text, strlen(text));
    }
}

static void add_topics(struct page *page, const json_t *value)
{
    if (json_is_string(value)) {
        item_add_category(&page->item, CLEAN_HTML, json_string_value(value),
                          json_string_length(value));
    }
    for (size_t i = 0; i < json_array_size(value) && i < TOPICS; i++) {
        const json_t *topic = json_array_get(value, i);
        if (json_is_string(topic)) {
            item_add_category(&page->item, CLEAN_HTML, json_string_value(topic),
                              json_string_length(topic));
        }
    }
}

static void read_article(struct page *page, const json_t *object)
{
    const char *image = url_of(json_object_get(object, "image"));
    const char *lang = string_of(object, "inLanguage");
    const char *headline = string_of(object, "headline");
    /* In lower case it is a description, as encyclopaedias give. */
    bool lower = headline && headline[0] >= 'a' && headline[0] <= 'z';
    offer_title(page, lower ? 30 : 40, headline);
    offer_title(page, 37, string_of(object, "name"));
    offer(page, ITEM_SUMMARY, 38, string_of(object, "description"));
    offer_time(page, ITEM_PUBLISHED, 100, object, "datePublished");
    offer_time(page, ITEM_PUBLISHED, 68, object, "dateCreated");
    offer_time(page, ITEM_UPDATED, 100, object, "dateModified");
    offer_time(page, ITEM_EXPIRES, 20, object, "expires");
    offer_site(page, 50, name_of(json_object_get(object, "publisher")));
    if (json_is_object(json_object_get(object, "isPartOf"))) {
        offer_site(page, 25, name_of(json_object_get(object, "isPartOf")));
    }
    if (image) {
        page_offer_link(page, ITEM_IMAGE, 27, image);
    }
    if (lang) {
        item_offer(&page->item, ITEM_LANG, 1, CLEAN_PLAIN, lang, strlen(lang));
    }
    add_topics(page, json_object_get(object, "articleSection"));
    if (json_is_array(json_object_get(object, "keywords"))) {
        add_topics(page, json_object_get(object, "keywords"));
    }
    page->article = true;
}

static void read_document(struct page *page, const json_t *object)
{
    offer_title(page, 25, string_of(object, "headline"));
    offer_title(page, 24, string_of(object, "name"));
    offer(page, ITEM_SUMMARY, 25, string_of(object, "description"));
    offer_time(page, ITEM_PUBLISHED, 89, object, "datePublished");
    offer_time(page, ITEM_UPDATED, 85, object, "dateModified");
}

static void consider_article(struct work *work, const json_t *object)
{
    const char *headline = string_of(object, "headline");
    const char *name = string_of(object, "name");
    int agreement = headline ? page_agreement(work->page, headline, strlen(headline)) : 0;
    int other = name ? page_agreement(work->page, name, strlen(name)) : 0;
    agreement = other > agreement ? other : agreement;
    if (!work->article || agreement > work->agreement) {
        work->article = object;
        work->agreement = agreement;
    }
    work->articles++;
}

static void add_to_list(struct page *page, const json_t *object)
{
    const json_t *item = json_object_get(object, "item");
    const json_t *thing = json_is_object(item) ? item : object;
    const char *text = string_of(thing, "headline");
    const char *url = url_of(thing);
    text = text ? text : string_of(thing, "name");
    text = text ? text : string_of(object, "name");
    url = url                    ? url
          : json_is_string(item) ? json_string_value(item)
                                 : string_of(object, "url");
    if (text && url && page->list_count < LIST_ITEMS) {
        buffer_append(&page->list, text, strlen(text) + 1);
        buffer_append(&page->list, url, strlen(url) + 1);
        page->list_count++;
    }
}

static void read_list(struct page *page, const json_t *object)
{
    const json_t *elements = json_object_get(object, "itemListElement");
    for (size_t i = 0; i < json_array_size(elements); i++) {
        add_to_list(page, json_array_get(elements, i));
    }
}

/* --- The walk --- */

static void push(struct work *work, const json_t *value)
{
    if (json_is_object(value) && work->count < OBJECTS) {
        work->objects[work->count++] = value;
    }
    for (size_t i = 0; i < json_array_size(value) && work->count < OBJECTS; i++) {
        if (json_is_object(json_array_get(value, i))) {
            work->objects[work->count++] = json_array_get(value, i);
        }
    }
}

static void read_objects(struct work *work)
{
    for (size_t i = 0; i < work->count; i++) {
        const json_t *object = work->objects[i];
        if (has_type(object, is_article)) {
            consider_article(work, object);
        } else if (has_type(object, is_list)) {
            read_list(work->page, object);
        } else if (has_type(object, is_site)) {
            offer_site(work->page, 38, string_of(object, "name"));
        } else if (has_type(object, is_document) && !work->document) {
            work->document = object;
        }
        push(work, json_object_get(object, "@graph"));
        push(work, json_object_get(object, "mainEntity"));
        push(work, json_object_get(object, "mainEntityOfPage"));
        push(work, json_object_get(object, "blogPost"));
        push(work, json_object_get(object, "hasPart"));
    }
}

void page_read_data(struct page *page)
{
    struct work work = {.page = page};
    json_t *roots[FENCE_SCRIPTS];
    size_t start = 0;
    for (size_t i = 0; i < page->fence.script_count; i++) {
        size_t end = page->fence.script_ends[i];
        roots[i] =
            end > start ? load(page->fence.scripts.bytes + start, end - start) : NULL;
        push(&work, roots[i]);
        start = end;
    }
    read_objects(&work);
    for (size_t i = 0; work.articles >= 3 && work.agreement == 0 && i < work.count; i++) {
        if (has_type(work.objects[i], is_article)) {
            add_to_list(page, work.objects[i]);
        }
    }
    if (work.article) {
        read_article(page, work.article);
    }
    if (work.document) {
        read_document(page, work.document);
    }
    for (size_t i = 0; i < page->fence.script_count; i++) {
        json_decref(roots[i]);
    }
}

void page_read_parsely(struct page *page, const char *json)
{
    json_t *object = load(json, strlen(json));
    const char *link = string_of(object, "link");
    offer_title(page, 30, string_of(object, "title"));
    offer_time(page, ITEM_PUBLISHED, 84, object, "pub_date");
    if (link) {
        page_offer_link(page, ITEM_LINK, 15, link);
    }
    json_decref(object);
}
