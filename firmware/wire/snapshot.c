/* A headline is at most 16 KiB, a fetch 500 of them: lengths of two bytes are enough for texts,
 * and four for the whole. */
#include "wire/snapshot.h"

#include <string.h>

#include <zlib.h>

static const char magic[4] = {'M', 'G', 'S', '1'};

enum {
    PREFIX_BYTES = 12, /* magic, checksum, length */
    GENERATION_AT = PREFIX_BYTES + 8,
    NUMBERS_BYTES = 25, /* key, generation, at, flags */
    HEADLINE_BYTES = 41 /* four times, identity, flash */
};

uint64_t snapshot_key(const char *url)
{
    uint64_t key = 0xcbf29ce484222325u; /* FNV-1a */
    for (const unsigned char *p = (const unsigned char *)url; *p; p++) {
        key = (key ^ *p) * 0x100000001b3u;
    }
    return key ? key : 1;
}

/* --- Writing ------------------------------------------------------------------------ */

static void store(char *at, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        at[i] = (char)(value >> (8 * i));
    }
}

static void put(struct buffer *out, uint64_t value, size_t bytes)
{
    char text[8];
    store(text, value, bytes);
    buffer_append(out, text, bytes);
}

static void put_text(struct buffer *out, const char *text)
{
    size_t length = strnlen(text, UINT16_MAX);
    put(out, length, 2);
    buffer_append(out, text, length);
}

void snapshot_begin(struct buffer *out, const struct snapshot *head)
{
    out->length = 0;
    out->failed = false;
    buffer_append(out, magic, sizeof magic);
    put(out, 0, 8); /* snapshot_end() knows */
    put(out, head->key, 8);
    put(out, head->generation, 8);
    put(out, (uint64_t)head->at, 8);
    put(out, head->was_feed, 1);
    put_text(out, head->name);
    put_text(out, head->found);
    put_text(out, head->validators.etag);
    put_text(out, head->validators.modified);
}

void snapshot_add(struct buffer *out, const struct headline *headline)
{
    put(out, 1, 1); /* one more */
    put(out, (uint64_t)headline->published, 8);
    put(out, (uint64_t)headline->updated, 8);
    put(out, (uint64_t)headline->expires, 8);
    put(out, (uint64_t)headline->first_seen, 8);
    put(out, headline->identity, 8);
    put(out, headline->flash, 1);
    for (int field = 0; field < HEADLINE_FIELDS; field++) {
        put_text(out, headline_get(headline, (enum headline_field)field));
    }
}

static void seal(struct buffer *out)
{
    const unsigned char *body = (const unsigned char *)out->bytes + PREFIX_BYTES;
    size_t length = out->length - PREFIX_BYTES;
    store(out->bytes + 4, crc32_z(0, body, length), 4);
    store(out->bytes + 8, length, 4);
}

void snapshot_end(struct buffer *out)
{
    put(out, 0, 1);
    if (!out->failed) {
        seal(out);
    }
}

void snapshot_renumber(struct buffer *out, uint64_t generation)
{
    store(out->bytes + GENERATION_AT, generation, 8);
    seal(out);
}

/* --- Reading ------------------------------------------------------------------------ */

static uint64_t load(const char *at, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++) {
        value |= (uint64_t)(unsigned char)at[i] << (8 * i);
    }
    return value;
}

/* The text at the reader, which then stands behind it; NULL if it passes the end. */
static const char *take_text(struct snapshot_reader *reader, size_t *length)
{
    if (reader->end - reader->at < 2) {
        return NULL;
    }
    const char *text = reader->at + 2;
    *length = load(reader->at, 2);
    if ((size_t)(reader->end - text) < *length) {
        return NULL;
    }
    reader->at = text + *length;
    return text;
}

/* The same into an array of ROOM bytes. */
static bool read_text(struct snapshot_reader *reader, char *out, size_t room)
{
    size_t length;
    const char *text = take_text(reader, &length);
    if (!text || length >= room || memchr(text, '\0', length)) {
        return false;
    }
    memcpy(out, text, length);
    out[length] = '\0';
    return true;
}

bool snapshot_open(struct snapshot_reader *reader, const char *bytes, size_t length,
                   struct snapshot *head)
{
    if (length < PREFIX_BYTES + NUMBERS_BYTES ||
        memcmp(bytes, magic, sizeof magic) != 0 ||
        load(bytes + 8, 4) != length - PREFIX_BYTES ||
        load(bytes + 4, 4) != crc32_z(0, (const unsigned char *)bytes + PREFIX_BYTES,
                                      length - PREFIX_BYTES)) {
        return false;
    }
    const char *at = bytes + PREFIX_BYTES;
    head->key = load(at, 8);
    head->generation = load(at + 8, 8);
    head->at = (int64_t)load(at + 16, 8);
    head->was_feed = at[24] & 1;
    *reader = (struct snapshot_reader){at + NUMBERS_BYTES, bytes + length};
    return read_text(reader, head->name, sizeof head->name) &&
           read_text(reader, head->found, sizeof head->found) &&
           read_text(reader, head->validators.etag, sizeof head->validators.etag) &&
           read_text(reader, head->validators.modified, sizeof head->validators.modified);
}

/* What may air: categories are parted by ends of lines. */
static bool is_clean(const char *text, size_t length, bool lines)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < ' ' && !(lines && c == '\n')) || c == 0x7F) {
            return false;
        }
    }
    return utf8_valid(text, length);
}

bool snapshot_next(struct snapshot_reader *reader, struct headline *headline)
{
    const char *at = reader->at + 1;
    if (reader->end - reader->at < 1 + HEADLINE_BYTES || *reader->at != 1) {
        return false;
    }
    headline_init(headline);
    headline->published = (int64_t)load(at, 8);
    headline->updated = (int64_t)load(at + 8, 8);
    headline->expires = (int64_t)load(at + 16, 8);
    headline->first_seen = (int64_t)load(at + 24, 8);
    headline->identity = load(at + 32, 8);
    headline->flash = at[40] & 1;
    reader->at = at + HEADLINE_BYTES;
    for (int field = 0; field < HEADLINE_FIELDS; field++) {
        size_t length;
        const char *text = take_text(reader, &length);
        if (!text || !is_clean(text, length, field == HEADLINE_CATEGORIES)) {
            reader->end = reader->at;
            return false;
        }
        headline_set(headline, (enum headline_field)field, text, length);
    }
    return headline->identity != 0 && *headline_get(headline, HEADLINE_TEXT);
}
