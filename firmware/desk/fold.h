/* Letters without what does not tell words apart: case (full case folding), width, ligatures;
 * for comparing headlines with one another (FOLD_LOOSE) also accents and the several shapes of one Arabic letter.
 * Pure; any thread. Source: UAX #15 (NFKD), CaseFolding.txt, as utf8proc has them. */
#ifndef MOTOGRAPH_DESK_FOLD_H
#define MOTOGRAPH_DESK_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fold_kind { FOLD_TRUE, FOLD_LOOSE };

enum { FOLD_CODES = 18 /* the most that one code point becomes */ };

/* Folds CODE; returns how many code points it becomes, 0 to FOLD_CODES. Points of Hebrew and
 * Arabic vowels are always left out. */
size_t fold_code(uint32_t code, enum fold_kind kind, uint32_t out[FOLD_CODES]);

/* Folds LENGTH bytes of TEXT (UTF-8), white space made one blank and none at the ends, into
 * OUT, cut at a whole code point to fit ROOM bytes with the '\0'. Returns the length. */
size_t fold_text(const char *text, size_t length, enum fold_kind kind, char *out,
                 size_t room);

enum fold_class {
    FOLD_OTHER,  /* between words */
    FOLD_LETTER, /* or a mark on one */
    FOLD_DIGIT,  /* */
    FOLD_CHAR    /* of a script that is written without blanks between words */
};

/* What CODE, folded, is in a word. Hangul, whose words take particles without a blank, is
 * FOLD_LETTER; fold_is_hangul tells it. */
enum fold_class fold_class(uint32_t code);
bool fold_is_hangul(uint32_t code);

#endif
