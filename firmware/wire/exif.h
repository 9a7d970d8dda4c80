/* The one thing read from a camera's notes: which way up the picture is. Pure; any thread.
 * Source: EXIF 2.32 (CIPA DC-008), 4.5 and 4.6.4. */
#ifndef MOTOGRAPH_WIRE_EXIF_H
#define MOTOGRAPH_WIRE_EXIF_H

#include <stddef.h>
#include <stdint.h>

/* The orientation, 1 to 8, that the LENGTH bytes of an APP1 segment say, which begin with
 * "Exif"; 0 where they say none. */
int exif_orientation(const uint8_t *bytes, size_t length);

#endif
