/* Unicode's own test files against our code: levels and order of every case of
 * BidiCharacterTest, clusters of GraphemeBreakTest, and every fully-qualified emoji as one
 * cluster, one chunk and one glyph. The files are those of Debian's package unicode-data. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <hb.h>

#include "base/utf8.h"
#include "show/bidi.h"
#include "show/emoji.h"
#include "show/itemize.h"
#include "show/layout.h"

#define FOLDER "/usr/share/unicode/"
enum { CODES_MAX = 256, LINE_BYTES = 8192 };

static FILE *open_data(const char *name)
{
    char path[256];
    snprintf(path, sizeof path, FOLDER "%s", name);
    FILE *file = fopen(path, "r");
    if (!file) {
        print_message("%s is not there: install unicode-data\n", path);
        skip();
    }
    return file;
}

/* Hexadecimal code points from *P up to END or the end of the line. */
static size_t read_codes(char **p, char end, uint32_t *codes)
{
    size_t count = 0;
    while (**p && **p != end && count < CODES_MAX) {
        char *next;
        unsigned long code = strtoul(*p, &next, 16);
        if (next == *p) {
            break;
        }
        codes[count++] = (uint32_t)code;
        for (*p = next; **p == ' ';) {
            ++*p;
        }
    }
    *p += **p == end && end;
    return count;
}

/* The case's places of the line, where characters that rule X9 removes are passed over. */
static size_t visible_order(const int8_t *levels, const bool *removed, size_t count,
                            uint32_t *order)
{
    uint8_t kept[CODES_MAX];
    uint32_t index[CODES_MAX], visual[CODES_MAX];
    size_t visible = 0;
    for (size_t i = 0; i < count; i++) {
        if (!removed[i]) {
            kept[visible] = (uint8_t)levels[i];
            index[visible++] = (uint32_t)i;
        }
    }
    bidi_order(kept, visible, visual);
    for (size_t i = 0; i < visible; i++) {
        order[i] = index[visual[i]];
    }
    return visible;
}

static bool bidi_case(char *line)
{
    static const enum bidi_base bases[] = {BIDI_LTR, BIDI_RTL, BIDI_AUTO};
    uint32_t codes[CODES_MAX], types[CODES_MAX], brackets[CODES_MAX], order[CODES_MAX];
    int8_t levels[CODES_MAX];
    bool removed[CODES_MAX];
    char *p = line;
    size_t count = read_codes(&p, ';', codes);
    enum bidi_base base = bases[strtol(p, &p, 10) % 3];
    int paragraph = (int)strtol(p + 1, &p, 10);
    if (bidi_levels(codes, count, base, levels, types, brackets) != paragraph) {
        return false;
    }
    p++;
    for (size_t i = 0; i < count; i++, p++) {
        removed[i] = *p == 'x';
        if (removed[i]) {
            p++;
        } else if (strtol(p, &p, 10) != levels[i]) {
            return false;
        }
    }
    size_t visible = visible_order(levels, removed, count, order);
    for (size_t i = 0; i < visible; i++) {
        if (strtoul(p, &p, 10) != order[i]) {
            return false;
        }
    }
    return *p == '\n' || *p == '\0';
}

static void test_bidi(void **state)
{
    (void)state;
    FILE *file = open_data("BidiCharacterTest.txt");
    static char line[LINE_BYTES];
    int cases = 0, wrong = 0;
    while (fgets(line, sizeof line, file)) {
        if (line[0] != '#' && line[0] != '\n') {
            char copy[LINE_BYTES];
            memcpy(copy, line, sizeof copy);
            cases++;
            if (!bidi_case(copy) && wrong++ < 5) {
                print_message("wrong: %s", line);
            }
        }
    }
    fclose(file);
    print_message("BidiCharacterTest: %d cases, %d wrong\n", cases, wrong);
    assert_true(cases > 90000);
    assert_int_equal(wrong, 0);
}

static bool cluster_case(const char *line)
{
    uint32_t codes[CODES_MAX];
    uint8_t wanted[CODES_MAX], starts[CODES_MAX];
    size_t count = 0;
    bool breaks = true;
    for (const char *p = line; *p && *p != '#' && *p != '\n';) {
        if (!strncmp(p, "÷", strlen("÷")) || !strncmp(p, "×", strlen("×"))) {
            breaks = !strncmp(p, "÷", strlen("÷"));
            p += strlen("÷");
        } else if (*p == ' ' || *p == '\t') {
            p++;
        } else {
            char *next;
            codes[count] = (uint32_t)strtoul(p, &next, 16);
            wanted[count++] = breaks;
            p = next;
        }
    }
    itemize_clusters(codes, count, starts);
    return memcmp(wanted, starts, count) == 0;
}

static void test_clusters(void **state)
{
    (void)state;
    FILE *file = open_data("auxiliary/GraphemeBreakTest.txt");
    static char line[LINE_BYTES];
    int cases = 0, wrong = 0;
    while (fgets(line, sizeof line, file)) {
        if (line[0] != '#' && line[0] != '\n') {
            cases++;
            if (!cluster_case(line) && wrong++ < 5) {
                print_message("wrong: %s", line);
            }
        }
    }
    fclose(file);
    print_message("GraphemeBreakTest: %d cases, %d wrong\n", cases, wrong);
    assert_true(cases >= 600);
    assert_int_equal(wrong, 0);
}

static bool is_one_glyph(struct faces *faces, const struct line *line)
{
    const struct chunk *chunk = line->chunks;
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, line->text, (int)strlen(line->text), 0, -1);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, chunk->script);
    hb_shape(faces_hb(faces, chunk->face), buffer, NULL, 0);
    unsigned count;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
    bool one = count == 1 && info[0].codepoint != 0;
    hb_buffer_destroy(buffer);
    return one;
}

static bool emoji_case(struct faces *faces, struct layout *layout, uint32_t *codes,
                       size_t count)
{
    uint8_t starts[CODES_MAX];
    char text[CODES_MAX * 4];
    size_t bytes = 0, clusters = 0;
    itemize_clusters(codes, count, starts);
    for (size_t i = 0; i < count; i++) {
        clusters += starts[i];
        bytes += utf8_encode(codes[i], text + bytes);
    }
    struct line *line = layout_text(layout, text, bytes);
    bool good = clusters == 1 && emoji_cluster(codes, count) && line &&
                line->count == 1 && faces_strike_px(faces, line->chunks->face) > 0 &&
                line->chunks->ink.right > line->chunks->ink.left &&
                is_one_glyph(faces, line);
    free(line);
    return good;
}

static void test_emoji(void **state)
{
    (void)state;
    FILE *file = open_data("emoji/emoji-test.txt");
    struct faces *faces = faces_new(64, NULL);
    struct layout *layout = layout_new(faces);
    bool there = faces_serve(faces, FONTSET_EMOJI);
    static char line[LINE_BYTES];
    int cases = 0, wrong = 0;
    while (there && fgets(line, sizeof line, file)) {
        uint32_t codes[CODES_MAX];
        char *p = line;
        size_t count = line[0] == '#' ? 0 : read_codes(&p, ';', codes);
        if (count && strstr(p, "fully-qualified") && !strstr(p, "minimally-qualified") &&
            !strstr(p, "unqualified")) {
            cases++;
            if (!emoji_case(faces, layout, codes, count) && wrong++ < 5) {
                print_message("wrong: %s", line);
            }
        }
    }
    fclose(file);
    layout_free(layout);
    faces_free(faces);
    if (!there) {
        print_message("no colour emoji font: install fonts-noto-color-emoji\n");
        skip();
    }
    print_message("emoji-test: %d fully-qualified, %d wrong\n", cases, wrong);
    assert_true(cases > 3600);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bidi),
        cmocka_unit_test(test_clusters),
        cmocka_unit_test(test_emoji),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
