/* Which font files there are to draw with, in order of priority, and which script each
 * serves: the embedded face and the chain of fonts/chain.h, or the fonts of a folder. Opens
 * no font. Main thread. */
#ifndef MOTOGRAPH_SHOW_FONTSET_H
#define MOTOGRAPH_SHOW_FONTSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FACES_MAX = 250, FONTSET_ROWS = 512 };

#define FONTSET_TAG(a, b, c, d)                                                          \
    ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))
#define FONTSET_ANY   FONTSET_TAG('Z', 'y', 'y', 'y') /* serves every script */
#define FONTSET_EMOJI FONTSET_TAG('Z', 's', 'y', 'e') /* serves emoji */

/* Where a face's bytes are. */
struct face_file {
    char *path; /* owned by the set; NULL: the embedded face */
    long index; /* face in the file */
};

struct fontset {
    size_t faces, rows;
    struct face_file face[FACES_MAX];
    struct fontset_row {
        uint32_t script; /* ISO 15924 as an OpenType tag */
        uint8_t face;
    } row[FONTSET_ROWS]; /* by priority */
};

/* Fills SET. FONT_DIR, where not NULL, takes the place of the whole chain: the fonts there by
 * the chain's own names serve the scripts they serve in the chain, others every script, in this
 * order: Noto Sans, the chain's, others by name, CJK, the embedded face, symbols and
 * mathematics; bold and slanted ones where there is no regular beside them. Logs a folder
 * without fonts. A file that is not there is no fault here. */
void fontset_fill(struct fontset *set, const char *font_dir);

/* Puts the font file at PATH before all others, for every script; empty or NULL changes nothing. */
void fontset_prefer(struct fontset *set, const char *path);

/* Frees the paths; zeroed is fine. */
void fontset_fini(struct fontset *set);

/* The Debian package whose fonts serve SCRIPT, or NULL if the chain has none. */
const char *fontset_package(uint32_t script);

/* A script the chain serves; Han in company (Jpan, Kore, Hant) is not listed again. */
struct fontset_script {
    uint32_t script;
    const char *name, *package; /* static */
};

/* The I-th of them, from 0, by tag; false when there are no more. */
bool fontset_script(size_t i, struct fontset_script *out);

/* The face of a Noto CJK file that draws Han as readers in LOCALE ("zh_TW.UTF-8", may be NULL)
 * expect: 0 Japan, 1 Korea, 2 China, 3 Taiwan, 4 Hong Kong; elsewhere 0. */
long fontset_han(const char *locale);

#endif
