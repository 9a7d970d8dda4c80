/* A headline while it can be seen, and who is told when it no longer can. Main thread. */
#ifndef MOTOGRAPH_SHOW_AIRING_H
#define MOTOGRAPH_SHOW_AIRING_H

#include <stdint.h>

#include "base/headline.h"

/* HEADLINE has left LANE after SHOWN_US microseconds; both are valid during the call, which does
 * not allocate. */
typedef void airing_fn(void *user, const char *lane, const struct headline *headline,
                       int64_t shown_us);

struct airing_taker {
    airing_fn *call; /* NULL: nobody */
    void *user;
};

/* Zeroed is one that cannot be seen. */
struct airing {
    int64_t since_us; /* clock_us() when it came into view; 0 = it cannot be seen */
};

/* It came into view. */
void airing_begin(struct airing *airing);

/* It has left LANE, or is covered from now on. Tells TAKER, once. */
void airing_end(struct airing *airing, const struct airing_taker *taker, const char *lane,
                const struct headline *headline);

#endif
