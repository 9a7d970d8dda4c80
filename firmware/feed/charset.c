/* Labels lie more often than bytes do: text that is valid UTF-8 and holds more than ASCII is
 * UTF-8. windows-1252 is converted here, since it stands for most of the rest; the others go
 * through iconv, under names from our own list of characters only (no "//TRANSLIT"). */
#include "feed/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "feed/entity.h"

enum { NAME_BYTES = CHARSET_NAME_BYTES, PIECE_BYTES = 1 << 16 };

/* What a label means in practice, by the WHATWG Encoding Standard. */
static const struct {
    const char *label, *name;
} aliases[] = {
    {"iso-8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"l1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"ascii", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"x-cp1252", "windows-1252"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"x-gbk", "GB18030"},
    {"euc-cn", "GB18030"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"x-sjis", "CP932"},
    {"sjis", "CP932"},
    {"ks_c_5601-1987", "CP949"},
    {"euc-kr", "CP949"},
    {"big5", "BIG5-HKSCS"},
    {"tis-620", "CP874"},
    {"windows-874", "CP874"},
    {"iso-8859-9", "CP1254"},
    {"x-user-defined", "windows-1252"},
};

enum width { WIDTH_8, WIDTH_16LE, WIDTH_16BE, WIDTH_32LE, WIDTH_32BE, WIDTH_EBCDIC };

static const char *const width_names[] = {NULL,       "UTF-16LE", "UTF-16BE",
                                          "UTF-32LE", "UTF-32BE", "IBM037"};

static bool starts(const char *bytes, size_t length, const char *with, size_t n)
{
    return length >= n && memcmp(bytes, with, n) == 0;
}

static size_t mark_length(const char *bytes, size_t length, enum width *width)
{
    static const struct {
        const char *bytes;
        size_t length;
        enum width width;
    } marks[] = {
        {"\xEF\xBB\xBF", 3, WIDTH_8},    {"\xFF\xFE\0\0", 4, WIDTH_32LE},
        {"\0\0\xFE\xFF", 4, WIDTH_32BE}, {"\xFF\xFE", 2, WIDTH_16LE},
        {"\xFE\xFF", 2, WIDTH_16BE},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (starts(bytes, length, marks[i].bytes, marks[i].length)) {
            *width = marks[i].width;
            return marks[i].length;
        }
    }
    return 0;
}

/* Without a mark: where the zero bytes of the first two ASCII characters stand. */
static enum width width_of(const char *bytes, size_t length)
{
    if (starts(bytes, length, "\x4C\x6F\xA7\x94", 4)) {
        return WIDTH_EBCDIC;
    }
    if (length < 8) {
        return WIDTH_8;
    }
    unsigned zero = 0;
    for (int i = 0; i < 8; i++) {
        zero = zero << 1 | (bytes[i] == '\0');
    }
    switch (zero) {
    case 0x55:
        return WIDTH_16LE;
    case 0xAA:
        return WIDTH_16BE;
    case 0x77:
        return WIDTH_32LE;
    case 0xEE:
        return WIDTH_32BE;
    default:
        return WIDTH_8;
    }
}

static bool is_label(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '_' || c == '.' || c == ':';
}

/* Copies the value that follows KEY and '=' in TEXT to OUT; "" if none or not a label. */
static void read_label(const char *text, size_t length, const char *key,
                       char out[NAME_BYTES])
{
    out[0] = '\0';
    size_t n = strlen(key);
    for (size_t i = 0; i + n < length; i++) {
        if (strncasecmp(text + i, key, n) != 0) {
            continue;
        }
        size_t at = i + n;
        while (at < length && (text[at] == ' ' || text[at] == '\t')) {
            at++;
        }
        if (at == length || text[at++] != '=') {
            continue;
        }
        while (at < length && (text[at] == ' ' || text[at] == '"' || text[at] == '\'')) {
            at++;
        }
        size_t used = 0;
        while (at < length && used + 1 < NAME_BYTES && is_label(text[at])) {
            out[used++] = text[at++];
        }
        out[used] = '\0';
        return;
    }
}

/* <meta charset=...> or <meta ... content="...; charset=..."> near the start, comments aside. */
static void meta_label(const char *text, size_t length, char out[NAME_BYTES])
{
    enum { PRESCAN_BYTES = 4096, META = 5 };
    const char *p = text, *end = text + (length < PRESCAN_BYTES ? length : PRESCAN_BYTES);
    out[0] = '\0';
    while (!out[0] && (p = memchr(p, '<', (size_t)(end - p)))) {
        bool comment = end - p >= 4 && memcmp(p, "<!--", 4) == 0;
        const char *close = comment ? memmem(p, (size_t)(end - p), "-->", 3)
                                    : memchr(p, '>', (size_t)(end - p));
        if (!close) {
            return;
        }
        if (end - p > META && strncasecmp(p, "<meta", META) == 0 && !is_label(p[META])) {
            read_label(p, (size_t)(close - p), "charset", out);
        }
        p = close;
    }
}

static void declared_label(const char *text, size_t length, char out[NAME_BYTES])
{
    enum { DECLARATION_BYTES = 200 };
    out[0] = '\0';
    const char *start =
        memmem(text, length < DECLARATION_BYTES ? length : DECLARATION_BYTES, "<?xml", 5);
    if (start) {
        size_t left = length - (size_t)(start - text);
        const char *end =
            memchr(start, '>', left < DECLARATION_BYTES ? left : DECLARATION_BYTES);
        if (end) {
            read_label(start, (size_t)(end - start), "encoding", out);
        }
    }
    if (!out[0]) {
        meta_label(text, length, out);
    }
}

static const char *canonical(const char *label)
{
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        if (strcasecmp(label, aliases[i].label) == 0) {
            return aliases[i].name;
        }
    }
    return label;
}

/* Encodings whose text is ASCII bytes, so that looking like UTF-8 proves nothing. */
static bool is_seven_bit(const char *name)
{
    return strncasecmp(name, "iso-2022-", 9) == 0 || strncasecmp(name, "hz", 2) == 0 ||
           strcasecmp(name, "utf-7") == 0;
}

/* Labels that the bytes have already proven wrong, since they have no zero bytes. */
static bool is_impossible(const char *name)
{
    return strncasecmp(name, "utf-16", 6) == 0 || strncasecmp(name, "utf-32", 6) == 0 ||
           strncasecmp(name, "ucs", 3) == 0 || strncasecmp(name, "iso-10646", 9) == 0 ||
           strncasecmp(name, "utf16", 5) == 0 || strncasecmp(name, "utf32", 5) == 0 ||
           strncasecmp(name, "unicode", 7) == 0;
}

enum shape { SHAPE_ASCII, SHAPE_UTF8, SHAPE_MIXED, SHAPE_OTHER };

/* Bytes of plain ASCII at the start, eight at a time. */
static size_t ascii_run(const char *bytes, size_t length)
{
    size_t i = 0;
    uint64_t word;
    while (i + sizeof word <= length) {
        memcpy(&word, bytes + i, sizeof word);
        if (word & 0x8080808080808080u) {
            break;
        }
        i += sizeof word;
    }
    while (i < length && (unsigned char)bytes[i] < 0x80) {
        i++;
    }
    return i;
}

static bool is_malformed(const char *bytes, size_t n, uint32_t code)
{
    return code == UTF8_BAD && !(n == 3 && memcmp(bytes, "\xEF\xBF\xBD", 3) == 0);
}

static enum shape shape_of(const char *bytes, size_t length)
{
    bool good = false, bad = false;
    size_t i = ascii_run(bytes, length);
    while (i < length && !(good && bad)) {
        uint32_t code;
        size_t n = utf8_decode(bytes + i, length - i, &code);
        if (is_malformed(bytes + i, n, code)) {
            /* A sequence cut by the end of the document accuses nobody. */
            bad = bad || i + n < length;
        } else {
            good = good || n > 1;
        }
        i += n;
        i += ascii_run(bytes + i, length - i);
    }
    return bad ? good ? SHAPE_MIXED : SHAPE_OTHER : good ? SHAPE_UTF8 : SHAPE_ASCII;
}

/* UTF-8 with faults: each becomes U+FFFD. */
static void mend(const char *bytes, size_t length, struct buffer *out)
{
    buffer_reserve(out, length + length / 8);
    for (size_t i = 0; i < length && !out->failed;) {
        size_t run = ascii_run(bytes + i, length - i);
        buffer_append(out, bytes + i, run);
        i += run;
        if (i < length) {
            uint32_t code;
            i += utf8_decode(bytes + i, length - i, &code);
            buffer_code(out, code);
        }
    }
}

static void read_windows_1252(const char *bytes, size_t length, struct buffer *out)
{
    buffer_reserve(out, length + length / 8);
    for (size_t i = 0; i < length && !out->failed;) {
        size_t run = ascii_run(bytes + i, length - i);
        buffer_append(out, bytes + i, run);
        i += run;
        if (i < length) {
            unsigned char byte = (unsigned char)bytes[i++];
            buffer_code(out, byte < 0xA0 ? entity_windows_1252(byte) : byte);
        }
    }
}

/* False if NAME is not an encoding that iconv knows. */
static bool convert(const char *bytes, size_t length, const char *name,
                    struct buffer *out)
{
    iconv_t converter = iconv_open("UTF-8", name);
    if (converter == (iconv_t)-1) {
        return false;
    }
    char *in = (char *)(uintptr_t)bytes;
    while (length && !out->failed) {
        if (!buffer_reserve(out, PIECE_BYTES)) {
            break;
        }
        char *to = out->bytes + out->length;
        size_t room = out->room - out->length;
        size_t done = iconv(converter, &in, &length, &to, &room);
        out->length = (size_t)(to - out->bytes);
        if (done != (size_t)-1 || errno == E2BIG) {
            continue;
        }
        buffer_code(out, UTF8_BAD);
        in += length > 0;
        length -= length > 0;
    }
    iconv_close(converter);
    return true;
}

static void note_encoding(struct charset_text *out, const char *name)
{
    snprintf(out->encoding, sizeof out->encoding, "%s", name);
}

static void read_narrow(struct charset_text *out, const char *content_type)
{
    char label[NAME_BYTES] = "";
    if (content_type) {
        read_label(content_type, strlen(content_type), "charset", label);
    }
    char declared[NAME_BYTES];
    declared_label(out->text, out->length, declared);
    const char *name = canonical(label[0] ? label : declared);
    enum shape shape = shape_of(out->text, out->length);
    if (shape == SHAPE_UTF8 || (shape == SHAPE_ASCII && !is_seven_bit(name))) {
        if (out->length && (unsigned char)out->text[out->length - 1] >= 0x80 &&
            !utf8_valid(out->text, out->length)) {
            mend(out->text, out->length, &out->converted);
        }
        return;
    }
    bool utf8 = strcasecmp(name, "utf-8") == 0 || strcasecmp(name, "utf8") == 0 || !*name;
    note_encoding(out, name);
    if (utf8 && shape == SHAPE_MIXED) {
        note_encoding(out, "UTF-8");
        mend(out->text, out->length, &out->converted);
    } else if (utf8 || is_impossible(name) || strcasecmp(name, "windows-1252") == 0 ||
               !convert(out->text, out->length, name, &out->converted)) {
        if (shape == SHAPE_MIXED && strcasecmp(name, "windows-1252") != 0) {
            note_encoding(out, "UTF-8");
            mend(out->text, out->length, &out->converted);
        } else {
            note_encoding(out, "windows-1252");
            read_windows_1252(out->text, out->length, &out->converted);
        }
    }
}

bool charset_read(const char *bytes, size_t length, const char *content_type,
                  struct charset_text *out)
{
    *out = (struct charset_text){.text = bytes, .length = length};
    enum width width = WIDTH_8;
    note_encoding(out, "UTF-8");
    size_t mark = mark_length(bytes, length, &width);
    if (mark == 0) {
        width = width_of(bytes, length);
    }
    out->text += mark;
    out->length -= mark;
    if (width != WIDTH_8) {
        note_encoding(out, width_names[width]);
        if (!convert(out->text, out->length, width_names[width], &out->converted)) {
            mend(out->text, out->length, &out->converted);
        }
    } else if (mark) {
        if (!utf8_valid(out->text, out->length)) {
            mend(out->text, out->length, &out->converted);
        }
    } else {
        read_narrow(out, content_type);
    }
    if (out->converted.length) {
        out->text = out->converted.bytes;
        out->length = out->converted.length;
    }
    while (starts(out->text, out->length, "\xEF\xBB\xBF", 3)) {
        out->text += 3;
        out->length -= 3;
    }
    return !out->converted.failed;
}
