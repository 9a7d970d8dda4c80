/* Only a known name right after '<' makes a tag: "1 < 2" and "if a <b" are text that feeds do
 * carry. A '<' whose '>' never comes is text too. */
#include "feed/tag.h"

#include <string.h>
#include <strings.h>

enum { NAME_BYTES = 12 };

/* clang-format off */
static const struct {
    char name[NAME_BYTES];
    enum tag_kind kind;
} tags[] = {
    {"a", TAG_INLINE}, {"abbr", TAG_INLINE}, {"acronym", TAG_INLINE},
    {"address", TAG_BLOCK}, {"applet", TAG_INLINE}, {"area", TAG_INLINE},
    {"article", TAG_BLOCK}, {"aside", TAG_BLOCK}, {"audio", TAG_INLINE},
    {"b", TAG_INLINE}, {"base", TAG_INLINE}, {"basefont", TAG_INLINE},
    {"bdi", TAG_INLINE}, {"bdo", TAG_INLINE}, {"bgsound", TAG_INLINE},
    {"big", TAG_INLINE}, {"blink", TAG_INLINE}, {"blockquote", TAG_BLOCK},
    {"body", TAG_BLOCK}, {"br", TAG_BLOCK}, {"button", TAG_BLOCK}, {"canvas", TAG_INLINE},
    {"caption", TAG_BLOCK}, {"center", TAG_BLOCK}, {"cite", TAG_INLINE},
    {"code", TAG_INLINE}, {"col", TAG_BLOCK}, {"colgroup", TAG_BLOCK},
    {"command", TAG_INLINE}, {"data", TAG_INLINE}, {"datalist", TAG_INLINE},
    {"dd", TAG_BLOCK}, {"del", TAG_INLINE}, {"details", TAG_BLOCK}, {"dfn", TAG_INLINE},
    {"dialog", TAG_BLOCK}, {"dir", TAG_BLOCK}, {"div", TAG_BLOCK}, {"dl", TAG_BLOCK},
    {"dt", TAG_BLOCK}, {"em", TAG_INLINE}, {"embed", TAG_INLINE}, {"fieldset", TAG_BLOCK},
    {"figcaption", TAG_BLOCK}, {"figure", TAG_BLOCK}, {"font", TAG_INLINE},
    {"footer", TAG_BLOCK}, {"form", TAG_BLOCK}, {"frame", TAG_BLOCK},
    {"frameset", TAG_BLOCK}, {"h1", TAG_BLOCK}, {"h2", TAG_BLOCK}, {"h3", TAG_BLOCK},
    {"h4", TAG_BLOCK}, {"h5", TAG_BLOCK}, {"h6", TAG_BLOCK}, {"head", TAG_BLOCK},
    {"header", TAG_BLOCK}, {"hgroup", TAG_BLOCK}, {"hr", TAG_BLOCK}, {"html", TAG_BLOCK},
    {"i", TAG_INLINE}, {"iframe", TAG_INLINE}, {"image", TAG_INLINE}, {"img", TAG_INLINE},
    {"input", TAG_INLINE}, {"ins", TAG_INLINE}, {"isindex", TAG_INLINE},
    {"kbd", TAG_INLINE}, {"keygen", TAG_INLINE}, {"label", TAG_INLINE},
    {"legend", TAG_BLOCK}, {"li", TAG_BLOCK}, {"link", TAG_INLINE},
    {"listing", TAG_INLINE}, {"main", TAG_BLOCK}, {"map", TAG_INLINE},
    {"mark", TAG_INLINE}, {"marquee", TAG_INLINE}, {"math", TAG_INLINE},
    {"menu", TAG_BLOCK}, {"menuitem", TAG_INLINE}, {"meta", TAG_INLINE},
    {"meter", TAG_INLINE}, {"multicol", TAG_INLINE}, {"nav", TAG_BLOCK},
    {"nextid", TAG_INLINE}, {"nobr", TAG_INLINE}, {"noembed", TAG_INLINE},
    {"noframes", TAG_INLINE}, {"noscript", TAG_INLINE}, {"object", TAG_INLINE},
    {"ol", TAG_BLOCK}, {"optgroup", TAG_BLOCK}, {"option", TAG_BLOCK},
    {"output", TAG_INLINE}, {"p", TAG_BLOCK}, {"param", TAG_INLINE},
    {"picture", TAG_INLINE}, {"plaintext", TAG_INLINE}, {"pre", TAG_BLOCK},
    {"progress", TAG_INLINE}, {"q", TAG_INLINE}, {"rb", TAG_INLINE}, {"rp", TAG_INLINE},
    {"rt", TAG_INLINE}, {"rtc", TAG_INLINE}, {"ruby", TAG_INLINE}, {"s", TAG_INLINE},
    {"samp", TAG_INLINE}, {"script", TAG_DROP}, {"search", TAG_INLINE},
    {"section", TAG_BLOCK}, {"select", TAG_BLOCK}, {"slot", TAG_INLINE},
    {"small", TAG_INLINE}, {"source", TAG_INLINE}, {"spacer", TAG_INLINE},
    {"span", TAG_INLINE}, {"strike", TAG_INLINE}, {"strong", TAG_INLINE},
    {"style", TAG_DROP}, {"sub", TAG_INLINE}, {"summary", TAG_BLOCK}, {"sup", TAG_INLINE},
    {"svg", TAG_INLINE}, {"table", TAG_BLOCK}, {"tbody", TAG_BLOCK}, {"td", TAG_BLOCK},
    {"template", TAG_BLOCK}, {"textarea", TAG_BLOCK}, {"tfoot", TAG_BLOCK},
    {"th", TAG_BLOCK}, {"thead", TAG_BLOCK}, {"time", TAG_INLINE}, {"title", TAG_BLOCK},
    {"tr", TAG_BLOCK}, {"track", TAG_INLINE}, {"tt", TAG_INLINE}, {"u", TAG_INLINE},
    {"ul", TAG_BLOCK}, {"var", TAG_INLINE}, {"video", TAG_INLINE}, {"wbr", TAG_INLINE},
    {"xmp", TAG_INLINE},
};
/* clang-format on */

enum tag_kind tag_find(const char *name, size_t length)
{
    size_t low = 0, high = sizeof tags / sizeof *tags;
    while (low < high && length && length < NAME_BYTES) {
        size_t middle = (low + high) / 2;
        /* Letters of ASCII only, so the first one decides most. */
        int difference = (*name | 0x20) - tags[middle].name[0];
        difference =
            difference ? difference : strncasecmp(name, tags[middle].name, length);
        if (difference == 0 && tags[middle].name[length] == '\0') {
            return tags[middle].kind;
        }
        if (difference <= 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    const char *mark = memchr(name, ':', length);
    mark = mark ? mark : memchr(name, '-', length);
    return mark && mark != name ? TAG_INLINE : TAG_NONE;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == ':' || c == '-' || c == '_';
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* A '<' that cannot be part of a tag's attributes means that the '>' was forgotten. */
static const char *find_end(const char *p, const char *end, struct tag_scan *scan)
{
    while (p < end && *p != '>') {
        if ((*p == '"' || *p == '\'') && p[-1] == '=' && !scan->no_quote[*p == '"']) {
            const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
            if (close) {
                p = close;
            } else {
                scan->no_quote[*p == '"'] = true;
            }
        }
        p++;
    }
    return p < end ? p : NULL;
}

/* No attribute begins so: "if a <b && c> d" has no tag. P is behind the name. */
static bool compares(const char *p, const char *end)
{
    while (p < end && is_space(*p)) {
        p++;
    }
    return p < end && (*p == '&' || *p == '|');
}

static bool read_tag(const char *text, size_t length, struct tag_scan *scan,
                     struct tag *tag)
{
    const char *end = text + length, *p = text + 1;
    tag->closing = *p == '/';
    p += tag->closing;
    tag->name = p;
    while (p < end && is_name(*p)) {
        p++;
    }
    tag->name_length = (size_t)(p - tag->name);
    if (p == end || !is_letter(*tag->name) || (!is_space(*p) && *p != '/' && *p != '>')) {
        return false;
    }
    tag->kind = tag_find(tag->name, tag->name_length);
    if (tag->kind == TAG_NONE || scan->no_end || (is_space(*p) && compares(p, end))) {
        return false;
    }
    p = find_end(p, end, scan);
    if (!p) {
        scan->no_end = true;
        return false;
    }
    tag->length = (size_t)(p + 1 - text);
    return true;
}

bool tag_read(const char *text, size_t length, struct tag_scan *scan, struct tag *tag)
{
    if (length < 3) {
        return false;
    }
    if (text[1] != '!' && text[1] != '?') {
        return read_tag(text, length, scan, tag);
    }
    *tag = (struct tag){.kind = TAG_INLINE, .name = text + 1};
    if (length >= 4 && memcmp(text, "<!--", 4) == 0) {
        const char *close = scan->no_comment_end ? NULL : memmem(text, length, "-->", 3);
        scan->no_comment_end = !close;
        tag->length = close ? (size_t)(close + 3 - text) : length;
        return true;
    }
    if (length >= 9 && memcmp(text, "<![CDATA[", 9) == 0) {
        tag->length = 9;
        return true;
    }
    if (!is_letter(text[2]) && text[2] != '[') {
        return false;
    }
    const char *close = scan->no_end ? NULL : memchr(text, '>', length);
    scan->no_end = !close;
    tag->length = close ? (size_t)(close + 1 - text) : 0;
    return close != NULL;
}

size_t tag_skip_content(const char *text, size_t length, const char *name,
                        size_t name_length)
{
    const char *p = text, *end = text + length;
    while ((p = memchr(p, '<', (size_t)(end - p)))) {
        if ((size_t)(end - p) > name_length + 2 && p[1] == '/' &&
            strncasecmp(p + 2, name, name_length) == 0) {
            const char *close = memchr(p, '>', (size_t)(end - p));
            return close ? (size_t)(close + 1 - text) : length;
        }
        p++;
    }
    return length;
}
