/* The text of an element comes in pieces and with child elements; it is collected whole, in a
 * buffer that all elements share, then read in the form that the format or its attributes
 * say. */
#include "feed/xmlreader.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "feed/base64.h"
#include "feed/link.h"
#include "feed/tag.h"

/* More of one text than that is not looked at: it is far beyond what can air. */
enum { COLLECT_BYTES = 256 << 10 };

bool xmltext_has(const char *text, const char *what)
{
    return text && strcasestr(text, what);
}

bool xmltext_is(const char *text, const char *what)
{
    return text && strcasecmp(text, what) == 0;
}

/* RFC 4287, section 3.1.1 and 4.1.3; the mode is that of Atom 0.3. */
static void read_form(struct reader *reader, const struct xml_element *element)
{
    static const enum clean_form forms[] = {
        [FORM_HTML] = CLEAN_HTML,
        [FORM_TYPED] = CLEAN_TEXT,
        [FORM_PLAIN] = CLEAN_PLAIN,
        [FORM_TEXT] = CLEAN_TEXT,
    };
    reader->form = forms[reader->row->form];
    reader->base64 = reader->media = false;
    if (reader->row->form != FORM_TYPED) {
        return;
    }
    const char *type = xml_attribute(element, "type");
    reader->base64 = xmltext_is(xml_attribute(element, "mode"), "base64");
    if (xmltext_has(type, "html") && !xmltext_has(type, "xhtml")) {
        reader->form = CLEAN_HTML;
    } else if (xmltext_has(type, "xml") || xmltext_has(type, "xhtml")) {
        reader->form = CLEAN_PLAIN;
    } else if (xmltext_has(type, "/") && !xmltext_has(type, "text/")) {
        reader->base64 = true;
        reader->media = xmltext_has(type, "image/") || xmltext_has(type, "audio/") ||
                        xmltext_has(type, "video/");
    }
}

/* Whether the item already has better than what ROW could give. */
static bool is_outdone(const struct reader *reader, const struct dialect_row *row)
{
    enum item_field field = row->use == USE_TITLE     ? ITEM_TITLE
                            : row->use == USE_SUMMARY ? ITEM_SUMMARY
                                                      : ITEM_FIELDS;
    return reader->item_depth && field != ITEM_FIELDS &&
           row->rank <= reader->item.fields[field].rank;
}

void xmltext_begin(struct reader *reader, const struct dialect_row *row,
                   const struct xml_element *element)
{
    reader->row = row;
    reader->row_depth = element->depth;
    reader->text.length = 0;
    reader->base.length = 0;
    buffer_append(&reader->base, element->base, element->base_length);
    if (reader->base.length == 0) {
        buffer_append(&reader->base, reader->home.bytes, reader->home.length);
    }
    if (is_outdone(reader, row)) {
        reader->mute_depth = element->depth;
        return;
    }
    read_form(reader, element);
    reader->permalink = !xmltext_is(xml_attribute(element, "isPermaLink"), "false");
}

void xmltext_markup(struct reader *reader, const struct xml_element *element)
{
    switch (tag_find(element->name, strlen(element->name))) {
    case TAG_DROP:
        if (reader->mute_depth == 0) {
            reader->mute_depth = element->depth;
        }
        break;
    case TAG_BLOCK:
        buffer_byte(&reader->text, ' ');
        break;
    default:
        break;
    }
}

void xmltext_add(struct reader *reader, const char *text, size_t length)
{
    if (reader->row && reader->mute_depth == 0 && reader->text.length < COLLECT_BYTES) {
        buffer_append(&reader->text, text, length);
    }
}

static void end_feed_text(struct reader *reader, const char *text, size_t length)
{
    const struct dialect_row *row = reader->row;
    switch (row->use) {
    case USE_TITLE:
        if (row->rank > reader->title_rank) {
            outlet_title(reader->outlet, reader->form, text, length);
            reader->title_rank = reader->outlet->info->title[0] ? row->rank : 0;
        }
        break;
    case USE_LANG:
        outlet_lang(reader->outlet, text, length);
        break;
    case USE_LINK:
        if (reader->home.length == 0) {
            link_resolve(text, length, reader->base.bytes, reader->base.length,
                         &reader->home);
        }
        break;
    default:
        break;
    }
}

static void end_item_text(struct reader *reader, const char *text, size_t length)
{
    struct item *item = &reader->item;
    int rank = reader->row->rank;
    switch (reader->row->use) {
    case USE_TITLE:
        item_offer(item, ITEM_TITLE, rank, reader->form, text, length);
        break;
    case USE_SUMMARY:
        item_offer(item, ITEM_SUMMARY, rank, reader->form, text, length);
        break;
    case USE_LINK:
    case USE_ATOM_LINK:
        item_offer_link(item, ITEM_LINK, rank, text, length, reader->base.bytes,
                        reader->base.length);
        break;
    case USE_GUID:
    case USE_ID:
        item_offer(item, ITEM_ID, rank, CLEAN_PLAIN, text, length);
        if (reader->row->use == USE_ID || reader->permalink) {
            item_offer_link(item, ITEM_LINK, reader->row->use == USE_ID ? 3 : 30, text,
                            length, "", 0);
        }
        break;
    case USE_CATEGORY:
    case USE_TERM:
        item_add_category(item, reader->form, text, length);
        break;
    case USE_LANG:
        item_offer(item, ITEM_LANG, rank, CLEAN_PLAIN, text, length);
        break;
    case USE_PUBLISHED:
        item_offer_time(item, ITEM_PUBLISHED, rank, text, length);
        break;
    case USE_UPDATED:
        item_offer_time(item, ITEM_UPDATED, rank, text, length);
        break;
    case USE_EXPIRES:
        item_offer_time(item, ITEM_EXPIRES, rank, text, length);
        break;
    default:
        break;
    }
}

/* What does not decode to text was no Base64, but text with an odd type. */
static void decode_text(struct reader *reader)
{
    struct buffer decoded = {0};
    buffer_append(&decoded, reader->text.bytes, reader->text.length);
    if (reader->media || decoded.failed) {
        reader->text.length = 0;
    } else {
        decoded.length = base64_decode(decoded.bytes, decoded.length);
        if (decoded.length && utf8_valid(decoded.bytes, decoded.length)) {
            reader->text.length = 0;
            buffer_append(&reader->text, decoded.bytes, decoded.length);
        }
    }
    buffer_fini(&decoded);
}

void xmltext_end(struct reader *reader)
{
    struct buffer *text = &reader->text;
    if (reader->base64 && text->length) {
        decode_text(reader);
    }
    if (text->length && !text->failed) {
        if (reader->item_depth) {
            end_item_text(reader, text->bytes, text->length);
        } else {
            end_feed_text(reader, text->bytes, text->length);
        }
    }
    text->failed = false;
    reader->row = NULL;
}
