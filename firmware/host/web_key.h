/* What a change needs: the operator's PIN, or a token that this board makes for itself at its first
 * start and keeps in a file that only its owner may read. */
#ifndef MOTOGRAPH_HOST_WEB_KEY_H
#define MOTOGRAPH_HOST_WEB_KEY_H

#include <stdbool.h>

#include "host/web_gate.h"

enum {
    WEB_KEY_LEAST = 4, /* characters of a PIN */
    WEB_KEY_TOKEN_BITS = 128
};

struct web_key {
    char
        text[WEB_GATE_KEY_BYTES]; /* "" = there is none, so that nothing can be changed */
    char file[4096];              /* where it stands */
};

/* Reads it: from PIN_FILE where that is not "", else the token of the state folder, which is made
 * if there is none. False, logged with the cure, if there is none to be had. Worker thread. */
bool web_key_open(struct web_key *key, const char *pin_file);

#endif
