/* The optimal string alignment distance (Damerau-Levenshtein without overlapping edits), on
 * three rows of its table. Words are keys and settings: short, ASCII. */
#include "base/spelling.h"

#include <string.h>

enum { WORD_BYTES = 40 };

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Both lengths are at most WORD_BYTES. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[3][WORD_BYTES + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_length; j++) {
        before[j] = 0;
        last[j] = j;
    }
    for (size_t i = 1; i <= a_length; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            int x = lower(a[i - 1]), y = lower(b[j - 1]);
            row[j] = least(least(last[j], row[j - 1]) + 1, last[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == lower(b[j - 2]) && y == lower(a[i - 2])) {
                row[j] = least(row[j], before[j - 2] + 1);
            }
        }
        size_t *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[b_length];
}

void spelling_try(struct spelling *best, const char *text, size_t length,
                  const char *candidate)
{
    size_t candidate_length = strlen(candidate);
    if (length > WORD_BYTES || candidate_length > WORD_BYTES) {
        return;
    }
    size_t d = distance(text, length, candidate, candidate_length);
    /* A third of the letters wrong is a slip; more is another word. */
    size_t longer = length > candidate_length ? length : candidate_length;
    if (d * 3 <= longer && (!best->word || d < best->distance)) {
        *best = (struct spelling){candidate, d};
    }
}
