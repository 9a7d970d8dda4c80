/* Web pages. A first line that begins with '/' is the path of the page's address, which tells
 * front pages and holds dates; what does not look like a page becomes one. The fence before the
 * HTML parser is looked at on its own as well: whatever goes in, what comes out must be as plain
 * as page_fence.h says. */
#include <string.h>

#include "check.h"
#include "feed/page_fence.h"
#include "feed/sniff.h"

enum { NAME_BYTES = 15, OPEN = FENCE_DEPTH + 1 /* a title may stand in the deepest */ };

/* What the fence has written, read as strictly as it promises to write. */
struct reader {
    const char *p, *end;
    const char *open[OPEN]; /* names */
    size_t lengths[OPEN];
    size_t depth, tags;
};

static bool next_is(const struct reader *reader, char c)
{
    return reader->p < reader->end && *reader->p == c;
}

static void expect(struct reader *reader, char c, const char *what)
{
    check_that(next_is(reader, c), what);
    reader->p++;
}

/* Letters in lower case, digits, '-'. Returns how many. */
static size_t read_name(struct reader *reader)
{
    const char *start = reader->p;
    while (reader->p < reader->end &&
           ((*reader->p >= 'a' && *reader->p <= 'z') ||
            (*reader->p >= '0' && *reader->p <= '9') || *reader->p == '-')) {
        reader->p++;
    }
    size_t length = (size_t)(reader->p - start);
    check_that(length > 0 && length <= NAME_BYTES, "a tag's or attribute's name");
    return length;
}

static bool has_no_end(const char *name, size_t length)
{
    static const char *const names[] = {"base", "img", "input", "link", "meta"};
    bool found = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        found =
            found || (strlen(names[i]) == length && memcmp(names[i], name, length) == 0);
    }
    return found;
}

static void read_start(struct reader *reader)
{
    const char *name = reader->p;
    size_t length = read_name(reader);
    while (next_is(reader, ' ')) {
        reader->p++;
        read_name(reader);
        expect(reader, '=', "an attribute has a value");
        expect(reader, '"', "a value is quoted");
        const char *close = memchr(reader->p, '"', (size_t)(reader->end - reader->p));
        check_that(close, "a value's quotes are closed");
        reader->p = close + 1;
    }
    expect(reader, '>', "a start tag's end");
    reader->tags++;
    if (!has_no_end(name, length)) {
        check_that(reader->depth < OPEN, "depth");
        reader->open[reader->depth] = name;
        reader->lengths[reader->depth++] = length;
    }
}

static void read_end(struct reader *reader)
{
    const char *name = reader->p;
    size_t length = read_name(reader);
    expect(reader, '>', "an end tag's end");
    check_that(reader->depth > 0, "an end tag has a start tag");
    reader->depth--;
    check_that(reader->lengths[reader->depth] == length &&
                   memcmp(reader->open[reader->depth], name, length) == 0,
               "tags are nested");
}

static void check_html(const struct buffer *html)
{
    struct reader reader = {.p = html->bytes, .end = html->bytes + html->length};
    while (reader.p < reader.end) {
        if (*reader.p != '<') {
            unsigned char c = (unsigned char)*reader.p++;
            check_that(c >= ' ' || (c >= '\t' && c <= '\r'), "no control characters");
            continue;
        }
        reader.p++;
        if (next_is(&reader, '/')) {
            reader.p++;
            read_end(&reader);
        } else {
            read_start(&reader);
        }
    }
    check_that(reader.depth == 0, "every element is closed");
    check_that(reader.tags <= FENCE_TAGS, "tags");
}

static void check_scripts(const struct fence *fence)
{
    size_t end = 0;
    check_that(fence->script_count <= FENCE_SCRIPTS, "scripts");
    for (size_t i = 0; i < fence->script_count; i++) {
        check_that(fence->script_ends[i] >= end, "scripts lie end to end");
        end = fence->script_ends[i];
    }
    check_that(end == fence->scripts.length, "scripts fill their buffer");
}

static void check_fence(const char *text, size_t length)
{
    struct fence fence = {.cut = false};
    check_that(page_fence_read(&fence, text, length), "memory");
    check_scripts(&fence);
    if (fence.html.length) {
        check_html(&fence.html);
    }
    page_fence_fini(&fence);
}

static void check_page(const char *text, size_t length, const char *address)
{
    static const char before[] = "<!doctype html>\n";
    const char *reason;
    if (sniff_text(text, length, "text/html", &reason) == SNIFF_HTML) {
        check_feed(text, length, "text/html", address);
        return;
    }
    struct buffer whole = {0};
    buffer_text(&whole, before);
    buffer_append(&whole, text, length);
    check_feed(whole.bytes, whole.length, "text/html", address);
    buffer_fini(&whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    const char *line = size && *text == '/' ? memchr(text, '\n', size) : NULL;
    struct buffer address = {0};
    buffer_text(&address, "https://news.example");
    if (line) {
        check_as_utf8(data, (size_t)(line - text), &address);
        size -= (size_t)(line + 1 - text);
        text = line + 1;
    } else {
        buffer_text(&address, "/2026/11/23/storm-warning.html");
    }
    buffer_byte(&address, '\0');
    if (!address.failed) {
        check_page(text, size, address.bytes);
    }
    check_fence(text, size);
    buffer_fini(&address);
    return 0;
}
