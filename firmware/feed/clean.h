/* What a feed calls a title, made into text that may air: no mark-up, no character
 * references, one space where there was white space, no control or direction characters, at
 * most 8 marks on a base, cut at a grapheme. Pure. */
#ifndef MOTOGRAPH_FEED_CLEAN_H
#define MOTOGRAPH_FEED_CLEAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "feed/buffer.h"

enum clean_form {
    CLEAN_PLAIN, /* final text: only white space and characters are cleaned */
    CLEAN_TEXT, /* said to be text: references are decoded in case it was escaped twice, and
                    mark-up is removed only if a closing tag proves it */
    CLEAN_HTML /* mark-up and references */
};

/* Appends LENGTH bytes of TEXT (valid UTF-8), cleaned, to OUT; more than MAX_CODES code points
 * are cut, the last of them then an ellipsis. Returns the bytes appended. */
size_t clean_text(const char *text, size_t length, enum clean_form form, size_t max_codes,
                  struct buffer *out);

/* Whether CODE may stand in a text that is shown: no control, direction, invisible or white
 * space character but ' '. */
bool clean_may_stand(uint32_t code);

#endif
