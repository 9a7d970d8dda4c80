/* What the operator wrote as a source's address, taken apart: on the web, or a file.
 * Pure; any thread. */
#ifndef MOTOGRAPH_WIRE_PLACE_H
#define MOTOGRAPH_WIRE_PLACE_H

#include <stdbool.h>

#include "wire/failure.h"

enum place_kind { PLACE_BAD, PLACE_WEB, PLACE_FILE };

enum { PLACE_HOST_BYTES = 256 };

struct place {
    enum place_kind kind;
    enum failure failure; /* PLACE_BAD: why */
    char *target;         /* owned: the URL to fetch, or the path to open */
    char *shown;          /* owned: as written, without user and password: for logs */
    char host[PLACE_HOST_BYTES];  /* PLACE_WEB: in lower case, brackets of IPv6 kept */
    char label[PLACE_HOST_BYTES]; /* a name for it: the host without "www.", or the file's
                                     name without its ending */
};

/* Takes WORD apart: "http://...", "https://..." (any case), "file:PATH" and
 * "file:///PATH" (%XX decoded in both if the path is absolute; a host other than
 * localhost is refused, RFC 8089), and everything else without "://" is a path. False if
 * memory is short. */
bool place_init(struct place *place, const char *word);

/* Takes user and password out of a URL, in place; other texts stay as they are. */
void place_strip(char *url);

/* Frees what it owns. NULL and a zeroed one are fine. */
void place_fini(struct place *place);

#endif
