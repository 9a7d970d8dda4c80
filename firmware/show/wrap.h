/* A text broken into lines. It is measured once, part by part, at one size; since text here is
 * never hinted its width grows with its size, so that any size can then be tried by
 * arithmetic. Lines break at spaces, behind hyphens, between ideographs and kana (not before
 * closing or behind opening marks), and words too long for any line between two grapheme
 * clusters. Main thread. Sources: UAX #14 in its simplest parts, UAX #29 (utf8proc). */
#ifndef MOTOGRAPH_SHOW_WRAP_H
#define MOTOGRAPH_SHOW_WRAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "show/text.h"

enum { WRAP_PARTS = 512, WRAP_LINES = 8 };

struct wrap_part {
    uint16_t byte, bytes; /* in the text, the blanks behind it not included */
    int32_t advance;      /* 26.6 px at the size of measuring; so too the next */
    int32_t blank;        /* the space behind it, where it is not the line's last */
};

struct wrap {
    const char *text; /* borrowed */
    size_t length;
    struct text *type; /* to measure with, borrowed */
    bool rtl;          /* the text's base direction */
    bool cut;          /* it has more parts than there is room for */
    size_t at;         /* bytes measured */
    size_t count;
    struct wrap_part parts[WRAP_PARTS];
};

struct wrap_line {
    uint16_t byte, bytes;
};

/* Begins to measure TEXT, '\0'-terminated, at most 64 KiB. */
void wrap_begin(struct wrap *wrap, struct text *type, const char *text);

/* Measures one part more; false when there is none left. */
bool wrap_measure(struct wrap *wrap);

/* Breaks the measured text, set at EM_PX, into lines of WIDTH_PX, at most MOST (no more than
 * WRAP_LINES). Returns their number; *WHOLE tells whether all of the text is on them. */
size_t wrap_break(const struct wrap *wrap, int em_px, int width_px, size_t most,
                  struct wrap_line *lines, bool *whole);

/* The least width, not above WIDTH_PX, that gives no more lines: they are then of about equal
 * length. */
int wrap_balance(const struct wrap *wrap, int em_px, int width_px, size_t most);

/* Lays one of the lines out with TYPE. Where REST, it is the last that fits and the text goes
 * on: it then ends in an ellipsis. The caller's to free(); NULL if memory is short. */
struct line *wrap_lay(const struct wrap *wrap, struct text *type, struct wrap_line line,
                      int width_px, bool rest);

#endif
