/* Character references of HTML: the names of the WHATWG list and the numeric ones, those of
 * the C1 range read as windows-1252 (HTML standard, section 13.5 and 13.2.5.80). Pure. */
#ifndef MOTOGRAPH_FEED_ENTITY_H
#define MOTOGRAPH_FEED_ENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a reference stands for: one code point, or two if codes[1] is not 0. */
struct entity {
    uint32_t codes[2];
};

/* Reads the reference at TEXT, which points at its '&', LENGTH bytes left. Returns its bytes
 * (the ';' included), or 0 if it is none. Without ';' only the names that HTML has always
 * allowed so are read; *CLOSED tells whether the ';' was there (may be NULL). */
size_t entity_read(const char *text, size_t length, struct entity *entity, bool *closed);

/* Finds a name without '&' and ';'. */
bool entity_find(const char *name, size_t length, struct entity *entity);

/* The code point that byte BYTE (0x80 to 0x9F) stands for in windows-1252. */
uint32_t entity_windows_1252(unsigned char byte);

#endif
