/* One pass over the text copies runs of ordinary ASCII whole and stops as soon as the cap is
 * passed, so that the length of an article costs nothing. References are decoded once; "&amp;"
 * before a reference other than that of &, < or > is one escaped twice and is decoded again,
 * never a third time. A second pass removes mark-up that was escaped twice. */
#include "feed/clean.h"

#include <string.h>
#include <utf8proc.h>

#include "base/codes.h"
#include "base/utf8.h"
#include "feed/entity.h"
#include "feed/tag.h"

enum { MARKS_ON_BASE = 8, ELLIPSIS_BYTES = 3 };

/* The lowest, or the highest, bit of each of eight bytes. */
#define ONES  UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

struct cleaner {
    struct buffer *out;
    size_t start; /* of our text in out */
    size_t codes, max_codes;
    int marks;     /* in a row */
    bool space;    /* one is due before the next character */
    bool entities; /* references are decoded ... */
    bool open;     /* ... even those without ';' */
    bool tags;
};

enum byte_class { ORDINARY, SPACE, CONTROL, MARKUP, HIGH };

/* Of the bytes below 0x80; those above are HIGH. */
static enum byte_class class_of(unsigned char byte)
{
    static const unsigned char classes[0x80] = {
        CONTROL, CONTROL, CONTROL,       CONTROL,        CONTROL,        CONTROL,
        CONTROL, CONTROL, CONTROL,       SPACE,          SPACE,          SPACE,
        SPACE,   SPACE,   CONTROL,       CONTROL,        CONTROL,        CONTROL,
        CONTROL, CONTROL, CONTROL,       CONTROL,        CONTROL,        CONTROL,
        CONTROL, CONTROL, CONTROL,       CONTROL,        CONTROL,        CONTROL,
        CONTROL, CONTROL, [' '] = SPACE, ['&'] = MARKUP, ['<'] = MARKUP, [0x7F] = CONTROL,
    };
    return byte < 0x80 ? (enum byte_class)classes[byte] : HIGH;
}

bool clean_may_stand(uint32_t code)
{
    return code < 0x80 ? code >= ' ' && code != 0x7F
                       : !codes_is_space(code) && !codes_is_dropped(code);
}

static bool is_mark(uint32_t code)
{
    if (code < 0x300) {
        return false;
    }
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME ||
           category == UTF8PROC_CATEGORY_MC || code == 0x200C || code == 0x200D;
}

/* Neither space, nor dropped, nor a mark: letters of Latin and Cyrillic, the usual quotation
 * marks and dashes, ideographs, Hangul. Saves nearly every text the tables. */
static bool is_usual(uint32_t code)
{
    return (code > 0xA0 && code < 0x300 && code != 0xAD) ||
           (code >= 0x400 && code < 0x482) || (code >= 0x2010 && code < 0x2028) ||
           (code >= 0x3400 && code < 0xA000) || (code >= 0xAC00 && code < 0xD7A4);
}

static void put_space(struct cleaner *cleaner)
{
    if (cleaner->space) {
        buffer_byte(cleaner->out, ' ');
        cleaner->codes++;
        cleaner->space = false;
    }
}

static void want_space(struct cleaner *cleaner)
{
    cleaner->space = cleaner->out->length > cleaner->start;
    cleaner->marks = 0;
}

static void put_code(struct cleaner *cleaner, uint32_t code)
{
    if (is_usual(code)) {
        put_space(cleaner);
        buffer_code(cleaner->out, code);
        cleaner->codes++;
        cleaner->marks = 0;
        return;
    }
    if (code >= 0x80 && code < 0xA0) {
        /* Nobody means C1 controls; they are windows-1252 that was read as Latin-1. */
        code = entity_windows_1252((unsigned char)code);
    }
    if (code < 0x80 ? class_of((unsigned char)code) == SPACE : codes_is_space(code)) {
        want_space(cleaner);
        return;
    }
    if (code < 0x80 ? class_of((unsigned char)code) == CONTROL : codes_is_dropped(code)) {
        return;
    }
    if (!is_mark(code)) {
        cleaner->marks = 0;
    } else if (++cleaner->marks > MARKS_ON_BASE) {
        return;
    }
    put_space(cleaner);
    buffer_code(cleaner->out, code);
    cleaner->codes++;
}

/* Whether one of eight bytes of ASCII is BYTE, or below BELOW. */
static bool any_is(uint64_t bytes, unsigned char byte)
{
    uint64_t same = bytes ^ ONES * byte;
    return (same - ONES) & ~same & HIGHS;
}

static bool any_below(uint64_t bytes, unsigned char below)
{
    return (bytes - ONES * below) & ~bytes & HIGHS;
}

/* Whether two of the eight bytes side by side are spaces; true now and then where they are
 * not. */
static bool maybe_two_spaces(uint64_t bytes)
{
    uint64_t others = bytes ^ ONES * ' ';
    uint64_t spaces = (others - ONES) & ~others & HIGHS;
    return spaces & spaces << 8;
}

/* Bytes at TEXT, which begins with an ordinary one, that stay as they are: ordinary ASCII with
 * single spaces inside; eight at a time, since most of every feed is that. */
static size_t ordinary_run(const char *text, size_t most)
{
    size_t n = 1;
    uint64_t bytes;
    while (n + sizeof bytes <= most) {
        memcpy(&bytes, text + n, sizeof bytes);
        if ((bytes & HIGHS) || any_below(bytes, ' ') || any_is(bytes, '&') ||
            any_is(bytes, '<') || any_is(bytes, 0x7F) || maybe_two_spaces(bytes) ||
            (text[n] == ' ' && text[n - 1] == ' ')) {
            break;
        }
        n += sizeof bytes;
    }
    while (n < most && (class_of((unsigned char)text[n]) == ORDINARY ||
                        (text[n] == ' ' && text[n - 1] != ' '))) {
        n++;
    }
    return text[n - 1] == ' ' ? n - 1 : n;
}

static size_t put_ordinary(struct cleaner *cleaner, const char *text, size_t length)
{
    size_t room = cleaner->max_codes + 2 - cleaner->codes;
    size_t n = ordinary_run(text, length < room ? length : room);
    put_space(cleaner);
    buffer_append(cleaner->out, text, n);
    cleaner->codes += n;
    cleaner->marks = 0;
    return n;
}

/* Behind a decoded "&amp;": the bytes of TEXT that with it are a reference escaped twice. */
static size_t read_again(const char *text, size_t length, struct entity *entity)
{
    enum { LONGEST = 40 };
    char again[LONGEST] = "&";
    size_t n = length < LONGEST - 1 ? length : LONGEST - 1;
    memcpy(again + 1, text, n);
    bool closed;
    size_t bytes = entity_read(again, n + 1, entity, &closed);
    bool markup =
        entity->codes[0] == '&' || entity->codes[0] == '<' || entity->codes[0] == '>';
    return bytes && closed && !markup ? bytes - 1 : 0;
}

static size_t put_reference(struct cleaner *cleaner, const char *text, size_t length)
{
    struct entity entity = {{0}};
    bool closed;
    size_t bytes = cleaner->entities ? entity_read(text, length, &entity, &closed) : 0;
    if (bytes == 0 || (!closed && !cleaner->open)) {
        put_code(cleaner, '&');
        return 1;
    }
    if (entity.codes[0] == '&' && cleaner->open) {
        struct entity inner;
        size_t more = read_again(text + bytes, length - bytes, &inner);
        entity = more ? inner : entity;
        bytes += more;
    }
    put_code(cleaner, entity.codes[0]);
    if (entity.codes[1]) {
        put_code(cleaner, entity.codes[1]);
    }
    return bytes;
}

static size_t put_tag(struct cleaner *cleaner, const char *text, size_t length,
                      struct tag_scan *scan)
{
    struct tag tag;
    if (!cleaner->tags || !tag_read(text, length, scan, &tag)) {
        put_code(cleaner, '<');
        return 1;
    }
    if (tag.kind == TAG_BLOCK) {
        want_space(cleaner);
    }
    if (tag.kind == TAG_DROP && !tag.closing && text[tag.length - 2] != '/') {
        return tag.length + tag_skip_content(text + tag.length, length - tag.length,
                                             tag.name, tag.name_length);
    }
    return tag.length;
}

static void clean(struct cleaner *cleaner, const char *text, size_t length)
{
    struct tag_scan scan = {0};
    size_t i = 0;
    while (i < length && cleaner->codes <= cleaner->max_codes) {
        unsigned char byte = (unsigned char)text[i];
        switch (class_of(byte)) {
        case ORDINARY:
            i += put_ordinary(cleaner, text + i, length - i);
            break;
        case SPACE:
            want_space(cleaner);
            i++;
            break;
        case CONTROL:
            i++;
            break;
        case MARKUP:
            i += byte == '&' ? put_reference(cleaner, text + i, length - i)
                             : put_tag(cleaner, text + i, length - i, &scan);
            break;
        case HIGH: {
            uint32_t code;
            i += utf8_decode(text + i, length - i, &code);
            put_code(cleaner, code);
            break;
        }
        }
    }
}

/* Whether the text has the closing tag of a known element. */
static bool has_closing_tag(const char *text, size_t length)
{
    const char *p = text, *end = text + length;
    struct tag_scan scan = {0};
    struct tag tag;
    while ((p = memchr(p, '<', (size_t)(end - p)))) {
        if (end - p > 2 && p[1] == '/' && tag_read(p, (size_t)(end - p), &scan, &tag)) {
            return true;
        }
        p++;
    }
    return false;
}

/* Leaves MAX_CODES - 1 code points at most, whole graphemes, and the ellipsis. */
static void cut(struct buffer *out, size_t start, size_t max_codes)
{
    size_t end = start, at = start, codes = 0;
    utf8proc_int32_t state = 0;
    uint32_t before = 0, code = 0;
    while (at < out->length && codes < max_codes) {
        size_t bytes = utf8_decode(out->bytes + at, out->length - at, &code);
        if (before < 0x80 && code < 0x80) {
            end =
                at; /* two of ASCII never belong together; nothing goes before the first */
            state = 0;
        } else if (codes == 0 ||
                   utf8proc_grapheme_break_stateful((utf8proc_int32_t)before,
                                                    (utf8proc_int32_t)code, &state)) {
            end = at;
        }
        before = code;
        at += bytes;
        codes++;
    }
    while (end > start && out->bytes[end - 1] == ' ') {
        end--;
    }
    out->length = end;
    buffer_append(out, "\xE2\x80\xA6", ELLIPSIS_BYTES);
}

size_t clean_text(const char *text, size_t length, enum clean_form form, size_t max_codes,
                  struct buffer *out)
{
    struct cleaner cleaner = {
        .out = out,
        .start = out->length,
        .max_codes = max_codes,
        .entities = form != CLEAN_PLAIN,
        .open = form == CLEAN_HTML,
        .tags = form == CLEAN_HTML,
    };
    clean(&cleaner, text, length);
    if (form != CLEAN_PLAIN && !out->failed && out->length > cleaner.start &&
        has_closing_tag(out->bytes + cleaner.start, out->length - cleaner.start)) {
        struct cleaner again = {
            .out = out, .start = out->length, .max_codes = max_codes, .tags = true};
        size_t first = out->length - cleaner.start;
        if (buffer_reserve(out, first * 2 + 8)) {
            clean(&again, out->bytes + cleaner.start, first);
            memmove(out->bytes + cleaner.start, out->bytes + again.start,
                    out->length - again.start);
            out->length -= first;
            cleaner.codes = again.codes;
        }
    }
    if (cleaner.codes > max_codes) {
        cut(out, cleaner.start, max_codes);
    }
    return out->length - cleaner.start;
}
