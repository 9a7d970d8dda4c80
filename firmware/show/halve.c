/* Red and blue are added up at once: each has 16 bits of a word to itself. */
#include "show/halve.h"

void halve_rows(const uint32_t *upper, const uint32_t *lower, int w, uint8_t *out)
{
    enum { RED_BLUE = 0xFF00FF, GREEN = 0x00FF00 };
    for (int i = 0; i < w; i++, upper += 2, lower += 2, out += 3) {
        uint32_t rb = (upper[0] & RED_BLUE) + (upper[1] & RED_BLUE) +
                      (lower[0] & RED_BLUE) + (lower[1] & RED_BLUE) + 0x020002;
        uint32_t g = (upper[0] & GREEN) + (upper[1] & GREEN) + (lower[0] & GREEN) +
                     (lower[1] & GREEN) + 0x000200;
        out[0] = (uint8_t)(rb >> 18);
        out[1] = (uint8_t)(g >> 10);
        out[2] = (uint8_t)(rb >> 2);
    }
}
