/* XML feeds of any dialect, broken ones too; the repair pass on its own, which in a feed only
 * sees what Expat has refused; and the way round Expat that plain elements and long texts take,
 * which must give what Expat gives. */
#include <string.h>

#include "check.h"
#include "feed/buffer.h"
#include "feed/repair.h"
#include "feed/sniff.h"
#include "feed/xml.h"

/* What a handler was told, as one string: pieces of text are joined. */
static bool on_start(void *user, const struct xml_element *element)
{
    struct buffer *told = user;
    buffer_byte(told, '<');
    buffer_text(told, element->name);
    buffer_byte(told, (char)element->vocabulary);
    for (const char **a = element->attributes; *a; a += 2) {
        buffer_text(told, *a);
        buffer_byte(told, '=');
        buffer_text(told, a[1]);
    }
    buffer_append(told, element->base, element->base_length);
    buffer_byte(told, '>');
    return true;
}

/* Line ends are white space to all who read; Expat makes each a '\n'. */
static void on_text(void *user, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] != '\r' && text[i] != '\n') {
            buffer_byte(user, text[i]);
        }
    }
}

static bool on_end(void *user, int depth)
{
    buffer_byte(user, '/');
    buffer_byte(user, (char)depth);
    return true;
}

static enum xml_end read_xml(const struct buffer *text, size_t long_text,
                             struct buffer *told)
{
    static const struct xml_handler handler = {on_start, on_text, on_end};
    char reason[XML_REASON_BYTES];
    const struct xml_document document = {text->bytes, text->length, "http://a.example/",
                                          long_text};
    return xml_read(&document, &handler, told, reason);
}

static void check_long_texts(const uint8_t *data, size_t size)
{
    enum { LONG = 4 };
    struct buffer text = {0}, with = {0}, without = {0};
    check_as_utf8(data, size, &text);
    if (text.length) {
        enum xml_end end = read_xml(&text, LONG, &with);
        check_that(end == read_xml(&text, SIZE_MAX, &without), "the end round Expat");
        check_that(
            with.length == without.length &&
                (with.length == 0 || memcmp(with.bytes, without.bytes, with.length) == 0),
            "what is told round Expat");
    }
    buffer_fini(&text);
    buffer_fini(&with);
    buffer_fini(&without);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* Quotes become six bytes, and each open name is written once more to close it. */
    enum { GROWTH = 8, MORE = 64 };
    const char *text = (const char *)data;
    const char *reason;
    if (sniff_text(text, size, NULL, &reason) != SNIFF_HTML) {
        check_feed(text, size, "application/xml", NULL);
    }
    check_long_texts(data, size);
    struct buffer repaired = {0};
    repair_xml(text, size, &repaired);
    check_that(repaired.length <= GROWTH * size + MORE, "a repair hardly grows the text");
    buffer_fini(&repaired);
    return 0;
}
