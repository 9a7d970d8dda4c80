/* Words without their endings. Pure; any thread. */
#ifndef MOTOGRAPH_DESK_STEM_H
#define MOTOGRAPH_DESK_STEM_H

#include <stddef.h>
#include <stdint.h>

/* Takes the ending off the word of LENGTH folded code points and returns the length left, at
 * least 2; may change the last one, and moves the rest to the front where an article was. One
 * set of endings a script, not a language: nobody says which one a headline is in. */
size_t stem(uint32_t *word, size_t length);

#endif
