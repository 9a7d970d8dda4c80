/* The thread and its loop. Files come first, before libcurl is even initialised. Then,
 * round and round: hand messages over; if all have left, take one finished fetch or one
 * changed file; start what is due; let libcurl work; wait in curl_multi_poll. Nothing is
 * parsed while the ring is full, so the outbox never holds more than one fetch, and the
 * worker waits its turn in the same place in which it waits for the network. */
#define LOG_MODULE "wire"
#include "wire/worker.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "wire/cache.h"
#include "wire/cachedir.h"
#include "wire/clockwatch.h"
#include "wire/dispatch.h"
#include "wire/gallery.h"
#include "wire/line.h"
#include "wire/netwatch.h"
#include "wire/outbox.h"
#include "wire/reload.h"
#include "wire/roster.h"
#include "wire/station.h"

enum {
    RING_FULL_MS = 5,    /* how soon to look again */
    WATCH_MS = 1000,     /* the same while fetches run */
    LAST_SAVE_MS = 200,  /* at the end, for what waits to be saved */
    IDLE_MS = 10 * 1000, /* and at most */
    BLIND_MS = 100,      /* without a multi handle nobody can wake us */
    CLOCK_STEP_S = 60    /* a wall clock that moves so far was set */
};

struct worker {
    pthread_t thread;
    atomic_bool quit;
    atomic_bool reload_asked;
    _Atomic int64_t beat_ms; /* when the thread last turned */
    _Atomic(CURLM *) multi;  /* made by the thread, freed after it has ended */
    int ended; /* an eventfd, the thread's last act: pthread_join itself has no limit */
    struct ring *ring;
    /* From here on the thread's own. */
    struct outbox outbox;
    struct lines lines;
    struct dispatch dispatch; /* its stations are owned */
    struct gallery gallery;
    const struct config *config;
    struct reload reload;
    uint64_t seed;             /* for the schedules of sources to come */
    struct worker_guest guest; /* turn is NULL: there is none */
    struct health_counts counts;
    struct cache cache;
    struct airlog_setup airlog_setup;
    struct airlog airlog;
    bool global;    /* libcurl is initialised */
    int clockwatch; /* owned; or -1 */
    struct netwatch netwatch;
    int64_t wall_ahead_s; /* wall clock less monotonic */
};

/* --- Files -------------------------------------------------------------------------- */

/* Looks at one file that is due. Returns whether there was one. */
static bool read_due(struct worker *worker)
{
    int64_t now_ms = clock_ms();
    for (size_t i = 0; i < worker->dispatch.count; i++) {
        struct station *station = &worker->dispatch.stations[i];
        if (station->place.kind == PLACE_FILE && station->schedule.due_ms <= now_ms) {
            station_read(station, &worker->dispatch.desk, now_ms);
            return true;
        }
    }
    return false;
}

/* A board without a clock of its own finds every certificate "not yet valid" until it has
 * heard the time. Where the kernel does not tell, the clock itself does, within IDLE_MS. */
static void notice_clock(struct worker *worker, int64_t now_ms)
{
    int64_t ahead_s = clock_wall() - now_ms / 1000;
    bool heard = clockwatch_heard(worker->clockwatch);
    if (heard || llabs(ahead_s - worker->wall_ahead_s) > CLOCK_STEP_S) {
        dispatch_hasten(&worker->dispatch, FAILURE_TLS, now_ms);
        worker->wall_ahead_s = ahead_s;
    }
}

/* A board is often quicker than its network. */
static void notice_network(struct worker *worker, int64_t now_ms)
{
    if (netwatch_turn(&worker->netwatch, now_ms)) {
        dispatch_hasten_silent(&worker->dispatch, now_ms);
    }
}

/* --- The disk ----------------------------------------------------------------------- */

static bool is_ours(void *user, uint64_t key)
{
    const struct worker *worker = user;
    for (size_t i = 0; i < worker->dispatch.count; i++) {
        if (worker->dispatch.stations[i].shelf.key == key) {
            return true;
        }
    }
    return false;
}

/* What was last on air, before any network. */
static void recall(struct worker *worker)
{
    cache_open(&worker->cache, worker->config, clock_ms());
    for (size_t i = 0; i < worker->dispatch.count && !atomic_load(&worker->quit); i++) {
        station_recall(&worker->dispatch.stations[i], &worker->dispatch.desk);
    }
    outbox_flush(&worker->outbox, worker->ring);
    if (worker->cache.folder && !worker->cache.dry) {
        cachedir_prune(worker->cache.folder, worker->config->cache.size_bytes, is_ours,
                       worker);
    }
}

static void save(struct worker *worker, int64_t until_ms)
{
    for (size_t i = 0; i < worker->dispatch.count && clock_ms() < until_ms; i++) {
        shelf_save(&worker->dispatch.stations[i].shelf, &worker->cache, clock_ms());
    }
}

/* --- Another configuration ---------------------------------------------------------- */

/* From here on all is by the new numbers; the message that says so is the next in the ring. False
 * if memory is short, and all is as it was. */
static bool change_to(struct worker *worker, struct config_change *change)
{
    int64_t now_ms = clock_ms();
    worker->seed += CONFIG_SOURCES;
    if (!roster_change(&worker->dispatch, change, worker->config, worker->seed, now_ms)) {
        return false;
    }
    gallery_change(&worker->gallery, change->config, worker->dispatch.stations);
    cache_share(&worker->cache, change->config, now_ms);
    airlog_keep(&worker->airlog, change->config->log.aired_s, now_ms);
    worker->dispatch.desk.stamp = change->stamp;
    worker->config = change->config;
    return true;
}

/* Reads the configuration again if that is due and the change can be handed over. The outbox is
 * empty. */
static void reload(struct worker *worker)
{
    bool asked = atomic_exchange(&worker->reload_asked, false);
    if (!reload_due(&worker->reload, asked, clock_ms())) {
        return;
    }
    struct message *slot = ring_reserve(worker->ring);
    struct config_change *change = slot ? reload_read(&worker->reload) : NULL;
    if (!change) {
        return;
    }
    if (change->config && !change_to(worker, change)) {
        worker->reload.reader->refuse(worker->reload.reader->user, change);
        return;
    }
    slot->kind = MESSAGE_CONFIG;
    slot->source = 0;
    slot->count = 0;
    slot->at = clock_wall();
    slot->change = change;
    bool fresh = change->config != NULL;
    ring_commit(worker->ring);
    if (fresh) { /* it stays until the next one is handed over, and only we do that */
        roster_open(&worker->dispatch, change);
    }
}

/* --- The loop ----------------------------------------------------------------------- */

static int wait_ms(const struct worker *worker, int64_t now_ms)
{
    int64_t wait = reload_wait_ms(&worker->reload, now_ms);
    wait = wait < IDLE_MS ? wait : IDLE_MS;
    int64_t network_ms = netwatch_wait_ms(&worker->netwatch, now_ms);
    wait = wait < network_ms ? wait : network_ms;
    for (size_t i = 0; i < worker->dispatch.count; i++) {
        const struct station *station = &worker->dispatch.stations[i];
        int64_t left_ms = station->schedule.due_ms - now_ms;
        if (station->place.kind == PLACE_FILE && left_ms < 0) {
            left_ms = 0; /* it fell due after the last look */
        }
        bool waits = station->place.kind == PLACE_FILE || left_ms > 0;
        /* What is due on the web and not busy waits for a line, and a line that ends wakes
         * us. */
        if (!station->busy && waits && left_ms < wait) {
            wait = left_ms;
        }
    }
    bool watch = lines_running(&worker->lines) && wait > WATCH_MS;
    return watch ? WATCH_MS : (int)wait;
}

/* The only place in which the worker waits. */
static void wait_turn(const struct worker *worker, CURLM *multi, int timeout_ms)
{
    const struct worker_guest *guest = &worker->guest;
    int fd = guest->turn ? guest->fd(guest->user) : -1;
    int guest_ms = guest->turn ? guest->timeout_ms(guest->user) : -1;
    struct curl_waitfd others[3];
    unsigned count = 0;
    if (worker->clockwatch >= 0) {
        others[count++] =
            (struct curl_waitfd){.fd = worker->clockwatch, .events = CURL_WAIT_POLLIN};
    }
    if (worker->netwatch.fd >= 0) {
        others[count++] =
            (struct curl_waitfd){.fd = worker->netwatch.fd, .events = CURL_WAIT_POLLIN};
    }
    if (fd >= 0) {
        others[count++] = (struct curl_waitfd){.fd = fd, .events = CURL_WAIT_POLLIN};
    }
    if (guest_ms >= 0 && guest_ms < timeout_ms) {
        timeout_ms = guest_ms;
    }
    if (multi && curl_multi_poll(multi, others, count, timeout_ms, NULL) == CURLM_OK) {
        return;
    }
    struct pollfd blind = {.fd = fd, .events = POLLIN};
    poll(&blind, fd >= 0, timeout_ms < BLIND_MS ? timeout_ms : BLIND_MS);
}

/* Hands over what there is to say, pictures last. Returns whether all has left. */
static bool hand_over(struct worker *worker)
{
    return outbox_flush(&worker->outbox, worker->ring) &&
           gallery_flush(&worker->gallery, worker->ring);
}

static void turn(struct worker *worker, CURLM *multi)
{
    int running;
    bool took = false;
    atomic_store_explicit(&worker->beat_ms, clock_ms(), memory_order_relaxed);
    bool empty = hand_over(worker);
    if (empty) {
        reload(worker);
        took = dispatch_take(&worker->dispatch) || read_due(worker) ||
               gallery_take(&worker->gallery);
        empty = hand_over(worker);
    }
    int64_t now_ms = clock_ms();
    notice_clock(worker, now_ms);
    notice_network(worker, now_ms);
    log_settle();
    if (cache_due(&worker->cache, now_ms, false)) {
        save(worker, INT64_MAX);
    }
    if (multi) {
        dispatch_start(&worker->dispatch, multi, now_ms);
    }
    airlog_turn(&worker->airlog, now_ms);
    gallery_start(&worker->gallery, multi, worker->dispatch.resolver_stuck, now_ms);
    if (multi) {
        curl_multi_perform(multi, &running);
        lines_collect(&worker->lines, multi, now_ms);
    }
    if (worker->guest.turn) {
        worker->guest.turn(worker->guest.user);
        empty = empty && hand_over(worker);
    }
    if (atomic_load(&worker->quit)) {
        return;
    }
    bool waiting = lines_waiting(&worker->lines) || gallery_waiting(&worker->gallery);
    int timeout_ms = wait_ms(worker, now_ms);
    if (!empty) {
        timeout_ms = RING_FULL_MS;
    } else if (took || waiting || !outbox_empty(&worker->outbox)) {
        timeout_ms = 0;
    }
    wait_turn(worker, multi, timeout_ms);
}

static CURLM *open_network(struct worker *worker)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        log_error("libcurl cannot be initialised: no network");
        return NULL;
    }
    worker->global = true;
    CURLM *multi = curl_multi_init();
    if (!multi) {
        log_error("not enough memory: no network");
        return NULL;
    }
    curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)LINES);
    curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, 1L);
    atomic_store(&worker->multi, multi);
    return multi;
}

static void *run(void *user)
{
    struct worker *worker = user;
    for (size_t i = 0; i < worker->dispatch.count; i++) {
        station_open(&worker->dispatch.stations[i], &worker->dispatch.desk);
    }
    while (!atomic_load(&worker->quit) && outbox_flush(&worker->outbox, worker->ring) &&
           read_due(worker)) {
    }
    recall(worker);
    airlog_open(&worker->airlog, &worker->airlog_setup, worker->config->log.aired_s,
                clock_ms());
    if (worker->guest.turn) {
        worker->guest.begin(worker->guest.user, worker);
    }
    CURLM *multi = open_network(worker);
    while (!atomic_load(&worker->quit)) {
        turn(worker, multi);
    }
    if (worker->guest.turn) {
        worker->guest.end(worker->guest.user);
    }
    lines_fini(&worker->lines);
    if (cache_due(&worker->cache, clock_ms(), true)) {
        save(worker, clock_ms() + LAST_SAVE_MS);
    }
    cache_close(&worker->cache);
    airlog_close(&worker->airlog, clock_ms());
    eventfd_write(worker->ended, 1);
    return NULL;
}

/* --- For the guest ------------------------------------------------------------------ */

bool worker_say(struct worker *worker, const struct message *message)
{
    return outbox_add(&worker->outbox, message);
}

size_t worker_source_count(const struct worker *worker)
{
    return worker->dispatch.count;
}

struct health_report worker_report(const struct worker *worker, size_t i)
{
    const struct station *station = &worker->dispatch.stations[i];
    return (struct health_report){.source = station->source,
                                  .shown = station->place.shown,
                                  .failure = station->failure,
                                  .health = &station->health,
                                  .next_ms = station->schedule.due_ms};
}

const struct config *worker_config(const struct worker *worker)
{
    return worker->config;
}

const void *worker_stamp(const struct worker *worker)
{
    return worker->dispatch.desk.stamp.user;
}

CURLM *worker_multi(const struct worker *worker)
{
    return atomic_load(&worker->multi);
}

const struct health_counts *worker_counts(const struct worker *worker)
{
    return &worker->counts;
}

size_t worker_ring_depth(struct worker *worker)
{
    return ring_depth(worker->ring);
}

const char *worker_aired(const struct worker *worker, size_t back)
{
    return airlog_recent(&worker->airlog, back);
}

/* --- From the main thread ----------------------------------------------------------- */

static void worker_free(struct worker *worker)
{
    if (!worker) {
        return;
    }
    curl_multi_cleanup(atomic_load(&worker->multi));
    if (worker->global) {
        curl_global_cleanup();
    }
    roster_free(worker->dispatch.stations, worker->dispatch.count);
    if (worker->ended >= 0) {
        close(worker->ended);
    }
    if (worker->clockwatch >= 0) {
        close(worker->clockwatch);
    }
    netwatch_close(&worker->netwatch);
    outbox_fini(&worker->outbox);
    gallery_fini(&worker->gallery);
    free(worker);
}

static bool init_stations(struct worker *worker, const struct config *config)
{
    worker->seed = (uint64_t)clock_us();
    if (getrandom(&worker->seed, sizeof worker->seed, GRND_NONBLOCK) < 0) {
        /* Too early for entropy: it spreads less well. */
        worker->seed ^= (uint64_t)clock_wall() << 20;
    }
    struct dispatch *dispatch = &worker->dispatch;
    return roster_new(&dispatch->stations, &dispatch->count, config, worker->seed,
                      clock_ms());
}

static bool start_thread(struct worker *worker)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
    sigset_t all, before;
    sigfillset(&all);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        sigdelset(&all, faults[i]); /* or its crashes would not be counted */
    }
    /* The thread inherits the mask; so no signal ever lands on it but its own faults. */
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = pthread_create(&worker->thread, NULL, run, worker);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (error) {
        log_error("the worker thread cannot be started: %s", strerror(error));
    }
    return error == 0;
}

static void wire_up(struct worker *worker, const struct worker_setup *setup)
{
    worker->dispatch.lines = &worker->lines;
    worker->dispatch.desk = (struct station_desk){.outbox = &worker->outbox,
                                                  .quit = &worker->quit,
                                                  .stamp = setup->stamp,
                                                  .cache = &worker->cache,
                                                  .counts = &worker->counts};
    worker->gallery = (struct gallery){
        .config = setup->config,
        .stations = worker->dispatch.stations,
        .lines = &worker->lines,
        .requests = setup->requests,
        .quit = &worker->quit,
    };
}

struct worker *worker_start(const struct worker_setup *setup)
{
    struct worker *worker = calloc(1, sizeof *worker);
    if (!worker) {
        log_error("not enough memory for the worker");
        return NULL;
    }
    worker->ring = setup->ring;
    worker->config = setup->config;
    worker->guest = setup->guest ? *setup->guest : (struct worker_guest){0};
    worker->clockwatch = clockwatch_open();
    netwatch_open(&worker->netwatch);
    worker->airlog_setup =
        setup->aired ? *setup->aired : (struct airlog_setup){.ring = NULL};
    atomic_init(&worker->beat_ms, clock_ms());
    worker->ended = eventfd(0, EFD_CLOEXEC);
    if (worker->ended < 0 || !outbox_init(&worker->outbox) ||
        !init_stations(worker, setup->config)) {
        log_error("not enough memory or files for the worker");
        worker_free(worker);
        return NULL;
    }
    wire_up(worker, setup);
    reload_init(&worker->reload, setup->reader, clock_ms());
    worker->wall_ahead_s = clock_wall() - clock_ms() / 1000;
    if (!start_thread(worker)) {
        worker_free(worker);
        return NULL;
    }
    return worker;
}

int64_t worker_beat_ms(const struct worker *worker)
{
    return atomic_load_explicit(&worker->beat_ms, memory_order_relaxed);
}

void worker_reload(struct worker *worker)
{
    if (worker) {
        atomic_store(&worker->reload_asked, true);
        worker_wake(worker);
    }
}

void worker_wake(struct worker *worker)
{
    CURLM *multi = worker ? atomic_load(&worker->multi) : NULL;
    if (multi) {
        curl_multi_wakeup(multi);
    }
}

static bool wait_for_end(const struct worker *worker, int timeout_ms)
{
    struct pollfd ended = {.fd = worker->ended, .events = POLLIN};
    int64_t end_ms = clock_ms() + timeout_ms;
    int64_t left_ms = timeout_ms;
    int got;
    do { /* a signal may cut the wait short */
        got = poll(&ended, 1, left_ms > 0 ? (int)left_ms : 0);
        left_ms = end_ms - clock_ms();
    } while (got < 0 && errno == EINTR && left_ms > 0);
    return got == 1;
}

bool worker_stop(struct worker *worker, int timeout_ms)
{
    if (!worker) {
        return true;
    }
    /* In this order: either we see the multi handle and wake it, or the thread, which
     * publishes it before it looks at quit, sees quit. */
    atomic_store(&worker->quit, true);
    CURLM *multi = atomic_load(&worker->multi);
    if (multi) {
        curl_multi_wakeup(multi);
    }
    if (!wait_for_end(worker, timeout_ms)) {
        log_warning("the worker did not end in time and is left behind");
        pthread_detach(worker->thread);
        return false;
    }
    pthread_join(worker->thread, NULL);
    worker_free(worker);
    return true;
}
