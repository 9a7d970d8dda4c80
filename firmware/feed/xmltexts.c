/* Each '<' is looked at once, and a "]]>" is remembered until it is passed, so that no document
 * makes the search slow. Only what a parser would take without a second thought is called fine;
 * all else, right or wrong, is left to it. */
#include "feed/xmltexts.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

static const char cdata_open[] = "<![CDATA[";
enum { CDATA_OPEN = sizeof cdata_open - 1, CDATA_CLOSE = 3, LOWEST_ODD = 0xEF };

/* Sixteen bytes that are compared at once, on every machine that can. */
typedef unsigned char block __attribute__((vector_size(16)));

static const char *find(const char *p, const char *end, char c)
{
    const char *found = memchr(p, c, (size_t)(end - p));
    return found ? found : end;
}

/* --- The search --- */

/* Faster than memmem, since texts hardly have a ']'. */
static const char *find_cdata_close(const char *p, const char *end)
{
    while ((p = find(p, end, ']')) < end) {
        if (end - p >= CDATA_CLOSE && p[1] == ']' && p[2] == '>') {
            return p;
        }
        p++;
    }
    return end;
}

/* The CDATA section that begins at P. */
static bool find_cdata(struct xmltexts *texts, const char *p,
                       struct xmltexts_found *found)
{
    const char *text = p + CDATA_OPEN;
    if (!texts->cdata_close || texts->cdata_close < text) {
        texts->cdata_close = find_cdata_close(text, texts->end);
    }
    const char *close = texts->cdata_close;
    if (close == texts->end || (size_t)(close - text) < texts->least) {
        return false;
    }
    *found = (struct xmltexts_found){p, text, (size_t)(close - text), close + CDATA_CLOSE,
                                     true};
    return true;
}

bool xmltexts_next(struct xmltexts *texts, struct xmltexts_found *found)
{
    while (texts->p < texts->end) {
        const char *mark = find(texts->p, texts->end, '<');
        if (mark == texts->end) {
            break;
        }
        if (texts->end - mark > CDATA_OPEN && memcmp(mark, cdata_open, CDATA_OPEN) == 0) {
            texts->p = mark + CDATA_OPEN;
            if (find_cdata(texts, mark, found)) {
                return true;
            }
            continue;
        }
        const char *next = find(mark + 1, texts->end, '<');
        texts->p = next;
        if ((size_t)(next - mark) <= texts->least || next == texts->end ||
            strchr("!?/", mark[1])) {
            continue;
        }
        const char *tag_end = find(mark, next, '>') + 1;
        if (tag_end <= next && (size_t)(next - tag_end) >= texts->least) {
            *found = (struct xmltexts_found){tag_end, tag_end, (size_t)(next - tag_end),
                                             next, false};
            return true;
        }
    }
    texts->p = texts->end;
    return false;
}

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

/* The bytes of the reference at P, its character in *CODE; 0 if it is not one of XML's own. */
static size_t read_reference(const char *p, const char *end, uint32_t *code)
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

/* --- The text --- */

static bool is_odd(char c)
{
    static const unsigned char odd[256] = {
        1, 1, 1, 1, 1,         1,         1,
        1, 1, 0, 0, 1,         1,         0,
        1, 1, 1, 1, 1,         1,         1,
        1, 1, 1, 1, 1,         1,         1,
        1, 1, 1, 1, ['&'] = 1, [']'] = 1, [LOWEST_ODD] = 1};
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
                              (bytes == '&') | (bytes == ']') | (bytes == LOWEST_ODD))};
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

bool xmltexts_is_fine(const struct xmltexts_found *found)
{
    const char *p = found->text, *end = p + found->length;
    if (found->length > INT_MAX) {
        return false;
    }
    while ((p += fine_run(p, end)) < end) {
        uint32_t code;
        size_t bytes = 1;
        if (*p == '&' && !found->cdata) {
            bytes = read_reference(p, end, &code);
        } else if (*p == ']') {
            bytes = found->cdata || end - p < 3 || p[1] != ']' || p[2] != '>';
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

void xmltexts_give(const struct xmltexts_found *found,
                   void (*sink)(void *user, const char *text, int length), void *user)
{
    const char *p = found->text, *end = p + found->length;
    while (p < end) {
        const char *mark = found->cdata ? end : find(p, end, '&');
        if (mark > p) {
            sink(user, p, (int)(mark - p));
        }
        p = mark;
        if (p < end) {
            char bytes[4];
            uint32_t code = UTF8_BAD;
            size_t length = read_reference(p, end, &code);
            sink(user, bytes, (int)utf8_encode(code, bytes));
            p += length ? length : 1;
        }
    }
}
