/* CAP alerts. What is no whole document becomes the content of an alert, so that inputs of a few
 * bytes get past the root; and whatever that content is, once the alert is cancelled nothing of
 * it airs. */
#include "check.h"

static const char before[] = "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">";
static const char cancelled[] = "<msgType>Cancel</msgType>";
static const char after[] = "</alert>";

static size_t count_headlines(const char *content, size_t length, bool cancel)
{
    struct buffer whole = {0};
    size_t count = 0;
    buffer_text(&whole, before);
    buffer_text(&whole, cancel ? cancelled : "");
    buffer_append(&whole, content, length);
    buffer_text(&whole, after);
    if (!whole.failed) {
        count = check_feed(whole.bytes, whole.length, "application/cap+xml", NULL);
    }
    buffer_fini(&whole);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    if (size >= 2 && text[0] == '<' && text[1] == '?') {
        check_feed(text, size, "application/cap+xml", NULL);
    } else if (count_headlines(text, size, false) > 0) {
        check_that(count_headlines(text, size, true) == 0, "what is cancelled is silent");
    }
    return 0;
}
