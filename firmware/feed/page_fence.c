/* One pass, a table of elements, a stack of what is open. Tables and lists of definitions
 * become divisions and formatting becomes spans, so that none of the parser's repairs (foster
 * parents, formatting that is opened again in each paragraph) is ever set to work. */
#include "feed/page_fence.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "feed/page_token.h"

enum fate {
    FATE_AS_IS,
    FATE_DIVISION, /* becomes <div> */
    FATE_SPAN,     /* becomes <span> if it has an attribute that is read, else goes */
    FATE_VOID,     /* has no end tag */
    FATE_SPACE,    /* leaves a space */
    FATE_HIDDEN,   /* goes with all it holds */
    FATE_GONE,     /* goes, its content stays */
    FATE_TITLE,
    FATE_SCRIPT,
    FATE_HEADING /* closes an open heading or paragraph, as <p> does */
};

static const struct row {
    const char *name;
    enum fate fate;
    bool section; /* a <p>, <li> or heading outside is not closed from within */
} rows[] = {
    {"a", FATE_AS_IS, false},          {"abbr", FATE_AS_IS, false},
    {"address", FATE_DIVISION, false}, {"article", FATE_AS_IS, true},
    {"aside", FATE_AS_IS, true},       {"b", FATE_SPAN, false},
    {"base", FATE_VOID, false},        {"blockquote", FATE_AS_IS, true},
    {"body", FATE_AS_IS, true},        {"br", FATE_SPACE, false},
    {"button", FATE_DIVISION, false},  {"canvas", FATE_HIDDEN, false},
    {"caption", FATE_DIVISION, false}, {"center", FATE_DIVISION, false},
    {"cite", FATE_SPAN, false},        {"code", FATE_SPAN, false},
    {"data", FATE_SPAN, false},        {"dd", FATE_DIVISION, false},
    {"details", FATE_DIVISION, false}, {"div", FATE_AS_IS, true},
    {"dl", FATE_DIVISION, false},      {"dt", FATE_DIVISION, false},
    {"em", FATE_SPAN, false},          {"fieldset", FATE_DIVISION, true},
    {"figcaption", FATE_AS_IS, false}, {"figure", FATE_AS_IS, true},
    {"font", FATE_SPAN, false},        {"footer", FATE_AS_IS, true},
    {"form", FATE_DIVISION, true},     {"h1", FATE_HEADING, false},
    {"h2", FATE_HEADING, false},       {"h3", FATE_HEADING, false},
    {"h4", FATE_HEADING, false},       {"h5", FATE_HEADING, false},
    {"h6", FATE_HEADING, false},       {"head", FATE_AS_IS, false},
    {"header", FATE_AS_IS, true},      {"hgroup", FATE_DIVISION, false},
    {"hr", FATE_SPACE, false},         {"html", FATE_AS_IS, false},
    {"i", FATE_SPAN, false},           {"iframe", FATE_HIDDEN, false},
    {"img", FATE_VOID, false},         {"input", FATE_VOID, false},
    {"label", FATE_SPAN, false},       {"li", FATE_AS_IS, false},
    {"link", FATE_VOID, false},        {"main", FATE_AS_IS, true},
    {"math", FATE_HIDDEN, false},      {"meta", FATE_VOID, false},
    {"nav", FATE_AS_IS, true},         {"noembed", FATE_HIDDEN, false},
    {"noframes", FATE_HIDDEN, false},  {"noscript", FATE_AS_IS, false},
    {"object", FATE_HIDDEN, false},    {"ol", FATE_AS_IS, true},
    {"p", FATE_HEADING, false},        {"pre", FATE_DIVISION, false},
    {"script", FATE_SCRIPT, false},    {"section", FATE_AS_IS, true},
    {"select", FATE_HIDDEN, false},    {"small", FATE_SPAN, false},
    {"span", FATE_SPAN, false},        {"strong", FATE_SPAN, false},
    {"style", FATE_HIDDEN, false},     {"svg", FATE_HIDDEN, false},
    {"table", FATE_DIVISION, true},    {"tbody", FATE_GONE, false},
    {"td", FATE_DIVISION, true},       {"template", FATE_HIDDEN, false},
    {"textarea", FATE_HIDDEN, false},  {"th", FATE_DIVISION, true},
    {"time", FATE_AS_IS, false},       {"title", FATE_TITLE, false},
    {"tr", FATE_DIVISION, false},      {"u", FATE_SPAN, false},
    {"ul", FATE_AS_IS, true},          {"xmp", FATE_HIDDEN, false},
};

enum { ROWS = sizeof rows / sizeof *rows };

struct writer {
    struct fence *fence;
    const struct row *open[FENCE_DEPTH]; /* NULL never occurs below depth */
    bool written[FENCE_DEPTH];           /* its start tag was */
    size_t depth, tags, attributes;
    bool titled, link_open;
    bool endless[ROWS]; /* no end tag of it comes any more */
    const struct row *link, *item, *paragraph;
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static const struct row *find_row(const char *name)
{
    size_t low = 0, high = ROWS;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(rows[middle].name, name);
        if (order == 0) {
            return &rows[middle];
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return NULL;
}

/* --- Writing --- */

/* Where "</NAME" stands, or END. */
static const char *find_end(const char *p, const char *end, const char *name)
{
    size_t n = strlen(name);
    while (p < end && (p = memmem(p, (size_t)(end - p), "</", 2))) {
        if ((size_t)(end - p) > n + 2 && strncasecmp(p + 2, name, n) == 0 &&
            !is_letter(p[n + 2])) {
            return p;
        }
        p += 2;
    }
    return end;
}

static const char *behind(const char *p, const char *end, const char *what)
{
    const char *found = memmem(p, (size_t)(end - p), what, strlen(what));
    return found ? found + strlen(what) : end;
}

/* The bytes at P of a numeric reference that names no character, up to its ';'; 0 = it may name
 * one. The parser reckons in 32 bits, and what overflows there comes out as broken UTF-8. */
static size_t giant_reference(const char *p, const char *end)
{
    enum { DIGITS = 7 };
    const char *start = p;
    if (end - p < DIGITS || p[1] != '#') {
        return 0;
    }
    bool hex = p[2] == 'x' || p[2] == 'X';
    p += hex ? 3 : 2;
    while (p < end && *p == '0') {
        p++;
    }
    const char *digits = p;
    while (p < end && (hex ? isxdigit((unsigned char)*p) : isdigit((unsigned char)*p))) {
        p++;
    }
    return p - digits > DIGITS ? (size_t)(p - start) : 0;
}

/* What stands for C in a text or, where QUOTED, in an attribute's value; NULL: C itself. */
static const char *stands_for(char c, bool quoted)
{
    if ((unsigned char)c < ' ') {
        return quoted ? " " : is_blank(c) ? NULL : "";
    }
    return quoted ? c == '"' ? "&quot;" : NULL : c == '<' ? "&lt;" : NULL;
}

/* Text as it is, its entities too, but nothing that could be mark-up and no control
 * characters. */
static void write_text(struct buffer *out, const char *text, size_t length, bool quoted)
{
    size_t done = 0;
    for (size_t i = 0; i < length; i++) {
        const char *instead = stands_for(text[i], quoted);
        size_t giant = text[i] == '&' ? giant_reference(text + i, text + length) : 0;
        if (giant || instead) {
            buffer_append(out, text + done, i - done);
            buffer_text(out, giant ? "\xEF\xBF\xBD" : instead);
            i += giant ? giant - 1 : 0;
            done = i + 1;
        }
    }
    buffer_append(out, text + done, length - done);
}

static void write_attribute(struct buffer *out, const struct page_pair *attribute)
{
    buffer_byte(out, ' ');
    buffer_text(out, attribute->name);
    buffer_text(out, "=\"");
    write_text(out, attribute->value, attribute->length, true);
    buffer_byte(out, '"');
}

static const char *written_name(const struct row *row)
{
    return row->fate == FATE_DIVISION ? "div"
           : row->fate == FATE_SPAN   ? "span"
                                      : row->name;
}

static void write_start(struct writer *writer, const struct row *row,
                        const struct page_token *token)
{
    struct buffer *out = &writer->fence->html;
    buffer_byte(out, '<');
    buffer_text(out, written_name(row));
    for (size_t i = 0; i < token->count; i++) {
        write_attribute(out, &token->attributes[i]);
    }
    buffer_byte(out, '>');
    writer->tags++;
    writer->attributes += token->count;
}

/* Closes all down to the open element at depth AT, and it. */
static void close_to(struct writer *writer, size_t at)
{
    while (writer->depth > at) {
        writer->depth--;
        const struct row *row = writer->open[writer->depth];
        if (writer->written[writer->depth]) {
            buffer_text(&writer->fence->html, "</");
            buffer_text(&writer->fence->html, written_name(row));
            buffer_byte(&writer->fence->html, '>');
        }
        writer->link_open = writer->link_open && row != writer->link;
    }
}

/* Closes the innermost open element of ROW, but not through a section's start unless
 * THROUGH. */
static void close_row(struct writer *writer, const struct row *row, bool through)
{
    for (size_t i = writer->depth; i-- > 0;) {
        if (writer->open[i] == row) {
            close_to(writer, i);
            return;
        }
        if (!through && writer->open[i]->section) {
            return;
        }
    }
}

/* What a new block ends: a paragraph, a heading, an item. */
static void close_before(struct writer *writer, const struct row *row)
{
    bool heading = row->fate == FATE_HEADING;
    if (!heading && row->fate != FATE_DIVISION && !row->section) {
        if (row == writer->item) {
            close_row(writer, row, false);
        }
        return;
    }
    for (size_t i = writer->depth; i-- > 0 && !writer->open[i]->section;) {
        bool paragraph = writer->open[i] == writer->paragraph;
        if (paragraph || (heading && writer->open[i]->fate == FATE_HEADING)) {
            close_to(writer, i);
        }
    }
}

static void open_element(struct writer *writer, const struct row *row,
                         const struct page_token *token)
{
    close_before(writer, row);
    if (row == writer->link && writer->link_open) {
        close_row(writer, row, true);
    }
    bool write = row->fate != FATE_SPAN || token->count > 0;
    if (writer->depth == FENCE_DEPTH) {
        return;
    }
    writer->open[writer->depth] = row;
    writer->written[writer->depth] = write;
    writer->depth++;
    writer->link_open = writer->link_open || row == writer->link;
    if (write) {
        write_start(writer, row, token);
    }
}

/* --- What is no element to the parser --- */

static bool says(const struct page_token *token, const char *name, const char *what)
{
    for (size_t i = 0; i < token->count; i++) {
        const struct page_pair *a = &token->attributes[i];
        for (size_t k = 0; strcmp(a->name, name) == 0 && k + strlen(what) <= a->length;
             k++) {
            if (strncasecmp(a->value + k, what, strlen(what)) == 0) {
                return true;
            }
        }
    }
    return false;
}

static void keep_script(struct fence *fence, const struct page_token *token,
                        const char *text, size_t length)
{
    if (!says(token, "type", "ld+json")) {
        fence->other_scripts++;
    } else if (fence->script_count < FENCE_SCRIPTS && length <= FENCE_SCRIPT_BYTES) {
        buffer_append(&fence->scripts, text, length);
        fence->script_ends[fence->script_count++] = fence->scripts.length;
    }
}

/* Up to CLOSE, unless that is the end of a page that was cut: then not into a tag. */
static size_t title_length(const char *p, const char *close, const char *end)
{
    const char *tag = close == end ? memchr(p, '<', (size_t)(end - p)) : NULL;
    return (size_t)((tag ? tag : close) - p);
}

/* The title: the first one outside drawings. */
static void write_title(struct writer *writer, const char *text, size_t length)
{
    if (!writer->titled) {
        struct buffer *out = &writer->fence->html;
        buffer_text(out, "<title>");
        write_text(out, text, length < TOKEN_VALUE_BYTES ? length : TOKEN_VALUE_BYTES,
                   false);
        buffer_text(out, "</title>");
        writer->titled = true;
        writer->tags++;
    }
}

/* Whether a reader is asked to do something here; a field to search with is no question. */
static bool is_control(const struct page_token *token)
{
    return strcmp(token->name, "button") == 0 ||
           (strcmp(token->name, "input") == 0 && !says(token, "type", "hidden") &&
            !says(token, "type", "search"));
}

/* A start tag; P points behind it. Returns where to read on. */
static const char *take_start(struct writer *writer, const struct page_token *token,
                              const char *p, const char *end)
{
    const struct row *row = find_row(token->name);
    const char *close = p;
    writer->fence->controls += is_control(token);
    switch (row ? row->fate : FATE_GONE) {
    case FATE_GONE:
        break;
    case FATE_SPACE:
        buffer_byte(&writer->fence->html, ' ');
        break;
    case FATE_VOID:
        write_start(writer, row, token);
        break;
    case FATE_TITLE:
        close = find_end(p, end, row->name);
        write_title(writer, p, title_length(p, close, end));
        break;
    case FATE_SCRIPT:
        close = find_end(p, end, row->name);
        keep_script(writer->fence, token, p, (size_t)(close - p));
        break;
    case FATE_HIDDEN:
        /* A page whose drawing never ends is not all drawing. */
        if (!writer->endless[row - rows]) {
            close = find_end(p, end, row->name);
            writer->endless[row - rows] = close == end;
            close = close == end ? p : close;
        }
        break;
    default:
        open_element(writer, row, token);
    }
    return close;
}

static const char *take_end(struct writer *writer, const char *p, const char *end)
{
    char name[TOKEN_NAME_BYTES];
    page_token_name(p, end, "/>", name);
    const struct row *row = find_row(name);
    bool container = row && (row->fate == FATE_AS_IS || row->fate == FATE_DIVISION);
    bool whole = strcmp(name, "html") == 0 || strcmp(name, "body") == 0;
    if (row && !whole) {
        close_row(writer, row, container);
    }
    return behind(p, end, ">");
}

/* What begins with the '<' at P. Returns where to read on. */
static const char *take(struct writer *writer, const char *p, const char *end)
{
    size_t left = (size_t)(end - p);
    if (left >= 4 && memcmp(p, "<!--", 4) == 0) {
        return behind(p + 2, end, "-->");
    }
    if (left >= 2 && (p[1] == '!' || p[1] == '?')) {
        return behind(p, end, ">");
    }
    if (left >= 3 && p[1] == '/' && is_letter(p[2])) {
        return take_end(writer, p + 2, end);
    }
    if (left >= 2 && is_letter(p[1])) {
        struct page_token token;
        page_token_read(p + 1, end, &token);
        return token.bytes ? take_start(writer, &token, p + 1 + token.bytes, end) : end;
    }
    buffer_text(&writer->fence->html, "&lt;");
    return p + 1;
}

bool page_fence_read(struct fence *fence, const char *text, size_t length)
{
    struct writer writer = {.fence = fence,
                            .link = find_row("a"),
                            .item = find_row("li"),
                            .paragraph = find_row("p")};
    fence->cut = length > FENCE_PAGE_BYTES;
    const char *p = text, *end = text + (fence->cut ? FENCE_PAGE_BYTES : length);
    while (p < end && !fence->html.failed) {
        if (writer.tags >= FENCE_TAGS || writer.attributes >= FENCE_ATTRIBUTES) {
            fence->cut = true;
            break;
        }
        const char *mark = memchr(p, '<', (size_t)(end - p));
        mark = mark ? mark : end;
        write_text(&fence->html, p, (size_t)(mark - p), false);
        p = mark < end ? take(&writer, mark, end) : end;
    }
    close_to(&writer, 0);
    return !fence->html.failed && !fence->scripts.failed;
}

void page_fence_fini(struct fence *fence)
{
    buffer_fini(&fence->html);
    buffer_fini(&fence->scripts);
    *fence = (struct fence){.cut = false};
}
