/* What is told to leave stays in the table until its socket is closed, or its number could come
 * back meanwhile; it no longer counts. */
#include "host/web_crowd.h"

#include <string.h>

/* Sockets of the network, fonts, files of the cache. */
enum { FILES_OF_OTHERS = 64, FEWEST = 8 };

void web_crowd_init(struct web_crowd *crowd, size_t files)
{
    size_t room = files > FILES_OF_OTHERS ? (files - FILES_OF_OTHERS) / 2 : 0;
    memset(crowd, 0, sizeof *crowd);
    /* A fifth of the table is left for those that leave. */
    crowd->most = WEB_CROWD_MOST - WEB_CROWD_MOST / 5;
    crowd->most = crowd->most < room ? crowd->most : room;
    crowd->most = crowd->most > FEWEST ? crowd->most : FEWEST;
    crowd->peer_most =
        crowd->most < WEB_CROWD_PEER ? crowd->most * 3 / 4 : WEB_CROWD_PEER;
}

static bool counts(const struct web_crowd_member *member)
{
    return member->state != WEB_CROWD_FREE && member->state != WEB_CROWD_LEAVES;
}

/* The one of PEER (NULL = of anybody) that has been in STATE for longest; NULL if none is. */
static struct web_crowd_member *oldest(struct web_crowd *crowd,
                                       const struct web_peer *peer,
                                       enum web_crowd_state state)
{
    struct web_crowd_member *found = NULL;
    for (size_t i = 0; i < WEB_CROWD_MOST; i++) {
        struct web_crowd_member *member = &crowd->members[i];
        if (member->state == state && (!peer || web_peer_same(&member->peer, peer)) &&
            (!found || member->since_ms < found->since_ms)) {
            found = member;
        }
    }
    return found;
}

static int send_away(struct web_crowd *crowd, struct web_crowd_member *member)
{
    member->state = WEB_CROWD_LEAVES;
    crowd->count--;
    return member->fd;
}

/* Who leaves for NEWCOMER: of its own address where that has enough, else of all. */
static struct web_crowd_member *choose(struct web_crowd *crowd,
                                       struct web_crowd_member *newcomer)
{
    size_t own = 0;
    for (size_t i = 0; i < WEB_CROWD_MOST; i++) {
        const struct web_crowd_member *member = &crowd->members[i];
        own += counts(member) && web_peer_same(&member->peer, &newcomer->peer);
    }
    const struct web_peer *peer = own > crowd->peer_most ? &newcomer->peer : NULL;
    if (!peer && crowd->count <= crowd->most) {
        return NULL;
    }
    newcomer->state = WEB_CROWD_BUSY; /* not itself, if there is any other */
    struct web_crowd_member *leaver = oldest(crowd, peer, WEB_CROWD_NEW);
    leaver = leaver ? leaver : oldest(crowd, peer, WEB_CROWD_IDLE);
    newcomer->state = WEB_CROWD_NEW;
    return leaver ? leaver : newcomer;
}

struct web_crowd_member *web_crowd_enter(struct web_crowd *crowd, int fd,
                                         const struct web_peer *peer, int64_t now_ms,
                                         int *leaver)
{
    struct web_crowd_member *member = oldest(crowd, NULL, WEB_CROWD_FREE);
    *leaver = fd;
    if (!member) {
        return NULL;
    }
    *member = (struct web_crowd_member){
        .state = WEB_CROWD_NEW, .fd = fd, .peer = *peer, .since_ms = now_ms};
    crowd->count++;
    struct web_crowd_member *goes = choose(crowd, member);
    *leaver = goes ? send_away(crowd, goes) : -1;
    return member;
}

static void move_on(struct web_crowd_member *member, enum web_crowd_state state,
                    int64_t now_ms)
{
    if (member && counts(member)) {
        member->state = state;
        member->since_ms = now_ms;
    }
}

void web_crowd_ask(struct web_crowd_member *member, int64_t now_ms)
{
    move_on(member, WEB_CROWD_BUSY, now_ms);
}

void web_crowd_answer(struct web_crowd_member *member, int64_t now_ms)
{
    move_on(member, WEB_CROWD_IDLE, now_ms);
}

void web_crowd_leave(struct web_crowd *crowd, struct web_crowd_member *member)
{
    if (member && member->state != WEB_CROWD_FREE) {
        crowd->count -= counts(member);
        *member = (struct web_crowd_member){.state = WEB_CROWD_FREE};
    }
}

static int64_t left_ms(const struct web_crowd_member *member, int64_t now_ms)
{
    int64_t may = member->state == WEB_CROWD_BUSY ? WEB_CROWD_TAKE_MS : WEB_CROWD_ASK_MS;
    int64_t left = member->since_ms + may - now_ms;
    return left > 0 ? left : 0;
}

int web_crowd_late(struct web_crowd *crowd, int64_t now_ms)
{
    for (size_t i = 0; i < WEB_CROWD_MOST && crowd->count > 0; i++) {
        if (counts(&crowd->members[i]) && left_ms(&crowd->members[i], now_ms) == 0) {
            return send_away(crowd, &crowd->members[i]);
        }
    }
    return -1;
}

int web_crowd_wait_ms(const struct web_crowd *crowd, int64_t now_ms)
{
    int64_t wait = -1;
    for (size_t i = 0; i < WEB_CROWD_MOST && crowd->count > 0; i++) {
        if (counts(&crowd->members[i])) {
            int64_t left = left_ms(&crowd->members[i], now_ms);
            wait = wait < 0 || left < wait ? left : wait;
        }
    }
    return (int)wait;
}
