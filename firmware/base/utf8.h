/* UTF-8 as RFC 3629 and Unicode 15, table 3-7 define it: no overlong forms, no surrogates,
 * nothing above U+10FFFF. Pure; any thread. */
#ifndef MOTOGRAPH_BASE_UTF8_H
#define MOTOGRAPH_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UTF8_BAD = 0xFFFD };

/* Reads one code point at TEXT (LENGTH > 0 bytes left) into *CODE and returns its bytes,
 * 1 to 4. A malformed sequence gives UTF8_BAD and the length of its longest well-formed
 * beginning, at least 1 (the practice of Unicode 15, section 3.9). */
size_t utf8_decode(const char *text, size_t length, uint32_t *code);

/* Writes CODE (a scalar value, else UTF8_BAD) at OUT, room for 4; returns its bytes. */
size_t utf8_encode(uint32_t code, char *out);

/* Whether all LENGTH bytes are well formed. */
bool utf8_valid(const char *text, size_t length);

/* The greatest length <= LENGTH, that does not cut a well-formed sequence of TEXT in two. */
size_t utf8_floor(const char *text, size_t length);

#endif
