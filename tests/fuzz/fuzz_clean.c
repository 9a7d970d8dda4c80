/* Clean text in all its forms. The first byte chooses the form and the cap, the rest is made
 * valid UTF-8, as it always is by the time it comes here. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "feed/clean.h"

static void check_spaces(const struct buffer *out)
{
    const char *text = out->bytes;
    size_t length = out->length;
    if (length) {
        check_that(text[0] != ' ' && text[length - 1] != ' ', "no space at the ends");
        check_that(!memmem(text, length, "  ", 2), "one space at a time");
    }
}

static void check_form(const struct buffer *text, enum clean_form form, size_t max_codes)
{
    struct buffer once = {0}, twice = {0};
    size_t bytes = clean_text(text->bytes, text->length, form, max_codes, &once);
    check_that(bytes == once.length, "the bytes appended");
    check_text(once.bytes, once.length, max_codes, false, "clean text");
    check_spaces(&once);
    clean_text(once.bytes, once.length, CLEAN_PLAIN, max_codes, &twice);
    check_that(
        twice.length == once.length &&
            (once.length == 0 || memcmp(once.bytes, twice.bytes, once.length) == 0),
        "what is clean stays as it is");
    buffer_fini(&once);
    buffer_fini(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t caps[] = {400, 2000, 5, 1};
    if (size < 2) {
        return 0;
    }
    struct buffer text = {0};
    check_as_utf8(data + 1, size - 1, &text);
    size_t cap = caps[data[0] >> 2 & 3];
    check_form(&text, (enum clean_form)(data[0] % 3), cap);
    buffer_fini(&text);
    return 0;
}
