/* Our ring beside Concurrency Kit's single-producer, single-consumer ring, in one process
 * and one run: the same slots, the same 8-byte items, the same pinned processors, rounds in
 * turn, so that a machine that slows down slows both. Each round checks the sum of what
 * came through. Prints medians as a table, or as JSON with --json. */
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <ck_pr.h>
#include <ck_ring.h>

#include "base/clock.h"
#include "base/ring.h"

enum { SLOTS = 1024, BURST = 256, ROUNDS = 15, CONTESTANTS = 2 };

struct lane {
    struct ring ours;
    ck_ring_t theirs;
    ck_ring_buffer_t *slots; /* of theirs */
};

/* One direction, one more for the way back, and what the second thread is to do. */
struct bench {
    struct lane there, back;
    uint64_t items;
    int processor; /* of the second thread; -1 = not pinned */
    void (*second)(struct bench *bench);
};

static inline bool put_ours(struct lane *lane, uint64_t value)
{
    uint64_t *slot = ring_reserve(&lane->ours);
    if (!slot) {
        return false;
    }
    *slot = value;
    ring_commit(&lane->ours);
    return true;
}

static inline bool take_ours(struct lane *lane, uint64_t *value)
{
    const uint64_t *slot = ring_peek(&lane->ours);
    if (!slot) {
        return false;
    }
    *value = *slot;
    ring_release(&lane->ours);
    return true;
}

static inline bool put_theirs(struct lane *lane, uint64_t value)
{
    return ck_ring_enqueue_spsc(&lane->theirs, lane->slots, (void *)(uintptr_t)value);
}

static inline bool take_theirs(struct lane *lane, uint64_t *value)
{
    void *entry;
    if (!ck_ring_dequeue_spsc(&lane->theirs, lane->slots, &entry)) {
        return false;
    }
    *value = (uint64_t)(uintptr_t)entry;
    return true;
}

/* The bodies are the same text for both, so that only the ring differs; each is one function
 * with the ring's operations inlined, as a program would have them. */
#define CONTESTANT(NAME)                                                                 \
    static void send_##NAME(struct bench *bench)                                         \
    {                                                                                    \
        for (uint64_t n = 1; n <= bench->items; n++) {                                   \
            while (!put_##NAME(&bench->there, n)) {                                      \
                ck_pr_stall();                                                           \
            }                                                                            \
        }                                                                                \
    }                                                                                    \
    static void echo_##NAME(struct bench *bench)                                         \
    {                                                                                    \
        for (uint64_t n = 1, value = 0; n <= bench->items; n++) {                        \
            while (!take_##NAME(&bench->there, &value)) {                                \
                ck_pr_stall();                                                           \
            }                                                                            \
            put_##NAME(&bench->back, value);                                             \
        }                                                                                \
    }                                                                                    \
    static uint64_t receive_##NAME(struct bench *bench)                                  \
    {                                                                                    \
        uint64_t sum = 0;                                                                \
        for (uint64_t n = 1, value = 0; n <= bench->items; n++) {                        \
            while (!take_##NAME(&bench->there, &value)) {                                \
                ck_pr_stall();                                                           \
            }                                                                            \
            sum += value;                                                                \
        }                                                                                \
        return sum;                                                                      \
    }                                                                                    \
    static uint64_t call_##NAME(struct bench *bench)                                     \
    {                                                                                    \
        uint64_t sum = 0;                                                                \
        for (uint64_t n = 1, value = 0; n <= bench->items; n++) {                        \
            put_##NAME(&bench->there, n);                                                \
            while (!take_##NAME(&bench->back, &value)) {                                 \
                ck_pr_stall();                                                           \
            }                                                                            \
            sum += value;                                                                \
        }                                                                                \
        return sum;                                                                      \
    }                                                                                    \
    static uint64_t single_##NAME(struct bench *bench)                                   \
    {                                                                                    \
        uint64_t sum = 0;                                                                \
        for (uint64_t n = 1, value = 0; n <= bench->items; n++) {                        \
            put_##NAME(&bench->there, n);                                                \
            take_##NAME(&bench->there, &value);                                          \
            sum += value;                                                                \
        }                                                                                \
        return sum;                                                                      \
    }                                                                                    \
    static uint64_t burst_##NAME(struct bench *bench)                                    \
    {                                                                                    \
        uint64_t sum = 0, value;                                                         \
        for (uint64_t n = 1; n <= bench->items; n += BURST) {                            \
            for (uint64_t i = 0; i < BURST && n + i <= bench->items; i++) {              \
                put_##NAME(&bench->there, n + i);                                        \
            }                                                                            \
            while (take_##NAME(&bench->there, &value)) {                                 \
                sum += value;                                                            \
            }                                                                            \
        }                                                                                \
        return sum;                                                                      \
    }

CONTESTANT(ours)
CONTESTANT(theirs)

/* What is measured: SECOND runs in a thread of its own where there is one. */
static const struct mode {
    const char *name, *what;
    uint64_t items;
    struct {
        uint64_t (*first)(struct bench *bench);
        void (*second)(struct bench *bench);
    } of[CONTESTANTS];
} modes[] = {
    {"two_threads",
     "one thread to another",
     20000000,
     {{receive_ours, send_ours}, {receive_theirs, send_theirs}}},
    {"round_trip",
     "there and back, one at a time",
     1000000,
     {{call_ours, echo_ours}, {call_theirs, echo_theirs}}},
    {"one_thread",
     "one thread, put and take",
     50000000,
     {{single_ours, NULL}, {single_theirs, NULL}}},
    {"one_thread_bursts",
     "one thread, 256 in, 256 out",
     50000000,
     {{burst_ours, NULL}, {burst_theirs, NULL}}},
};

static bool lane_init(struct lane *lane)
{
    /* On lines of its own, as ours are not: the better case for theirs. */
    lane->slots = aligned_alloc(RING_LINE_BYTES, SLOTS * sizeof *lane->slots);
    if (!lane->slots || !ring_init(&lane->ours, SLOTS, sizeof(uint64_t))) {
        return false;
    }
    memset(lane->slots, 0, SLOTS * sizeof *lane->slots);
    memset(lane->ours.slots, 0, SLOTS * sizeof(uint64_t));
    ck_ring_init(&lane->theirs, SLOTS);
    return true;
}

/* False where the system does not allow it. */
static bool pin(int processor)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((size_t)processor, &set);
    return sched_setaffinity(0, sizeof set, &set) == 0;
}

static void *second_thread(void *user)
{
    struct bench *bench = user;
    if (bench->processor >= 0) {
        pin(bench->processor);
    }
    bench->second(bench);
    return NULL;
}

/* Nanoseconds an item, or a negative number if the sum was wrong or there was no thread. */
static double run(const struct mode *mode, size_t contestant, struct bench *bench)
{
    bench->items = mode->items;
    bench->second = mode->of[contestant].second;
    int64_t start = clock_us();
    pthread_t thread;
    if (bench->second && pthread_create(&thread, NULL, second_thread, bench) != 0) {
        return -1;
    }
    uint64_t sum = mode->of[contestant].first(bench);
    if (bench->second) {
        pthread_join(thread, NULL);
    }
    int64_t took_us = clock_us() - start;
    bool right = sum == mode->items * (mode->items + 1) / 2;
    return right ? (double)took_us * 1000 / (double)mode->items : -1;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Medians in nanoseconds an item, rounds in turn; false on a wrong sum. */
static bool measure(const struct mode *mode, struct bench *bench, double ns[CONTESTANTS])
{
    double all[CONTESTANTS][ROUNDS];
    for (size_t round = 0; round < ROUNDS; round++) {
        for (size_t turn = 0; turn < CONTESTANTS; turn++) {
            size_t contestant = (turn + round) % CONTESTANTS;
            all[contestant][round] = run(mode, contestant, bench);
            if (all[contestant][round] < 0) {
                fprintf(stderr, "ring_ck: %s: wrong sum\n", mode->name);
                return false;
            }
        }
    }
    for (size_t i = 0; i < CONTESTANTS; i++) {
        qsort(all[i], ROUNDS, sizeof(double), by_size);
        ns[i] = all[i][ROUNDS / 2];
    }
    return true;
}

/* Two processors this process may use; false if there is only one. */
static bool two_processors(int processor[2])
{
    cpu_set_t set;
    int found = 0;
    if (sched_getaffinity(0, sizeof set, &set) != 0) {
        return false;
    }
    for (int i = 0; i < CPU_SETSIZE && found < 2; i++) {
        if (CPU_ISSET((size_t)i, &set)) {
            processor[found++] = i;
        }
    }
    return found == 2;
}

static void report(const struct mode *mode, const double ns[CONTESTANTS], bool json,
                   bool last)
{
    double ours = 1000 / ns[0], theirs = 1000 / ns[1];
    if (json) {
        printf("  \"%s\": {\"motograph_ns\": %.2f, \"ck_ns\": %.2f, "
               "\"motograph_items_per_s\": %.0f, \"ck_items_per_s\": %.0f}%s\n",
               mode->name, ns[0], ns[1], ours * 1e6, theirs * 1e6, last ? "" : ",");
    } else {
        printf("%-30s %8.2f %8.2f %9.1f %9.1f %7.2f\n", mode->what, ns[0], ns[1], ours,
               theirs, ours / theirs);
    }
}

int main(int argc, char **argv)
{
    bool json = argc > 1 && strcmp(argv[1], "--json") == 0;
    int processor[2];
    struct bench bench = {.processor = -1};
    if (!lane_init(&bench.there) || !lane_init(&bench.back)) {
        fprintf(stderr, "ring_ck: out of memory\n");
        return 1;
    }
    bool pinned = two_processors(processor) && pin(processor[0]);
    if (pinned) {
        bench.processor = processor[1];
    } else {
        fprintf(stderr, "ring_ck: fewer than two processors: the figures between two "
                        "threads say little\n");
    }
    if (json) {
        printf("{\n  \"slots\": %d, \"item_bytes\": 8, \"rounds\": %d, \"pinned\": %s,\n",
               SLOTS, ROUNDS, pinned ? "true" : "false");
    } else {
        printf("%d slots of 8 bytes, median of %d rounds%s\n%-30s %8s %8s %9s %9s %7s\n",
               SLOTS, ROUNDS, pinned ? ", two pinned threads" : "", "", "ours ns",
               "ck ns", "ours M/s", "ck M/s", "ratio");
    }
    bool good = true;
    for (size_t i = 0; good && i < sizeof modes / sizeof *modes; i++) {
        double ns[CONTESTANTS];
        good = measure(&modes[i], &bench, ns);
        if (good) {
            report(&modes[i], ns, json, i + 1 == sizeof modes / sizeof *modes);
        }
    }
    printf("%s", json ? "}\n" : "");
    return !good;
}
