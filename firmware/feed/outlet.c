/* An item without a title airs its summary, and one without either its link: better than
 * nothing, and in this order what reads best. */
#include "feed/outlet.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { ITEMS_MOST = 1 << 20, ID_CODES = 1000, FIRST_SLOTS = 128, OFFERED_MOST = 32 };

bool outlet_init(struct outlet *outlet, const struct feed_input *input,
                 feed_sink_fn *sink, void *user, struct feed_info *info)
{
    memset(outlet, 0, offsetof(struct outlet, headline));
    outlet->clean = (struct buffer){0};
    outlet->input = input;
    outlet->info = info;
    outlet->sink = sink;
    outlet->user = user;
    outlet->max_items = input->max_items ? input->max_items : HEADLINE_ITEMS;
    if (outlet->max_items > ITEMS_MOST) {
        outlet->max_items = ITEMS_MOST;
    }
    outlet->identity_slots = FIRST_SLOTS;
    outlet->identities = calloc(outlet->identity_slots, sizeof *outlet->identities);
    return outlet->identities != NULL;
}

void outlet_title(struct outlet *outlet, enum clean_form form, const char *text,
                  size_t length)
{
    enum { TITLE_CODES = 200 };
    char *title = outlet->info->title;
    struct buffer *clean = &outlet->clean;
    clean->length = 0;
    size_t bytes = clean_text(text, length, form, TITLE_CODES, clean);
    if (bytes == 0 || clean->failed) {
        return;
    }
    if (bytes >= FEED_TITLE_BYTES) {
        bytes = utf8_floor(clean->bytes, FEED_TITLE_BYTES - 1);
    }
    memcpy(title, clean->bytes, bytes);
    title[bytes] = '\0';
}

/* Letters, digits and '-' only: a language tag. */
static size_t tag_length(const char *text, size_t length)
{
    size_t n = 0;
    while (n < length &&
           ((text[n] >= 'a' && text[n] <= 'z') || (text[n] >= 'A' && text[n] <= 'Z') ||
            (text[n] >= '0' && text[n] <= '9') || text[n] == '-')) {
        n++;
    }
    return n;
}

static void trim(const char **text, size_t *length)
{
    while (*length && (unsigned char)**text <= ' ') {
        (*text)++;
        (*length)--;
    }
    while (*length && (unsigned char)(*text)[*length - 1] <= ' ') {
        (*length)--;
    }
}

void outlet_lang(struct outlet *outlet, const char *text, size_t length)
{
    trim(&text, &length);
    if (length >= 2 && length < sizeof outlet->lang &&
        tag_length(text, length) == length) {
        memcpy(outlet->lang, text, length);
        outlet->lang[length] = '\0';
    }
}

/* Cleans a text of ITEM into a field of the headline. */
static bool set(struct outlet *outlet, enum headline_field to, const struct item *item,
                enum item_field from, size_t max_codes)
{
    const struct item_text *text = &item->fields[from];
    if (text->rank == 0) {
        return false;
    }
    outlet->clean.length = 0;
    size_t bytes = clean_text(item->text.bytes + text->at, text->length, text->form,
                              max_codes, &outlet->clean);
    if (bytes && !outlet->clean.failed) {
        headline_set(&outlet->headline, to, outlet->clean.bytes, bytes);
    }
    return bytes > 0;
}

static void set_raw(struct outlet *outlet, enum headline_field to,
                    const struct item *item, enum item_field from)
{
    const struct item_text *text = &item->fields[from];
    if (text->rank) {
        headline_set(&outlet->headline, to, item->text.bytes + text->at, text->length);
    }
}

static void set_lang(struct outlet *outlet, const struct item *item)
{
    const struct item_text *text = &item->fields[ITEM_LANG];
    const char *lang = text->rank ? item->text.bytes + text->at : "";
    size_t length = text->length;
    trim(&lang, &length);
    if (length >= 2 && tag_length(lang, length) == length) {
        headline_set(&outlet->headline, HEADLINE_LANG, lang, length);
    } else {
        headline_set(&outlet->headline, HEADLINE_LANG, outlet->lang,
                     strlen(outlet->lang));
    }
}

static void fill(struct outlet *outlet, const struct item *item)
{
    struct headline *headline = &outlet->headline;
    headline_init(headline);
    bool text = set(outlet, HEADLINE_TEXT, item, ITEM_TITLE, HEADLINE_TEXT_CODES) ||
                set(outlet, HEADLINE_TEXT, item, ITEM_SUMMARY, HEADLINE_TEXT_CODES);
    if (!text) {
        set(outlet, HEADLINE_TEXT, item, ITEM_LINK, HEADLINE_TEXT_CODES);
    }
    set(outlet, HEADLINE_SUMMARY, item, ITEM_SUMMARY, HEADLINE_SUMMARY_CODES);
    headline_set(headline, HEADLINE_SOURCE, outlet->info->title,
                 strlen(outlet->info->title));
    set_raw(outlet, HEADLINE_LINK, item, ITEM_LINK);
    set(outlet, HEADLINE_ID, item, ITEM_ID, ID_CODES);
    set_raw(outlet, HEADLINE_IMAGE, item, ITEM_IMAGE);
    headline_set(headline, HEADLINE_CATEGORIES, item->categories.bytes,
                 item->categories.length);
    set_lang(outlet, item);
    headline->updated = item->times[ITEM_UPDATED];
    headline->expires = item->times[ITEM_EXPIRES];
    headline->flash = outlet->info->kind == FEED_CAP;
    headline->published = item->time_ranks[ITEM_PUBLISHED] ? item->times[ITEM_PUBLISHED]
                                                           : item->times[ITEM_UPDATED];
}

/* The slot that holds IDENTITY, or would. */
static uint64_t *slot_of(uint64_t *slots, size_t count, uint64_t identity)
{
    size_t i = (size_t)identity & (count - 1);
    while (slots[i] && slots[i] != identity) {
        i = (i + 1) & (count - 1);
    }
    return &slots[i];
}

/* Room for one more. False if memory is short. */
static bool make_room(struct outlet *outlet)
{
    size_t before = outlet->identity_slots, after = before * 2;
    if (outlet->info->items * 2 < before) {
        return true;
    }
    uint64_t *slots = calloc(after, sizeof *slots);
    if (!slots) {
        return false;
    }
    for (size_t i = 0; i < before; i++) {
        if (outlet->identities[i]) {
            *slot_of(slots, after, outlet->identities[i]) = outlet->identities[i];
        }
    }
    free(outlet->identities);
    outlet->identities = slots;
    outlet->identity_slots = after;
    return true;
}

static bool insert(struct outlet *outlet, uint64_t identity)
{
    uint64_t *slot = slot_of(outlet->identities, outlet->identity_slots, identity);
    bool fresh = *slot == 0;
    *slot = identity;
    return fresh;
}

static uint64_t mix(uint64_t identity, const char *text, uint64_t number)
{
    uint64_t h = identity ^ number * 0x9E3779B97F4A7C15u;
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        h = (h ^ *p) * 0x100000001b3u;
    }
    return (h ^ h >> 29) | 1;
}

/* The same id twice in one document: the link and the text tell them apart, else the count
 * of those alike before it, else, where hundreds are alike, the place. */
static void identify(struct outlet *outlet)
{
    enum { ALIKE = 512 };
    struct headline *headline = &outlet->headline;
    uint64_t identity = headline_identify(headline);
    if (insert(outlet, identity)) {
        return;
    }
    identity = mix(identity, headline_get(headline, HEADLINE_LINK), 0);
    identity = mix(identity, headline_get(headline, HEADLINE_TEXT), 0);
    for (uint64_t n = 1; !insert(outlet, identity); n++) {
        identity = mix(identity, "", n < ALIKE ? n : outlet->info->items + n);
    }
    headline->identity = identity;
}

bool outlet_item(struct outlet *outlet, const struct item *item)
{
    outlet->offered++;
    if (outlet->offered / OFFERED_MOST > outlet->max_items) {
        return false; /* nearly all are empty: this is no feed to go on with */
    }
    if (outlet->again) {
        outlet->again--;
        return true;
    }
    if (item->text.failed) {
        return true;
    }
    if (!make_room(outlet)) {
        return false;
    }
    fill(outlet, item);
    if (!*headline_get(&outlet->headline, HEADLINE_TEXT) &&
        !outlet->input->keep_textless) {
        return true;
    }
    identify(outlet);
    outlet->info->items++;
    return outlet->sink(outlet->user, &outlet->headline) &&
           outlet->info->items < outlet->max_items;
}

void outlet_fini(struct outlet *outlet)
{
    free(outlet->identities);
    buffer_fini(&outlet->clean);
}
