/* A text laid out in one line: chunks in visual order, each a word and the space behind it
 * within one bidi level, script and face, or one emoji, measured exactly. Pure but for opening fonts; no
 * drawing library. Main thread. Sources: UAX #9 (L2), HarfBuzz for shaping. */
#ifndef MOTOGRAPH_SHOW_LAYOUT_H
#define MOTOGRAPH_SHOW_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "show/faces.h"

enum {
    LAYOUT_CHUNK_PX = 1024,  /* no chunk advances further, unless one cluster does */
    LAYOUT_OVERHANG_PX = 256 /* ink is looked for this far outside its advance */
};

struct chunk {
    int64_t x;       /* pen at its left edge, 26.6 px from the line's left edge */
    int32_t advance; /* 26.6 px */
    struct ink ink;  /* px, from the pen and the baseline */
    int16_t left; /* ink.left and ink.top in the pixels the face is drawn in, which are */
    int16_t top;  /* other ones where it is a bitmap face (faces_strike_px) */
    uint32_t byte;  /* its text: line->text + byte, */
    uint16_t bytes; /* this long */
    uint8_t face;
    uint8_t level;     /* odd: right to left */
    bool joins_before; /* it was cut from a letter it joins, before (logically) */
    bool joins_after;  /* or behind it */
    uint32_t script;   /* ISO 15924 as an OpenType tag */
};

struct line {
    size_t count;
    int64_t advance;      /* 26.6 px; the natural width */
    struct ink ink;       /* px, of the whole line, from its left edge and baseline */
    bool rtl;             /* base direction */
    struct chunk *chunks; /* in visual order, x ascending; in the line's own block */
    char *text;           /* UTF-8, clean; in the line's own block */
};

struct layout;

/* A layouter for the faces of one size; FACES is borrowed and must outlive it. NULL if memory
 * is short. */
struct layout *layout_new(struct faces *faces);
void layout_free(struct layout *layout);

/* Lays TEXT out (UTF-8; repaired, see itemize.h). The line is the caller's, free it with
 * free(). A text with nothing to draw gives a line of no chunks. NULL if memory is short. */
struct line *layout_text(struct layout *layout, const char *text, size_t length);

/* The line's natural width in whole px, rounded up. */
int layout_width_px(const struct line *line);

/* The first chunk whose ink may reach X_PX (px from the line's left edge) or lie to its right;
 * line->count if none. Chunks are sorted, so this is a binary search. */
size_t layout_find(const struct line *line, int x_px);

#endif
