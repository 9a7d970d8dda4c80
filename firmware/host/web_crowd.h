/* The connections there are, and who must leave when one more comes: a connection that has not
 * asked yet, the oldest first, then one that has had its answer. So whoever opens a thousand and
 * says nothing pushes out nobody but himself, and a newcomer who asks at once is answered. Who takes
 * too long leaves, too. Knows sockets as numbers only: pure; worker thread. */
#ifndef MOTOGRAPH_HOST_WEB_CROWD_H
#define MOTOGRAPH_HOST_WEB_CROWD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "host/web_peer.h"

enum {
    WEB_CROWD_MOST = 320, /* connections at once */
    WEB_CROWD_PEER = 224, /* of one address */
    WEB_CROWD_ASK_MS =
        5000, /* to say what is wanted, all of it; so too between two questions */
    WEB_CROWD_TAKE_MS = 15000, /* to take the answer */
};

enum web_crowd_state {
    WEB_CROWD_FREE,
    WEB_CROWD_NEW,   /* has not asked anything yet */
    WEB_CROWD_IDLE,  /* has had an answer, and nothing is going on */
    WEB_CROWD_BUSY,  /* its answer is being made or sent */
    WEB_CROWD_LEAVES /* it was told to go */
};

struct web_crowd_member {
    enum web_crowd_state state;
    int fd;
    struct web_peer peer;
    int64_t since_ms; /* in that state */
};

struct web_crowd {
    struct web_crowd_member members[WEB_CROWD_MOST];
    size_t most, peer_most; /* the limits that hold here */
    size_t count;           /* those that leave not counted */
};

/* FILES is how many open files the process may have: where that is little, the limits are lower. */
void web_crowd_init(struct web_crowd *crowd, size_t files);

/* FD of PEER has come. Writes to *LEAVER the socket that must go for it, -1 = none; it may be FD
 * itself. Returns its member, NULL if there is no room even to remember it: FD must go then, too. */
struct web_crowd_member *web_crowd_enter(struct web_crowd *crowd, int fd,
                                         const struct web_peer *peer, int64_t now_ms,
                                         int *leaver);

/* MEMBER (NULL is fine) has asked; has been answered; is gone. */
void web_crowd_ask(struct web_crowd_member *member, int64_t now_ms);
void web_crowd_answer(struct web_crowd_member *member, int64_t now_ms);
void web_crowd_leave(struct web_crowd *crowd, struct web_crowd_member *member);

/* The socket of one that has taken too long and must go now; -1 = none. Ask again until then. */
int web_crowd_late(struct web_crowd *crowd, int64_t now_ms);

/* Milliseconds until the next one will be late; -1 = there is nobody. */
int web_crowd_wait_ms(const struct web_crowd *crowd, int64_t now_ms);

#endif
