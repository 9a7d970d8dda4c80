/* Hears when this machine gets an address or a way out: what nobody answered to is then tried at once,
 * and for a while again and again, because names are often looked up in vain at first. Worker thread. */
#ifndef MOTOGRAPH_WIRE_NETWATCH_H
#define MOTOGRAPH_WIRE_NETWATCH_H

#include <stdbool.h>
#include <stdint.h>

enum {
    NETWATCH_AGAIN_MS = 2 * 1000,  /* between two tries */
    NETWATCH_WHILE_MS = 15 * 1000, /* after the last that was heard */
    NETWATCH_TRIES =
        32, /* at once; a network that never rests is not followed for ever */
    NETWATCH_REST_MS = 5 * 60 * 1000 /* for one more of them */
};

struct netwatch {
    int fd; /* readable when something was heard; owned; -1 = none */
    int64_t until_ms, next_ms;
    int64_t
        spent_ms; /* the tries of late, NETWATCH_REST_MS each, count as done at this time */
};

/* Begins to listen to the kernel (rtnetlink(7)); where it lets nobody, logged, nothing is ever heard. */
void netwatch_open(struct netwatch *watch);

void netwatch_close(struct netwatch *watch);

/* Whether it is time to try again what nobody answered to. Does not wait. */
bool netwatch_turn(struct netwatch *watch, int64_t now_ms);

/* How long until then; INT64_MAX if nothing was heard lately. Pure. */
int64_t netwatch_wait_ms(const struct netwatch *watch, int64_t now_ms);

#endif
