/* ASCII and Han, which are most of what comes, never reach the library. */
#include "desk/fold.h"

#include <utf8proc.h>

#include "base/utf8.h"

static bool is_within(uint32_t code, uint32_t low, uint32_t high)
{
    return code >= low && code <= high;
}

bool fold_is_hangul(uint32_t code)
{
    return is_within(code, 0xAC00, 0xD7A3);
}

/* Letters that folding leaves as they are and that decomposing would only lengthen. */
static bool is_plain(uint32_t code)
{
    return is_within(code, 0x3041, 0x3096) || is_within(code, 0x30A1, 0x30FF) ||
           is_within(code, 0x3400, 0x9FFF) || fold_is_hangul(code);
}

/* Vowel points, and signs that only stretch or steer: nobody searches for them. */
static bool is_point(uint32_t code)
{
    return is_within(code, 0x0591, 0x05BD) || is_within(code, 0x05BF, 0x05C7) ||
           is_within(code, 0x0610, 0x061A) || is_within(code, 0x064B, 0x0652) ||
           code == 0x0640 || code == 0x0670 || is_within(code, 0x06D6, 0x06ED) ||
           is_within(code, 0x200B, 0x200F) || is_within(code, 0x202A, 0x202E) ||
           is_within(code, 0x2060, 0x2069) || is_within(code, 0xFE00, 0xFE0F) ||
           code == 0xFEFF || code == 0x00AD;
}

static bool is_accent(uint32_t code)
{
    return is_within(code, 0x0300, 0x036F) || is_within(code, 0x0653, 0x065F);
}

static uint32_t digit_of(uint32_t code)
{
    static const uint32_t zeros[] = {0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50};
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++) {
        if (is_within(code, zeros[i], zeros[i] + 9)) {
            return '0' + code - zeros[i];
        }
    }
    return code;
}

/* Letters that differ by habit: yeh, teh marbuta and kaf of several keyboards. */
static uint32_t loosened(uint32_t code)
{
    switch (code) {
    case 0x0649:
    case 0x06CC:
        return 0x064A;
    case 0x0629:
        return 0x0647;
    case 0x06A9:
        return 0x0643;
    default:
        return code;
    }
}

size_t fold_code(uint32_t code, enum fold_kind kind, uint32_t out[FOLD_CODES])
{
    utf8proc_int32_t parts[FOLD_CODES];
    int last = 0;
    if (code < 0x80 || is_plain(code)) {
        out[0] = is_within(code, 'A', 'Z') ? code + 'a' - 'A' : code;
        return 1;
    }
    utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)code, parts, FOLD_CODES,
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, &last);
    size_t used = 0;
    for (utf8proc_ssize_t i = 0; i < count && i < FOLD_CODES; i++) {
        uint32_t part = digit_of((uint32_t)parts[i]);
        /* The capital I with a dot folds to an i with a dot of its own. */
        bool dot = part == 0x0307 && used > 0 && out[used - 1] == 'i';
        if (is_point(part) || dot || (kind == FOLD_LOOSE && is_accent(part))) {
            continue;
        }
        out[used++] = kind == FOLD_LOOSE ? loosened(part) : part;
    }
    return used;
}

static bool is_blank(uint32_t code)
{
    return code <= ' ' || code == 0x3000 ||
           (code > 0x7F &&
            utf8proc_category((utf8proc_int32_t)code) == UTF8PROC_CATEGORY_ZS);
}

size_t fold_text(const char *text, size_t length, enum fold_kind kind, char *out,
                 size_t room)
{
    size_t used = 0;
    bool gap = false;
    for (size_t i = 0; i < length;) {
        uint32_t code, parts[FOLD_CODES];
        i += utf8_decode(text + i, length - i, &code);
        if (is_blank(code)) {
            gap = used > 0;
            continue;
        }
        size_t count = fold_code(code == 0x2019 ? '\'' : code, kind, parts);
        if (count == 0) {
            continue;
        }
        if (used + gap + 4 * count >= room) {
            break;
        }
        for (size_t part = 0; part < count; part++) {
            if (parts[part] == ' ') { /* an accent by itself is one on a blank */
                gap = used > 0;
                continue;
            }
            if (gap) {
                out[used++] = ' ';
            }
            gap = false;
            used += utf8_encode(parts[part], out + used);
        }
    }
    out[used] = '\0';
    return used;
}

enum fold_class fold_class(uint32_t code)
{
    if (code < 0x80) {
        return is_within(code, 'a', 'z') || is_within(code, 'A', 'Z') ? FOLD_LETTER
               : is_within(code, '0', '9')                            ? FOLD_DIGIT
                                                                      : FOLD_OTHER;
    }
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
    bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
    if (letter && (is_within(code, 0x0E00, 0x0EFF) || is_within(code, 0x1000, 0x109F) ||
                   is_within(code, 0x1780, 0x17FF) || is_within(code, 0x3005, 0x3007) ||
                   is_within(code, 0x3041, 0x9FFF) || is_within(code, 0xF900, 0xFAFF) ||
                   is_within(code, 0x20000, 0x3FFFF))) {
        return FOLD_CHAR;
    }
    return letter                             ? FOLD_LETTER
           : category == UTF8PROC_CATEGORY_ND ? FOLD_DIGIT
           : category == UTF8PROC_CATEGORY_NL ? FOLD_LETTER
                                              : FOLD_OTHER;
}
