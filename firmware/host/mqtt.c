/* The thread, its rings, and what others hand it. */
#define LOG_MODULE "mqtt"
#include "host/mqtt.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/message.h"
#include "host/mqtt_inside.h"

enum { REPORTS = 8, LINES = 16 };

static void *run(void *user)
{
    struct mqtt *mqtt = user;
    mosquitto_lib_init();
    mqtt_link_run(mqtt);
    mosquitto_lib_cleanup();
    eventfd_write(mqtt->ended, 1);
    return NULL;
}

static void mqtt_free(struct mqtt *mqtt)
{
    ring_fini(&mqtt->orders);
    ring_fini(&mqtt->reports);
    ring_fini(&mqtt->lines);
    if (mqtt->wake >= 0) {
        close(mqtt->wake);
    }
    if (mqtt->ended >= 0) {
        close(mqtt->ended);
    }
    free(mqtt);
}

static bool make_rings(struct mqtt *mqtt)
{
    mqtt->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    mqtt->ended = eventfd(0, EFD_CLOEXEC);
    return mqtt->wake >= 0 && mqtt->ended >= 0 &&
           ring_init(&mqtt->orders, MQTT_ORDERS, sizeof(struct message)) &&
           ring_init(&mqtt->reports, REPORTS, sizeof(struct mqtt_report)) &&
           ring_init(&mqtt->lines, LINES, sizeof(struct mqtt_line));
}

/* It inherits the mask, so that no signal ever lands on it but its own faults. */
static bool start_thread(struct mqtt *mqtt)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
    sigset_t all, before;
    sigfillset(&all);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        sigdelset(&all, faults[i]);
    }
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = pthread_create(&mqtt->thread, NULL, run, mqtt);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (error) {
        log_error("the thread for MQTT cannot be started: %s", strerror(error));
    }
    return error == 0;
}

struct mqtt *mqtt_start(const struct config *config, bool reloads)
{
    struct mqtt *mqtt = calloc(1, sizeof *mqtt);
    if (!mqtt) {
        log_error("not enough memory for MQTT");
        return NULL;
    }
    mqtt->wake = mqtt->ended = -1;
    mqtt->reloads = reloads;
    if (getrandom(&mqtt->seed, sizeof mqtt->seed, GRND_NONBLOCK) < 0) {
        mqtt->seed = (uint64_t)clock_us();
    }
    if (!mqtt_settings_read(&mqtt->settings, config)) {
        mqtt_free(mqtt);
        return NULL;
    }
    if (!make_rings(mqtt) || !start_thread(mqtt)) {
        log_error("not enough memory or files for MQTT: it stays off");
        mqtt_free(mqtt);
        return NULL;
    }
    return mqtt;
}

struct ring *mqtt_orders(struct mqtt *mqtt)
{
    return mqtt ? &mqtt->orders : NULL;
}

bool mqtt_wants_reload(struct mqtt *mqtt)
{
    return mqtt && atomic_load(&mqtt->reload) && atomic_exchange(&mqtt->reload, false);
}

void mqtt_tell(struct mqtt *mqtt, const struct mqtt_report *report)
{
    struct mqtt_report *slot = mqtt ? ring_reserve(&mqtt->reports) : NULL;
    if (slot) {
        *slot = *report;
        ring_commit(&mqtt->reports);
        eventfd_write(mqtt->wake, 1);
    }
}

void mqtt_aired(struct mqtt *mqtt, const struct aired *aired)
{
    struct mqtt_line *slot = mqtt ? ring_reserve(&mqtt->lines) : NULL;
    if (slot) {
        slot->length = (uint32_t)aired_json(aired, slot->text);
        ring_commit(&mqtt->lines);
        eventfd_write(mqtt->wake, 1);
    }
}

static bool wait_for_end(const struct mqtt *mqtt, int timeout_ms)
{
    struct pollfd ended = {.fd = mqtt->ended, .events = POLLIN};
    int64_t end_ms = clock_ms() + timeout_ms, left_ms = timeout_ms;
    int got;
    do { /* a signal may cut the wait short */
        got = poll(&ended, 1, left_ms > 0 ? (int)left_ms : 0);
        left_ms = end_ms - clock_ms();
    } while (got < 0 && errno == EINTR && left_ms > 0);
    return got == 1;
}

bool mqtt_stop(struct mqtt *mqtt, int timeout_ms)
{
    if (!mqtt) {
        return true;
    }
    atomic_store(&mqtt->quit, true);
    eventfd_write(mqtt->wake, 1);
    if (!wait_for_end(mqtt, timeout_ms)) {
        log_warning("MQTT did not end in time and is left behind");
        pthread_detach(mqtt->thread);
        return false;
    }
    pthread_join(mqtt->thread, NULL);
    mqtt_free(mqtt);
    return true;
}
