/* Which font draws what: the chain, a folder of one's own, emoji, words that must not part, and
 * fonts that are broken. Fonts of packages that are not installed leave their cases out. */
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

#include "base/loghold.h"
#include "show/layout.h"

#define NOTO "/usr/share/fonts/truetype/noto/"
enum { EM_PX = 64, LOG_BYTES = 1 << 16, PATH_BYTES = 256, FILES_MAX = 8 };

/* A folder of fonts, links or made, that is swept away at the end. */
struct folder {
    char path[32];
    char files[FILES_MAX][PATH_BYTES];
    size_t count;
};

static struct folder folder_make(void)
{
    struct folder folder = {.path = "/tmp/motograph-faces-XXXXXX"};
    assert_non_null(mkdtemp(folder.path));
    return folder;
}

static const char *folder_add(struct folder *folder, const char *name)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    return memcpy(folder->files[folder->count++], path, sizeof path);
}

static void folder_link(struct folder *folder, const char *name, const char *font)
{
    assert_int_equal(symlink(font, folder_add(folder, name)), 0);
}

/* The first BYTES of FONT. */
static void folder_cut(struct folder *folder, const char *name, const char *font,
                       size_t bytes)
{
    char *copy = malloc(bytes + 1);
    FILE *in = fopen(font, "rb"), *out = fopen(folder_add(folder, name), "wb");
    assert_true(in && out && copy);
    assert_int_equal(fread(copy, 1, bytes, in), bytes);
    assert_int_equal(fwrite(copy, 1, bytes, out), bytes);
    fclose(in);
    fclose(out);
    free(copy);
}

static void folder_sweep(struct folder *folder)
{
    for (size_t i = 0; i < folder->count; i++) {
        unlink(folder->files[i]);
    }
    assert_int_equal(rmdir(folder->path), 0);
}

static bool need(const char *font)
{
    bool there = access(font, R_OK) == 0;
    if (!there) {
        print_message("%s is not there: cases left out\n", font);
    }
    return there;
}

/* What goes to stderr between the two. */
static int saved_stderr;
static FILE *caught;

static void catch_log(void)
{
    loghold_reset(); /* what was said in the case before is said again */
    fflush(stderr);
    saved_stderr = dup(STDERR_FILENO);
    caught = tmpfile();
    assert_true(caught && dup2(fileno(caught), STDERR_FILENO) >= 0);
}

static const char *caught_log(void)
{
    static char log[LOG_BYTES];
    fflush(stderr);
    assert_true(dup2(saved_stderr, STDERR_FILENO) >= 0);
    close(saved_stderr);
    rewind(caught);
    log[fread(log, 1, sizeof log - 1, caught)] = '\0';
    fclose(caught);
    return log;
}

static size_t times(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)); text++) {
        count++;
    }
    return count;
}

/* "text=font:face|..." of the chunks in logical order, white space left out; the embedded face
 * is "own". */
static void describe(const char *font_dir, const char *text, char *out, size_t room)
{
    struct faces *faces = faces_new(EM_PX, font_dir);
    struct layout *layout = layout_new(faces);
    struct line *line = layout_text(layout, text, strlen(text));
    assert_non_null(line);
    size_t used = 0;
    out[0] = '\0';
    for (size_t byte = 0; byte < strlen(line->text);) {
        const struct chunk *chunk = NULL;
        for (size_t i = 0; i < line->count && !chunk; i++) {
            chunk = line->chunks[i].byte == byte ? &line->chunks[i] : NULL;
        }
        byte += chunk ? chunk->bytes : 1;
        int bytes = chunk ? chunk->bytes : 0;
        while (bytes && line->text[chunk->byte + (size_t)bytes - 1] == ' ') {
            bytes--;
        }
        if (bytes) {
            struct face_file file = faces_file(faces, chunk->face);
            used += (size_t)snprintf(out + used, room - used, "%s%.*s=%s:%ld",
                                     used ? "|" : "", bytes, line->text + chunk->byte,
                                     file.path ? strrchr(file.path, '/') + 1 : "own",
                                     file.index);
        }
    }
    free(line);
    layout_free(layout);
    faces_free(faces);
}

static void check(const char *font_dir, const char *text, const char *want)
{
    char got[2048];
    describe(font_dir, text, got, sizeof got);
    assert_string_equal(got, want);
}

#define EMOJI_TTF   "NotoColorEmoji.ttf:0"
#define SYMBOLS_TTF "NotoSansSymbols2-Regular.ttf:0"
#define ARABIC_TTF  "NotoSansArabic-Regular.ttf:0"
#define HEBREW_TTF  "NotoSansHebrew-Regular.ttf:0"

static void test_emoji(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"1 # * © 2", "1=own:0|#=own:0|*=own:0|©=own:0|2=own:0"},
        {"1️⃣", "1️⃣=" EMOJI_TTF},
        {"😀1", "😀=" EMOJI_TTF "|1=own:0"},
        {"🗺", "🗺=" SYMBOLS_TTF},
        {"☀️", "☀️=" EMOJI_TTF},
        {"🗺︎", "🗺︎=" SYMBOLS_TTF},
        {"⌚", "⌚=" EMOJI_TTF},
        {"⌚︎", "⌚︎=" SYMBOLS_TTF},
        {"👍🏽🇺🇦🇯🇵",
         "👍🏽=" EMOJI_TTF "|🇺🇦=" EMOJI_TTF "|🇯🇵=" EMOJI_TTF},
        {"👩‍👩‍👧‍👦!", "👩‍👩‍👧‍👦=" EMOJI_TTF "|!=own:0"},
        {"❤‍🔥", "❤‍🔥=" EMOJI_TTF},
        {"🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿=" EMOJI_TTF},
        {"a️b", "a️b=own:0"},
    };
    (void)state;
    if (!need(NOTO "NotoColorEmoji.ttf") || !need(NOTO "NotoSansSymbols2-Regular.ttf")) {
        skip();
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check(NULL, cases[i].text, cases[i].want);
    }
}

static void test_chain(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"news", "news=own:0"},
        {"(שלום) 12", "(=own:0|שלום=" HEBREW_TTF "|)=own:0|12=own:0"},
        {"سلام، 12", "سلام،=" ARABIC_TTF "|12=own:0"},
        /* A comma that Arabic, Syriac and others share, among letters that do not have it. */
        {"שלום؟", "שלום=" HEBREW_TTF "|؟=" ARABIC_TTF},
        {"ܫܠܡܐ", "ܫܠܡܐ=NotoSansSyriac-Regular.ttf:0"},
        {"ߒߞߏ", "ߒߞߏ=NotoSansNKo-Regular.ttf:0"},
        {"ᠮᠣᠩᠭᠣᠯ", "ᠮᠣᠩᠭᠣᠯ=NotoSansMongolian-Regular.ttf:0"},
        {"∞", "∞=NotoSansMath-Regular.ttf:0"},
    };
    (void)state;
    if (!need(NOTO "NotoSansArabic-Regular.ttf")) {
        skip();
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (strcmp(cases[i].text, "∞") || access("/usr/share/fonts/opentype/noto/"
                                                 "NotoSansCJK-Regular.ttc",
                                                 R_OK)) {
            check(NULL, cases[i].text, cases[i].want);
        }
    }
}

/* Han is drawn as its company or the locale has it. */
static void test_han(void **state)
{
    (void)state;
    static const struct {
        const char *locale;
        long index;
    } places[] = {{NULL, 0},          {"C", 0},           {"de_DE.UTF-8", 0},
                  {"ja_JP.UTF-8", 0}, {"ko_KR.UTF-8", 1}, {"zh_CN", 2},
                  {"zh_SG.UTF-8", 2}, {"zh_TW.UTF-8", 3}, {"zh_HK.UTF-8", 4},
                  {"zh_MO", 4},       {"zh_Hant_TW", 3}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        assert_int_equal(fontset_han(places[i].locale), places[i].index);
    }
    if (!need("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")) {
        skip();
    }
    setenv("LC_ALL", "zh_TW.UTF-8", 1);
    check(NULL, "三百点", "三百点=NotoSansCJK-Regular.ttc:3");
    check(NULL, "三百のか",
          "三百=NotoSansCJK-Regular.ttc:0|のか=NotoSansCJK-Regular.ttc:0");
    check(NULL, "三百 서울",
          "三百=NotoSansCJK-Regular.ttc:1|서울=NotoSansCJK-Regular.ttc:1");
    setenv("LC_ALL", "C", 1);
    check(NULL, "三百点，", "三百点，=NotoSansCJK-Regular.ttc:0");
}

/* The order of a folder: Noto Sans, the chain's own, others by name, the embedded face, symbols;
 * no bold where there is a regular. */
static void test_folder(void **state)
{
    (void)state;
    if (!need(NOTO "NotoSansMath-Regular.ttf") || !need(NOTO "NotoSerif-Regular.ttf")) {
        skip();
    }
    struct folder folder = folder_make();
    folder_link(&folder, "NotoSansMath-Regular.ttf", NOTO "NotoSansMath-Regular.ttf");
    check(folder.path, "A1∞", "A1=own:0|∞=NotoSansMath-Regular.ttf:0");
    folder_link(&folder, "NotoSansHebrew-Bold.ttf", NOTO "NotoSansHebrew-Bold.ttf");
    check(folder.path, "שלום", "שלום=NotoSansHebrew-Bold.ttf:0");
    folder_link(&folder, "NotoSansHebrew-Regular.ttf", NOTO "NotoSansHebrew-Regular.ttf");
    check(folder.path, "שלום", "שלום=" HEBREW_TTF);
    folder_link(&folder, "Another-Bold.ttf", NOTO "NotoSerif-Bold.ttf");
    check(folder.path, "A1∞", "A1=Another-Bold.ttf:0|∞=NotoSansMath-Regular.ttf:0");
    folder_link(&folder, "Another.ttf", NOTO "NotoSerif-Regular.ttf");
    check(folder.path, "A1∞", "A1=Another.ttf:0|∞=NotoSansMath-Regular.ttf:0");
    folder_link(&folder, "NotoSans-Regular.ttf", NOTO "NotoSans-Regular.ttf");
    check(folder.path, "A1∞", "A1=NotoSans-Regular.ttf:0|∞=NotoSansMath-Regular.ttf:0");
    folder_sweep(&folder);
}

/* One letter that the first font lacks takes the whole word to the second. */
static void test_word(void **state)
{
    (void)state;
    if (!need(NOTO "NotoNastaliqUrdu-Regular.ttf")) {
        skip();
    }
    struct folder folder = folder_make();
    folder_link(&folder, "a.ttf", NOTO "NotoNastaliqUrdu-Regular.ttf");
    folder_link(&folder, "b.ttf", NOTO "NotoSansArabic-Regular.ttf");
    check(folder.path, "بكر بڪر بكر", "بكر=a.ttf:0|بڪر=b.ttf:0|بكر=a.ttf:0");
    folder_sweep(&folder);
    /* Where no font has the word its letters part, and are asked to join all the same. */
    struct faces *faces = faces_new(EM_PX, NULL);
    struct layout *layout = layout_new(faces);
    struct line *line = layout_text(layout, "بܒ", strlen("بܒ"));
    assert_int_equal(line->count, 2);
    assert_true(line->chunks[1].joins_after && line->chunks[0].joins_before);
    free(line);
    layout_free(layout);
    faces_free(faces);
}

/* A mark that no font has behind its base goes; what a font can compose stays. */
static void test_marks(void **state)
{
    (void)state;
    struct folder folder = folder_make();
    catch_log();
    check(folder.path, "e\u0301q\U0001E8D0z", "e\u0301qz=own:0");
    const char *log = caught_log();
    assert_int_equal(times(log, "U+1E8D0"), 1);
    folder_sweep(&folder);
}

static void test_missing_once(void **state)
{
    (void)state;
    struct faces *faces = faces_new(EM_PX, NULL);
    struct layout *layout = layout_new(faces);
    const char *text = "a\U000F0000\U000F0000b\U000F0001";
    catch_log();
    struct line *line = layout_text(layout, text, strlen(text));
    struct line *again = layout_text(layout, text, strlen(text));
    const char *log = caught_log();
    assert_int_equal(times(log, "U+F0000:"), 1);
    assert_int_equal(times(log, "U+F0001:"), 1);
    assert_int_equal(times(log, "\n"), 2);
    struct line *plain = layout_text(layout, "ab", 2);
    assert_int_equal(line->advance, plain->advance);
    free(plain);
    free(again);
    free(line);
    layout_free(layout);
    faces_free(faces);
}

/* A file that ends too early, is no font, or is not there to be read: one line with its name,
 * and the next font. */
static void test_broken_files(void **state)
{
    (void)state;
    if (!need(NOTO "NotoSansHebrew-Regular.ttf")) {
        skip();
    }
    static const size_t cuts[] = {0, 10, 200, 5000, 15000, 26000};
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        struct folder folder = folder_make();
        folder_cut(&folder, "NotoSansHebrew-Regular.ttf",
                   NOTO "NotoSansHebrew-Regular.ttf", cuts[i]);
        catch_log();
        check(folder.path, "news שלום news", "news=own:0|news=own:0");
        const char *log = caught_log();
        assert_int_equal(times(log, folder.files[0]), 1);
        assert_non_null(strstr(log, "not a usable font"));
        folder_link(&folder, "Other.ttf", NOTO "NotoSansHebrew-Regular.ttf");
        catch_log();
        check(folder.path, "שלום", "שלום=Other.ttf:0");
        assert_int_equal(times(caught_log(), "\n"), 1);
        folder_sweep(&folder);
    }
    catch_log();
    check("/nowhere", "news", "news=own:0");
    assert_non_null(strstr(caught_log(), "/nowhere"));
}

/* A font whose rules draw glyph 0 for a letter it says it has: the next one draws it; if there
 * is none it is left out. */
static void test_glyph_0(void **state)
{
    (void)state;
    const char *font = getenv("BROKEN_FONT");
    if (!font || !need(font)) {
        print_message("BROKEN_FONT names no font\n");
        skip();
    }
    struct folder folder = folder_make();
    folder_link(&folder, "a.ttf", font);
    check(folder.path, "an aqua", "an=a.ttf:0|a=a.ttf:0|q=own:0|ua=a.ttf:0");
    catch_log();
    check(folder.path, "a\uE000b", "a=a.ttf:0|b=a.ttf:0");
    assert_int_equal(times(caught_log(), "U+E000"), 1);
    folder_sweep(&folder);
}

/* A font may have a letter with its mark and not the mark. */
static void test_composed(void **state)
{
    (void)state;
    static const uint32_t e_acute[] = {'e', 0x301}, q_acute[] = {'q', 0x301};
    const uint32_t latin = FONTSET_TAG('L', 'a', 't', 'n');
    const char *font = getenv("BROKEN_FONT");
    if (!font || !need(font)) {
        skip();
    }
    struct folder folder = folder_make();
    folder_link(&folder, "a.ttf", font);
    struct faces *faces = faces_new(EM_PX, folder.path);
    assert_false(faces_cover(faces, 0, e_acute, 2));
    assert_true(faces_compose(faces, 0, e_acute, 2, latin));
    assert_false(faces_compose(faces, 0, q_acute, 2, latin));
    faces_free(faces);
    folder_sweep(&folder);
}

/* A font that is named comes first, for what it has; the chain draws the rest, and all where the
 * file is none. */
static void test_preferred(void **state)
{
    (void)state;
    static const char serif[] = "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf";
    static const uint32_t letters[] = {'A', 0x5D0};
    const uint32_t latin = FONTSET_TAG('L', 'a', 't', 'n');
    const uint32_t hebrew = FONTSET_TAG('H', 'e', 'b', 'r');
    if (!need(serif)) {
        skip();
    }
    static const char *const paths[] = {serif, "/nowhere/a.ttf", "", NULL};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct faces *faces = faces_new(EM_PX, NULL);
        faces_prefer(faces, paths[i]);
        uint8_t face = faces_find(faces, &letters[0], 1, latin);
        assert_int_not_equal(face, FACE_NONE);
        const char *path = faces_file(faces, face).path;
        assert_int_equal(path && strcmp(path, serif) == 0, i == 0);
        face = faces_find(faces, &letters[1], 1, hebrew);
        path = face == FACE_NONE ? NULL : faces_file(faces, face).path;
        assert_true(!path || strcmp(path, serif) != 0);
        faces_free(faces);
    }
}

int main(void)
{
    setenv("LC_ALL", "C", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_emoji),        cmocka_unit_test(test_chain),
        cmocka_unit_test(test_han),          cmocka_unit_test(test_folder),
        cmocka_unit_test(test_word),         cmocka_unit_test(test_marks),
        cmocka_unit_test(test_missing_once), cmocka_unit_test(test_broken_files),
        cmocka_unit_test(test_glyph_0),      cmocka_unit_test(test_composed),
        cmocka_unit_test(test_preferred),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
