/* Who may come in: what the headers of a request must say. Against DNS rebinding only names count
 * that are ours, against pages of other sites only requests that do not come from one, and a
 * change needs the key. Pure; any thread. */
#ifndef MOTOGRAPH_HOST_WEB_GATE_H
#define MOTOGRAPH_HOST_WEB_GATE_H

#include <stdbool.h>
#include <stddef.h>

enum { WEB_GATE_NAME_BYTES = 256, WEB_GATE_KEY_BYTES = 256 };

/* Takes the name out of AUTHORITY ("name", "name:80", "[::1]:80"): in lower case, without a dot
 * at its end and without the brackets. False if it is no such thing; OUT is "" then. RFC 9110, 7.2. */
bool web_gate_name(const char *authority, char out[WEB_GATE_NAME_BYTES]);

/* The names by which a request may ask for us. */
struct web_gate {
    const char *machine; /* its host name; also with ".local" */
    const char *listen;  /* the address we listen on, without its port */
    const char *hosts;   /* of [web], between commas or blanks */
};

/* Whether a request that came in at our address HERE may name HOST (NULL = it names none). */
bool web_gate_admits(const struct web_gate *gate, const char *host, const char *here);

/* Whether a change may come from there: ORIGIN and SITE are the request's Origin and
 * Sec-Fetch-Site, NULL where it has none (a program, not a browser); HOST as above. */
bool web_gate_is_ours(const char *origin, const char *site, const char *host);

/* What follows "Bearer " in AUTHORIZATION; NULL where it is no such thing. RFC 6750, 2.1. */
const char *web_gate_bearer(const char *authorization);

/* Whether GIVEN is KEY; takes the same time whatever is GIVEN. An empty KEY fits nothing. */
bool web_gate_fits(const char *key, const char *given);

#endif
