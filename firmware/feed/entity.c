/* The few references that make up nearly all of real feeds are tried first; the rest is a
 * binary search. A name without ';' is read only as its longest known beginning, as browsers
 * do ("&copy2004" is "(c)2004"). */
#include "feed/entity.h"

#include <string.h>

#include "base/utf8.h"
#include "feed/entity_names.h"

static const struct {
    const char *name;
    unsigned char length;
    uint32_t code;
} common[] = {
    {"amp", 3, '&'},       {"lt", 2, '<'},       {"gt", 2, '>'},
    {"quot", 4, '"'},      {"nbsp", 4, 0xA0},    {"apos", 4, '\''},
    {"rsquo", 5, 0x2019},  {"lsquo", 5, 0x2018}, {"ldquo", 5, 0x201C},
    {"rdquo", 5, 0x201D},  {"ndash", 5, 0x2013}, {"mdash", 5, 0x2014},
    {"hellip", 6, 0x2026},
};

uint32_t entity_windows_1252(unsigned char byte)
{
    /* 0 keeps the code: those bytes stand for nothing. */
    static const uint16_t codes[32] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
        0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
    };
    uint32_t code = codes[byte & 0x1F];
    return code ? code : byte;
}

/* Order of strings as the tables have it: bytes, then length. */
static int order(const char *name, size_t length, const char *row)
{
    int difference = strncmp(name, row, length);
    return difference ? difference : row[length] ? -1 : 0;
}

bool entity_find(const char *name, size_t length, struct entity *entity)
{
    entity->codes[1] = 0;
    for (size_t i = 0; i < sizeof common / sizeof *common; i++) {
        if (common[i].length == length && memcmp(common[i].name, name, length) == 0) {
            entity->codes[0] = common[i].code;
            return true;
        }
    }
    size_t low = 0, high = entity_name_count;
    while (low < high && length < ENTITY_NAME_BYTES) {
        size_t middle = (low + high) / 2;
        int difference = order(name, length, entity_names[middle].name);
        if (difference == 0) {
            entity->codes[0] = entity_names[middle].first;
            entity->codes[1] = entity_names[middle].second;
            return true;
        }
        if (difference < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return false;
}

static bool is_open_name(const char *name, size_t length)
{
    size_t low = 0, high = entity_open_name_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int difference = order(name, length, entity_open_names[middle]);
        if (difference == 0) {
            return true;
        }
        if (difference < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return false;
}

static int digit(char c, int base)
{
    int value = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : 99;
    return value < base ? value : -1;
}

static size_t read_number(const char *text, size_t length, struct entity *entity,
                          bool *closed)
{
    size_t i = 2;
    int base = 10;
    if (i < length && (text[i] == 'x' || text[i] == 'X')) {
        base = 16;
        i++;
    }
    size_t start = i;
    uint32_t code = 0;
    for (int value; i < length && (value = digit(text[i], base)) >= 0; i++) {
        code = code > 0x10FFFF ? code : code * (uint32_t)base + (uint32_t)value;
    }
    if (i == start) {
        return 0;
    }
    if (code >= 0x80 && code <= 0x9F) {
        code = entity_windows_1252((unsigned char)code);
    } else if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        code = UTF8_BAD;
    }
    entity->codes[0] = code;
    entity->codes[1] = 0;
    *closed = i < length && text[i] == ';';
    return i + *closed;
}

static bool is_alphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

size_t entity_read(const char *text, size_t length, struct entity *entity, bool *closed)
{
    enum { OPEN_LONGEST = 6 }; /* "Aacute" and its like */
    bool unused;
    closed = closed ? closed : &unused;
    *closed = false;
    if (length < 3) {
        return 0;
    }
    if (text[1] == '#') {
        return read_number(text, length, entity, closed);
    }
    size_t end = 1;
    while (end < length && end <= ENTITY_NAME_BYTES && is_alphanumeric(text[end])) {
        end++;
    }
    if (end < length && text[end] == ';' && entity_find(text + 1, end - 1, entity)) {
        *closed = true;
        return end + 1;
    }
    size_t longest = end - 1 < OPEN_LONGEST ? end - 1 : OPEN_LONGEST;
    for (size_t n = longest; n >= 2; n--) {
        if (is_open_name(text + 1, n) && entity_find(text + 1, n, entity)) {
            return n + 1;
        }
    }
    return 0;
}
