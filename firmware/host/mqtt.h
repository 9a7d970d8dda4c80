/* MQTT: this board's status and what it has shown go to a broker, and orders come from it. One
 * thread of its own, for the library may block in a name look-up; it speaks through rings only.
 *
 *     motograph/DEVICE/status   retained, with a last will: JSON, "state" is online or offline
 *     motograph/DEVICE/aired    JSON, as in the aired log
 *     motograph/DEVICE/do       orders (host/order.h) with "do", at most MQTT_ORDER_BYTES each
 *     motograph/group/GROUP/do  the same for all boards of a group
 *
 * Orders are taken at QoS 1; one that the broker had kept (retained) is never carried out, and none
 * is kept for a board that is away: news that comes late is no flash. A broker that is gone is no
 * trouble: it is said once, and tried again ever less often. MQTT 5, or 3.1.1 where the broker has
 * no 5 (OASIS, "MQTT Version 5.0", 2019). Off unless [mqtt] broker is set. */
#ifndef MOTOGRAPH_HOST_MQTT_H
#define MOTOGRAPH_HOST_MQTT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/aired.h"
#include "base/config.h"
#include "base/ring.h"

enum {
    MQTT_ORDER_BYTES = 4096,
    MQTT_ORDERS = 16, /* slots of the ring to the main thread */
    MQTT_STATUS_S = 60
};

struct mqtt;

/* What the status says and only the main thread knows. */
struct mqtt_report {
    int64_t headlines, flashes, aired, frames;
    int64_t late, upload, present; /* refreshes missed, by cause */
    int64_t sources_ok, sources_failed, sources_trying;
    int64_t expires_s, max_expires_s; /* [flash] as it counts now */
    bool paused, clock_known;
    bool off;         /* the display, by its hours; */
    char display[48]; /* in words */
    bool
        refused; /* the configuration as it is now on the disk has faults and is not in use */
};

/* Starts the thread. CONFIG is read during the call only. RELOADS: whether this run can read its
 * configuration again; if not, an order to do so is refused. NULL if it is off, if this build is without it, or, logged, if the settings or
 * memory do not allow it. All signals are blocked in the thread. Main thread. */
struct mqtt *mqtt_start(const struct config *config, bool reloads);

/* Slots of struct message; the main thread is its only consumer. NULL for NULL. */
struct ring *mqtt_orders(struct mqtt *mqtt);

/* Whether an order has asked for the configuration to be read again since the last call. NULL is
 * fine. Main thread. */
bool mqtt_wants_reload(struct mqtt *mqtt);

/* Has REPORT published: soon if its flashes, pause or refusal are others than before, else in some
 * seconds, or with the next status. NULL is fine. Main thread. */
void mqtt_tell(struct mqtt *mqtt, const struct mqtt_report *report);

/* Has AIRED published, unless there is no connection or too much waits. NULL is fine. One thread, the
 * same at all times. */
void mqtt_aired(struct mqtt *mqtt, const struct aired *aired);

/* Says that the board goes off, ends the thread and frees all; waits at most TIMEOUT_MS for it. If it
 * does not end in time (a look-up that hangs) it is left as it is, with its memory: the process is
 * about to exit. Returns whether it ended. NULL is fine. Main thread. */
bool mqtt_stop(struct mqtt *mqtt, int timeout_ms);

#endif
