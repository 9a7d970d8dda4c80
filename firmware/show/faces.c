/* An array of faces, most of them closed, and per script a list of those that may serve it, so
 * that a Hebrew letter opens the Hebrew font and no other. */
#define LOG_MODULE "fonts"
#include "show/faces.h"

#include <hb.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/log.h"
#include "show/face.h"

enum { LISTS = 8, CODES_ALL = 0x110000 };

/* The faces for one script, by priority. */
struct list {
    uint32_t script; /* 0: not made yet */
    size_t count;
    uint8_t face[FACES_MAX];
};

struct faces {
    FT_Library library;
    int em_px;
    struct fontset set;
    struct face face[FACES_MAX];
    struct list lists[LISTS];
    hb_buffer_t *trial;
    uint8_t *reported; /* a bit per code point that was logged as missing */
};

struct faces *faces_new(int em_px, const char *font_dir)
{
    struct faces *faces = calloc(1, sizeof *faces);
    if (!faces || FT_Init_FreeType(&faces->library)) {
        log_error("FreeType cannot start: no memory left?");
        free(faces);
        return NULL;
    }
    faces->em_px = em_px;
    faces->trial = hb_buffer_create();
    fontset_fill(&faces->set, font_dir);
    return faces;
}

void faces_free(struct faces *faces)
{
    if (!faces) {
        return;
    }
    for (size_t i = 0; i < FACES_MAX; i++) {
        face_close(&faces->face[i]);
    }
    hb_buffer_destroy(faces->trial);
    free(faces->reported);
    fontset_fini(&faces->set);
    FT_Done_FreeType(faces->library);
    free(faces);
}

void faces_prefer(struct faces *faces, const char *path)
{
    fontset_prefer(&faces->set, path);
}

int faces_em_px(const struct faces *faces)
{
    return faces->em_px;
}

static bool is_open(struct faces *faces, uint8_t face)
{
    return face_open(&faces->face[face], faces->library, &faces->set.face[face],
                     faces->em_px);
}

static void list_add(struct list *list, uint8_t face)
{
    if (!memchr(list->face, face, list->count)) {
        list->face[list->count++] = face;
    }
}

/* An emoji face is the last resort of other scripts: many a sign is nowhere else. */
static const struct list *list_of(struct faces *faces, uint32_t script)
{
    struct list *list = &faces->lists[(script >> 24 ^ script >> 16 ^ script) % LISTS];
    if (list->script == script) {
        return list;
    }
    *list = (struct list){.script = script};
    const struct fontset *set = &faces->set;
    for (size_t i = 0; i < set->rows; i++) {
        if (set->row[i].script == script ||
            (set->row[i].script == FONTSET_ANY && script != FONTSET_EMOJI)) {
            list_add(list, set->row[i].face);
        }
    }
    for (size_t i = 0; i < set->rows; i++) {
        if (set->row[i].script == FONTSET_EMOJI) {
            list_add(list, set->row[i].face);
        }
    }
    return list;
}

bool faces_cover(struct faces *faces, uint8_t face, const uint32_t *codes, size_t count)
{
    if (face == FACE_NONE || !is_open(faces, face)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        hb_codepoint_t glyph;
        if (!hb_font_get_nominal_glyph(faces->face[face].hb, codes[i], &glyph) &&
            !utf8proc_get_property((utf8proc_int32_t)codes[i])->ignorable) {
            return false;
        }
    }
    return true;
}

uint8_t faces_find_whole(struct faces *faces, const uint32_t *codes, size_t count,
                         uint32_t script, uint8_t after)
{
    const struct list *list = list_of(faces, script);
    const uint8_t *last = memchr(list->face, after, list->count);
    for (size_t i = last ? (size_t)(last - list->face) + 1 : 0; i < list->count; i++) {
        if (faces_cover(faces, list->face[i], codes, count)) {
            return list->face[i];
        }
    }
    return FACE_NONE;
}

uint8_t faces_find_emoji(struct faces *faces, const uint32_t *codes, size_t count)
{
    return faces_find_whole(faces, codes, count, FONTSET_EMOJI, FACE_NONE);
}

/* Whether there is anything to compose or to take apart; to try is to shape. */
static bool may_compose(const uint32_t *codes, size_t count)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    hb_codepoint_t a, b;
    for (size_t i = 0; i < count; i++) {
        if (hb_unicode_decompose(unicode, codes[i], &a, &b) ||
            (i > 0 && hb_unicode_compose(unicode, codes[0], codes[i], &a))) {
            return true;
        }
    }
    return false;
}

bool faces_compose(struct faces *faces, uint8_t face, const uint32_t *codes, size_t count,
                   uint32_t script)
{
    if (!may_compose(codes, count) || !is_open(faces, face)) {
        return false;
    }
    hb_buffer_reset(faces->trial);
    hb_buffer_add_utf32(faces->trial, codes, (int)count, 0, (int)count);
    hb_buffer_set_direction(faces->trial, HB_DIRECTION_LTR);
    hb_buffer_set_script(faces->trial, script);
    hb_shape(faces->face[face].hb, faces->trial, NULL, 0);
    unsigned glyphs;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(faces->trial, &glyphs);
    for (unsigned i = 0; i < glyphs; i++) {
        if (info[i].codepoint == 0) {
            return false;
        }
    }
    return glyphs > 0;
}

uint8_t faces_find(struct faces *faces, const uint32_t *codes, size_t count,
                   uint32_t script)
{
    uint8_t whole = faces_find_whole(faces, codes, count, script, FACE_NONE);
    if (whole != FACE_NONE) {
        return whole;
    }
    const struct list *list = list_of(faces, script);
    for (size_t i = 0; i < list->count; i++) {
        if (faces_compose(faces, list->face[i], codes, count, script)) {
            return list->face[i];
        }
    }
    return count > 1 ? faces_find_whole(faces, codes, 1, script, FACE_NONE) : FACE_NONE;
}

void faces_report_missing(struct faces *faces, uint32_t code, uint32_t script)
{
    if (!faces->reported) {
        faces->reported = calloc(CODES_ALL / 8, 1);
    }
    if (!faces->reported || code >= CODES_ALL ||
        (faces->reported[code / 8] >> code % 8 & 1)) {
        return;
    }
    faces->reported[code / 8] |= (uint8_t)(1u << code % 8);
    const char *package = fontset_package(script);
    if (package) {
        log_warning("no font has U+%04X: left out; package %s has its script", code,
                    package);
    } else {
        log_warning("no font has U+%04X: left out", code);
    }
}

bool faces_serve(struct faces *faces, uint32_t script)
{
    for (size_t i = 0; i < faces->set.rows; i++) {
        const struct fontset_row *row = &faces->set.row[i];
        if (row->script == script && is_open(faces, row->face)) {
            return true;
        }
    }
    return false;
}

struct hb_font_t *faces_hb(struct faces *faces, uint8_t face)
{
    return faces->face[face].hb;
}

struct ink faces_ink(struct faces *faces, uint8_t face, uint32_t glyph)
{
    return face_ink(&faces->face[face], glyph);
}

int faces_strike_px(const struct faces *faces, uint8_t face)
{
    return faces->face[face].strike_px;
}

struct face_file faces_file(const struct faces *faces, uint8_t face)
{
    return faces->set.face[face];
}

/* The first outline face for every script that opens; the embedded one always does. */
static struct face *first(struct faces *faces)
{
    for (size_t i = 0; i < faces->set.rows; i++) {
        uint8_t index = faces->set.row[i].face;
        if (faces->set.row[i].script == FONTSET_ANY && is_open(faces, index) &&
            !faces->face[index].strike_px) {
            return &faces->face[index];
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
    return -face_ink(face, glyph).top;
}
