/* A space is put when the next character comes, so that none stands at either end. */
#include "host/wording.h"

#include <stdint.h>
#include <utf8proc.h>

#include "base/codes.h"
#include "base/utf8.h"

enum { MARKS_ON_BASE = 8, FIRST_MARK = 0x300, DELETE = 0x7F };

static bool is_blank(uint32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r') || codes_is_space(code);
}

static bool is_silent(uint32_t code)
{
    return code < ' ' || code == DELETE || codes_is_dropped(code);
}

static bool is_mark(uint32_t code)
{
    utf8proc_category_t category = code < FIRST_MARK
                                       ? UTF8PROC_CATEGORY_LL
                                       : utf8proc_category((utf8proc_int32_t)code);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME ||
           category == UTF8PROC_CATEGORY_MC;
}

size_t wording_clean(const char *text, size_t length, char *out, size_t *codes)
{
    size_t bytes = 0;
    int marks = 0;
    bool space = false;
    *codes = 0;
    for (size_t i = 0; i < length;) {
        uint32_t code;
        size_t at = i;
        i += utf8_decode(text + i, length - i, &code);
        if (is_blank(code)) {
            space = bytes > 0;
            marks = 0;
            continue;
        }
        bool mark = is_mark(code);
        if (is_silent(code) || (mark && marks == MARKS_ON_BASE)) {
            continue;
        }
        marks = mark ? marks + 1 : 0;
        if (space) {
            out[bytes++] = ' ';
            ++*codes;
            space = false;
        }
        while (at < i) {
            out[bytes++] = text[at++];
        }
        ++*codes;
    }
    return bytes;
}

bool wording_is_clean(const char *text, size_t length)
{
    int marks = 0;
    bool blank = true; /* none may come first */
    for (size_t i = 0; i < length;) {
        uint32_t code;
        i += utf8_decode(text + i, length - i, &code);
        if (is_silent(code) || (is_blank(code) && (blank || code != ' '))) {
            return false;
        }
        blank = code == ' ';
        marks = is_mark(code) ? marks + 1 : 0;
        if (marks > MARKS_ON_BASE) {
            return false;
        }
    }
    return !(blank && length > 0) && utf8_valid(text, length);
}
