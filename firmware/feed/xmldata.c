/* Only what a parser would take without a second thought is called fine; all else, right or wrong,
 * is left to it. */
#include "feed/xmldata.h"

#include <limits.h>
#include <string.h>

#include "base/utf8.h"

/* Sixteen bytes that are compared at once, on every machine that can. */
typedef unsigned char block __attribute__((vector_size(16)));

/* --- References --- */

/* The value of the digits between P and END, 0 if that is none of XML's characters. */
static uint32_t read_digits(const char *p, const char *end, uint32_t base)
{
    uint32_t code = 0;
    for (; p < end && code <= 0x10FFFF; p++) {
        uint32_t digit = *p >= '0' && *p <= '9'   ? (uint32_t)(*p - '0')
                         : *p >= 'a' && *p <= 'f' ? (uint32_t)(*p - 'a' + 10)
                         : *p >= 'A' && *p <= 'F' ? (uint32_t)(*p - 'A' + 10)
                                                  : base;
        if (digit >= base) {
            return 0;
        }
        code = code * base + digit;
    }
    bool blank = code == '\t' || code == '\n' || code == '\r';
    bool wrong = (code < ' ' && !blank) || (code >= 0xD800 && code <= 0xDFFF) ||
                 code == 0xFFFE || code == 0xFFFF || code > 0x10FFFF;
    return wrong ? 0 : code;
}

size_t xmldata_reference(const char *p, const char *end, uint32_t *code)
{
    enum { LONGEST = 12 };
    size_t left = (size_t)(end - p);
    if (left > 2 && p[1] == '#') {
        const char *close = memchr(p, ';', left < LONGEST ? left : LONGEST);
        size_t digits = p[2] == 'x' ? 3 : 2;
        *code = close && close > p + digits
                    ? read_digits(p + digits, close, digits == 3 ? 16 : 10)
                    : 0;
        return *code ? (size_t)(close + 1 - p) : 0;
    }
    *code = left < 4 ? 0 : p[1] == 'l' ? '<' : p[1] == 'g' ? '>' : 0;
    if (*code) {
        return p[2] == 't' && p[3] == ';' ? 4 : 0;
    }
    if (left >= 5 && memcmp(p, "&amp;", 5) == 0) {
        *code = '&';
        return 5;
    }
    bool quote = left >= 6 && memcmp(p, "&quot;", 6) == 0;
    *code = quote ? '"' : '\'';
    return quote || (left >= 6 && memcmp(p, "&apos;", 6) == 0) ? 6 : 0;
}

/* --- Text --- */

static bool is_odd(char c)
{
    static const unsigned char odd[256] = {
        1, 1, 1, 1, 1,         1,         1,
        1, 1, 0, 0, 1,         1,         0,
        1, 1, 1, 1, 1,         1,         1,
        1, 1, 1, 1, 1,         1,         1,
        1, 1, 1, 1, ['&'] = 1, [']'] = 1, [XMLDATA_ODD] = 1};
    return odd[(unsigned char)c];
}

/* The same of a whole block at once. */
static bool any_odd(const char *p)
{
    block bytes;
    memcpy(&bytes, p, sizeof bytes);
    union {
        block bytes;
        uint64_t words[sizeof(block) / sizeof(uint64_t)];
    } odd = {.bytes = (block)(((bytes < ' ') & (bytes != '\n') & (bytes != '\t') &
                               (bytes != '\r')) |
                              (bytes == '&') | (bytes == ']') | (bytes == XMLDATA_ODD))};
    return odd.words[0] | odd.words[1];
}

/* Bytes at P that are fine by themselves: neither '&' nor ']', no control, and none of those
 * that begin U+FFFE and U+FFFF. */
static size_t fine_run(const char *p, const char *end)
{
    const char *start = p;
    while ((size_t)(end - p) >= sizeof(block) && !any_odd(p)) {
        p += sizeof(block);
    }
    while (p < end && !is_odd(*p)) {
        p++;
    }
    return (size_t)(p - start);
}

bool xmldata_is_fine(const char *p, size_t length, bool cdata)
{
    const char *end = p + length;
    if (length > INT_MAX) {
        return false;
    }
    while ((p += fine_run(p, end)) < end) {
        uint32_t code;
        size_t bytes = 1;
        if (*p == '&' && !cdata) {
            bytes = xmldata_reference(p, end, &code);
        } else if (*p == ']') {
            bytes = cdata || end - p < 3 || p[1] != ']' || p[2] != '>';
        } else if ((unsigned char)*p == 0xEF) {
            bytes =
                end - p < 3 || (unsigned char)p[1] != 0xBF || (unsigned char)p[2] < 0xBE;
        } else if (*p != '&') {
            bytes = 0;
        }
        if (bytes == 0) {
            return false;
        }
        p += bytes;
    }
    return true;
}

void xmldata_give(const char *p, size_t length, bool cdata, xmldata_sink_fn *sink,
                  void *user)
{
    const char *end = p + length;
    while (p < end) {
        const char *mark = cdata ? NULL : memchr(p, '&', (size_t)(end - p));
        mark = mark ? mark : end;
        if (mark > p) {
            sink(user, p, (int)(mark - p));
        }
        p = mark;
        if (p < end) {
            char bytes[4];
            uint32_t code = UTF8_BAD;
            size_t read = xmldata_reference(p, end, &code);
            sink(user, bytes, (int)utf8_encode(code, bytes));
            p += read ? read : 1;
        }
    }
}
