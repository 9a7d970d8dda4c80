/* By hand, since strtol would take blanks, signs and what does not end. */
#include "base/resolution.h"

#include <string.h>

/* The number from *AT on, which moves behind it; 0 if there is none, or it is above MOST. */
static int number(const char *text, size_t length, size_t *at, int most)
{
    int value = 0;
    while (*at < length && text[*at] >= '0' && text[*at] <= '9') {
        value = value * 10 + (text[(*at)++] - '0');
        if (value > most) {
            return 0;
        }
    }
    return value;
}

static bool skip(const char *text, size_t length, size_t *at, char wanted)
{
    bool there = *at < length && text[*at] == wanted;
    *at += there;
    return there;
}

bool resolution_parse(const char *text, size_t length, struct resolution *out)
{
    struct resolution found = {0};
    size_t at = 0;
    *out = found;
    if (length == strlen("auto") && memcmp(text, "auto", length) == 0) {
        return true;
    }
    found.w = number(text, length, &at, RESOLUTION_SIDE);
    if (found.w == 0 || !skip(text, length, &at, 'x')) {
        return false;
    }
    found.h = number(text, length, &at, RESOLUTION_SIDE);
    if (found.h == 0) {
        return false;
    }
    if (skip(text, length, &at, '@')) {
        found.hz = number(text, length, &at, RESOLUTION_HZ);
        if (found.hz == 0) {
            return false;
        }
    }
    if (at != length) {
        return false;
    }
    *out = found;
    return true;
}
