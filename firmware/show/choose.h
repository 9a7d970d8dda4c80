/* Chooses a face for each grapheme cluster of a text: emoji, words of cursive scripts, spaces,
 * the rest. Opens fonts. Main thread. */
#ifndef MOTOGRAPH_SHOW_CHOOSE_H
#define MOTOGRAPH_SHOW_CHOOSE_H

#include "show/itemize.h"

/* Fills items->faces from codes, scripts and starts, and gives the code points of a cluster its
 * first one's script and level; an emoji's script becomes FONTSET_EMOJI. Marks that the chosen
 * face lacks are taken out of the arrays, what no face has gets FACE_NONE; both are logged. */
void choose_faces(struct items *items, struct faces *faces);

/* The face of the cluster that begins at START drew a glyph it does not have: gives it the next
 * face that has all of it, and at the second call FACE_NONE. */
void choose_again(struct items *items, struct faces *faces, size_t start);

#endif
