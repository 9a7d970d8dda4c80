/* One datagram for all there is to say. libsystemd writes to the socket that the environment
 * names; SDL has loaded it already, so it costs a start nothing. */
#include "host/service.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-daemon.h>

/* Without a watchdog only the status is told. */
enum { STATUS_EVERY_US = 10000000 };

void service_open(struct service *service)
{
    uint64_t patience_us = 0;
    const char *socket = getenv("NOTIFY_SOCKET");
    *service =
        (struct service){.managed = socket && *socket, .every_us = STATUS_EVERY_US};
    if (sd_watchdog_enabled(0, &patience_us) > 0 && patience_us <= INT64_MAX) {
        service->every_us = (int64_t)(patience_us / 2);
    }
}

void service_tell(struct service *service, int64_t now_us, bool alive, const char *status)
{
    char text[SERVICE_STATUS_BYTES + 40];
    bool changed = strcmp(service->status, status) != 0;
    service->due_us = now_us + service->every_us;
    if (changed) {
        snprintf(service->status, sizeof service->status, "%s", status);
    }
    int used = snprintf(text, sizeof text, "%s%s%s%s", service->ready ? "" : "READY=1\n",
                        alive ? "WATCHDOG=1\n" : "", changed ? "STATUS=" : "",
                        changed ? service->status : "");
    if (used > 0) {
        sd_notify(0, text);
    }
    service->ready = true;
}

void service_stopping(struct service *service)
{
    if (service->managed) {
        sd_notify(0, "STOPPING=1");
    }
}
