/* Which characters are shown as emoji. Pure; any thread. Source: UTS #51 (Unicode emoji), the
 * ranges of Emoji_Presentation in fonts/emoji.h. */
#ifndef MOTOGRAPH_SHOW_EMOJI_H
#define MOTOGRAPH_SHOW_EMOJI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether CODE is a picture by default (Emoji_Presentation=Yes). */
bool emoji_is_picture(uint32_t code);

/* Whether the grapheme cluster CODES asks for a picture: it holds a character that is one by
 * default (skin tones are), or U+FE0F, or the keycap U+20E3; U+FE0E behind its base says no.
 * A face that has the picture is another matter. */
bool emoji_cluster(const uint32_t *codes, size_t count);

#endif
