/* Colours, what is reported of a theme's text and with which line, and that the built-in
 * themes are whole and can be read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "show/embedded.h"
#include "show/theme.h"

static char faults[2000];

static void take_fault(void *user, const struct config_fault *fault)
{
    (void)user;
    size_t used = strlen(faults);
    snprintf(faults + used, sizeof faults - used, "%s:%zu: %s\n", fault->file,
             fault->line, fault->text);
}

static size_t read_over_night(struct theme *theme, const char *text)
{
    faults[0] = '\0';
    theme_open(theme, "night", NULL, NULL);
    return theme_read(theme, "t.conf", text, strlen(text), take_fault, NULL);
}

static void reads_colours(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool valid;
        SDL_Color colour;
    } cases[] = {
        {"#0b0f14", true, {11, 15, 20, 255}},
        {"#FFF", true, {255, 255, 255, 255}},
        {"#1a2", true, {0x11, 0xaa, 0x22, 255}},
        {"#ABCDEF", true, {0xab, 0xcd, 0xef, 255}},
        {"", false, {0}},
        {"#12", false, {0}},
        {"#12345", false, {0}},
        {"123456", false, {0}},
        {"#12345g", false, {0}},
        {"red", false, {0}},
        {"#1234567", false, {0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        SDL_Color colour = {1, 2, 3, 4};
        assert_int_equal(theme_colour(cases[i].text, strlen(cases[i].text), &colour),
                         cases[i].valid);
        SDL_Color wanted = cases[i].valid ? cases[i].colour : (SDL_Color){1, 2, 3, 4};
        assert_memory_equal(&colour, &wanted, sizeof colour);
    }
}

static void measures_contrast(void **state)
{
    (void)state;
    SDL_Color black = {0, 0, 0, 255}, white = {255, 255, 255, 255};
    SDL_Color grey = {0x76, 0x76, 0x76, 255}; /* 4.54:1, the known lightest on white */
    assert_true(theme_contrast(black, white) > 20.99);
    assert_true(theme_contrast(white, black) < 21.01);
    assert_true(theme_contrast(grey, white) > 4.53 && theme_contrast(grey, white) < 4.55);
    assert_true(theme_contrast(grey, grey) == 1);
    /* Whatever a source's colour is, its label can be read. */
    for (int i = 0; i < 256 * 8; i++) {
        SDL_Color fill = {(Uint8)(i * 7), (Uint8)(i / 8), (Uint8)(i * 31), 255};
        assert_true(theme_contrast(fill, theme_ink(fill, white)) >= 4.5);
    }
    SDL_Color navy = {0, 0, 0x80, 255};
    SDL_Color ink = theme_ink(navy, (SDL_Color){255, 255, 0, 255});
    assert_int_equal(ink.b, 0); /* what was wanted, where it can be read */
}

static void names_faults_with_their_lines(void **state)
{
    (void)state;
    static const struct {
        const char *text, *fault;
    } cases[] = {
        {"[colours]\ntext = reddish\n",
         "t.conf:2: text cannot be \"reddish\"; allowed: #RGB"},
        {"[colours]\n\ntxet = #fff\n",
         "t.conf:3: unknown key \"txet\" in [colours]; allowed: "
         "background, headline"},
        {"[colours]\ntxet = #fff\n", "did you mean \"text\"?"},
        {"[colors]\ntext = #fff\n", "t.conf:1: unknown section [colors]"},
        {"[fonts]\nheadline = /nowhere/a.ttf\n",
         "t.conf:2: headline cannot be \"/nowhere/a.ttf\"; allowed: /path/of/a/font"},
        {"[fonts]\n\nlabel = /proc/self/exe\n", "t.conf:3: label cannot be"},
        {"[fonts]\nlabel = a.ttf\n", "t.conf:2: label cannot be"},
        {"[words]\nflash =\n", "t.conf:2: flash cannot be \"\"; allowed: 1 to 31"},
        {"[colours]\nflash-text = #c00\n", "t.conf:2: flash-text on flash is hard"},
        {"[sizes]\ntext = 95\n", "t.conf:2: text cannot be \"95\"; allowed: 10 to 90"},
        {"[colours]\ntext\n", "t.conf:2: line without '='"},
        {"[colours]\ntext = #24364a\n",
         "t.conf:2: text on band is hard to read: contrast 1."},
        {"[colours]\nmuted = #fff\n\nbackground = #eee\n",
         "t.conf:4: muted on background"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct theme theme;
        assert_true(read_over_night(&theme, cases[i].text) > 0);
        if (!strstr(faults, cases[i].fault)) {
            fail_msg("%s: %s", cases[i].fault, faults);
        }
    }
}

static void a_fault_leaves_the_rest(void **state)
{
    (void)state;
    struct theme theme, night;
    theme_open(&night, "night", NULL, NULL);
    assert_int_equal(read_over_night(&theme, "[colours]\nband = blue\nedge = #f00\n"
                                             "[sizes]\ntext = 50\n"),
                     1);
    assert_memory_equal(&theme.band, &night.band, sizeof theme.band);
    assert_int_equal(theme.edge.r, 255);
    assert_int_equal(theme.edge.g, 0);
    assert_int_equal(theme.text_percent, 50);
}

static void built_in_themes_are_whole(void **state)
{
    (void)state;
    const unsigned char *const texts[][2] = {
        {embedded_night, embedded_night_end},
        {embedded_day, embedded_day_end},
        {embedded_contrast, embedded_contrast_end},
        {embedded_broadcast, embedded_broadcast_end},
    };
    struct theme themes[4];
    for (size_t i = 0; theme_names[i]; i++) {
        faults[0] = '\0';
        struct theme theme;
        memset(&theme, 0xEE, sizeof theme); /* what a key forgets is seen */
        assert_int_equal(theme_read(&theme, theme_names[i], (const char *)texts[i][0],
                                    (size_t)(texts[i][1] - texts[i][0]), take_fault,
                                    NULL),
                         0);
        assert_string_equal(faults, "");
        assert_int_equal(theme_open(&themes[i], theme_names[i], take_fault, NULL), 0);
        assert_memory_equal(&theme, &themes[i], sizeof theme);
        assert_true(i == 0 || memcmp(&themes[i], &themes[0], sizeof theme) != 0);
    }
}

static void opens_a_file(void **state)
{
    (void)state;
    char path[] = "/tmp/motograph-theme-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    FILE *out = fdopen(file, "w");
    fputs("[colours]\nedge = #123456\nbad = 1\n", out);
    fclose(out);
    struct theme theme, night;
    theme_open(&night, "night", NULL, NULL);
    faults[0] = '\0';
    assert_int_equal(theme_open(&theme, path, take_fault, NULL), 1);
    assert_non_null(strstr(faults, ":3: unknown key"));
    assert_int_equal(theme.edge.r, 0x12);
    remove(path);
    faults[0] = '\0';
    assert_int_equal(theme_open(&theme, path, take_fault, NULL), 1);
    assert_non_null(strstr(faults, "cannot be read"));
    assert_memory_equal(&theme, &night, sizeof theme);
    assert_int_equal(theme_open(&theme, "nigth", NULL, NULL), 1);
    assert_memory_equal(&theme, &night, sizeof theme);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_colours),
        cmocka_unit_test(measures_contrast),
        cmocka_unit_test(names_faults_with_their_lines),
        cmocka_unit_test(a_fault_leaves_the_rest),
        cmocka_unit_test(built_in_themes_are_whole),
        cmocka_unit_test(opens_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
