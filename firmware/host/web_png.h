/* A PNG made row by row in memory, so that whoever makes it can do something else in between.
 * Any thread, one at a time for each. */
#ifndef MOTOGRAPH_HOST_WEB_PNG_H
#define MOTOGRAPH_HOST_WEB_PNG_H

#include <stdbool.h>
#include <stddef.h>

struct web_png;

/* A picture of W x H px. NULL if memory is short or a side is out of range. */
struct web_png *web_png_new(int w, int h);
void web_png_free(struct web_png *png);

/* The next ROWS rows, from the top, 3 bytes a px. False if memory is short: it is of no use then. */
bool web_png_add(struct web_png *png, const unsigned char *pixels, int rows);

/* After the last row: the file, LENGTH bytes, malloc'ed, the caller's. NULL if rows are missing or
 * memory was short. */
char *web_png_end(struct web_png *png, size_t *length);

#endif
