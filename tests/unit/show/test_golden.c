/* Twenty headlines in many scripts against the glyphs that Pango's layout of them gave, with the
 * same fonts: family and glyph of every mark on the screen in visual order, and the width. They
 * lie outside of the tree and hold for one version of the fonts; the test says "skipped" where
 * either is not there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>
#include <math.h>

#include "show/layout.h"

#define SHARED "../../shared/text/"
#define FONTS  "/usr/share/fonts/"
enum { EM_PX = 64, LINE_BYTES = 65536, PATH_BYTES = 512 };

static const struct {
    const char *file;
    off_t bytes; /* of the version that the glyph numbers are from */
} fonts[] = {
    {FONTS "truetype/noto/NotoSans-Regular.ttf", 512672},
    {FONTS "truetype/noto/NotoSansArabic-Regular.ttf", 244072},
    {FONTS "truetype/noto/NotoSansBengali-Regular.ttf", 201964},
    {FONTS "truetype/noto/NotoSansDevanagari-Regular.ttf", 229336},
    {FONTS "truetype/noto/NotoSansHebrew-Regular.ttf", 26892},
    {FONTS "truetype/noto/NotoSansThai-Regular.ttf", 37744},
    {FONTS "opentype/noto/NotoSansCJK-Regular.ttc", 19484784},
    {FONTS "truetype/noto/NotoColorEmoji.ttf", 10980856},
};
enum { FONT_COUNT = sizeof fonts / sizeof *fonts };

struct fixture {
    char folder[64];
    struct faces *faces;
    struct layout *layout;
};

static void link_path(const struct fixture *fixture, size_t i, char *out)
{
    snprintf(out, PATH_BYTES, "%s/%s", fixture->folder, strrchr(fonts[i].file, '/') + 1);
}

/* The folder the glyphs were made with has these fonts and no other. */
static int set_up(void **state)
{
    static struct fixture fixture = {.folder = "/tmp/motograph-fonts-XXXXXX"};
    *state = &fixture;
    setenv("LC_ALL", "C", 1);
    if (!mkdtemp(fixture.folder)) {
        return -1;
    }
    for (size_t i = 0; i < FONT_COUNT; i++) {
        char path[PATH_BYTES];
        link_path(&fixture, i, path);
        if (symlink(fonts[i].file, path)) {
            return -1;
        }
    }
    fixture.faces = faces_new(EM_PX, fixture.folder);
    fixture.layout = layout_new(fixture.faces);
    return fixture.layout == NULL;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    layout_free(fixture->layout);
    faces_free(fixture->faces);
    for (size_t i = 0; i < FONT_COUNT; i++) {
        char path[PATH_BYTES];
        link_path(fixture, i, path);
        unlink(path);
    }
    return rmdir(fixture->folder);
}

static bool fonts_are_those(void)
{
    for (size_t i = 0; i < FONT_COUNT; i++) {
        struct stat status;
        if (stat(fonts[i].file, &status) || status.st_size != fonts[i].bytes) {
            print_message("%s is not there, or in another version (%lld bytes)\n",
                          fonts[i].file, (long long)status.st_size);
            return false;
        }
    }
    return true;
}

/* The family of a face; the faces of Noto Sans CJK share their glyphs, and the golden file has
 * the Japanese one throughout. */
static const char *family_of(FT_Library library, struct face_file file, char *out)
{
    FT_Face face;
    assert_false(FT_New_Face(library, file.path, file.index, &face));
    snprintf(out, PATH_BYTES, "%s",
             strstr(face->family_name, "CJK") ? "Noto Sans CJK JP" : face->family_name);
    FT_Done_Face(face);
    return out;
}

/* Appends "Family:glyph|" for each glyph of CHUNK that is neither white nor invisible. */
static size_t dump_chunk(struct fixture *fixture, FT_Library library,
                         const struct line *line, const struct chunk *chunk, char *out)
{
    char family[PATH_BYTES];
    family_of(library, faces_file(fixture->faces, chunk->face), family);
    hb_font_t *font = faces_hb(fixture->faces, chunk->face);
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, line->text, -1, chunk->byte, chunk->bytes);
    hb_buffer_set_direction(buffer,
                            chunk->level & 1 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, chunk->script);
    hb_shape(font, buffer, NULL, 0);
    unsigned count;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
    hb_codepoint_t space = 0;
    hb_font_get_nominal_glyph(font, ' ', &space);
    size_t used = 0;
    for (unsigned i = 0; i < count; i++) {
        if (info[i].codepoint != space) {
            used += (size_t)sprintf(out + used, "%s:%u|", family, info[i].codepoint);
        }
    }
    hb_buffer_destroy(buffer);
    return used;
}

static bool compare(struct fixture *fixture, FT_Library library, const char *text,
                    char *golden)
{
    static char got[LINE_BYTES];
    char *id = strtok(golden, "\t"), *direction = strtok(NULL, "\t");
    double width = strtod(strtok(NULL, "\t"), NULL);
    char *glyphs = strtok(NULL, "\t\n");
    struct line *line = layout_text(fixture->layout, text, strcspn(text, "\n"));
    size_t used = 0;
    for (size_t i = 0; i < line->count; i++) {
        used += dump_chunk(fixture, library, line, &line->chunks[i], got + used);
    }
    got[used ? used - 1 : 0] = '\0';
    double wide = (double)line->advance / 64;
    bool same = !strcmp(got, glyphs), fits = fabs(wide - width) <= width * 0.02,
         way = line->rtl == !strcmp(direction, "rtl");
    if (!same || !fits || !way) {
        print_message("%s: %s, width %.2f for %.2f\n got: %s\nwant: %s\n", id,
                      way ? "direction right" : "direction wrong", wide, width, got,
                      glyphs);
    }
    free(line);
    return same && fits && way;
}

static void test_golden(void **state)
{
    FILE *texts = fopen(SHARED "headlines.tsv", "r");
    FILE *golden = fopen(SHARED "headlines.golden.tsv", "r");
    if (!texts || !golden || !fonts_are_those()) {
        print_message("%s: golden headlines left out\n", SHARED);
        skip();
    }
    static char line[LINE_BYTES], want[LINE_BYTES];
    FT_Library library;
    assert_false(FT_Init_FreeType(&library));
    int right = 0, cases = 0;
    assert_non_null(fgets(line, sizeof line, texts)); /* the names of the columns */
    assert_non_null(fgets(want, sizeof want, golden));
    assert_non_null(fgets(want, sizeof want, golden));
    while (fgets(line, sizeof line, texts) && fgets(want, sizeof want, golden)) {
        assert_memory_equal(line, want, 3);
        const char *text = strchr(strchr(line, '\t') + 1, '\t') + 1;
        cases++;
        right += compare(*state, library, text, want);
    }
    FT_Done_FreeType(library);
    fclose(texts);
    fclose(golden);
    print_message("golden headlines: %d of %d\n", right, cases);
    assert_int_equal(cases, 20);
    assert_int_equal(right, cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_golden)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
