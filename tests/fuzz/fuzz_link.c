/* Links: up to the first line end is the base, the rest the reference. What is fit to be shown
 * is an absolute address without spaces, and it resolves to itself. */
#include <string.h>

#include "base/headline.h"
#include "check.h"
#include "feed/link.h"

static void check_web(const struct buffer *link)
{
    struct buffer again = {0};
    check_that(link->length <= HEADLINE_LINK_BYTES, "a link's length");
    if (utf8_valid(link->bytes, link->length)) {
        check_text(link->bytes, link->length, HEADLINE_LINK_BYTES, false,
                   "a link's text");
    }
    check_that(!memchr(link->bytes, ' ', link->length), "no space in a link");
    if (!memmem(link->bytes, link->length, "&amp;", 5)) {
        link_resolve(link->bytes, link->length, "https://other.example/", 22, &again);
        check_that(again.length == link->length &&
                       memcmp(again.bytes, link->bytes, link->length) == 0,
                   "an absolute link resolves to itself");
    }
    buffer_fini(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer text = {0}, out = {0};
    check_as_utf8(data, size, &text);
    const char *base = text.length ? text.bytes : "";
    const char *line = memchr(base, '\n', text.length);
    size_t base_length = line ? (size_t)(line - base) : 0;
    const char *reference = line ? line + 1 : base;
    size_t length = text.length - (size_t)(reference - base);
    size_t bytes = link_resolve(reference, length, base, base_length, &out);
    check_that(bytes == out.length, "the bytes appended");
    if (bytes && link_is_web(out.bytes, bytes)) {
        check_web(&out);
    }
    buffer_fini(&text);
    buffer_fini(&out);
    return 0;
}
