/* JSON Feed. What is no object becomes the one item of a feed, so that inputs of a few bytes
 * get past the outermost brackets. */
#include <stdlib.h>
#include <string.h>

#include "check.h"

static const char before[] =
    "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{";
static const char after[] = "}]}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size && data[0] == '{') {
        check_feed((const char *)data, size, "application/feed+json", NULL);
        return 0;
    }
    size_t length = sizeof before - 1 + size + sizeof after - 1;
    char *whole = malloc(length);
    if (whole) {
        memcpy(whole, before, sizeof before - 1);
        if (size) {
            memcpy(whole + sizeof before - 1, data, size);
        }
        memcpy(whole + length - (sizeof after - 1), after, sizeof after - 1);
        check_feed(whole, length, NULL, NULL);
        free(whole);
    }
    return 0;
}
