/* An alert's own fields come before its <info> blocks, as the schema demands; each block is
 * kept until the alert's end, since only there it is known that nothing forbids to air it. */
#include "feed/cap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "feed/repair.h"
#include "feed/xml.h"

enum { INFOS = 16, VALUE_BYTES = 16 << 10, SHORT_BYTES = 96 };

enum level { ALERT = 1, FIELD = 2, INFO_FIELD = 3 };

struct reader {
    struct outlet *outlet;
    struct item infos[INFOS]; /* one a language */
    char langs[INFOS][16];
    char senders[INFOS][SHORT_BYTES];
    size_t count;
    struct item *info; /* being read, or NULL */
    bool in_info, root;
    char name[24]; /* of the element whose text is being collected; "" = none */
    int depth;
    struct buffer text;
    char identifier[SHORT_BYTES * 2], sent[SHORT_BYTES], sender[SHORT_BYTES];
    bool silent; /* not meant to be seen */
};

static bool is(const char *text, const char *what)
{
    return strcasecmp(text, what) == 0;
}

static void copy(char *to, size_t room, const char *text, size_t length)
{
    length = length < room ? length : utf8_floor(text, room - 1);
    memcpy(to, text, length);
    to[length] = '\0';
}

/* --- Fields --- */

/* An update replaces by its own identifier's absence: only what is actual and public airs. */
static void end_alert_field(struct reader *reader, const char *text, size_t length)
{
    char value[SHORT_BYTES];
    copy(value, sizeof value, text, length);
    if (is(reader->name, "identifier")) {
        copy(reader->identifier, sizeof reader->identifier, text, length);
    } else if (is(reader->name, "sent")) {
        copy(reader->sent, sizeof reader->sent, text, length);
    } else if (is(reader->name, "sender")) {
        copy(reader->sender, sizeof reader->sender, text, length);
    } else if (is(reader->name, "status")) {
        reader->silent = reader->silent || !is(value, "Actual");
    } else if (is(reader->name, "msgType")) {
        reader->silent = reader->silent || is(value, "Cancel") || is(value, "Ack") ||
                         is(value, "Error");
    } else if (is(reader->name, "scope")) {
        reader->silent = reader->silent || is(value, "Private");
    }
}

static void end_info_field(struct reader *reader, const char *text, size_t length)
{
    static const struct {
        const char *name;
        enum item_field field;
        int rank;
    } texts[] = {
        {"headline", ITEM_TITLE, 3},      {"event", ITEM_TITLE, 2},
        {"description", ITEM_SUMMARY, 3}, {"instruction", ITEM_SUMMARY, 2},
        {"language", ITEM_LANG, 1},
    };
    struct item *info = reader->info;
    size_t index = (size_t)(info - reader->infos);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (is(reader->name, texts[i].name)) {
            item_offer(info, texts[i].field, texts[i].rank, CLEAN_TEXT, text, length);
        }
    }
    if (is(reader->name, "web")) {
        item_offer_link(info, ITEM_LINK, 1, text, length, "", 0);
    } else if (is(reader->name, "category") || is(reader->name, "event")) {
        item_add_category(info, CLEAN_TEXT, text, length);
    } else if (is(reader->name, "effective")) {
        item_offer_time(info, ITEM_PUBLISHED, 1, text, length);
    } else if (is(reader->name, "expires")) {
        item_offer_time(info, ITEM_EXPIRES, 1, text, length);
    } else if (is(reader->name, "senderName")) {
        copy(reader->senders[index], SHORT_BYTES, text, length);
    } else if (is(reader->name, "language")) {
        copy(reader->langs[index], sizeof reader->langs[index], text, length);
    }
}

/* --- The walk --- */

static bool on_start(void *user, const struct xml_element *element)
{
    struct reader *reader = user;
    if (element->depth == ALERT) {
        reader->root = is(element->name, "alert");
        return reader->root;
    }
    if (element->depth == FIELD && is(element->name, "info")) {
        reader->in_info = true;
        reader->info = reader->count < INFOS ? &reader->infos[reader->count++] : NULL;
        if (reader->info) {
            item_clear(reader->info);
        }
        return true;
    }
    bool wanted = element->depth == FIELD ||
                  (element->depth == INFO_FIELD && reader->in_info && reader->info);
    if (wanted && !reader->name[0]) {
        copy(reader->name, sizeof reader->name, element->name, strlen(element->name));
        reader->depth = element->depth;
        reader->text.length = 0;
    }
    return true;
}

static void on_text(void *user, const char *text, size_t length)
{
    struct reader *reader = user;
    if (reader->name[0] && reader->text.length < VALUE_BYTES) {
        buffer_append(&reader->text, text, length);
    }
}

static bool on_end(void *user, int depth)
{
    struct reader *reader = user;
    if (reader->name[0] && depth == reader->depth) {
        const char *text = reader->text.bytes;
        size_t length = reader->text.failed ? 0 : reader->text.length;
        while (length && (unsigned char)text[length - 1] <= ' ') {
            length--;
        }
        while (length && (unsigned char)*text <= ' ') {
            text++;
            length--;
        }
        if (length && depth == FIELD) {
            end_alert_field(reader, text, length);
        } else if (length) {
            end_info_field(reader, text, length);
        }
        reader->name[0] = '\0';
    }
    if (depth == FIELD) {
        reader->in_info = false;
        reader->info = NULL;
    }
    return true;
}

/* --- The document --- */

/* Whether an earlier block was in the same language: more blocks tell of more areas. */
static bool is_told(const struct reader *reader, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (is(reader->langs[i], reader->langs[index])) {
            return true;
        }
    }
    return false;
}

/* The block's own, else another block's, else the address that is the alert's sender. */
static const char *sender_of(const struct reader *reader, size_t index)
{
    if (*reader->senders[index]) {
        return reader->senders[index];
    }
    for (size_t i = 0; i < reader->count; i++) {
        if (*reader->senders[i]) {
            return reader->senders[i];
        }
    }
    return reader->sender;
}

static void put(struct reader *reader)
{
    struct outlet *outlet = reader->outlet;
    for (size_t i = 0; i < reader->count && !reader->silent; i++) {
        struct item *info = &reader->infos[i];
        const char *sender = sender_of(reader, i);
        if (is_told(reader, i)) {
            continue;
        }
        item_offer_time(info, ITEM_PUBLISHED, 2, reader->sent, strlen(reader->sent));
        if (*reader->identifier) {
            item_offer(info, ITEM_ID, 1, CLEAN_PLAIN, reader->identifier,
                       strlen(reader->identifier));
        }
        outlet_title(outlet, CLEAN_TEXT, sender, strlen(sender));
        if (!outlet_item(outlet, info)) {
            break;
        }
    }
    if (reader->silent) {
        const char *sender = sender_of(reader, 0);
        outlet_title(outlet, CLEAN_TEXT, sender, strlen(sender));
    }
}

static void clear(struct reader *reader)
{
    reader->count = 0;
    reader->info = NULL;
    reader->in_info = reader->silent = reader->root = false;
    reader->name[0] = reader->identifier[0] = reader->sent[0] = reader->sender[0] = '\0';
    memset(reader->langs, 0, sizeof reader->langs);
    memset(reader->senders, 0, sizeof reader->senders);
}

/* Behind the prolog: the root's name and its start tag, within the first 4 KiB. */
bool cap_is(const char *text, size_t length)
{
    enum { LOOK_BYTES = 4 << 10, NAME_BYTES = 24 };
    size_t look = length < LOOK_BYTES ? length : LOOK_BYTES;
    const char *end = text + look;
    for (const char *p = text; p + 1 < end; p++) {
        if (look >= 4 && p < end - 4 && memcmp(p, "<!--", 4) == 0) {
            const char *behind = memmem(p, (size_t)(end - p), "-->", 3);
            p = behind ? behind + 2 : end;
            continue;
        }
        if (*p != '<' || p[1] == '?' || p[1] == '!') {
            continue;
        }
        const char *close = memchr(p, '>', (size_t)(end - p));
        size_t tag = (size_t)((close ? close : end) - p);
        const char *name = memmem(p, tag < NAME_BYTES ? tag : NAME_BYTES, "alert", 5);
        bool root = name && (name == p + 1 || name[-1] == ':') &&
                    (size_t)(name - p) + 5 < tag && (unsigned char)name[5] <= ' ';
        return root && (memmem(p, tag, ":cap:", 5) || memmem(p, tag, "/cap/", 5));
    }
    return false;
}

bool cap_parse(const char *text, size_t length, struct outlet *outlet)
{
    static const struct xml_handler handler = {on_start, on_text, on_end};
    struct reader *reader = calloc(1, sizeof *reader);
    struct feed_info *info = outlet->info;
    char reason[XML_REASON_BYTES] = "not enough memory";
    enum xml_end end = XML_REFUSED;
    if (reader) {
        struct buffer repaired = {0};
        struct xml_document document = {text, length, "", XML_LONG_TEXT};
        reader->outlet = outlet;
        end = xml_read(&document, &handler, reader, reason);
        if (end == XML_FAULTY) {
            repair_xml(text, length, &repaired);
            clear(reader);
            document.text = repaired.bytes;
            document.length = repaired.length;
            end = repaired.failed ? end : xml_read(&document, &handler, reader, reason);
        }
        buffer_fini(&repaired);
    }
    /* An alert that is cut may lack the word that cancels it. */
    bool whole = end == XML_WHOLE;
    if (whole) {
        info->kind = FEED_CAP;
        put(reader);
    } else {
        snprintf(info->reason, sizeof info->reason, "a CAP alert, but broken: %s",
                 reason);
    }
    for (size_t i = 0; reader && i < INFOS; i++) {
        item_fini(&reader->infos[i]);
    }
    if (reader) {
        buffer_fini(&reader->text);
    }
    free(reader);
    return whole;
}
