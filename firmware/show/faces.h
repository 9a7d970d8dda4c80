/* The faces of one text size: the embedded one and, behind it, the chain of fonts/chain.h
 * or the fonts of a folder. A file is opened only when a character first needs it. This is
 * the measuring side (FreeType, HarfBuzz); raster.h draws the same faces with SDL_ttf.
 * FreeType is not thread-safe: one thread, the main one, owns a set. */
#ifndef MOTOGRAPH_SHOW_FACES_H
#define MOTOGRAPH_SHOW_FACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct faces;
struct hb_font_t;

enum { FACE_NONE = 255, FACES_MAX = 250 };

/* Pixels relative to the pen on the baseline; y grows downwards. Empty: right <= left. */
struct ink {
    int left, top, right, bottom;
};

/* Where a face's bytes are. */
struct face_file {
    const char *path; /* NULL: the embedded face */
    long index;       /* face in the file */
};

/* A set at EM_PX pixels per em. FONT_DIR, where not NULL, takes the place of the whole chain;
 * its fonts come before the embedded face then, in the order of their names with symbol and
 * mathematical fonts last. NULL, logged, if FreeType or memory fails. */
struct faces *faces_new(int em_px, const char *font_dir);
void faces_free(struct faces *faces);

int faces_em_px(const struct faces *faces);

/* The first face in order of priority for the grapheme cluster CODES in SCRIPT (ISO 15924 as
 * an OpenType tag): one that has all of it (default-ignorable characters aside), else one
 * that has its first character, else FACE_NONE, logged once per character. Opens files. */
uint8_t faces_find(struct faces *faces, const uint32_t *codes, size_t count,
                   uint32_t script);

/* Whether FACE has all of CODES, as above. FACE may be FACE_NONE: false. */
bool faces_cover(struct faces *faces, uint8_t face, const uint32_t *codes, size_t count);

/* HarfBuzz font of a face that faces_find gave: unhinted, positions in 26.6 px. Borrowed. */
struct hb_font_t *faces_hb(struct faces *faces, uint8_t face);

/* The bitmap box FreeType's rasteriser will give GLYPH drawn at a whole pixel. */
struct ink faces_ink(struct faces *faces, uint8_t face, uint32_t glyph);

struct face_file faces_file(const struct faces *faces, uint8_t face);

/* Of the first face: pixels from the baseline up, and down, that its design asks for, and
 * the height of its capital letters. */
int faces_ascent_px(struct faces *faces);
int faces_descent_px(struct faces *faces);
int faces_capital_px(struct faces *faces);

#endif
