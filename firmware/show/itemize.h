/* A text taken apart for layout: code points, and for each its bidi level, script, whether a
 * grapheme cluster starts there, and its face (show/choose.h). Pure but for the fonts that
 * finding a face opens. Main thread. Sources: UAX #24, UAX #29 (utf8proc). */
#ifndef MOTOGRAPH_SHOW_ITEMIZE_H
#define MOTOGRAPH_SHOW_ITEMIZE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "show/faces.h"

enum { ITEMIZE_CODES = 100000, ITEMIZE_MARKS = 8 };

/* Parallel arrays of `count` entries in logical order, in one block that `codes` owns and
 * that serves text after text. */
struct items {
    size_t count, room;
    uint32_t *codes;
    int8_t *levels;
    uint32_t *scripts; /* ISO 15924 as an OpenType tag; never Zyyy or Zinh */
    uint8_t
        *starts; /* not 0: a grapheme cluster begins here; 2: its face was refused once */
    uint8_t *faces;  /* FACE_NONE: not drawn */
    uint32_t *bytes; /* where the code point stands in text; bytes[count] is its length */
    char *text;      /* UTF-8 of codes */
    bool rtl;        /* base direction: from the first strong letter (UAX #9, P2) */
    /* Scratch of the steps. */
    uint32_t *types, *brackets;
};

/* Takes LENGTH bytes of TEXT apart. Malformed UTF-8 becomes U+FFFD, line breaks and tabs a
 * space, other controls go, white space at the ends goes, more than ITEMIZE_MARKS marks on
 * one base go, so does what no face has (logged), what passes ITEMIZE_CODES goes. False if
 * memory is short. */
bool itemize(struct items *items, struct faces *faces, const char *text, size_t length);

/* Sets STARTS[i], for each of COUNT CODES, to whether a grapheme cluster begins there. */
void itemize_clusters(const uint32_t *codes, size_t count, uint8_t *starts);

/* The end of the grapheme cluster that begins at START. */
size_t itemize_cluster_end(const struct items *items, size_t start);

/* Whether SCRIPT is that of characters which many scripts share, or of none. */
bool itemize_is_shared(uint32_t script);

/* Frees the arrays; zeroed is fine. */
void itemize_fini(struct items *items);

#endif
