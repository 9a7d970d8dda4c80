/* A picture at half its size: each px the mean of four. Pure; any thread. */
#ifndef MOTOGRAPH_SHOW_HALVE_H
#define MOTOGRAPH_SHOW_HALVE_H

#include <stddef.h>
#include <stdint.h>

/* Makes W px of OUT (3 bytes each: red, green, blue) of the 2 * W px of two rows, 0x??RRGGBB each. */
void halve_rows(const uint32_t *upper, const uint32_t *lower, int w, uint8_t *out);

#endif
