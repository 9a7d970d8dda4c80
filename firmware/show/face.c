/* FreeType opens nearly anything; what it opens is looked at before it is believed. The load
 * flags are SDL_ttf's, so that boxes and advances are those of its pictures. */
#define LOG_MODULE "fonts"
#include "show/face.h"

#include FT_TRUETYPE_TABLES_H
#include <hb-ft.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "show/embedded.h"

enum { INK_SLOTS = 512 };

/* By glyph modulo INK_SLOTS. */
struct glyph_ink {
    uint32_t glyph_plus_1; /* 0 = free */
    int16_t left, top, right, bottom;
};

/* A bitmap face has fixed sizes, and SDL_ttf takes the size it is asked for as the number of
 * one of them, or the last. */
static FT_Error set_size(struct face *face, int em_px)
{
    face->load_flags = FT_LOAD_NO_HINTING;
    if (FT_IS_SCALABLE(face->ft)) {
        return FT_Set_Char_Size(face->ft, 0, (FT_F26Dot6)em_px * 64, 0, 0);
    }
    int last = face->ft->num_fixed_sizes - 1;
    if (last < 0) {
        return FT_Err_Invalid_Pixel_Size;
    }
    FT_Error error = FT_Select_Size(face->ft, em_px < last ? em_px : last);
    face->strike_px = face->ft->size->metrics.y_ppem;
    face->load_flags |= FT_LOAD_BITMAP_METRICS_ONLY; /* measuring decodes no picture */
    return face->strike_px > 0 ? error : FT_Err_Invalid_Pixel_Size;
}

static uint32_t read_u32(FT_Face face, FT_Long offset)
{
    FT_Byte bytes[4] = {0};
    FT_ULong length = sizeof bytes;
    FT_Load_Sfnt_Table(face, 0, offset, bytes, &length);
    return FONTSET_TAG(bytes[0], bytes[1], bytes[2], bytes[3]);
}

/* Whether every table lies within the file. FreeType opens one that was cut off as well, and
 * draws what is left of it. */
static bool is_whole(FT_Face face, long index)
{
    if (!FT_IS_SFNT(face)) {
        return true;
    }
    bool collection = read_u32(face, 0) == FONTSET_TAG('t', 't', 'c', 'f');
    FT_Long start = collection ? (FT_Long)read_u32(face, 12 + 4 * index) : 0;
    uint32_t tables = read_u32(face, start + 4) >> 16;
    for (uint32_t i = 0; i < tables; i++) {
        FT_Long row = start + 12 + 16 * (FT_Long)i;
        uint64_t end = (uint64_t)read_u32(face, row + 8) + read_u32(face, row + 12);
        if (end > face->stream->size) {
            return false;
        }
    }
    return true;
}

bool face_open(struct face *face, FT_Library library, const struct face_file *file,
               int em_px)
{
    if (face->state != FACE_CLOSED) {
        return face->state == FACE_OPEN;
    }
    face->state = FACE_BROKEN;
    if (file->path && access(file->path, F_OK)) {
        return false; /* a package that is not installed: faces_report_missing names it */
    }
    FT_Error error =
        file->path ? FT_New_Face(library, file->path, file->index, &face->ft)
                   : FT_New_Memory_Face(library, embedded_face,
                                        embedded_face_end - embedded_face, 0, &face->ft);
    if (!error) {
        error = is_whole(face->ft, file->index) ? set_size(face, em_px)
                                                : FT_Err_Invalid_Table;
    }
    face->inks = error ? NULL : calloc(INK_SLOTS, sizeof *face->inks);
    if (!face->inks) {
        log_warning("%s: not a usable font (FreeType error %d): passed over; install its "
                    "package again or remove it",
                    file->path ? file->path : "embedded face", error);
        return false;
    }
    face->hb = hb_ft_font_create(face->ft, NULL);
    hb_ft_font_set_load_flags(face->hb, face->load_flags);
    face->state = FACE_OPEN;
    return true;
}

void face_close(struct face *face)
{
    hb_font_destroy(face->hb);
    if (face->ft) {
        FT_Done_Face(face->ft);
    }
    free(face->inks);
    *face = (struct face){0};
}

/* The box of an outline that is not drawn yet is what FT_Load_Glyph presets; where there is no
 * box at all SDL_ttf takes the metrics, and so must we. */
static struct glyph_ink box_of(FT_GlyphSlot slot)
{
    int left = slot->bitmap_left, top = slot->bitmap_top;
    int width = (int)slot->bitmap.width, rows = (int)slot->bitmap.rows;
    if (left == 0 && top == 0 && width == 0 && rows == 0) {
        const FT_Glyph_Metrics *metrics = &slot->metrics;
        left = (int)(metrics->horiBearingX >> 6);
        width = (int)((metrics->horiBearingX + metrics->width + 63) >> 6) - left;
        top = (int)(metrics->horiBearingY >> 6);
        rows = (int)((metrics->height + 63) >> 6);
    }
    return (struct glyph_ink){.left = (int16_t)left,
                              .top = (int16_t)-top,
                              .right = (int16_t)(left + width),
                              .bottom = (int16_t)(rows - top)};
}

struct ink face_ink(struct face *face, uint32_t glyph)
{
    struct glyph_ink *slot = &face->inks[glyph % INK_SLOTS];
    if (slot->glyph_plus_1 != glyph + 1) {
        *slot = (struct glyph_ink){0};
        if (!FT_Load_Glyph(face->ft, glyph, face->load_flags)) {
            *slot = box_of(face->ft->glyph);
        }
        slot->glyph_plus_1 = glyph + 1;
    }
    return (struct ink){slot->left, slot->top, slot->right, slot->bottom};
}
