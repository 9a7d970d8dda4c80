/* The names of the open elements lie on a stack. An end tag closes what was left open inside
 * its element; one that fits nothing is dropped; an item that begins within an item ends it
 * first. Every search either advances the reading or is bounded, so time is linear. */
#include "feed/repair.h"

#include <string.h>
#include <strings.h>

#include "feed/entity.h"

enum {
    OPEN_ELEMENTS = 256,
    ATTRIBUTES = 64,
    TAG_BYTES = 64 << 10, /* of one start tag */
    NAME_BYTES = 200,
    MARKS = 400000 /* '<' in all: far beyond any feed */
};

struct name {
    const char *at; /* in the text */
    size_t length;
};

struct repair {
    const char *p, *end;
    struct buffer *out;
    struct name open[OPEN_ELEMENTS];
    int count;
    int unlisted; /* open elements beyond those */
    int marks;
    bool done; /* the root is closed, or nothing more can be read */
};

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
           (unsigned char)c >= 0x80;
}

static bool is_name(char c)
{
    return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct name read_name(const char *p, const char *end)
{
    struct name name = {p, 0};
    while (p + name.length < end && name.length < NAME_BYTES && is_name(p[name.length])) {
        name.length++;
    }
    return name;
}

static bool same(struct name a, struct name b)
{
    return a.length == b.length && strncasecmp(a.at, b.at, a.length) == 0;
}

/* --- Characters --- */

static void put_code(struct buffer *out, uint32_t code)
{
    bool control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
    if (control || code == 0xFFFE || code == 0xFFFF) {
        return;
    }
    switch (code) {
    case '&':
        buffer_text(out, "&amp;");
        break;
    case '<':
        buffer_text(out, "&lt;");
        break;
    case '"':
        buffer_text(out, "&quot;");
        break;
    default:
        buffer_code(out, code);
    }
}

/* The reference, or the bare '&', at P; returns its bytes. An address in an attribute may
 * hold "&copy=", so there only those with ';' count. */
static size_t put_reference(struct buffer *out, const char *p, const char *end,
                            bool attribute)
{
    struct entity entity;
    bool closed;
    size_t bytes = entity_read(p, (size_t)(end - p), &entity, &closed);
    bool alone =
        closed ||
        (!attribute && (p + bytes == end || (p[bytes] != '=' && !is_name(p[bytes]))));
    if (bytes == 0 || !alone) {
        buffer_text(out, "&amp;");
        return 1;
    }
    put_code(out, entity.codes[0]);
    if (entity.codes[1]) {
        put_code(out, entity.codes[1]);
    }
    return bytes;
}

static bool is_fine(char c)
{
    return (unsigned char)c >= ' '
               ? c != '&' && c != '<' && c != '"' && (unsigned char)c < 0xEF
               : is_blank(c);
}

/* Text or an attribute's value from P to END. */
static void put_text(struct buffer *out, const char *p, const char *end, bool attribute)
{
    while (p < end) {
        const char *from = p;
        while (p < end && is_fine(*p)) {
            p++;
        }
        buffer_append(out, from, (size_t)(p - from));
        if (p == end) {
            return;
        }
        if (*p == '&') {
            p += put_reference(out, p, end, attribute);
        } else if (end - p >= 3 && memcmp(p, "\xEF\xBF", 2) == 0 &&
                   (unsigned char)p[2] >= 0xBE) {
            p += 3;
        } else if ((unsigned char)*p >= 0xEF) {
            buffer_byte(out, *p++);
        } else {
            put_code(out, (unsigned char)*p++);
        }
    }
}

static void put_cdata(struct buffer *out, const char *p, const char *end)
{
    buffer_text(out, "<![CDATA[");
    while (p < end) {
        const char *from = p;
        while (p < end && ((unsigned char)*p >= ' ' || is_blank(*p)) &&
               !(*p == '\xEF' && end - p >= 3 && p[1] == '\xBF' &&
                 (unsigned char)p[2] >= 0xBE)) {
            p++;
        }
        buffer_append(out, from, (size_t)(p - from));
        p += p < end ? (*p == '\xEF' ? 3 : 1) : 0;
    }
    buffer_text(out, "]]>");
}

/* --- Tags --- */

static void close_top(struct repair *repair)
{
    struct name name = repair->open[--repair->count];
    buffer_text(repair->out, "</");
    buffer_append(repair->out, name.at, name.length);
    buffer_byte(repair->out, '>');
    repair->done = repair->count == 0;
}

/* The place of NAME on the stack, or -1. */
static int find_open(const struct repair *repair, struct name name)
{
    int i = repair->count - 1;
    while (i >= 0 && !same(repair->open[i], name)) {
        i--;
    }
    return i;
}

static void close_down_to(struct repair *repair, int level)
{
    repair->unlisted = 0;
    while (repair->count > level) {
        close_top(repair);
    }
}

static void read_end_tag(struct repair *repair)
{
    struct name name = read_name(repair->p + 2, repair->end);
    const char *close = memchr(repair->p, '>', (size_t)(repair->end - repair->p));
    if (!close) {
        repair->done = true;
        return;
    }
    repair->p = close + 1;
    if (repair->unlisted) {
        repair->unlisted--;
        return;
    }
    int level = find_open(repair, name);
    if (level >= 0) {
        close_down_to(repair, level);
    }
}

struct attributes {
    struct name names[ATTRIBUTES];
    int count;
};

static bool is_new(struct attributes *seen, struct name name)
{
    for (int i = 0; i < seen->count; i++) {
        if (seen->names[i].length == name.length &&
            memcmp(seen->names[i].at, name.at, name.length) == 0) {
            return false;
        }
    }
    if (seen->count == ATTRIBUTES) {
        return false;
    }
    seen->names[seen->count++] = name;
    return true;
}

/* The value behind '=' at P, in quotes or not; returns what follows it. */
static const char *read_value(const char *p, const char *end, struct name *value)
{
    while (p < end && is_blank(*p)) {
        p++;
    }
    if (p < end && (*p == '"' || *p == '\'')) {
        const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
        if (close) {
            *value = (struct name){p + 1, (size_t)(close - p - 1)};
            return close + 1;
        }
        p++;
    }
    value->at = p;
    while (p < end && !is_blank(*p) && *p != '>' && *p != '<') {
        p++;
    }
    value->length = (size_t)(p - value->at);
    return p;
}

/* The start tag at repair->p, put on the stack. False if the '<' is text. */
static bool read_start_tag(struct repair *repair)
{
    struct buffer *out = repair->out;
    const char *end =
        repair->end - repair->p > TAG_BYTES ? repair->p + TAG_BYTES : repair->end;
    struct name name = read_name(repair->p + 1, end);
    const char *p = name.at + name.length;
    if (p == end || (!is_blank(*p) && *p != '/' && *p != '>')) {
        return false;
    }
    size_t start = out->length;
    buffer_byte(out, '<');
    buffer_append(out, name.at, name.length);
    struct attributes seen = {.count = 0};
    while (p < end && *p != '>' && *p != '<') {
        if (!is_name_start(*p)) {
            p++;
            continue;
        }
        struct name attribute = read_name(p, end), value = attribute;
        p += attribute.length;
        const char *equals = p;
        while (equals < end && is_blank(*equals)) {
            equals++;
        }
        if (equals < end && *equals == '=') {
            p = read_value(equals + 1, end, &value);
        }
        if (is_new(&seen, attribute)) {
            buffer_byte(out, ' ');
            buffer_append(out, attribute.at, attribute.length);
            buffer_text(out, "=\"");
            put_text(out, value.at, value.at + value.length, true);
            buffer_byte(out, '"');
        }
    }
    if (p == end || *p == '<') {
        out->length = start;
        return false;
    }
    bool empty = p[-1] == '/';
    buffer_text(out, empty ? "/>" : ">");
    repair->p = p + 1;
    if (!empty) {
        repair->open[repair->count++] = name;
    }
    return true;
}

static bool is_any(struct name name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (same(name, (struct name){list[i], strlen(list[i])})) {
            return true;
        }
    }
    return false;
}

/* An item that begins within an item, or an element of an item within a one-line text: an end
 * tag was forgotten. */
static void close_forgotten(struct repair *repair)
{
    static const char *const items[] = {"item", "entry"};
    static const char *const lines[] = {"title", "link", "guid", "pubDate"};
    static const char *const parts[] = {"title", "link", "guid", "pubDate",
                                        "description"};
    struct name name = read_name(repair->p + 1, repair->end);
    if (is_any(name, items, 2)) {
        int level = find_open(repair, name);
        if (level > 0) {
            close_down_to(repair, level);
        }
    } else if (repair->count > 1 && repair->unlisted == 0 && is_any(name, parts, 5) &&
               is_any(repair->open[repair->count - 1], lines, 4)) {
        close_top(repair);
    }
}

static void open_element(struct repair *repair)
{
    close_forgotten(repair);
    if (repair->count == OPEN_ELEMENTS) {
        /* Nothing that deep is ever reported, so its tags may go. */
        const char *close = memchr(repair->p, '>', (size_t)(repair->end - repair->p));
        repair->unlisted += close && close[-1] != '/';
        repair->p = close ? close + 1 : repair->end;
    } else if (!read_start_tag(repair)) {
        buffer_text(repair->out, "&lt;");
        repair->p++;
    }
}

/* Passes over START ... CLOSE; false, and done, if it does not end. */
static bool skip(struct repair *repair, const char *close, const char **inside)
{
    size_t length = strlen(close);
    const char *found =
        memmem(repair->p, (size_t)(repair->end - repair->p), close, length);
    *inside = found;
    repair->done = !found;
    repair->p = found ? found + length : repair->end;
    return found != NULL;
}

static bool at(const struct repair *repair, const char *what)
{
    size_t n = strlen(what);
    return (size_t)(repair->end - repair->p) >= n && memcmp(repair->p, what, n) == 0;
}

static void read_markup(struct repair *repair)
{
    const char *start = repair->p, *close;
    if (at(repair, "<!--")) {
        skip(repair, "-->", &close);
    } else if (at(repair, "<![CDATA[")) {
        if (skip(repair, "]]>", &close)) {
            put_cdata(repair->out, start + 9, close);
        }
    } else if (at(repair, "<!") || at(repair, "<?")) {
        skip(repair, ">", &close);
    } else if (at(repair, "</")) {
        read_end_tag(repair);
    } else if (repair->end - start > 1 && is_name_start(start[1])) {
        open_element(repair);
    } else {
        buffer_text(repair->out, "&lt;");
        repair->p++;
    }
}

void repair_xml(const char *text, size_t length, struct buffer *out)
{
    struct repair repair = {.p = text, .end = text + length, .out = out};
    buffer_reserve(out, length + length / 8);
    while (repair.p < repair.end && !repair.done && !out->failed &&
           repair.marks++ < MARKS) {
        const char *mark = memchr(repair.p, '<', (size_t)(repair.end - repair.p));
        const char *stop = mark ? mark : repair.end;
        put_text(out, repair.p, stop, false);
        repair.p = stop;
        if (mark) {
            read_markup(&repair);
        }
    }
}
