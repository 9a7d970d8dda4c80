/* What a person sent, made into text that may air: one space where there was white space, no
 * control, direction or invisible characters, at most 8 marks on a base. Pure; any thread. */
#ifndef MOTOGRAPH_HOST_WORDING_H
#define MOTOGRAPH_HOST_WORDING_H

#include <stdbool.h>
#include <stddef.h>

/* Writes LENGTH bytes of TEXT (valid UTF-8), cleaned, to OUT (at least LENGTH bytes), and their
 * number of code points to CODES. Returns the bytes; no '\0' is added. */
size_t wording_clean(const char *text, size_t length, char *out, size_t *codes);

/* Whether LENGTH bytes of TEXT are valid UTF-8 that cleaning would leave as they are. */
bool wording_is_clean(const char *text, size_t length);

#endif
