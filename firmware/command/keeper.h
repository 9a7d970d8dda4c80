/* What was done by hand and outlives a restart: own messages (command/own.h), however they came, and
 * what was hidden. The main thread tells of both through a ring; the worker keeps them in the state
 * folder, the first at once, then as often as a card bears. Only where there is a way to send
 * orders. It is the worker's guest, and has the web page with it. */
#ifndef MOTOGRAPH_COMMAND_KEEPER_H
#define MOTOGRAPH_COMMAND_KEEPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/message.h"
#include "base/ring.h"
#include "command/own.h"
#include "desk/desk.h"
#include "wire/worker.h"

struct keeper {
    struct ring notes; /* from the main thread; no slots = nothing is kept */
    uint64_t told;     /* the main thread's: so many hides it has told of */
    /* The worker's, while there is one. */
    struct own own;
    uint64_t hidden[DESK_HIDES]; /* identities, the oldest first */
    size_t hidden_count;
    bool hides_dirty;
    int64_t save_ms; /* no save before */
    struct worker *worker;
    struct worker_guest web; /* turn is NULL: there is none */
};

/* Reads what was hidden and has DESK, which is empty, hide it. WEB is copied; NULL = it is off.
 * False, logged, if memory is short: nothing is kept. Main thread, before the worker. */
bool keeper_open(struct keeper *keeper, struct desk *desk,
                 const struct worker_guest *web);

/* After the worker. A zeroed one is fine. */
void keeper_fini(struct keeper *keeper);

struct worker_guest keeper_guest(struct keeper *keeper);

/* Tells the worker of an order that has come by MQTT, and of what DESK has hidden since the last
 * call. What the ring has no room for is not kept, or told of at the next call. True if the worker
 * is to be woken. Main thread. */
bool keeper_note_order(struct keeper *keeper, const struct message *message);
bool keeper_note_hides(struct keeper *keeper, const struct desk *desk);

#endif
