/* A set is an array of faces in order of priority, most of them closed. Finding one walks
 * the array: rows of another script are passed over, so a Hebrew letter opens the Hebrew
 * font and no other. Ink boxes are kept per glyph, for they cost a glyph load each. */
#define LOG_MODULE "fonts"
#include "show/faces.h"

#include <dirent.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include <hb-ft.h>
#include <hb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <utf8proc.h>

#include "base/log.h"
#include "show/embedded.h"

#define FONT_FOLDER "/usr/share/fonts/"
#define TAG_OF(s)                                                                        \
    ((uint32_t)(s)[0] << 24 | (uint32_t)(s)[1] << 16 | (uint32_t)(s)[2] << 8 |           \
     (uint32_t)(s)[3])
#define ANY_SCRIPT TAG_OF("Zyyy")

enum { INK_SLOTS = 512, LOGGED_MAX = 256 };

enum face_state { FACE_CLOSED, FACE_OPEN, FACE_BROKEN };

struct glyph_ink {
    uint32_t glyph_plus_1; /* 0 = free */
    int16_t left, top, right, bottom;
};

struct face {
    uint32_t script; /* ANY_SCRIPT serves all */
    char *path;      /* owned; NULL = embedded */
    long index;
    enum face_state state;
    FT_Face ft;
    hb_font_t *hb;
    struct glyph_ink *inks; /* INK_SLOTS, by glyph modulo */
};

struct faces {
    FT_Library library;
    int em_px;
    size_t count;
    struct face face[FACES_MAX];
    uint32_t logged[LOGGED_MAX]; /* characters no font has */
    size_t logged_count;
};

static const struct {
    const char *script, *file;
    long index;
    const char *package;
} chain[] = {
#define CHAIN(script, file, index, package) {script, file, index, package},
#include "../../fonts/chain.h"
#undef CHAIN
};

static bool face_open(struct faces *faces, struct face *face)
{
    if (face->state != FACE_CLOSED) {
        return face->state == FACE_OPEN;
    }
    face->state = FACE_BROKEN;
    if (face->path && access(face->path, F_OK)) {
        return false; /* a package that is not installed: log_missing names it */
    }
    FT_Error error =
        face->path ? FT_New_Face(faces->library, face->path, face->index, &face->ft)
                   : FT_New_Memory_Face(faces->library, embedded_face,
                                        embedded_face_end - embedded_face, 0, &face->ft);
    if (!error) {
        error = FT_Set_Char_Size(face->ft, 0, (FT_F26Dot6)faces->em_px * 64, 0, 0);
    }
    face->inks = error ? NULL : calloc(INK_SLOTS, sizeof *face->inks);
    if (!face->inks) {
        log_warning(
            "%s: not a usable font (FreeType error %d): left out; install it again "
            "or remove it",
            face->path ? face->path : "embedded face", error);
        return false;
    }
    face->hb = hb_ft_font_create(face->ft, NULL);
    hb_ft_font_set_load_flags(face->hb, FT_LOAD_NO_HINTING);
    face->state = FACE_OPEN;
    return true;
}

static void face_close(struct face *face)
{
    hb_font_destroy(face->hb);
    if (face->ft) {
        FT_Done_Face(face->ft);
    }
    free(face->inks);
    free(face->path);
}

static void add(struct faces *faces, uint32_t script, const char *folder,
                const char *file, long index)
{
    if (faces->count == FACES_MAX) {
        return;
    }
    struct face *face = &faces->face[faces->count];
    *face = (struct face){.script = script, .index = index};
    if (file) {
        size_t bytes = strlen(folder) + strlen(file) + 2;
        face->path = malloc(bytes);
        if (!face->path) {
            return;
        }
        snprintf(face->path, bytes, "%s/%s", folder, file);
    }
    faces->count++;
}

static int is_font(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && (!strcasecmp(dot, ".ttf") || !strcasecmp(dot, ".otf") ||
                   !strcasecmp(dot, ".ttc"));
}

/* Symbol fonts hold letters and digits too: they come last, else they would steal them. */
static int rank(const char *name)
{
    return strstr(name, "Math") || strstr(name, "Symbol") || strstr(name, "Music") ? 2
           : strstr(name, "NotoSans-")                                             ? 0
                                                                                   : 1;
}

static int by_rank(const struct dirent **a, const struct dirent **b)
{
    int difference = rank((*a)->d_name) - rank((*b)->d_name);
    return difference ? difference : strcmp((*a)->d_name, (*b)->d_name);
}

static void add_folder(struct faces *faces, const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_font, by_rank);
    if (count <= 0) {
        log_warning("%s: no font (.ttf, .otf, .ttc) found there: using the embedded face",
                    folder);
    }
    for (int i = 0; i < count; i++) {
        add(faces, ANY_SCRIPT, folder, entries[i]->d_name, 0);
        free(entries[i]);
    }
    if (count >= 0) {
        free(entries);
    }
}

struct faces *faces_new(int em_px, const char *font_dir)
{
    struct faces *faces = calloc(1, sizeof *faces);
    if (!faces || FT_Init_FreeType(&faces->library)) {
        log_error("FreeType cannot start: no memory left?");
        free(faces);
        return NULL;
    }
    faces->em_px = em_px;
    if (font_dir) {
        add_folder(faces, font_dir);
    }
    add(faces, ANY_SCRIPT, NULL, NULL, 0);
    for (size_t i = 0; !font_dir && i < sizeof chain / sizeof *chain; i++) {
        add(faces, TAG_OF(chain[i].script), FONT_FOLDER, chain[i].file, chain[i].index);
    }
    return faces;
}

void faces_free(struct faces *faces)
{
    if (!faces) {
        return;
    }
    for (size_t i = 0; i < faces->count; i++) {
        face_close(&faces->face[i]);
    }
    FT_Done_FreeType(faces->library);
    free(faces);
}

int faces_em_px(const struct faces *faces)
{
    return faces->em_px;
}

static bool has(struct face *face, uint32_t code)
{
    hb_codepoint_t glyph;
    return utf8proc_get_property((utf8proc_int32_t)code)->ignorable ||
           hb_font_get_nominal_glyph(face->hb, code, &glyph);
}

bool faces_cover(struct faces *faces, uint8_t face, const uint32_t *codes, size_t count)
{
    if (face == FACE_NONE || !face_open(faces, &faces->face[face])) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!has(&faces->face[face], codes[i])) {
            return false;
        }
    }
    return true;
}

static void log_missing(struct faces *faces, uint32_t code, uint32_t script)
{
    for (size_t i = 0; i < faces->logged_count; i++) {
        if (faces->logged[i] == code) {
            return;
        }
    }
    if (faces->logged_count == LOGGED_MAX) {
        return;
    }
    faces->logged[faces->logged_count++] = code;
    const char *package = "";
    for (size_t i = 0; i < sizeof chain / sizeof *chain; i++) {
        if (TAG_OF(chain[i].script) == script && script != ANY_SCRIPT) {
            package = chain[i].package;
        }
    }
    log_warning("no font has U+%04X: left out%s%s", code,
                *package ? "; the character's script comes with package " : "", package);
}

uint8_t faces_find(struct faces *faces, const uint32_t *codes, size_t count,
                   uint32_t script)
{
    size_t wanted[] = {count, 1};
    for (size_t w = 0; w < 2; w++) {
        for (size_t i = 0; i < faces->count; i++) {
            uint32_t serves = faces->face[i].script;
            if ((serves == script || serves == ANY_SCRIPT) &&
                faces_cover(faces, (uint8_t)i, codes, wanted[w])) {
                return (uint8_t)i;
            }
        }
    }
    log_missing(faces, codes[0], script);
    return FACE_NONE;
}

struct hb_font_t *faces_hb(struct faces *faces, uint8_t face)
{
    return faces->face[face].hb;
}

struct ink faces_ink(struct faces *faces, uint8_t index, uint32_t glyph)
{
    struct face *face = &faces->face[index];
    struct glyph_ink *slot = &face->inks[glyph % INK_SLOTS];
    if (slot->glyph_plus_1 != glyph + 1) {
        *slot = (struct glyph_ink){.glyph_plus_1 = glyph + 1};
        FT_GlyphSlot loaded = face->ft->glyph;
        if (!FT_Load_Glyph(face->ft, glyph, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) &&
            loaded->format == FT_GLYPH_FORMAT_OUTLINE && loaded->outline.n_points > 0) {
            /* Rounded outwards, as FT_Render_Glyph does. */
            FT_BBox box;
            FT_Outline_Get_CBox(&loaded->outline, &box);
            slot->left = (int16_t)(box.xMin >> 6);
            slot->right = (int16_t)((box.xMax + 63) >> 6);
            slot->top = (int16_t) - ((box.yMax + 63) >> 6);
            slot->bottom = (int16_t) - (box.yMin >> 6);
        }
    }
    return (struct ink){slot->left, slot->top, slot->right, slot->bottom};
}

struct face_file faces_file(const struct faces *faces, uint8_t face)
{
    return (struct face_file){faces->face[face].path, faces->face[face].index};
}

/* The first face that opens; the embedded one always does. */
static struct face *first(struct faces *faces)
{
    for (size_t i = 0; i < faces->count; i++) {
        if (face_open(faces, &faces->face[i])) {
            return &faces->face[i];
        }
    }
    return NULL;
}

static int scaled(const struct face *face, FT_Short units)
{
    return (int)FT_MulFix(units, face->ft->size->metrics.y_scale);
}

int faces_ascent_px(struct faces *faces)
{
    struct face *face = first(faces);
    return face ? (scaled(face, face->ft->ascender) + 63) >> 6 : faces->em_px;
}

int faces_descent_px(struct faces *faces)
{
    struct face *face = first(faces);
    return face ? -(scaled(face, face->ft->descender) >> 6) : faces->em_px / 4;
}

int faces_capital_px(struct faces *faces)
{
    struct face *face = first(faces);
    FT_UInt glyph = face ? FT_Get_Char_Index(face->ft, 'H') : 0;
    if (!glyph) {
        return faces->em_px * 7 / 10;
    }
    return -faces_ink(faces, (uint8_t)(face - faces->face), glyph).top;
}
