/* One font file open at one size, to measure with: FreeType and HarfBuzz set so that they agree
 * with what SDL_ttf draws from the same file. One thread. */
#ifndef MOTOGRAPH_SHOW_FACE_H
#define MOTOGRAPH_SHOW_FACE_H

#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>
#include <stdbool.h>
#include <stdint.h>

#include "show/fontset.h"
#include "show/ink.h"

/* Zeroed: not tried yet. */
struct face {
    enum face_state { FACE_CLOSED, FACE_OPEN, FACE_BROKEN } state;
    FT_Face ft;
    hb_font_t *hb; /* unhinted, positions in 26.6 px */
    FT_Int32 load_flags;
    int strike_px; /* pixels per em of the one size of a bitmap face; 0: outlines */
    struct glyph_ink *inks; /* boxes kept */
};

/* Opens FILE at EM_PX pixels per em, at the first call; true if it is open. One that cannot be
 * used, cut off or no font at all, is logged by name; one that is not there is not. */
bool face_open(struct face *face, FT_Library library, const struct face_file *file,
               int em_px);
void face_close(struct face *face);

/* The bitmap box FreeType's rasteriser will give GLYPH drawn at a whole pixel. Kept per glyph,
 * for it costs a glyph load. */
struct ink face_ink(struct face *face, uint32_t glyph);

#endif
