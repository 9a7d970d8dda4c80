/* A line is laid out whole, from the text's own bytes, with a direction mark before it: what
 * the first letter of the text decides for all of its lines, the first of a line must not. */
#include "show/wrap.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

enum { LONG_WORD = 24, LINE_BYTES = 2048 };

static const char ltr_mark[] = "\xE2\x80\x8E", rtl_mark[] = "\xE2\x80\x8F";

struct range {
    uint32_t first, last;
};

static bool is_in(uint32_t code, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

/* Scripts that are written without spaces and break between any two of their characters.
 * Hangul is not among them: its words stay whole, as its spaces allow. */
static bool breaks_anywhere(uint32_t code)
{
    static const struct range ranges[] = {{0x2E80, 0x303F}, {0x3040, 0x30FF},
                                          {0x31F0, 0x9FFF}, {0xF900, 0xFAFF},
                                          {0xFF01, 0xFF60}, {0x20000, 0x3FFFF}};
    return is_in(code, ranges, sizeof ranges / sizeof *ranges);
}

/* Closing marks, small kana, the marks of length and repetition: none begins a line. */
static bool begins_no_line(uint32_t code)
{
    static const uint32_t codes[] = {
        0x3001, 0x3002, 0x3005, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x301C,
        0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x30A1,
        0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7, 0x30FB, 0x30FC,
        0xFF01, 0xFF05, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, ',',    '.',
        ')',    '!',    '?',    ':',    ';',    '%',    0x201D, 0x2019, 0x2026, 0};
    for (size_t i = 0; codes[i]; i++) {
        if (codes[i] == code) {
            return true;
        }
    }
    return false;
}

static bool ends_no_line(uint32_t code)
{
    static const struct range ranges[] = {
        {0x3008, 0x3008}, {0x300A, 0x300A}, {0x300C, 0x300C}, {0x300E, 0x300E},
        {0x3010, 0x3010}, {0x3014, 0x3014}, {0xFF08, 0xFF08}, {'(', '('},
        {0x201C, 0x201C}, {0x2018, 0x2018}};
    return is_in(code, ranges, sizeof ranges / sizeof *ranges);
}

static bool is_blank(uint32_t code)
{
    return code == ' ' || code == '\t' || code == '\n' || code == 0x200B ||
           code == 0x2028 || code == 0x3000;
}

static bool may_break(uint32_t before, uint32_t after)
{
    if (begins_no_line(after) || ends_no_line(before)) {
        return false;
    }
    if (before == '-' || before == 0x2010 || before == 0x2014) {
        return after >= 'A';
    }
    return breaks_anywhere(before) || breaks_anywhere(after);
}

void wrap_begin(struct wrap *wrap, struct text *type, const char *text)
{
    wrap->text = text;
    wrap->length = strnlen(text, UINT16_MAX);
    wrap->type = type;
    wrap->rtl = false;
    wrap->cut = false;
    wrap->at = 0;
    wrap->count = 0;
    struct line *line = layout_text(type->layout, text, wrap->length);
    wrap->rtl = line && line->rtl;
    free(line);
}

/* Where the part that begins at BYTE ends. */
static size_t part_end(const struct wrap *wrap, size_t byte)
{
    uint32_t before = 0, code;
    utf8proc_int32_t state = 0;
    for (size_t at = byte, count = 0; at < wrap->length; count++) {
        size_t bytes = utf8_decode(wrap->text + at, wrap->length - at, &code);
        if (is_blank(code)) {
            return at;
        }
        bool cluster =
            count > 0 && utf8proc_grapheme_break_stateful((utf8proc_int32_t)before,
                                                          (utf8proc_int32_t)code, &state);
        if (cluster && (may_break(before, code) || count >= LONG_WORD)) {
            return at;
        }
        before = code;
        at += bytes;
    }
    return wrap->length;
}

/* Where the next letter after the blanks at BYTE stands. */
static size_t skip_blanks(const struct wrap *wrap, size_t byte)
{
    uint32_t code;
    while (byte < wrap->length) {
        size_t bytes = utf8_decode(wrap->text + byte, wrap->length - byte, &code);
        if (!is_blank(code)) {
            break;
        }
        byte += bytes;
    }
    return byte;
}

static int32_t advance_of(const struct wrap *wrap, size_t byte, size_t bytes)
{
    struct line *line = layout_text(wrap->type->layout, wrap->text + byte, bytes);
    int32_t advance = line ? (int32_t)line->advance : 0;
    free(line);
    return advance;
}

bool wrap_measure(struct wrap *wrap)
{
    size_t begin = skip_blanks(wrap, wrap->at);
    if (begin >= wrap->length) {
        return false;
    }
    if (wrap->count == WRAP_PARTS) {
        wrap->cut = true;
        return false;
    }
    size_t end = part_end(wrap, begin);
    size_t next = skip_blanks(wrap, end);
    int em = faces_em_px(wrap->type->faces);
    wrap->parts[wrap->count++] =
        (struct wrap_part){.byte = (uint16_t)begin,
                           .bytes = (uint16_t)(end - begin),
                           .advance = advance_of(wrap, begin, end - begin),
                           .blank = next > end ? em * 64 * 26 / 100 : 0};
    wrap->at = end;
    return true;
}

size_t wrap_break(const struct wrap *wrap, int em_px, int width_px, size_t most,
                  struct wrap_line *lines, bool *whole)
{
    int64_t measured = faces_em_px(wrap->type->faces);
    /* A line laid out whole may differ a little from the sum of its parts, by kerning. */
    int64_t width = (int64_t)width_px * 64 * measured / em_px * 99 / 100;
    size_t count = 0, i = 0;
    while (i < wrap->count && count < most) {
        const struct wrap_part *first = &wrap->parts[i], *last = first;
        int64_t used = first->advance;
        for (i++; i < wrap->count; i++) {
            used += last->blank + wrap->parts[i].advance;
            if (used > width) {
                break;
            }
            last = &wrap->parts[i];
        }
        lines[count++] = (struct wrap_line){
            first->byte, (uint16_t)(last->byte + last->bytes - first->byte)};
    }
    *whole = i == wrap->count && !wrap->cut;
    for (size_t j = 0; j < wrap->count && *whole; j++) {
        *whole = wrap->parts[j].advance <= width;
    }
    return count;
}

int wrap_balance(const struct wrap *wrap, int em_px, int width_px, size_t most)
{
    struct wrap_line lines[WRAP_LINES];
    bool whole;
    size_t wanted = wrap_break(wrap, em_px, width_px, most, lines, &whole);
    if (!whole) {
        return width_px;
    }
    int low = width_px / 2, high = width_px;
    while (low < high) {
        int middle = low + (high - low) / 2;
        size_t count = wrap_break(wrap, em_px, middle, most, lines, &whole);
        if (whole && count <= wanted) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return high;
}

/* A word less, or, where that would leave little, a letter. */
static size_t shorter(const char *text, size_t bytes)
{
    size_t word = bytes;
    while (word > 0 && text[word - 1] != ' ') {
        word--;
    }
    while (word > 0 && text[word - 1] == ' ') {
        word--;
    }
    return word > bytes / 2 ? word : utf8_floor(text, bytes - 1);
}

struct line *wrap_lay(const struct wrap *wrap, struct text *type, struct wrap_line line,
                      int width_px, bool rest)
{
    static const char dots[] = "…";
    char text[LINE_BYTES];
    size_t room = sizeof text - sizeof ltr_mark - sizeof dots;
    size_t bytes =
        utf8_floor(wrap->text + line.byte, line.bytes < room ? line.bytes : room);
    memcpy(text, wrap->rtl ? rtl_mark : ltr_mark, 3);
    memcpy(text + 3, wrap->text + line.byte, bytes);
    struct line *laid = NULL;
    do {
        size_t length = 3 + bytes;
        if (rest) {
            memcpy(text + length, dots, sizeof dots - 1);
            length += sizeof dots - 1;
        }
        free(laid);
        laid = layout_text(type->layout, text, length);
        if (!laid || layout_width_px(laid) <= width_px || bytes == 0) {
            break;
        }
        rest = true;
        bytes = shorter(text + 3, bytes);
    } while (true);
    return laid;
}
