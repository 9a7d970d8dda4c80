/* The bounds of the second byte carry all the special cases of table 3-7, so decoding is
 * one loop over continuation bytes. */
#include "base/utf8.h"

#include <string.h>

static size_t sequence(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xBF;
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        *low = lead == 0xE0 ? 0xA0 : 0x80;
        *high = lead == 0xED ? 0x9F : 0xBF;
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        *low = lead == 0xF0 ? 0x90 : 0x80;
        *high = lead == 0xF4 ? 0x8F : 0xBF;
        return 4;
    }
    return 0;
}

size_t utf8_decode(const char *text, size_t length, uint32_t *code)
{
    static const unsigned char lead_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    const unsigned char *p = (const unsigned char *)text;
    unsigned char low, high;
    size_t bytes = sequence(p[0], &low, &high);
    *code = UTF8_BAD;
    if (bytes == 0) {
        return 1;
    }
    uint32_t value = p[0] & lead_bits[bytes];
    for (size_t i = 1; i < bytes; i++) {
        if (i >= length || p[i] < low || p[i] > high) {
            return i;
        }
        value = value << 6 | (p[i] & 0x3F);
        low = 0x80;
        high = 0xBF;
    }
    *code = value;
    return bytes;
}

size_t utf8_encode(uint32_t code, char *out)
{
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        code = UTF8_BAD;
    }
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

bool utf8_valid(const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        uint64_t eight = 0;
        if (length - i >= sizeof eight) {
            memcpy(&eight, text + i, sizeof eight);
            if (!(eight & UINT64_C(0x8080808080808080))) {
                i += sizeof eight;
                continue;
            }
        }
        if ((unsigned char)text[i] < 0x80) {
            i++;
            continue;
        }
        uint32_t code;
        size_t bytes = utf8_decode(text + i, length - i, &code);
        /* U+FFFD itself is well formed: EF BF BD. The beginning of a longer sequence may
         * have three bytes too, F0 90 BD. */
        if (code == UTF8_BAD && !(bytes == 3 && (unsigned char)text[i] == 0xEF)) {
            return false;
        }
        i += bytes;
    }
    return true;
}

size_t utf8_floor(const char *text, size_t length)
{
    size_t back = 0;
    while (back < 3 && back < length && (text[length - back - 1] & 0xC0) == 0x80) {
        back++;
    }
    if (back >= length) {
        return length;
    }
    unsigned char low, high;
    size_t want = sequence((unsigned char)text[length - back - 1], &low, &high);
    return want > back + 1 ? length - back - 1 : length;
}
