/* The first element decides. If it is none of a feed's, the real root may follow a notice that
 * the server's script has printed before it, so the first 64 KiB are searched for one. */
#include "feed/sniff.h"

#include <string.h>
#include <strings.h>

#include "feed/tag.h"

enum { SEARCH_BYTES = 64 << 10, LOOK_BYTES = 4 << 10 };

static const struct {
    const char *bytes;
    size_t length;
    const char *name;
} magic[] = {
    {"%PDF-", 5, "a PDF document"},
    {"\x89PNG", 4, "a PNG picture"},
    {"GIF8", 4, "a GIF picture"},
    {"\xFF\xD8\xFF", 3, "a JPEG picture"},
    {"RIFF", 4, "a picture or a recording"},
    {"II*\0", 4, "a TIFF picture"},
    {"MM\0*", 4, "a TIFF picture"},
    {"\0\0\1\0", 4, "an icon"},
    {"ID3", 3, "a recording"},
    {"OggS", 4, "a recording"},
    {"\x1A\x45\xDF\xA3", 4, "a film"},
    {"\x1F\x8B", 2, "compressed (gzip): unpack it first"},
    {"PK\3\4", 4, "compressed (zip): unpack it first"},
    {"BZh", 3, "compressed (bzip2): unpack it first"},
    {"\xFD"
     "7zXZ",
     5, "compressed (xz): unpack it first"},
    {"7z\xBC\xAF", 4, "compressed (7z): unpack it first"},
    {"\x28\xB5\x2F\xFD", 4, "compressed (zstd): unpack it first"},
    {"Rar!", 4, "compressed (rar): unpack it first"},
    {"\x7F"
     "ELF",
     4, "a program"},
    {"SQLite format 3", 15, "a database"},
};

const char *sniff_binary(const char *bytes, size_t length)
{
    for (size_t i = 0; i < sizeof magic / sizeof *magic; i++) {
        if (length >= magic[i].length &&
            memcmp(bytes, magic[i].bytes, magic[i].length) == 0) {
            return magic[i].name;
        }
    }
    return NULL;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == ':' || c == '-' || c == '_' || c == '.' || (unsigned char)c >= 0x80;
}

static bool begins(const char *text, size_t length, const char *with)
{
    size_t n = strlen(with);
    return length >= n && strncasecmp(text, with, n) == 0;
}

/* The name behind the '<' at TEXT. */
static size_t name_length(const char *text, size_t length)
{
    size_t n = 1;
    while (n < length && is_name(text[n])) {
        n++;
    }
    return n - 1;
}

static bool is_feed_root(const char *name, size_t length)
{
    static const char *const roots[] = {"rss", "rdf", "feed", "channel"};
    const char *colon = memchr(name, ':', length);
    if (colon) {
        length -= (size_t)(colon + 1 - name);
        name = colon + 1;
    }
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        if (strlen(roots[i]) == length && strncasecmp(name, roots[i], length) == 0) {
            return true;
        }
    }
    return false;
}

/* The root of a CAP alert. It is not searched for: a page may well have an element so named. */
static bool is_alert(const char *name, size_t length)
{
    const char *colon = memchr(name, ':', length);
    size_t prefix = colon ? (size_t)(colon + 1 - name) : 0;
    return length - prefix == 5 && memcmp(name + prefix, "alert", 5) == 0;
}

/* Bytes of the declaration at TEXT: of a DOCTYPE with its brackets. */
static size_t skip_declaration(const char *text, size_t length)
{
    int brackets = 0;
    for (size_t i = 0; i < length; i++) {
        brackets += (text[i] == '[') - (text[i] == ']');
        if (text[i] == '>' && brackets <= 0) {
            return i + 1;
        }
    }
    return length;
}

static size_t behind(const char *text, size_t length, const char *end)
{
    const char *found = memmem(text, length, end, strlen(end));
    return found ? (size_t)(found - text) + strlen(end) : length;
}

/* Behind white space, comments, instructions and declarations; *HTML tells of a DOCTYPE. */
static size_t skip_prolog(const char *text, size_t length, bool *html)
{
    size_t i = 0;
    *html = false;
    while (i < length) {
        if (is_blank(text[i])) {
            i++;
        } else if (begins(text + i, length - i, "<!--")) {
            i += behind(text + i, length - i, "-->");
        } else if (begins(text + i, length - i, "<?")) {
            i += behind(text + i, length - i, "?>");
        } else if (begins(text + i, length - i, "<!")) {
            *html = *html || begins(text + i, length - i, "<!doctype html");
            i += skip_declaration(text + i, length - i);
        } else {
            break;
        }
    }
    return i;
}

size_t sniff_root(const char *text, size_t length)
{
    bool html;
    size_t first = skip_prolog(text, length, &html);
    if (first == length) {
        first = 0;
    }
    size_t end = length - first < SEARCH_BYTES ? length : first + SEARCH_BYTES;
    for (size_t i = first; i < end; i++) {
        const char *mark = memchr(text + i, '<', end - i);
        if (!mark) {
            break;
        }
        i = (size_t)(mark - text);
        if (is_feed_root(mark + 1, name_length(mark, length - i))) {
            return i;
        }
    }
    return length;
}

static enum sniff sniff_markup(const char *text, size_t length)
{
    bool html;
    size_t first = skip_prolog(text, length, &html);
    size_t left = length - first;
    size_t name = left ? name_length(text + first, left) : 0;
    if (left && text[first] == '<' &&
        (is_feed_root(text + first + 1, name) || is_alert(text + first + 1, name))) {
        return SNIFF_XML;
    }
    bool page = html || begins(text + first, left, "<html") ||
                begins(text + first, left, "<head") ||
                begins(text + first, left, "<body");
    if (page) {
        return SNIFF_HTML;
    }
    if (sniff_root(text, length) < length) {
        return SNIFF_XML;
    }
    if (begins(text, length, "<?xml")) {
        return SNIFF_XML;
    }
    return left && tag_find(text + first + 1, name) != TAG_NONE ? SNIFF_HTML : SNIFF_XML;
}

static bool is_binary(const char *text, size_t length)
{
    size_t look = length < LOOK_BYTES ? length : LOOK_BYTES, controls = 0;
    for (size_t i = 0; i < look; i++) {
        if (text[i] == '\0') {
            return true;
        }
        controls += (unsigned char)text[i] < ' ' && !strchr("\t\n\r\f\x1A\x1B", text[i]);
    }
    return controls * 50 > look;
}

/* A page or a feed that begins with words. */
static enum sniff sniff_words(const char *text, size_t length)
{
    static const char *const pages[] = {"<!doctype html", "<html", "<head", "<body"};
    size_t look = length < LOOK_BYTES ? length : LOOK_BYTES;
    size_t root = sniff_root(text, length);
    for (size_t i = 0; i < look && i < root; i++) {
        for (size_t k = 0; text[i] == '<' && k < sizeof pages / sizeof *pages; k++) {
            if (begins(text + i, length - i, pages[k])) {
                return SNIFF_HTML;
            }
        }
    }
    return root < length ? SNIFF_XML : SNIFF_TEXT;
}

static bool says(const char *content_type, const char *what)
{
    return content_type && strcasestr(content_type, what);
}

enum sniff sniff_text(const char *text, size_t length, const char *content_type,
                      const char **reason)
{
    size_t first = 0;
    while (first < length && is_blank(text[first])) {
        first++;
    }
    text += first;
    length -= first;
    if (length == 0) {
        *reason = "the document is empty";
        return SNIFF_NOTHING;
    }
    if (text[0] == '{' || (text[0] == '[' && says(content_type, "json"))) {
        return SNIFF_JSON;
    }
    bool markup = text[0] == '<' && (length == 1 || is_name(text[1]) || text[1] == '!' ||
                                     text[1] == '?' || text[1] == '/');
    enum sniff kind = markup ? sniff_markup(text, length) : sniff_words(text, length);
    if (kind != SNIFF_TEXT) {
        return kind;
    }
    if (is_binary(text, length)) {
        *reason = "not a feed: binary data";
        return SNIFF_NOTHING;
    }
    if (says(content_type, "xml") || says(content_type, "json") ||
        says(content_type, "html")) {
        *reason =
            "not a feed: plain text that is labelled otherwise, so probably an error "
            "message: look at the address in a browser";
        return SNIFF_NOTHING;
    }
    return SNIFF_TEXT;
}
