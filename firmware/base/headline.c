/* Fields lie in the pool in the order they were first set; replacing one closes its gap. */
#include "base/headline.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"

/* Caps in bytes, without the terminating '\0'. 4 bytes is the longest code point. */
static const uint16_t field_bytes[HEADLINE_FIELDS] = {
    [HEADLINE_TEXT] = HEADLINE_TEXT_CODES * 4,
    [HEADLINE_SUMMARY] = HEADLINE_SUMMARY_CODES * 4,
    [HEADLINE_SOURCE] = 400,
    [HEADLINE_LINK] = HEADLINE_LINK_BYTES,
    [HEADLINE_ID] = 1024,
    [HEADLINE_IMAGE] = HEADLINE_LINK_BYTES,
    [HEADLINE_CATEGORIES] = 1024,
    [HEADLINE_LANG] = 35,
};

static_assert(400 * 4 + 2000 * 4 + 400 + 2048 + 1024 + 2048 + 1024 + 35 +
                      HEADLINE_FIELDS + 1 <=
                  HEADLINE_POOL_BYTES,
              "every field at its cap fits the pool");

void headline_init(struct headline *headline)
{
    headline->published = HEADLINE_NO_TIME;
    headline->updated = HEADLINE_NO_TIME;
    headline->expires = HEADLINE_NO_TIME;
    headline->first_seen = HEADLINE_NO_TIME;
    headline->identity = 0;
    headline->flash = false;
    headline->style = HEADLINE_STYLE_UNSET;
    headline->source = 0;
    headline->used = 1;
    memset(headline->at, 0, sizeof headline->at);
    headline->pool[0] = '\0';
}

enum headline_style headline_style_named(const char *name)
{
    static const char *const names[] = {"", "inline", "banner", "takeover"};
    for (int i = HEADLINE_INLINE; i <= HEADLINE_TAKEOVER; i++) {
        if (strcmp(name, names[i]) == 0) {
            return (enum headline_style)i;
        }
    }
    return HEADLINE_STYLE_UNSET;
}

static void erase(struct headline *headline, enum headline_field field)
{
    uint16_t at = headline->at[field];
    if (at == 0) {
        return;
    }
    uint16_t bytes = (uint16_t)(strlen(headline->pool + at) + 1);
    memmove(headline->pool + at, headline->pool + at + bytes,
            (size_t)(headline->used - at - bytes));
    headline->used = (uint16_t)(headline->used - bytes);
    headline->at[field] = 0;
    for (int i = 0; i < HEADLINE_FIELDS; i++) {
        if (headline->at[i] > at) {
            headline->at[i] = (uint16_t)(headline->at[i] - bytes);
        }
    }
}

void headline_set(struct headline *headline, enum headline_field field, const char *text,
                  size_t length)
{
    erase(headline, field);
    /* What follows a '\0' nobody could reach. */
    length = length > 0 ? strnlen(text, length) : 0;
    if (length > field_bytes[field]) {
        length = utf8_floor(text, field_bytes[field]);
    }
    if (length == 0) {
        return;
    }
    headline->at[field] = headline->used;
    memcpy(headline->pool + headline->used, text, length);
    headline->pool[headline->used + length] = '\0';
    headline->used = (uint16_t)(headline->used + length + 1);
}

const char *headline_get(const struct headline *headline, enum headline_field field)
{
    return headline->pool + headline->at[field];
}

size_t headline_bytes(const struct headline *headline)
{
    return offsetof(struct headline, pool) + headline->used;
}

/* FNV-1a with a final mix (that of MurmurHash3), so that every bit counts in a table. */
static uint64_t hash(uint64_t seed, const char *text)
{
    uint64_t h = 0xcbf29ce484222325u ^ seed;
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        h = (h ^ *p) * 0x100000001b3u;
    }
    h = (h ^ h >> 33) * 0xff51afd7ed558ccdu;
    h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53u;
    return h ^ h >> 33;
}

uint64_t headline_identify(struct headline *headline)
{
    static const enum headline_field order[] = {HEADLINE_ID, HEADLINE_LINK,
                                                HEADLINE_TEXT};
    headline->identity = 1;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (headline->at[order[i]]) {
            headline->identity = hash(i, headline_get(headline, order[i])) | 1;
            break;
        }
    }
    return headline->identity;
}
