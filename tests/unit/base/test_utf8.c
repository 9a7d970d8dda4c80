/* Every sequence of one to three bytes against a table that is built the other way round:
 * from all code points, by dividing, what they are encoded as. */
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WHOLE = 1, BEGINNING = 2 };

/* What a sequence of 1, 2 or 3 bytes is, by its bytes as a number. */
static unsigned char one[1 << 8], two[1 << 16], *three;

static size_t encode_slowly(uint32_t code, unsigned char out[4])
{
    if (code < 128) {
        out[0] = (unsigned char)code;
        return 1;
    }
    size_t bytes = code < 2048 ? 2 : code < 65536 ? 3 : 4;
    for (size_t i = bytes - 1; i > 0; i--) {
        out[i] = (unsigned char)(128 + code % 64);
        code /= 64;
    }
    static const unsigned char lead[] = {0, 0, 192, 224, 240};
    out[0] = (unsigned char)(lead[bytes] + code);
    return bytes;
}

static int build_table(void **state)
{
    (void)state;
    three = calloc(1, 1 << 24);
    for (uint32_t code = 0; three && code <= 0x10FFFF; code++) {
        unsigned char b[4] = {0};
        if (code >= 0xD800 && code <= 0xDFFF) {
            continue;
        }
        size_t bytes = encode_slowly(code, b);
        one[b[0]] |= bytes == 1 ? WHOLE : BEGINNING;
        if (bytes >= 2) {
            two[b[0] << 8 | b[1]] |= bytes == 2 ? WHOLE : BEGINNING;
        }
        if (bytes >= 3) {
            three[b[0] << 16 | b[1] << 8 | b[2]] |= bytes == 3 ? WHOLE : BEGINNING;
        }
    }
    return three ? 0 : -1;
}

static int free_table(void **state)
{
    (void)state;
    free(three);
    return 0;
}

/* Bytes of the first thing in B, and in *WHOLE_ONE whether it is a code point. */
static size_t first_of(const unsigned char b[3], size_t length, bool *whole_one)
{
    const unsigned char kinds[] = {
        one[b[0]],
        length > 1 ? two[b[0] << 8 | b[1]] : 0,
        length > 2 ? three[b[0] << 16 | b[1] << 8 | b[2]] : 0,
    };
    size_t good = 1;
    for (size_t i = 0; i < length; i++) {
        if (kinds[i] & WHOLE) {
            *whole_one = true;
            return i + 1;
        }
        if (kinds[i] & BEGINNING) {
            good = i + 1;
        }
    }
    *whole_one = false;
    return good;
}

static void check(const unsigned char b[3], size_t length)
{
    const char *text = (const char *)b;
    bool whole, all_whole = true;
    size_t want = first_of(b, length, &whole);
    uint32_t code;
    if (utf8_decode(text, length, &code) != want || (!whole && code != UTF8_BAD)) {
        fail_msg("%02x %02x %02x of %zu", b[0], b[1], b[2], length);
    }
    unsigned char back[4];
    if (whole && (encode_slowly(code, back) != want || memcmp(back, b, want) != 0)) {
        fail_msg("%02x %02x %02x gives U+%04X", b[0], b[1], b[2], code);
    }
    for (size_t i = 0; i < length; i += want) {
        unsigned char rest[3] = {0};
        memcpy(rest, b + i, length - i);
        want = first_of(rest, length - i, &whole);
        all_whole = all_whole && whole;
    }
    if (utf8_valid(text, length) != all_whole) {
        fail_msg("%02x %02x %02x of %zu: valid is not %d", b[0], b[1], b[2], length,
                 all_whole);
    }
}

static void judges_every_short_sequence(void **state)
{
    (void)state;
    for (uint32_t n = 0; n < 1 << 24; n++) {
        unsigned char b[3] = {(unsigned char)(n >> 16), (unsigned char)(n >> 8),
                              (unsigned char)n};
        check(b, 3);
        if (n % 256 == 0) {
            check(b, 2);
        }
        if (n % 65536 == 0) {
            check(b, 1);
        }
    }
}

static void encodes_and_decodes_every_code_point(void **state)
{
    (void)state;
    for (uint32_t code = 0; code < 0x120000; code++) {
        char text[4] = {0};
        unsigned char slowly[4] = {0};
        bool scalar = code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
        size_t want = encode_slowly(scalar ? code : UTF8_BAD, slowly);
        uint32_t back;
        if (utf8_encode(code, text) != want || memcmp(text, slowly, want) != 0 ||
            utf8_decode(text, want, &back) != want ||
            back != (scalar ? code : (uint32_t)UTF8_BAD) || !utf8_valid(text, want)) {
            fail_msg("U+%04X", code);
        }
    }
    assert_int_equal(utf8_encode(UINT32_MAX, (char[4]){0}), 3);
}

static void refuses_malformed_four_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t bytes;
    } cases[] = {
        {"\xF0\x80\x80\x80", 1}, {"\xF0\x8F\xBF\xBF", 1}, {"\xF4\x90\x80\x80", 1},
        {"\xF5\x80\x80\x80", 1}, {"\xF0\x90\x80", 3},     {"\xF0\x90\x80g", 3},
        {"\xF4\x8F\xBF", 3},     {"\xF1\x80", 2},         {"\xFF\xFF\xFF\xFF", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t code;
        assert_int_equal(utf8_decode(cases[i].text, strlen(cases[i].text), &code),
                         cases[i].bytes);
        assert_int_equal(code, UTF8_BAD);
        assert_false(utf8_valid(cases[i].text, strlen(cases[i].text)));
    }
}

static void floor_keeps_sequences_whole(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t length, floor;
    } cases[] = {
        {"", 0, 0},
        {"abc", 2, 2},
        {"a\xC3\xA9z", 2, 1},
        {"a\xC3\xA9z", 3, 3},
        {"\xE2\x82\xAC", 1, 0},
        {"\xE2\x82\xAC", 2, 0},
        {"\xE2\x82\xAC", 3, 3},
        {"x\xF0\x9F\x98\x80", 4, 1},
        {"x\xF0\x9F\x98\x80", 3, 1},
        {"x\xF0\x9F\x98\x80", 5, 5},
        {"\x80\x80\x80\x80\x80", 4, 4},
        {"\xFF\xFF", 1, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(utf8_floor(cases[i].text, cases[i].length), cases[i].floor);
    }
}

static void takes_the_replacement_character_itself(void **state)
{
    (void)state;
    uint32_t code;
    assert_true(utf8_valid("\xEF\xBF\xBD", 3));
    assert_int_equal(utf8_decode("\xEF\xBF\xBD", 3, &code), 3);
    assert_int_equal(code, UTF8_BAD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_every_short_sequence),
        cmocka_unit_test(encodes_and_decodes_every_code_point),
        cmocka_unit_test(refuses_malformed_four_bytes),
        cmocka_unit_test(floor_keeps_sequences_whole),
        cmocka_unit_test(takes_the_replacement_character_itself),
    };
    return cmocka_run_group_tests(tests, build_table, free_table);
}
