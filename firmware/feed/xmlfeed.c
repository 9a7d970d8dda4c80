/* Where we are is kept per depth: in the feed, in an item, or in something that says nothing
 * to us. Only a child of an item is the item's, so that an image's title, or the source of a
 * copied entry, never becomes the item's. */
#include "feed/xmlfeed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "feed/link.h"
#include "feed/repair.h"
#include "feed/sniff.h"
#include "feed/xmlreader.h"

/* --- Elements that say it with attributes --- */

static void offer_link(struct reader *reader, const struct xml_element *element,
                       enum item_field field, int rank, const char *url)
{
    bool based = element->base_length > 0;
    if (url) {
        item_offer_link(&reader->item, field, rank, url, strlen(url),
                        based ? element->base : reader->home.bytes,
                        based ? element->base_length : reader->home.length);
    }
}

/* RFC 4287, section 4.2.7: no rel is "alternate". */
static bool is_alternate(const struct xml_element *element)
{
    const char *rel = xml_attribute(element, "rel");
    return !rel || !*rel || xmltext_has(rel, "alternate");
}

/* A page is better than what does not say what it is, and this than another format. */
static void read_atom_link(struct reader *reader, const struct xml_element *element)
{
    const char *rel = xml_attribute(element, "rel");
    const char *type = xml_attribute(element, "type");
    const char *url = xml_attribute(element, "href");
    if (is_alternate(element)) {
        offer_link(reader, element, ITEM_LINK,
                   !type                       ? 52
                   : xmltext_has(type, "html") ? 53
                                               : 51,
                   url);
    } else if (xmltext_is(rel, "enclosure")) {
        offer_link(reader, element, ITEM_LINK, 2, url);
        if (xmltext_has(type, "image/")) {
            offer_link(reader, element, ITEM_IMAGE, 15, url);
        }
    } else if (xmltext_is(rel, "related") || xmltext_is(rel, "via")) {
        offer_link(reader, element, ITEM_LINK, 4, url);
    }
}

static bool is_picture(const struct xml_element *element, const char *url)
{
    static const char *const endings[] = {".jpg", ".jpeg", ".png", ".webp", ".gif"};
    const char *type = xml_attribute(element, "type");
    if (xmltext_has(type, "image/") ||
        xmltext_is(xml_attribute(element, "medium"), "image")) {
        return true;
    }
    size_t length = url ? strlen(url) : 0;
    for (size_t i = 0; !type && i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i]);
        if (length > n && strcasecmp(url + length - n, endings[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void read_picture(struct reader *reader, const struct dialect_row *row,
                         const struct xml_element *element)
{
    const char *url = xml_attribute(element, "url");
    url = url ? url : xml_attribute(element, "href");
    /* media:content holds films too, and pictures of its own. */
    bool content = strcmp(row->name, "content") == 0;
    if (!content || is_picture(element, url)) {
        offer_link(reader, element, ITEM_IMAGE, row->rank, url);
    }
    if (content) {
        reader->inside[element->depth] = INSIDE_ITEM;
    }
}

static void read_enclosure(struct reader *reader, const struct dialect_row *row,
                           const struct xml_element *element)
{
    const char *url = xml_attribute(element, "url");
    offer_link(reader, element, ITEM_LINK, 2, url);
    if (is_picture(element, url)) {
        offer_link(reader, element, ITEM_IMAGE, row->rank, url);
    }
}

static void read_term(struct reader *reader, const struct dialect_row *row,
                      const struct xml_element *element)
{
    const char *term = xml_attribute(element, "term");
    const char *label = xml_attribute(element, "label");
    /* Labels are often the heading above the terms; terms are often addresses. */
    const char *best = !term || !*term || strstr(term, "://") ? label : term;
    best = best ? best : term ? term : xml_attribute(element, "text");
    if (best) {
        item_add_category(&reader->item, CLEAN_TEXT, best, strlen(best));
    } else {
        xmltext_begin(reader, row, element);
    }
}

/* --- The walk --- */

/* The root: what kind of feed, and what elements without a namespace mean in it. */
static bool read_root(struct reader *reader, const struct xml_element *element)
{
    static const struct {
        const char *name;
        enum feed_kind kind;
        enum vocabulary native;
    } roots[] = {
        {"rss", FEED_RSS, VOCABULARY_NONE},    {"channel", FEED_RSS, VOCABULARY_NONE},
        {"rdf", FEED_RDF, VOCABULARY_NONE},    {"feed", FEED_ATOM, VOCABULARY_ATOM},
        {"entry", FEED_ATOM, VOCABULARY_ATOM},
    };
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        if (strcasecmp(element->name, roots[i].name) == 0) {
            reader->outlet->info->kind = roots[i].kind;
            reader->native = roots[i].native;
            reader->native_other = element->vocabulary == VOCABULARY_OTHER;
            return true;
        }
    }
    snprintf(reader->root, sizeof reader->root, "%s", element->name);
    return false;
}

static enum vocabulary vocabulary_of(const struct reader *reader,
                                     const struct xml_element *element)
{
    bool native = element->vocabulary == VOCABULARY_NONE && !element->prefixed;
    bool other = element->vocabulary == VOCABULARY_OTHER && reader->native_other;
    return native || other ? reader->native : element->vocabulary;
}

static void begin_item(struct reader *reader, const struct xml_element *element)
{
    item_clear(&reader->item);
    reader->item_depth = element->depth;
    reader->inside[element->depth] = INSIDE_ITEM;
    const char *about = xml_attribute(element, "rdf:about");
    if (about) {
        item_offer(&reader->item, ITEM_ID, 5, CLEAN_PLAIN, about, strlen(about));
        item_offer_link(&reader->item, ITEM_LINK, 10, about, strlen(about), "", 0);
    }
    const char *lang = xml_attribute(element, "xml:lang");
    if (lang) {
        item_offer(&reader->item, ITEM_LANG, 5, CLEAN_PLAIN, lang, strlen(lang));
    }
    /* CDF. */
    const char *changed = xml_attribute(element, "LASTMOD");
    if (changed) {
        item_offer_time(&reader->item, ITEM_UPDATED, 10, changed, strlen(changed));
    }
    const char *href = xml_attribute(element, "HREF");
    offer_link(reader, element, ITEM_LINK, 40,
               href ? href : xml_attribute(element, "href"));
}

/* A child of an item. */
static void read_item_element(struct reader *reader, const struct dialect_row *row,
                              const struct xml_element *element)
{
    switch (row->use) {
    case USE_INSIDE:
        reader->inside[element->depth] = INSIDE_ITEM;
        break;
    case USE_ATOM_LINK:
        if (xml_attribute(element, "href")) {
            read_atom_link(reader, element);
        } else {
            xmltext_begin(reader, row, element);
        }
        break;
    case USE_LINK:
        if (xml_attribute(element, "href")) {
            read_atom_link(reader, element);
        }
        xmltext_begin(reader, row, element);
        break;
    case USE_PICTURE:
        read_picture(reader, row, element);
        break;
    case USE_ENCLOSURE:
        read_enclosure(reader, row, element);
        break;
    case USE_TERM:
        read_term(reader, row, element);
        break;
    default:
        xmltext_begin(reader, row, element);
    }
}

static void read_feed_element(struct reader *reader, const struct dialect_row *row,
                              const struct xml_element *element)
{
    const char *href;
    switch (row->use) {
    case USE_FEED:
        reader->inside[element->depth] = INSIDE_FEED;
        break;
    case USE_ATOM_LINK:
        href = xml_attribute(element, "href");
        if (href && reader->home.length == 0 && is_alternate(element)) {
            link_resolve(href, strlen(href), element->base, element->base_length,
                         &reader->home);
        }
        break;
    default:
        xmltext_begin(reader, row, element);
    }
}

static bool on_start(void *user, const struct xml_element *element)
{
    struct reader *reader = user;
    if (reader->row) {
        xmltext_markup(reader, element);
        return true;
    }
    int depth = element->depth;
    enum inside outer = depth > 1 ? reader->inside[depth - 1] : INSIDE_FEED;
    reader->inside[depth] = INSIDE_OTHER;
    if (reader->item_depth && outer != INSIDE_ITEM) {
        return true;
    }
    if (depth == 1 && !read_root(reader, element)) {
        return false;
    }
    const struct dialect_row *row =
        dialect_find(vocabulary_of(reader, element), element->name,
                     reader->item_depth ? PLACE_ITEM : PLACE_FEED);
    if (depth == 1 && !row) {
        reader->inside[depth] = INSIDE_FEED;
    }
    if (depth == 1 || (row && row->use == USE_FEED)) {
        const char *lang = xml_attribute(element, "xml:lang");
        if (lang) {
            outlet_lang(reader->outlet, lang, strlen(lang));
        }
    }
    if (!row) {
        return true;
    }
    if (row->use == USE_ITEM) {
        begin_item(reader, element);
    } else if (reader->item_depth) {
        read_item_element(reader, row, element);
    } else if (outer == INSIDE_FEED) {
        read_feed_element(reader, row, element);
    }
    return true;
}

static void on_text(void *user, const char *text, size_t length)
{
    xmltext_add(user, text, length);
}

static bool on_end(void *user, int depth)
{
    struct reader *reader = user;
    if (depth == reader->mute_depth) {
        reader->mute_depth = 0;
    }
    if (reader->row && depth == reader->row_depth) {
        xmltext_end(reader);
    }
    if (depth == reader->item_depth) {
        reader->item_depth = 0;
        return outlet_item(reader->outlet, &reader->item);
    }
    return true;
}

/* --- The document --- */

static enum xml_end read_once(struct reader *reader, const char *text, size_t length,
                              char reason[XML_REASON_BYTES])
{
    static const struct xml_handler handler = {on_start, on_text, on_end};
    const char *base = reader->outlet->input->base_url;
    reader->item_depth = reader->row_depth = reader->mute_depth = 0;
    reader->row = NULL;
    const struct xml_document document = {text, length, base ? base : "", XML_LONG_TEXT};
    return xml_read(&document, &handler, reader, reason);
}

static enum xml_end read_repaired(struct reader *reader, const char *text, size_t length,
                                  char reason[XML_REASON_BYTES])
{
    size_t root = sniff_root(text, length);
    if (root == length) {
        return reader->root[0] ? XML_STOPPED : XML_FAULTY;
    }
    struct buffer repaired = {0};
    repair_xml(text + root, length - root, &repaired);
    reader->outlet->again = reader->outlet->offered;
    reader->outlet->offered = 0;
    reader->root[0] = '\0';
    enum xml_end end = XML_FAULTY;
    if (!repaired.failed) {
        end = read_once(reader, repaired.bytes, repaired.length, reason);
    }
    buffer_fini(&repaired);
    return end;
}

bool xmlfeed_parse(const char *text, size_t length, struct outlet *outlet)
{
    struct reader *reader = calloc(1, sizeof *reader);
    struct feed_info *info = outlet->info;
    if (!reader) {
        snprintf(info->reason, sizeof info->reason, "not enough memory");
        return false;
    }
    char reason[XML_REASON_BYTES] = "";
    reader->outlet = outlet;
    enum xml_end end = read_once(reader, text, length, reason);
    /* Notices printed before the feed may even be well formed: then theirs was the root. */
    if (end == XML_FAULTY || (end != XML_REFUSED && info->kind == FEED_UNKNOWN)) {
        end = read_repaired(reader, text, length, reason);
    }
    if (reader->root[0]) {
        snprintf(
            info->reason, sizeof info->reason,
            "not a feed: XML with the root element <%s>; look for the site's RSS or Atom "
            "address",
            reader->root);
    } else if (end != XML_WHOLE && end != XML_STOPPED) {
        info->partial = true;
        snprintf(info->reason, sizeof info->reason, "%s", reason);
    }
    bool known = info->kind != FEED_UNKNOWN && (end != XML_REFUSED || info->items > 0);
    item_fini(&reader->item);
    buffer_fini(&reader->text);
    buffer_fini(&reader->base);
    buffer_fini(&reader->home);
    free(reader);
    return known;
}
