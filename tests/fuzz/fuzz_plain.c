/* Plain text: lines that are headlines, and articles; and, since nothing says what the bytes
 * are, every encoding. */
#include "base/utf8.h"
#include "check.h"
#include "feed/charset.h"
#include "feed/sniff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    const char *reason;
    if (sniff_text(text, size, NULL, &reason) != SNIFF_HTML) {
        check_feed(text, size, "text/plain", NULL);
    }
    struct charset_text read;
    if (charset_read(text, size, NULL, &read)) {
        check_that(utf8_valid(read.text, read.length), "text is UTF-8 once it is read");
    }
    buffer_fini(&read.converted);
    return 0;
}
