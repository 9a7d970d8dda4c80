/* How often a wrong key may be tried: five times, then once in 12 seconds, for each address; and
 * sixty times, then once a second, for all who have not shown the right one lately. Pure: time is
 * an argument; worker thread. */
#ifndef MOTOGRAPH_HOST_WEB_TRIES_H
#define MOTOGRAPH_HOST_WEB_TRIES_H

#include <stdbool.h>
#include <stdint.h>

#include "host/web_peer.h"

enum {
    WEB_TRIES_PEERS = 64, /* that are remembered */
    WEB_TRIES_BURST = 5,
    WEB_TRIES_EVERY_MS = 12 * 1000,
    WEB_TRIES_ALL_BURST = 60,
    WEB_TRIES_ALL_EVERY_MS = 1000,
    WEB_TRIES_TRUST_MS = 10 * 60 * 1000 /* "lately" */
};

struct web_tries_entry {
    struct web_peer peer;
    int64_t until_ms;   /* when all its tries are forgotten */
    int64_t trusted_ms; /* until when it counts as one who knows the key */
};

/* Zeroed is a fresh one. */
struct web_tries {
    struct web_tries_entry entries[WEB_TRIES_PEERS];
    int64_t until_ms; /* of all together */
};

/* Milliseconds PEER must wait before its next try; 0 = none. */
int64_t web_tries_wait_ms(const struct web_tries *tries, const struct web_peer *peer,
                          int64_t now_ms);

/* PEER has tried a wrong key, or shown the right one. */
void web_tries_fail(struct web_tries *tries, const struct web_peer *peer, int64_t now_ms);
void web_tries_succeed(struct web_tries *tries, const struct web_peer *peer,
                       int64_t now_ms);

#endif
