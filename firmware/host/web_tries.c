/* Each try moves the moment at which all would be forgotten on by its share of time; who is a
 * whole burst ahead of now waits (a leaky bucket kept as one number). */
#include "host/web_tries.h"

#include <stddef.h>

static const struct web_tries_entry *find(const struct web_tries *tries,
                                          const struct web_peer *peer)
{
    for (size_t i = 0; i < WEB_TRIES_PEERS; i++) {
        if (web_peer_same(&tries->entries[i].peer, peer)) {
            return &tries->entries[i];
        }
    }
    return NULL;
}

/* How long ENTRY is still good for something. */
static int64_t worth(const struct web_tries_entry *entry)
{
    return entry->until_ms > entry->trusted_ms ? entry->until_ms : entry->trusted_ms;
}

/* The one of PEER, or in the place of the one that matters least. */
static struct web_tries_entry *take(struct web_tries *tries, const struct web_peer *peer)
{
    struct web_tries_entry *least = &tries->entries[0];
    for (size_t i = 0; i < WEB_TRIES_PEERS; i++) {
        struct web_tries_entry *entry = &tries->entries[i];
        if (web_peer_same(&entry->peer, peer)) {
            return entry;
        }
        if (worth(entry) < worth(least)) {
            least = entry;
        }
    }
    *least = (struct web_tries_entry){.peer = *peer};
    return least;
}

static int64_t wait_of(int64_t until_ms, int burst, int64_t every_ms, int64_t now_ms)
{
    int64_t wait = until_ms - now_ms - (burst - 1) * every_ms;
    return wait > 0 ? wait : 0;
}

static void count(int64_t *until_ms, int64_t every_ms, int64_t now_ms)
{
    *until_ms = (*until_ms > now_ms ? *until_ms : now_ms) + every_ms;
}

int64_t web_tries_wait_ms(const struct web_tries *tries, const struct web_peer *peer,
                          int64_t now_ms)
{
    int64_t all =
        wait_of(tries->until_ms, WEB_TRIES_ALL_BURST, WEB_TRIES_ALL_EVERY_MS, now_ms);
    const struct web_tries_entry *entry = find(tries, peer);
    int64_t wait =
        entry ? wait_of(entry->until_ms, WEB_TRIES_BURST, WEB_TRIES_EVERY_MS, now_ms) : 0;
    if (wait > 0 || (entry && entry->trusted_ms > now_ms)) {
        return wait;
    }
    return all;
}

void web_tries_fail(struct web_tries *tries, const struct web_peer *peer, int64_t now_ms)
{
    count(&take(tries, peer)->until_ms, WEB_TRIES_EVERY_MS, now_ms);
    count(&tries->until_ms, WEB_TRIES_ALL_EVERY_MS, now_ms);
}

void web_tries_succeed(struct web_tries *tries, const struct web_peer *peer,
                       int64_t now_ms)
{
    take(tries, peer)->trusted_ms = now_ms + WEB_TRIES_TRUST_MS;
}
