/* Rectangles of px copied in memory. Thread-safe. */
#ifndef MOTOGRAPH_SHOW_COPY_H
#define MOTOGRAPH_SHOW_COPY_H

#include <stddef.h>

/* Copies ROWS rows of ROW_PX px, 4 bytes each and aligned to that, from FROM to TO, whose rows
 * begin FROM_PITCH and TO_PITCH bytes apart; they must not overlap. */
void copy_rows(void *to, size_t to_pitch, const void *from, size_t from_pitch,
               size_t row_px, size_t rows);

/* The same to memory that another processor reads after each change, as a display server does;
 * done when it returns. On x86 that takes half the time of copy_rows, in which every line of the
 * cache is first fetched back from the reader, only to be overwritten. */
void copy_rows_out(void *to, size_t to_pitch, const void *from, size_t from_pitch,
                   size_t row_px, size_t rows);

#endif
