#include "show/airing.h"

#include "base/clock.h"

void airing_begin(struct airing *airing)
{
    airing->since_us = clock_us();
}

void airing_end(struct airing *airing, const struct airing_taker *taker, const char *lane,
                const struct headline *headline)
{
    int64_t since_us = airing->since_us;
    airing->since_us = 0;
    if (since_us && headline && taker->call) {
        taker->call(taker->user, lane, headline, clock_us() - since_us);
    }
}
