/* The faces of one text size, in the order of show/fontset.h. A file is opened only when a
 * character first needs it; one that cannot be used is logged by name and passed over. This is
 * the measuring side (FreeType, HarfBuzz); raster.h draws the same faces with SDL_ttf.
 * FreeType is not thread-safe: one thread, the main one, owns a set. */
#ifndef MOTOGRAPH_SHOW_FACES_H
#define MOTOGRAPH_SHOW_FACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "show/fontset.h"
#include "show/ink.h"

struct faces;
struct hb_font_t;

enum { FACE_NONE = 255 };

/* A set at EM_PX pixels per em; FONT_DIR as in fontset.h. NULL, logged, if FreeType or memory
 * fails. */
struct faces *faces_new(int em_px, const char *font_dir);
void faces_free(struct faces *faces);

/* From now on the font file at PATH comes before all others, where it has what is wanted. Before
 * the first face is looked for. */
void faces_prefer(struct faces *faces, const char *path);

int faces_em_px(const struct faces *faces);

/* The face for the grapheme cluster CODES in SCRIPT (ISO 15924 as an OpenType tag), in order of
 * priority: the first that has all of it (default-ignorable characters aside), else the first
 * that HarfBuzz can compose it with, else the first that has its first character, else
 * FACE_NONE. Opens files. */
uint8_t faces_find(struct faces *faces, const uint32_t *codes, size_t count,
                   uint32_t script);

/* The first face that has all of CODES, a word or a cluster, and comes behind AFTER (FACE_NONE:
 * any); FACE_NONE if there is none. */
uint8_t faces_find_whole(struct faces *faces, const uint32_t *codes, size_t count,
                         uint32_t script, uint8_t after);

/* The first emoji face that has all of the cluster CODES, else FACE_NONE. */
uint8_t faces_find_emoji(struct faces *faces, const uint32_t *codes, size_t count);

/* Whether FACE has all of CODES, default-ignorable ones aside. FACE may be FACE_NONE: false. */
bool faces_cover(struct faces *faces, uint8_t face, const uint32_t *codes, size_t count);

/* Whether FACE has what HarfBuzz composes CODES from or to, though perhaps not CODES. */
bool faces_compose(struct faces *faces, uint8_t face, const uint32_t *codes, size_t count,
                   uint32_t script);

/* Logs that no face has CODE of SCRIPT, once per code point. */
void faces_report_missing(struct faces *faces, uint32_t code, uint32_t script);

/* Whether a font of the set serves SCRIPT by name (not as one that serves any) and opens. */
bool faces_serve(struct faces *faces, uint32_t script);

/* HarfBuzz font of a face that was found: unhinted, positions in 26.6 px. Borrowed. */
struct hb_font_t *faces_hb(struct faces *faces, uint8_t face);

/* The bitmap box FreeType's rasteriser will give GLYPH drawn at a whole pixel. */
struct ink faces_ink(struct faces *faces, uint8_t face, uint32_t glyph);

/* Pixels per em of the one size a bitmap face has, in which its glyphs, advances and boxes
 * come and are to be scaled by em / strike; 0 for an outline face. */
int faces_strike_px(const struct faces *faces, uint8_t face);

/* The path is the set's. */
struct face_file faces_file(const struct faces *faces, uint8_t face);

/* Of the first outline face that serves every script: pixels from the baseline up, and down, that its design asks for,
 * and the height of its capital letters. */
int faces_ascent_px(struct faces *faces);
int faces_descent_px(struct faces *faces);
int faces_capital_px(struct faces *faces);

#endif
