/* One binary search over the ranges, and the rule. Most text is below the first range and
 * never gets to the search. */
#include "show/emoji.h"

enum { TEXT_STYLE = 0xFE0E, PICTURE_STYLE = 0xFE0F, KEYCAP = 0x20E3 };

static const struct range {
    uint32_t first, last;
} ranges[] = {
#define RANGE(first, last) {first, last},
#include "../../fonts/emoji.h"
#undef RANGE
};

bool emoji_is_picture(uint32_t code)
{
    size_t low = 0, high = sizeof ranges / sizeof *ranges;
    while (code >= ranges[0].first && low < high) {
        size_t middle = (low + high) / 2;
        if (code > ranges[middle].last) {
            low = middle + 1;
        } else if (code < ranges[middle].first) {
            high = middle;
        } else {
            return true;
        }
    }
    return false;
}

bool emoji_cluster(const uint32_t *codes, size_t count)
{
    if (count > 1 && codes[1] == TEXT_STYLE) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (codes[i] == PICTURE_STYLE || codes[i] == KEYCAP ||
            emoji_is_picture(codes[i])) {
            return true;
        }
    }
    return false;
}
