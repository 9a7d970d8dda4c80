/* Ranges, a few of each, looked through in their order. */
#include "base/codes.h"

#include <stddef.h>

struct range {
    uint32_t first, last;
};

static bool in_ranges(uint32_t code, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

bool codes_is_space(uint32_t code)
{
    static const struct range spaces[] = {
        {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A}, {0x2028, 0x2029},
        {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
    };
    return in_ranges(code, spaces, sizeof spaces / sizeof *spaces);
}

bool codes_is_dropped(uint32_t code)
{
    static const struct range dropped[] = {
        {0x80, 0x9F},     {0xAD, 0xAD},     {0x61C, 0x61C},     {0x200B, 0x200B},
        {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F},   {0xFDD0, 0xFDEF},
        {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
    };
    return (code & 0xFFFE) == 0xFFFE ||
           in_ranges(code, dropped, sizeof dropped / sizeof *dropped);
}
