/* The header lines of an HTTP answer: the few that matter here. Pure; any thread. */
#ifndef MOTOGRAPH_WIRE_ANSWER_H
#define MOTOGRAPH_WIRE_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ANSWER_TAG_BYTES = 256, ANSWER_DATE_BYTES = 64, ANSWER_LOCATION_BYTES = 2049 };

/* What makes the next request conditional (RFC 9110, section 13.1); "" = none. */
struct answer_validators {
    char etag[ANSWER_TAG_BYTES];
    char modified[ANSWER_DATE_BYTES];
};

/* Values are trimmed; one that does not fit, or holds control bytes, counts as absent:
 * "". */
struct answer {
    int status; /* 0 before the first line */
    struct answer_validators validators;
    char content_type[128];
    char encoding[64];
    char retry_after[ANSWER_DATE_BYTES];
    char date[ANSWER_DATE_BYTES];
    char location[ANSWER_LOCATION_BYTES];
    bool located; /* there was a Location, even one too long to keep */
};

/* Takes one header line with or without its end of line. A status line begins a new
 * answer (interim ones and each hop of a proxy send several): all before it is
 * forgotten. */
void answer_line(struct answer *answer, const char *line, size_t length);

/* Whether the content's encoding is one we asked for: none, gzip, deflate, or several of
 * them. */
bool answer_encoding_known(const struct answer *answer);

/* The wait Retry-After asks for in milliseconds; 0 if it asks for none. A date is taken
 * from the answer's own Date if it has one, so that a wrong clock here does not matter,
 * else from NOW (UTC seconds). */
int64_t answer_retry_after_ms(const struct answer *answer, int64_t now);

#endif
