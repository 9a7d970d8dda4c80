/* One table of keys: where each stands, what it is, and, for text, what it must be read on.
 * The default theme is the built-in file like the others, so the program has no second set of
 * colours that could differ from it. */
#include "show/theme.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/config_fault.h"
#include "base/config_number.h"
#include "base/ini.h"
#include "base/spelling.h"
#include "show/embedded.h"

enum { FILE_BYTES = 64 << 10 };

/* WCAG 2.1, 1.4.3, level AA, for text of any size. */
#define CONTRAST_MIN 4.5

enum key_type { KEY_COLOUR, KEY_PERCENT, KEY_WORD, KEY_FONT };

struct key {
    const char *section, *name;
    enum key_type type;
    size_t offset;
    const char
        *ground;   /* of the same section: what this text stands on; NULL = no text */
    int low, high; /* of a per cent */
};

#define AT(member) offsetof(struct theme, member)

static const struct key keys[] = {
    {"colours", "background", KEY_COLOUR, AT(background), NULL, 0, 0},
    {"colours", "headline", KEY_COLOUR, AT(headline), "background", 0, 0},
    {"colours", "deck", KEY_COLOUR, AT(deck), "background", 0, 0},
    {"colours", "muted", KEY_COLOUR, AT(muted), "background", 0, 0},
    {"colours", "label", KEY_COLOUR, AT(label), NULL, 0, 0},
    {"colours", "label-text", KEY_COLOUR, AT(label_text), "label", 0, 0},
    {"colours", "flash", KEY_COLOUR, AT(flash), NULL, 0, 0},
    {"colours", "flash-text", KEY_COLOUR, AT(flash_text), "flash", 0, 0},
    {"colours", "band", KEY_COLOUR, AT(band), NULL, 0, 0},
    {"colours", "text", KEY_COLOUR, AT(text), "band", 0, 0},
    {"colours", "mark", KEY_COLOUR, AT(mark), NULL, 0, 0},
    {"colours", "edge", KEY_COLOUR, AT(edge), NULL, 0, 0},
    {"sizes", "text", KEY_PERCENT, AT(text_percent), NULL, 10, 90},
    {"sizes", "headline", KEY_PERCENT, AT(headline_percent), NULL, 4, 30},
    {"sizes", "deck", KEY_PERCENT, AT(deck_percent), NULL, 20, 80},
    {"sizes", "small", KEY_PERCENT, AT(small_percent), NULL, 20, 80},
    {"spacing", "margin", KEY_PERCENT, AT(margin_percent), NULL, 0, 20},
    {"spacing", "gap", KEY_PERCENT, AT(gap_percent), NULL, 0, 20},
    {"words", "flash", KEY_WORD, AT(flash_word), NULL, 1, THEME_WORD_BYTES - 1},
    {"words", "since", KEY_WORD, AT(since_word), NULL, 0, THEME_WORD_BYTES - 1},
    {"words", "as-of", KEY_WORD, AT(as_of_word), NULL, 0, THEME_WORD_BYTES - 1},
    {"fonts", "headline", KEY_FONT, AT(font), NULL, 0, THEME_FONT_BYTES - 1},
    {"fonts", "label", KEY_FONT, AT(label_font), NULL, 0, THEME_FONT_BYTES - 1},
};

enum { KEYS = sizeof keys / sizeof *keys };

const char *const theme_names[] = {"night", "day", "contrast", "broadcast", NULL};

static const struct {
    const unsigned char *begin, *end;
} built_in[] = {
    {embedded_night, embedded_night_end},
    {embedded_day, embedded_day_end},
    {embedded_contrast, embedded_contrast_end},
    {embedded_broadcast, embedded_broadcast_end},
};

/* --- Colours ------------------------------------------------------------------------------ */

static int hex(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    char low = (char)(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

bool theme_colour(const char *text, size_t length, SDL_Color *colour)
{
    Uint8 parts[3];
    size_t each = length == 7 ? 2 : 1;
    if ((length != 4 && length != 7) || text[0] != '#') {
        return false;
    }
    for (size_t i = 0; i < 3; i++) {
        int high = hex(text[1 + i * each]), low = hex(text[i * each + each]);
        if (high < 0 || low < 0) {
            return false;
        }
        parts[i] = (Uint8)(high * 16 + low);
    }
    *colour = (SDL_Color){parts[0], parts[1], parts[2], 255};
    return true;
}

static double linear(Uint8 part)
{
    double value = part / 255.0;
    return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(SDL_Color c)
{
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

double theme_contrast(SDL_Color a, SDL_Color b)
{
    double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
    return one > other ? one / other : other / one;
}

SDL_Color theme_ink(SDL_Color fill, SDL_Color wanted)
{
    static const SDL_Color black = {0, 0, 0, 255}, white = {255, 255, 255, 255};
    if (theme_contrast(fill, wanted) >= CONTRAST_MIN) {
        return wanted;
    }
    return theme_contrast(fill, white) >= CONTRAST_MIN ? white : black;
}

/* --- Reading ------------------------------------------------------------------------------ */

struct reading {
    struct theme *theme;
    const char *file;
    config_fault_fn *report;
    void *user;
    size_t faults;
    const char *section; /* NULL = an unknown one */
    size_t lines[KEYS];  /* where each key was set; 0 = not here */
};

static void say(struct reading *reading, size_t line, const char *text)
{
    reading->faults++;
    if (reading->report) {
        struct config_fault fault = {reading->file, line, text};
        reading->report(reading->user, &fault);
    }
}

static bool same(struct ini_text text, const char *word)
{
    return text.length == strlen(word) && memcmp(text.bytes, word, text.length) == 0;
}

static void on_section(void *user, size_t line, struct ini_text section,
                       struct ini_text name)
{
    struct reading *reading = user;
    char text[CONFIG_FAULT_BYTES];
    reading->section = NULL;
    for (size_t i = 0; i < KEYS && section.bytes && !name.bytes; i++) {
        if (same(section, keys[i].section)) {
            reading->section = keys[i].section;
        }
    }
    if (!reading->section && section.bytes) {
        config_fault_text(text,
                          "unknown section [%.*s] in a theme; allowed: [colours], "
                          "[sizes], [spacing], [words], [fonts]",
                          config_fault_quoted(section), section.bytes);
        say(reading, line, text);
    }
}

static void unknown_key(struct reading *reading, size_t line, struct ini_text key)
{
    char text[CONFIG_FAULT_BYTES], allowed[200] = "", hint[64] = "";
    struct spelling near = {NULL, 0};
    for (size_t i = 0, used = 0; i < KEYS; i++) {
        if (strcmp(keys[i].section, reading->section) == 0) {
            spelling_try(&near, key.bytes, key.length, keys[i].name);
            used += (size_t)snprintf(allowed + used, sizeof allowed - used, "%s%s",
                                     used ? ", " : "", keys[i].name);
        }
    }
    if (near.word) {
        snprintf(hint, sizeof hint, "; did you mean \"%s\"?", near.word);
    }
    config_fault_text(text, "unknown key \"%.*s\" in [%s]; allowed: %s%s",
                      config_fault_quoted(key), key.bytes, reading->section, allowed,
                      hint);
    say(reading, line, text);
}

/* FIELD has room for the most that is allowed, and one more. */
static bool set_word(char *field, struct config_range bytes, struct ini_text value)
{
    int length = (int)value.length;
    if (length < bytes.low || length > bytes.high) {
        return false;
    }
    memset(field, 0, (size_t)bytes.high + 1);
    memcpy(field, value.bytes, value.length);
    return true;
}

/* Whether the file at PATH begins as a font does: TrueType, OpenType, a collection. */
static bool is_font(const char *path)
{
    static const char begins[][5] = {{0, 1, 0, 0}, "OTTO", "ttcf", "true"};
    char head[4] = "";
    FILE *file = fopen(path, "re");
    bool whole = file && fread(head, 1, sizeof head, file) == sizeof head;
    if (file) {
        fclose(file);
    }
    for (size_t i = 0; whole && i < sizeof begins / sizeof *begins; i++) {
        if (memcmp(head, begins[i], sizeof head) == 0) {
            return true;
        }
    }
    return false;
}

static bool set_font(char *field, struct config_range bytes, struct ini_text value)
{
    char path[THEME_FONT_BYTES];
    return set_word(path, bytes, value) && (!*path || (*path == '/' && is_font(path))) &&
           set_word(field, bytes, value);
}

static bool set_field(const struct key *key, void *field, struct ini_text value)
{
    struct config_range range = {key->low, key->high};
    switch (key->type) {
    case KEY_COLOUR:
        return theme_colour(value.bytes, value.length, field);
    case KEY_WORD:
        return set_word(field, range, value);
    case KEY_FONT:
        return set_font(field, range, value);
    default:
        return config_number_whole(value.bytes, value.length, range, field);
    }
}

static void set(struct reading *reading, size_t line, const struct key *key,
                struct ini_text value)
{
    static const char *const units[] = {
        [KEY_PERCENT] = "per cent", [KEY_WORD] = "bytes of text"};
    char allowed[40] = "#RGB or #RRGGBB", text[CONFIG_FAULT_BYTES];
    reading->lines[key - keys] = line;
    if (set_field(key, (char *)reading->theme + key->offset, value)) {
        return;
    }
    if (key->type == KEY_FONT) {
        snprintf(allowed, sizeof allowed, "/path/of/a/font (.ttf, .otf, .ttc)");
    } else if (key->type != KEY_COLOUR) {
        snprintf(allowed, sizeof allowed, "%d to %d (%s)", key->low, key->high,
                 units[key->type]);
    }
    config_fault_text(text, "%s cannot be \"%.*s\"; allowed: %s", key->name,
                      config_fault_quoted(value), value.bytes, allowed);
    say(reading, line, text);
}

static void on_value(void *user, size_t line, struct ini_text key, struct ini_text value)
{
    struct reading *reading = user;
    for (size_t i = 0; i < KEYS && reading->section; i++) {
        if (strcmp(keys[i].section, reading->section) == 0 && same(key, keys[i].name)) {
            set(reading, line, &keys[i], value);
            return;
        }
    }
    if (reading->section) {
        unknown_key(reading, line, key);
    }
}

static void on_fault(void *user, size_t line, const char *text)
{
    say(user, line, text);
}

/* The colour of KEYS that NAME names, and its number there. */
static SDL_Color colour_named(const struct theme *theme, const char *name, size_t *number)
{
    size_t i = 0;
    while (i + 1 < KEYS && strcmp(keys[i].name, name) != 0) {
        i++;
    }
    *number = i;
    SDL_Color colour;
    memcpy(&colour, (const char *)theme + keys[i].offset, sizeof colour);
    return colour;
}

/* The line of the later one of the two colours is where it can be mended. */
static void judge(struct reading *reading)
{
    for (size_t i = 0; i < KEYS; i++) {
        if (!keys[i].ground) {
            continue;
        }
        size_t self, under;
        SDL_Color text = colour_named(reading->theme, keys[i].name, &self);
        SDL_Color ground = colour_named(reading->theme, keys[i].ground, &under);
        double contrast = theme_contrast(text, ground);
        if (contrast < CONTRAST_MIN) {
            char words[CONFIG_FAULT_BYTES];
            size_t one = reading->lines[i], other = reading->lines[under];
            config_fault_text(
                words, "%s on %s is hard to read: contrast %.1f:1; allowed: %.1f or more",
                keys[i].name, keys[i].ground, contrast, CONTRAST_MIN);
            say(reading, one > other ? one : other, words);
        }
    }
}

size_t theme_read(struct theme *theme, const char *file, const char *text, size_t length,
                  config_fault_fn *report, void *user)
{
    static const struct ini_handler handler = {on_section, on_value, on_fault};
    struct reading reading = {
        .theme = theme, .file = file, .report = report, .user = user};
    ini_parse(text, length, &handler, &reading);
    judge(&reading);
    return reading.faults;
}

static void read_built_in(struct theme *theme, size_t i)
{
    theme_read(theme, theme_names[i], (const char *)built_in[i].begin,
               (size_t)(built_in[i].end - built_in[i].begin), NULL, NULL);
}

static size_t read_file(struct theme *theme, const char *path, config_fault_fn *report,
                        void *user)
{
    char *text = malloc(FILE_BYTES);
    FILE *file = text ? fopen(path, "re") : NULL;
    size_t faults = 1;
    if (file) {
        size_t length = fread(text, 1, FILE_BYTES, file);
        faults = theme_read(theme, path, text, length, report, user);
        fclose(file);
    } else if (report) {
        char words[CONFIG_FAULT_BYTES];
        config_fault_text(words, "the theme cannot be read (%s); it is %s instead",
                          strerror(errno), theme_names[0]);
        report(user, &(struct config_fault){path, 0, words});
    }
    free(text);
    return faults;
}

size_t theme_open(struct theme *theme, const char *name, config_fault_fn *report,
                  void *user)
{
    *theme = (struct theme){0};
    read_built_in(theme, 0);
    if (strchr(name, '/')) {
        return read_file(theme, name, report, user);
    }
    for (size_t i = 0; theme_names[i]; i++) {
        if (strcmp(theme_names[i], name) == 0) {
            read_built_in(theme, i);
            return 0;
        }
    }
    return 1;
}
