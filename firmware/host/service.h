/* What the service manager hears of us, by sd_notify(3): that the picture is up (READY=1), that
 * it still moves (WATCHDOG=1), how things stand (STATUS=), that we end. Whoever calls decides
 * what counts as a sign of life; here is kept when one is due. Without NOTIFY_SOCKET, and in a
 * build without libsystemd, nothing is ever due. Main thread. */
#ifndef MOTOGRAPH_HOST_SERVICE_H
#define MOTOGRAPH_HOST_SERVICE_H

#include <stdbool.h>
#include <stdint.h>

enum { SERVICE_STATUS_BYTES = 160 };

struct service {
    bool managed;     /* somebody listens */
    bool ready;       /* and has heard READY=1 */
    int64_t every_us; /* between two signs: half of what the manager waits */
    int64_t due_us;   /* the next one, on the scale of clock_us() */
    char status[SERVICE_STATUS_BYTES]; /* last told */
};

/* Finds out whether a manager listens ($NOTIFY_SOCKET) and how long its patience is
 * ($WATCHDOG_USEC). */
void service_open(struct service *service);

/* Whether it is time for a sign; one comparison in a steady frame. */
static inline bool service_due(const struct service *service, int64_t now_us)
{
    return service->managed && now_us >= service->due_us;
}

/* Tells the manager how things stand, in one message: STATUS where it has changed, READY the
 * first time, and, if ALIVE, that the watchdog need not bite. Allocates nothing. */
void service_tell(struct service *service, int64_t now_us, bool alive,
                  const char *status);

/* The end has begun. */
void service_stopping(struct service *service);

#endif
