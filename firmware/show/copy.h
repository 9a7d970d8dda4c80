/* Rectangles of px copied in memory. Thread-safe. */
#ifndef MOTOGRAPH_SHOW_COPY_H
#define MOTOGRAPH_SHOW_COPY_H

#include <stddef.h>

/* One of the rectangles that are copied side by side. */
struct copy_part {
    const void *from; /* its first px; rows begin PITCH bytes apart */
    size_t pitch;
    size_t at_px, row_px; /* where in the target's row, and how wide */
};

/* Copies ROWS rows of the COUNT parts to TO, whose rows begin TO_PITCH bytes apart; 4 bytes a
 * px, aligned to that, and no part overlaps TO. All of a row before the next: one stream to
 * write is what processors are best at. */
void copy_rows(void *to, size_t to_pitch, const struct copy_part *parts, size_t count,
               size_t rows);

/* The same to memory that another processor reads after each change, as a display server does;
 * done when it returns. On x86 what the cache of that processor holds need not be fetched from
 * there, only to be overwritten; where both are the same processor it is slower than copy_rows. */
void copy_rows_out(void *to, size_t to_pitch, const struct copy_part *parts, size_t count,
                   size_t rows);

#endif
