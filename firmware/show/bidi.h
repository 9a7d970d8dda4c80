/* The order of letters in mixed directions (UAX #9): levels by FriBidi, the rest here. Pure;
 * any thread. */
#ifndef MOTOGRAPH_SHOW_BIDI_H
#define MOTOGRAPH_SHOW_BIDI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum bidi_base { BIDI_AUTO, BIDI_LTR, BIDI_RTL };

/* Embedding LEVELS of COUNT code points as one paragraph, to rule L1 inclusive: blanks at the
 * end have the level of the paragraph. BIDI_AUTO takes its direction from the first strong
 * letter (P2). TYPES is scratch, BRACKETS the bracket of each for bidi_bracket; both as long
 * as CODES. Returns the paragraph's level, 0 or 1; -1 if memory is short. */
int bidi_levels(const uint32_t *codes, size_t count, enum bidi_base base, int8_t *levels,
                uint32_t *types, uint32_t *brackets);

/* What a code point is by its entry in BRACKETS. */
enum bidi_bracket { BIDI_NO_BRACKET, BIDI_OPEN, BIDI_CLOSE };
enum bidi_bracket bidi_bracket(uint32_t bracket);

/* Rule L2: VISUAL[i] is the index, from 0 to COUNT - 1, of what stands at place i from the
 * left. */
void bidi_order(const uint8_t *levels, size_t count, uint32_t *visual);

/* Whether CODE is a letter of a cursive script, that may join a neighbour. */
bool bidi_is_cursive(uint32_t code);

/* Whether the letters at I and J (I < J, only marks between them) of COUNT CODES join. */
bool bidi_joins(const uint32_t *codes, size_t count, size_t i, size_t j);

#endif
