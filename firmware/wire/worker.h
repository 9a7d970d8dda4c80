/* The worker: one thread that owns the network and, later, the disk. It fetches every
 * source on its own schedule, parses what comes, and says what happened through the ring.
 * The main thread only ever sees that ring, and one that goes the other way, by which it asks for
 * pictures; if the worker hangs or dies, the screen goes on. */
#ifndef MOTOGRAPH_WIRE_WORKER_H
#define MOTOGRAPH_WIRE_WORKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <curl/curl.h>

#include "base/config.h"
#include "base/message.h"
#include "base/ring.h"
#include "wire/airlog.h"
#include "wire/health.h"
#include "wire/reload.h"

struct worker;

/* Who lives in the worker's poll, beside the network: all of it is called on the thread. The fd
 * (-1 = none at the moment) is waited for together with everything else; after that, and at latest
 * after timeout_ms (-1 = no matter when), comes a turn. A turn does not wait. */
struct worker_guest {
    void *user;
    void (*begin)(void *user, struct worker *worker); /* before its first turn */
    int (*fd)(void *user);
    void (*turn)(void *user);
    int (*timeout_ms)(void *user);
    void (*end)(void *user); /* after its last turn */
};

/* All is borrowed and must outlive the worker, but guest and aired, which are copied. */
struct worker_setup {
    /* Counts until the first MESSAGE_CONFIG with a configuration, then that one's until the next,
     * and so on: whoever takes the message owns the one before from then on, and the worker looks
     * at it no more. */
    const struct config *config;
    struct ring
        *ring; /* of struct message, this worker its only producer; pictures in it belong
                              to who takes them */
    struct ring
        *requests; /* of struct picture_request, this worker its only consumer; NULL = no
                              pictures */
    const struct airlog_setup
        *aired; /* where what was shown comes from and goes to; copied; NULL =
                                         nothing airs */
    struct message_stamp stamp; /* called on the thread for each headline */
    /* Asked for another configuration when somebody asks for it, or one of its files has changed
     * (wire/reload.h); NULL = it never changes. */
    const struct reload_reader *reader;
    const struct worker_guest *guest; /* NULL = none */
};

/* Starts the thread. All signals are blocked in it. Sources that are files are read before the
 * network library is even initialised, so a start from a file is fast. NULL, logged, if the thread
 * cannot be had. Main thread. */
struct worker *worker_start(const struct worker_setup *setup);

/* Has the configuration read again, soon. NULL is fine. Any thread. */
void worker_reload(struct worker *worker);

/* When the thread last turned (clock_ms()), or was started; while it runs well that is at most
 * some seconds ago. Any thread. */
int64_t worker_beat_ms(const struct worker *worker);

/* For the guest, on the thread: sends MESSAGE to the main thread behind all that waits already;
 * false if memory is short. */
bool worker_say(struct worker *worker, const struct message *message);

/* So too: how many sources there are, how number I is doing, and what all fetches came to. */
size_t worker_source_count(const struct worker *worker);
struct health_report worker_report(const struct worker *worker, size_t i);
const struct health_counts *worker_counts(const struct worker *worker);

/* So too: the configuration that counts, and the user of the stamp that does. */
const struct config *worker_config(const struct worker *worker);
const void *worker_stamp(const struct worker *worker);

/* So too: the network, for a transfer of its own (wire/trial.h); NULL = there is none. */
CURLM *worker_multi(const struct worker *worker);

/* So too: how many messages the ring to the main thread holds. */
size_t worker_ring_depth(struct worker *worker);

/* The last headline but BACK that has left the screen, as airlog_recent. On the worker's own thread. */
const char *worker_aired(const struct worker *worker, size_t back);

/* There are new requests, or something has aired: it looks at once. NULL is fine. Main thread. */
void worker_wake(struct worker *worker);

/* Asks the worker to end, waits at most TIMEOUT_MS for it, and frees it. If it does not
 * end in time (a library call that hangs) it is left as it is, with its memory: the
 * process is about to exit. Returns whether it ended. NULL is fine. Main thread. */
bool worker_stop(struct worker *worker, int timeout_ms);

#endif
