/* A table of rows (script, face), searched from the top; several rows may share a face, so that
 * the CJK file is opened once for all it serves. A folder is sorted by rank and name. */
#define LOG_MODULE "fonts"
#include "show/fontset.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/log.h"

#define FONT_FOLDER "/usr/share/fonts"

enum { HAN_OF_LOCALE = -1 };

static const struct chain {
    const char *script, *name, *file;
    long index;
    const char *package;
} chain[] = {
#define CHAIN(script, name, file, index, package) {script, name, file, index, package},
#include "../../fonts/chain.h"
#undef CHAIN
};
enum { CHAIN_ROWS = sizeof chain / sizeof *chain };

static uint32_t tag_of(const char *script)
{
    return FONTSET_TAG(script[0], script[1], script[2], script[3]);
}

long fontset_han(const char *locale)
{
    static const struct {
        const char *locale;
        long index;
    } places[] = {{"ko", 1},    {"zh_TW", 3}, {"zh_Hant", 3},
                  {"zh_HK", 4}, {"zh_MO", 4}, {"zh", 2}};
    for (size_t i = 0; locale && i < sizeof places / sizeof *places; i++) {
        if (!strncmp(locale, places[i].locale, strlen(places[i].locale))) {
            return places[i].index;
        }
    }
    return 0;
}

/* The locale of letters as setlocale would find it. */
static const char *locale_of_letters(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value) {
            return value;
        }
    }
    return NULL;
}

static long index_of(const struct chain *row)
{
    return row->index == HAN_OF_LOCALE ? fontset_han(locale_of_letters()) : row->index;
}

static void add_row(struct fontset *set, uint32_t script, size_t face)
{
    if (set->rows < FONTSET_ROWS && face < set->faces) {
        set->row[set->rows++] = (struct fontset_row){script, (uint8_t)face};
    }
}

/* The place of the face in the set; that many faces where it did not fit. */
static size_t add_face(struct fontset *set, const char *folder, const char *file,
                       long index)
{
    char path[4096];
    int bytes = folder ? snprintf(path, sizeof path, "%s/%s", folder, file) : 0;
    for (size_t i = set->faces; i > 0; i--) {
        const struct face_file *face = &set->face[i - 1];
        if (folder && face->path && face->index == index && !strcmp(face->path, path)) {
            return i - 1;
        }
    }
    if (set->faces == FACES_MAX || bytes >= (int)sizeof path) {
        log_warning("%s: one font too many (%d): left out", folder ? path : "embedded",
                    FACES_MAX);
        return set->faces;
    }
    char *copy = folder ? strdup(path) : NULL;
    if (folder && !copy) {
        return set->faces;
    }
    set->face[set->faces] = (struct face_file){copy, index};
    return set->faces++;
}

static void add_chain(struct fontset *set)
{
    add_row(set, FONTSET_ANY, add_face(set, NULL, NULL, 0));
    for (size_t i = 0; i < CHAIN_ROWS; i++) {
        add_row(set, tag_of(chain[i].script),
                add_face(set, FONT_FOLDER, chain[i].file, index_of(&chain[i])));
    }
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool in_chain(const char *name)
{
    for (size_t i = 0; i < CHAIN_ROWS; i++) {
        if (!strcmp(base_name(chain[i].file), name)) {
            return true;
        }
    }
    return false;
}

enum rank { RANK_PRIMARY, RANK_CHAIN, RANK_OTHER, RANK_CJK, RANK_EMBEDDED, RANK_SYMBOLS };

/* Symbol fonts hold letters and digits too: they come last, else they would steal them. */
static enum rank rank_of(const char *name)
{
    static const struct {
        const char *part;
        enum rank rank;
    } parts[] = {{"Math", RANK_SYMBOLS},  {"Symbol", RANK_SYMBOLS},
                 {"Music", RANK_SYMBOLS}, {"NotoSans-", RANK_PRIMARY},
                 {"CJK", RANK_CJK},       {"Fallback", RANK_CJK},
                 {"wqy", RANK_CJK}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strstr(name, parts[i].part)) {
            return parts[i].rank;
        }
    }
    return in_chain(name) ? RANK_CHAIN : RANK_OTHER;
}

static int is_font(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && (!strcasecmp(dot, ".ttf") || !strcasecmp(dot, ".otf") ||
                   !strcasecmp(dot, ".ttc"));
}

static int by_rank(const struct dirent **a, const struct dirent **b)
{
    int difference = (int)rank_of((*a)->d_name) - (int)rank_of((*b)->d_name);
    return difference ? difference : strcmp((*a)->d_name, (*b)->d_name);
}

/* Whether NAME is Family-Style and Family-Regular or Family is in FOLDER too. */
static bool has_regular(const char *folder, const char *name)
{
    const char *dash = strrchr(name, '-'), *dot = strrchr(name, '.');
    if (!dash || dash > dot || !strncmp(dash, "-Regular.", 9)) {
        return false;
    }
    static const char *const regular[] = {"-Regular", ""};
    for (size_t i = 0; i < sizeof regular / sizeof *regular; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%.*s%s%s", folder, (int)(dash - name), name,
                 regular[i], dot);
        if (!access(path, F_OK)) {
            return true;
        }
    }
    return false;
}

static void add_file(struct fontset *set, const char *folder, const char *name)
{
    size_t before = set->rows;
    for (size_t i = 0; i < CHAIN_ROWS; i++) {
        if (!strcmp(base_name(chain[i].file), name)) {
            add_row(set, tag_of(chain[i].script),
                    add_face(set, folder, name, index_of(&chain[i])));
        }
    }
    if (set->rows == before) {
        add_row(set, strstr(name, "Emoji") ? FONTSET_EMOJI : FONTSET_ANY,
                add_face(set, folder, name, 0));
    }
}

static void add_folder(struct fontset *set, const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_font, by_rank);
    if (count <= 0) {
        log_warning("%s: no font (.ttf, .otf, .ttc) found there: using the embedded face",
                    folder);
    }
    bool embedded = false;
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (!embedded && rank_of(name) > RANK_EMBEDDED) {
            add_row(set, FONTSET_ANY, add_face(set, NULL, NULL, 0));
            embedded = true;
        }
        if (!has_regular(folder, name)) {
            add_file(set, folder, name);
        }
        free(entries[i]);
    }
    free(entries);
    if (!embedded) {
        add_row(set, FONTSET_ANY, add_face(set, NULL, NULL, 0));
    }
}

void fontset_fill(struct fontset *set, const char *font_dir)
{
    set->faces = set->rows = 0;
    if (font_dir) {
        add_folder(set, font_dir);
    } else {
        add_chain(set);
    }
}

void fontset_prefer(struct fontset *set, const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    if (!slash || set->rows == FONTSET_ROWS) {
        return;
    }
    char folder[4096];
    snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
    size_t face = add_face(set, folder, slash + 1, 0), rows = set->rows;
    add_row(set, FONTSET_ANY, face);
    if (set->rows > rows) {
        struct fontset_row row = set->row[rows];
        memmove(&set->row[1], &set->row[0], rows * sizeof *set->row);
        set->row[0] = row;
    }
}

void fontset_fini(struct fontset *set)
{
    for (size_t i = 0; i < set->faces; i++) {
        free(set->face[i].path);
    }
    set->faces = set->rows = 0;
}

const char *fontset_package(uint32_t script)
{
    for (size_t i = 0; i < CHAIN_ROWS; i++) {
        if (script != FONTSET_ANY && tag_of(chain[i].script) == script) {
            return chain[i].package;
        }
    }
    return NULL;
}

bool fontset_script(size_t i, struct fontset_script *out)
{
    for (size_t row = 0; row < CHAIN_ROWS; row++) {
        bool again = row > 0 && !strcmp(chain[row].script, chain[row - 1].script);
        if (*chain[row].name && !again && i-- == 0) {
            *out = (struct fontset_script){tag_of(chain[row].script), chain[row].name,
                                           chain[row].package};
            return true;
        }
    }
    return false;
}
