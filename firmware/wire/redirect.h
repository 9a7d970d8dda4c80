/* Whether a redirect may be followed. Pure; any thread. */
#ifndef MOTOGRAPH_WIRE_REDIRECT_H
#define MOTOGRAPH_WIRE_REDIRECT_H

#include <stdbool.h>

enum { REDIRECT_MOST = 5, REDIRECT_REASON_BYTES = 128 };

struct redirect {
    char *url; /* the absolute target, owned: redirect_fini(); NULL if refused */
    bool own; /* it stays on the host and port of the operator's own address (or goes from
                  http to https there): trust, password and headers go with it */
    char reason[REDIRECT_REASON_BYTES]; /* if refused: why */
};

/* Judges LOCATION as sent by the page FROM (absolute), a hop of the operator's address
 * FIRST. Refused are: schemes other than http and https, https to http, what is no URL,
 * and, unless it is `own`, hosts that are plainly not public: literal addresses and
 * localhost. Names are vetted later, when their address is known. Returns whether it may
 * be followed. */
bool redirect_judge(struct redirect *redirect, const char *first, const char *from,
                    const char *location);

void redirect_fini(struct redirect *redirect);

#endif
