/* What the fuzz targets share: the promises of feed.h as oracles. A broken promise is named on
 * stderr and aborts, which libFuzzer and the replay take for a finding. */
#ifndef MOTOGRAPH_FUZZ_CHECK_H
#define MOTOGRAPH_FUZZ_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "feed/buffer.h"

/* What libFuzzer, or replay.c, calls with each input. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Aborts with WHAT unless HOLDS. */
void check_that(bool holds, const char *what);

/* TEXT may air: valid UTF-8 of at most MAX_CODES code points, without C0 (LINES allows '\n'),
 * C1, direction controls, U+2028, U+2029 and the tags block. */
void check_text(const char *text, size_t length, size_t max_codes, bool lines,
                const char *what);

/* Appends the bytes as valid UTF-8, as everything is by the time it leaves feed/charset. */
void check_as_utf8(const uint8_t *data, size_t size, struct buffer *out);

/* Parses the document twice and checks every headline, the feed's own line, the caps, and that
 * both times gave the same. CONTENT_TYPE as the HTTP header gives it, or NULL; ADDRESS where the
 * document came from, or NULL for that of some feed. Returns how many headlines there were. */
size_t check_feed(const char *bytes, size_t length, const char *content_type,
                  const char *address);

#endif
