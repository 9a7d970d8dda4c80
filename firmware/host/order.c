/* A table says which keys each kind of order takes and who reads them. What jansson refuses by
 * itself: bytes that are no UTF-8, lone surrogates, U+0000, keys given twice, numbers that do not
 * fit. An order is one flat object, and a look at its brackets before jansson makes sure of it, so
 * that depth costs nothing. */
#include "host/order.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "base/clock.h"
#include "base/spelling.h"
#include "base/utf8.h"
#include "host/wording.h"

enum {
    SOURCE_CODES = 100,
    FLASH_S = 15 * 60,
    SHOWN_KEY_BYTES = 24, /* of a key that is named in an error */
    PERCENT_LEAST = 10,
    PERCENT_MOST = 400
};

struct reading {
    struct order *order;
    const char *key;
    int64_t now;
    char *error;
};

/* Says what is wrong with the key that is being read, and returns false. */
static bool refuse(const struct reading *reading, const char *why)
{
    snprintf(reading->error, ORDER_ERROR_BYTES, "\"%s\" %s", reading->key, why);
    return false;
}

/* --- Values ------------------------------------------------------------------------------- */

/* The words of VALUE, cleaned, as FIELD; at most MOST code points. */
static bool take_words(const struct reading *reading, const json_t *value,
                       enum headline_field field, size_t most)
{
    char clean[ORDER_BYTES];
    size_t codes, length = json_string_length(value);
    if (length > sizeof clean) {
        return refuse(reading, "is too long");
    }
    size_t bytes = wording_clean(json_string_value(value), length, clean, &codes);
    if (codes > most) {
        char why[80];
        snprintf(why, sizeof why, "has %zu characters; at most %zu", codes, most);
        return refuse(reading, why);
    }
    headline_set(&reading->order->headline, field, clean, bytes);
    return true;
}

static bool take_text(const struct reading *reading, const json_t *value)
{
    if (!take_words(reading, value, HEADLINE_TEXT, HEADLINE_TEXT_CODES)) {
        return false;
    }
    return *headline_get(&reading->order->headline, HEADLINE_TEXT) ||
           refuse(reading, "has nothing in it that could be shown");
}

static bool take_source(const struct reading *reading, const json_t *value)
{
    return take_words(reading, value, HEADLINE_SOURCE, SOURCE_CODES);
}

static bool put_id(const struct reading *reading, const char *id, size_t length)
{
    enum order_kind kind = reading->order->kind;
    /* Those of feeds are theirs to make. */
    bool ours = kind == ORDER_FLASH || kind == ORDER_HEADLINE;
    struct headline *headline = &reading->order->headline;
    if (length == 0) {
        return refuse(reading, "is empty");
    }
    if ((ours && length > ORDER_ID_BYTES) || !wording_is_clean(id, length)) {
        return refuse(reading,
                      "is too long, or has characters in it that cannot be seen");
    }
    headline_set(headline, HEADLINE_ID, id, length);
    return strlen(headline_get(headline, HEADLINE_ID)) == length ||
           refuse(reading, "is too long");
}

static bool take_id(const struct reading *reading, const json_t *value)
{
    return put_id(reading, json_string_value(value), json_string_length(value));
}

static bool take_style(const struct reading *reading, const json_t *value)
{
    uint8_t style = headline_style_named(json_string_value(value));
    reading->order->headline.style = style;
    return style || refuse(reading, "is none of: inline, banner, takeover");
}

static bool take_until(const struct reading *reading, const json_t *value)
{
    int64_t at;
    if (clock_parse(json_string_value(value), &at) < 0) {
        return refuse(reading, "is no time such as 2026-11-23T18:00:00Z");
    }
    if (at <= reading->now) {
        return refuse(reading, "is in the past");
    }
    if (at > reading->now + ORDER_UNTIL_MOST_S) {
        return refuse(reading, "is more than a year ahead");
    }
    reading->order->headline.expires = at;
    return true;
}

static bool take_expires(const struct reading *reading, const json_t *value)
{
    json_int_t seconds = json_integer_value(value);
    if (seconds < 1) {
        return refuse(reading, "must be at least 1");
    }
    if (seconds > ORDER_UNTIL_MOST_S) {
        return refuse(reading, "is more than a year");
    }
    reading->order->expires_in_s = seconds;
    return true;
}

static bool take_percent(const struct reading *reading, const json_t *value)
{
    json_int_t percent = json_integer_value(value);
    if (percent < PERCENT_LEAST || percent > PERCENT_MOST) {
        return refuse(reading, "must be from 10 to 400");
    }
    reading->order->percent = (int)percent;
    return true;
}

static bool take_lane(const struct reading *reading, const json_t *value)
{
    struct order *order = reading->order;
    size_t length = json_string_length(value);
    if (length >= sizeof order->lane) {
        return refuse(reading, "is too long");
    }
    memcpy(order->lane, json_string_value(value), length);
    order->lane[length] = '\0';
    return true;
}

static bool take_paused(const struct reading *reading, const json_t *value)
{
    reading->order->on = json_is_true(value);
    return true;
}

/* --- Keys --------------------------------------------------------------------------------- */

enum value { VALUE_STRING, VALUE_NUMBER, VALUE_BOOL };

#define OF(kind) (1u << (kind))

static const struct key {
    const char *name;
    enum value value;
    unsigned kinds, needed; /* a bit for each kind that takes it, or cannot do without */
    bool (*take)(const struct reading *reading, const json_t *value);
} keys[] = {
    {"text", VALUE_STRING, OF(ORDER_FLASH) | OF(ORDER_HEADLINE),
     OF(ORDER_FLASH) | OF(ORDER_HEADLINE), take_text},
    {"source", VALUE_STRING, OF(ORDER_FLASH) | OF(ORDER_HEADLINE), 0, take_source},
    {"expires_in_s", VALUE_NUMBER, OF(ORDER_FLASH), 0, take_expires},
    {"style", VALUE_STRING, OF(ORDER_FLASH), 0, take_style},
    {"until", VALUE_STRING, OF(ORDER_HEADLINE), 0, take_until},
    {"id", VALUE_STRING,
     OF(ORDER_FLASH) | OF(ORDER_HEADLINE) | OF(ORDER_CLEAR) | OF(ORDER_HIDE),
     OF(ORDER_CLEAR) | OF(ORDER_HIDE), take_id},
    {"lane", VALUE_STRING, OF(ORDER_SPEED), 0, take_lane},
    {"percent", VALUE_NUMBER, OF(ORDER_SPEED), OF(ORDER_SPEED), take_percent},
    {"paused", VALUE_BOOL, OF(ORDER_PAUSE), 0, take_paused},
};

enum { KEYS = sizeof keys / sizeof *keys };

static bool is_plain(const char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        if (text[i] <= ' ' || text[i] > '~' || text[i] == '"' || text[i] == '\\') {
            return false;
        }
    }
    return length > 0 && length <= SHOWN_KEY_BYTES;
}

static bool refuse_key(const struct reading *reading)
{
    unsigned kind = OF(reading->order->kind);
    struct spelling best = {0};
    if (!is_plain(reading->key)) {
        snprintf(reading->error, ORDER_ERROR_BYTES, "a key that no such order has");
        return false;
    }
    for (size_t i = 0; i < KEYS; i++) {
        if (keys[i].kinds & kind) {
            spelling_try(&best, reading->key, strlen(reading->key), keys[i].name);
        }
    }
    snprintf(reading->error, ORDER_ERROR_BYTES, "\"%s\" is no key of such an order%s%s%s",
             reading->key, best.word ? "; did you mean \"" : "",
             best.word ? best.word : "", best.word ? "\"?" : "");
    return false;
}

static bool take(const struct reading *reading, const struct key *key,
                 const json_t *value)
{
    switch (key->value) {
    case VALUE_STRING:
        return json_is_string(value) ? key->take(reading, value)
                                     : refuse(reading, "must be a string");
    case VALUE_NUMBER:
        return json_is_integer(value) ? key->take(reading, value)
                                      : refuse(reading, "must be a whole number");
    default:
        return json_is_boolean(value) ? key->take(reading, value)
                                      : refuse(reading, "must be true or false");
    }
}

static bool take_all(struct reading *reading, json_t *root, bool named)
{
    unsigned kind = OF(reading->order->kind);
    const char *name;
    json_t *value;
    json_object_foreach(root, name, value)
    {
        size_t i = 0;
        reading->key = name;
        while (i < KEYS && (!(keys[i].kinds & kind) || strcmp(keys[i].name, name) != 0)) {
            i++;
        }
        if (named && strcmp(name, "do") == 0) {
            continue;
        }
        if (i == KEYS ? !refuse_key(reading) : !take(reading, &keys[i], value)) {
            return false;
        }
    }
    for (size_t i = 0; i < KEYS; i++) {
        reading->key = keys[i].name;
        if ((keys[i].needed & kind) && !json_object_get(root, keys[i].name)) {
            return refuse(reading, "is missing");
        }
    }
    return true;
}

/* --- Bytes -------------------------------------------------------------------------------- */

/* Whether no bracket opens within another; of what is no JSON jansson will say so. */
static bool is_flat(const char *json, size_t length)
{
    bool open = false;
    for (size_t i = 0; i < length; i++) {
        if (json[i] == '"') {
            for (i++; i < length && json[i] != '"'; i++) {
                i += json[i] == '\\';
            }
        } else if (json[i] == '[' || json[i] == '{') {
            if (open || json[i] == '[') {
                return false;
            }
            open = true;
        }
    }
    return true;
}

/* NULL with the reason in ERROR. */
static json_t *load(const char *json, size_t length, char error[ORDER_ERROR_BYTES])
{
    json_error_t fault;
    if (length == 0) {
        return json_object();
    }
    if (length > ORDER_BYTES) {
        snprintf(error, ORDER_ERROR_BYTES, "too large: at most %d bytes", ORDER_BYTES);
        return NULL;
    }
    if (!is_flat(json, length)) {
        snprintf(error, ORDER_ERROR_BYTES,
                 "nested: an order is one flat JSON object such as "
                 "{\"text\": \"Words\"}");
        return NULL;
    }
    json_t *root = json_loadb(json, length, JSON_REJECT_DUPLICATES, &fault);
    if (!root) {
        /* Its own text quotes the sender. */
        bool twice = json_error_code(&fault) == json_error_duplicate_key;
        snprintf(error, ORDER_ERROR_BYTES, "%s at line %d, column %d",
                 twice ? "a key for the second time" : "broken JSON", fault.line,
                 fault.column);
    }
    return root;
}

static void set_id(struct order *order)
{
    struct headline *headline = &order->headline;
    bool airs = order->kind == ORDER_FLASH || order->kind == ORDER_HEADLINE;
    if (airs && !headline->at[HEADLINE_ID]) {
        char id[17];
        uint64_t words = headline_identify(headline);
        snprintf(id, sizeof id, "%016" PRIx64, words ^ (uint64_t)order->kind << 1);
        headline_set(headline, HEADLINE_ID, id, strlen(id));
    }
    headline_identify(headline);
}

static void start(struct order *order, enum order_kind kind)
{
    order->kind = kind;
    order->expires_in_s = 0;
    order->percent = 0;
    order->on = true;
    order->lane[0] = '\0';
    headline_init(&order->headline);
}

static bool finish(struct order *order, int64_t now)
{
    struct headline *headline = &order->headline;
    if (order->kind == ORDER_FLASH) {
        headline->flash = true;
        headline->expires = now + (order->expires_in_s ? order->expires_in_s : FLASH_S);
    } else if (order->kind == ORDER_HEADLINE && headline->expires == HEADLINE_NO_TIME) {
        headline->expires = now + ORDER_HELD_S;
    }
    set_id(order);
    return true;
}

static bool read_root(struct order *order, enum order_kind kind, json_t *root, bool named,
                      int64_t now, char error[ORDER_ERROR_BYTES])
{
    struct reading reading = {.order = order, .now = now, .error = error};
    start(order, kind);
    if (!json_is_object(root)) {
        snprintf(error, ORDER_ERROR_BYTES, "no JSON object");
        return false;
    }
    return take_all(&reading, root, named) && finish(order, now);
}

bool order_read(struct order *order, enum order_kind kind, const char *json,
                size_t length, int64_t now, char error[ORDER_ERROR_BYTES])
{
    json_t *root = load(json, length, error);
    bool good = root && read_root(order, kind, root, false, now, error);
    json_decref(root);
    return good;
}

/* What may be asked for by name; ORDER_KINDS for anything else. */
static enum order_kind kind_named(const char *name)
{
    static const char *const names[] = {
        [ORDER_FLASH] = "flash", [ORDER_CLEAR] = "clear",   [ORDER_HEADLINE] = "headline",
        [ORDER_HIDE] = "hide",   [ORDER_RELOAD] = "reload",
    };
    size_t kind = 0;
    while (kind < sizeof names / sizeof *names &&
           !(name && names[kind] && strcmp(names[kind], name) == 0)) {
        kind++;
    }
    return kind < sizeof names / sizeof *names ? (enum order_kind)kind : ORDER_KINDS;
}

bool order_read_named(struct order *order, const char *json, size_t length, int64_t now,
                      char error[ORDER_ERROR_BYTES])
{
    json_t *root = load(json, length, error);
    enum order_kind kind = kind_named(json_string_value(json_object_get(root, "do")));
    bool good = root && kind != ORDER_KINDS;
    if (root && !good) {
        snprintf(error, ORDER_ERROR_BYTES,
                 "\"do\" is none of: flash, clear, headline, hide, reload");
    }
    good = good && read_root(order, kind, root, true, now, error);
    json_decref(root);
    return good;
}

bool order_read_id(struct order *order, enum order_kind kind, const char *id,
                   size_t length, char error[ORDER_ERROR_BYTES])
{
    struct reading reading = {.order = order, .key = "id", .error = error};
    start(order, kind);
    return put_id(&reading, id, length);
}

/* --- What becomes of it ------------------------------------------------------------------- */

bool order_limit(struct order *order, const struct config_flash *limits, int64_t now,
                 char error[ORDER_ERROR_BYTES])
{
    if (order->kind != ORDER_FLASH) {
        return true;
    }
    if (order->expires_in_s > limits->max_expires_s) {
        snprintf(error, ORDER_ERROR_BYTES,
                 "\"expires_in_s\" must be at most %lld ([flash] max-expires)",
                 (long long)limits->max_expires_s);
        return false;
    }
    int64_t lasts_s = order->expires_in_s ? order->expires_in_s : limits->expires_s;
    lasts_s = lasts_s < limits->max_expires_s ? lasts_s : limits->max_expires_s;
    order->headline.expires = now + lasts_s;
    return true;
}

bool order_message(const struct order *order, uint16_t source, int64_t now,
                   struct message *message)
{
    static const enum message_kind kinds[] = {
        [ORDER_FLASH] = MESSAGE_HEADLINE,    [ORDER_CLEAR] = MESSAGE_CLEAR,
        [ORDER_HEADLINE] = MESSAGE_HEADLINE, [ORDER_HIDE] = MESSAGE_HIDE,
        [ORDER_SPEED] = MESSAGE_SPEED,       [ORDER_PAUSE] = MESSAGE_PAUSE,
    };
    if (order->kind == ORDER_RELOAD) {
        return false;
    }
    memset(message, 0, offsetof(struct message, headline));
    message->kind = kinds[order->kind];
    message->pushed = true;
    message->source = source;
    message->at = now;
    message->count = (uint16_t)order->percent;
    if (order->kind == ORDER_PAUSE) {
        message->count = order->on;
    }
    memcpy(&message->headline, &order->headline, headline_bytes(&order->headline));
    message->headline.source = source;
    if (order->kind == ORDER_SPEED) {
        headline_set(&message->headline, HEADLINE_SOURCE, order->lane,
                     strlen(order->lane));
    }
    return true;
}
