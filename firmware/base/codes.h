/* Which code points a text that is shown does without. Pure; any thread. */
#ifndef MOTOGRAPH_BASE_CODES_H
#define MOTOGRAPH_BASE_CODES_H

#include <stdbool.h>
#include <stdint.h>

/* White space beyond ASCII (no-break and typographic spaces, line and paragraph separators). */
bool codes_is_space(uint32_t code);

/* Beyond ASCII: soft hyphen, C1, the Bidi_Control characters, zero-width space, word joiner and
 * the invisible operators, byte order mark, interlinear annotation, noncharacters, tags. */
bool codes_is_dropped(uint32_t code);

#endif
