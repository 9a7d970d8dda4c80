/* The worker: one thread that owns the network and, later, the disk. It fetches every
 * source on its own schedule, parses what comes, and says what happened through the ring.
 * The main thread only ever sees that ring, and one that goes the other way, by which it asks for
 * pictures; if the worker hangs or dies, the screen goes on. */
#ifndef MOTOGRAPH_WIRE_WORKER_H
#define MOTOGRAPH_WIRE_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/config.h"
#include "base/message.h"
#include "base/ring.h"
#include "wire/airlog.h"
#include "wire/reload.h"

struct worker;

/* Starts the thread. READER (NULL = the configuration never changes) is asked for another one when
 * somebody asks for it, or one of its files has changed (wire/reload.h). CONFIG counts until the
 * first MESSAGE_CONFIG with a configuration, then that one's until the next, and so on: whoever
 * takes the message owns the one before from then on, and the worker looks at it no more. CONFIG, RING (slots of struct message, this worker its only
 * producer) and REQUESTS (slots of struct picture_request, this worker its only consumer; NULL =
 * no pictures) must outlive it. AIRED (NULL = nothing airs) says where what was shown comes from and
 * goes to; it is copied. Pictures in RING belong to who takes them. STAMP is called on the
 * thread for each headline. All signals are blocked in the thread. Sources that are
 * files are read before the network library is even initialised, so a start from a file
 * is fast. NULL, logged, if the thread cannot be had. Main thread. */
struct worker *worker_start(const struct config *config, struct ring *ring,
                            struct ring *requests, struct message_stamp stamp,
                            const struct airlog_setup *aired,
                            const struct reload_reader *reader);

/* Has the configuration read again, soon. NULL is fine. Any thread. */
void worker_reload(struct worker *worker);

/* When the thread last turned (clock_ms()), or was started; while it runs well that is at most
 * some seconds ago. Any thread. */
int64_t worker_beat_ms(const struct worker *worker);

/* The last headline but BACK that has left the screen, as airlog_recent. On the worker's own thread. */
const char *worker_aired(const struct worker *worker, size_t back);

/* There are new requests, or something has aired: it looks at once. NULL is fine. Main thread. */
void worker_wake(struct worker *worker);

/* Asks the worker to end, waits at most TIMEOUT_MS for it, and frees it. If it does not
 * end in time (a library call that hangs) it is left as it is, with its memory: the
 * process is about to exit. Returns whether it ended. NULL is fine. Main thread. */
bool worker_stop(struct worker *worker, int timeout_ms);

#endif
