/* Only marks with a space on both sides part a title, but for those that no sentence has: a
 * hyphen is a part of words, and a colon of headlines. */
#include "feed/page_parts.h"

#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

/* --- Keys --- */

static bool counts(utf8proc_int32_t code)
{
    utf8proc_category_t c = utf8proc_category(code);
    return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO) ||
           (c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_NO);
}

size_t parts_key(struct buffer *out, const char *text, size_t length)
{
    size_t start = out->length;
    for (size_t i = 0; i < length;) {
        uint32_t code;
        i += utf8_decode(text + i, length - i, &code);
        if (code < 0x80) {
            bool upper = code >= 'A' && code <= 'Z';
            code = upper ? code | 0x20 : code;
            if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9')) {
                buffer_byte(out, (char)code);
            }
        } else if (counts((utf8proc_int32_t)code)) {
            buffer_code(out, (uint32_t)utf8proc_tolower((utf8proc_int32_t)code));
        }
    }
    return out->length - start;
}

bool parts_contain(struct part all, struct part part)
{
    return part.length && memmem(all.at, all.length, part.at, part.length);
}

bool parts_same(struct part a, struct part b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

/* --- Parts of a title --- */

static const char *const separators[] = {
    " | ", " - ", " – ",  " — ", " − ", " -- ", " :: ", " : ", " » ",
    " « ", " › ", " ‹ ",  " • ", " · ", " ~ ",  " // ", " / ", " > ",
    " < ", " ⋆ ", " － ", "｜",  "|",   "：",   " _",   "_",   "――",
};

static size_t separator_at(const char *text, size_t left)
{
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        if (*text != *separators[i]) {
            continue;
        }
        size_t n = strlen(separators[i]);
        if (left > n && memcmp(text, separators[i], n) == 0) {
            return n;
        }
    }
    return 0;
}

/* An underscore parts only where it is not inside an identifier. */
static bool is_mark(const char *text, size_t at)
{
    unsigned char before = at ? (unsigned char)text[at - 1] : 0;
    unsigned char after = (unsigned char)text[at + 1];
    return text[at] != '_' || before >= 0x80 || after >= 0x80;
}

size_t parts_split(struct part text, struct part parts[PARTS_MOST])
{
    size_t count = 0, start = 0;
    for (size_t i = 1; i < text.length && count < PARTS_MOST - 1;) {
        size_t n = separator_at(text.at + i, text.length - i);
        if (n && is_mark(text.at, i)) {
            parts[count++] = (struct part){text.at + start, i - start};
            i += n;
            start = i;
        } else {
            i++;
        }
    }
    parts[count++] = (struct part){text.at + start, text.length - start};
    return count;
}

size_t parts_words(struct part text)
{
    size_t words = 0, wide = 0;
    for (size_t i = 0; i < text.length; i++) {
        words += text.at[i] != ' ' && (i == 0 || text.at[i - 1] == ' ');
        wide +=
            (unsigned char)text.at[i] >= 0xE3; /* a sign of Chinese, Japanese, Korean */
    }
    return wide / 2 > words ? wide / 2 : words;
}
