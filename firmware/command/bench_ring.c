/* Moves numbered items through the ring and checks that all came: from one thread to another,
 * and in and out in one thread. The median of a few short rounds stands for the machine. A
 * side that has to wait spins a little and then yields, so that a board with one processor
 * is measured too, only slower. */
#include "command/bench.h"

#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/ring.h"
#include "command/command.h"

enum { SLOTS = 1024, ROUNDS = 7, SPINS = 200 };

struct bench {
    struct ring ring;
    uint64_t items;
};

static inline void wait_a_little(unsigned *spins)
{
    atomic_signal_fence(memory_order_seq_cst);
    if (++*spins >= SPINS) {
        *spins = 0;
        sched_yield();
    }
}

static void *send_all(void *user)
{
    struct bench *bench = user;
    unsigned spins = 0;
    for (uint64_t n = 1; n <= bench->items; n++) {
        uint64_t *slot;
        while (!(slot = ring_reserve(&bench->ring))) {
            wait_a_little(&spins);
        }
        *slot = n;
        ring_commit(&bench->ring);
    }
    return NULL;
}

static uint64_t receive_all(struct bench *bench)
{
    uint64_t sum = 0;
    unsigned spins = 0;
    for (uint64_t n = 1; n <= bench->items; n++) {
        const uint64_t *slot;
        while (!(slot = ring_peek(&bench->ring))) {
            wait_a_little(&spins);
        }
        sum += *slot;
        ring_release(&bench->ring);
    }
    return sum;
}

static bool two_threads(struct bench *bench, uint64_t *sum)
{
    pthread_t sender;
    if (pthread_create(&sender, NULL, send_all, bench) != 0) {
        return false;
    }
    *sum = receive_all(bench);
    pthread_join(sender, NULL);
    return true;
}

static bool one_thread(struct bench *bench, uint64_t *sum)
{
    *sum = 0;
    for (uint64_t n = 1; n <= bench->items; n++) {
        uint64_t *in = ring_reserve(&bench->ring);
        if (!in) {
            return false;
        }
        *in = n;
        ring_commit(&bench->ring);
        const uint64_t *out = ring_peek(&bench->ring);
        if (!out) {
            return false;
        }
        *sum += *out;
        ring_release(&bench->ring);
    }
    return true;
}

static const struct mode {
    const char *name, *what;
    uint64_t items;
    bool (*run)(struct bench *bench, uint64_t *sum);
} modes[] = {
    {"two_threads", "one thread to another", 5000000, two_threads},
    {"one_thread", "in and out in one thread", 20000000, one_thread},
};

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median nanoseconds an item; negative if items were lost or no thread could start. */
static double measure(const struct mode *mode, struct bench *bench)
{
    double ns[ROUNDS];
    bench->items = mode->items;
    for (size_t i = 0; i < ROUNDS; i++) {
        uint64_t sum;
        int64_t start_us = clock_us();
        if (!mode->run(bench, &sum) || sum != bench->items * (bench->items + 1) / 2) {
            return -1;
        }
        ns[i] = (double)(clock_us() - start_us) * 1000 / (double)bench->items;
    }
    qsort(ns, ROUNDS, sizeof *ns, by_size);
    return ns[ROUNDS / 2];
}

int bench_ring(bool json)
{
    struct bench bench;
    if (!ring_init(&bench.ring, SLOTS, sizeof(uint64_t))) {
        fprintf(stderr, "motograph: bench ring: out of memory\n");
        return EXIT_FAILED;
    }
    int status = EXIT_DONE;
    printf(json ? "{\"bench\":\"ring\",\"slots\":%d,\"slot_bytes\":%zu"
                : "ring of %d slots of %zu bytes\n",
           SLOTS, sizeof(uint64_t));
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        double ns = measure(&modes[i], &bench);
        if (ns < 0) {
            fprintf(stderr, "motograph: bench ring: %s: items lost, or no thread\n",
                    modes[i].what);
            status = EXIT_FAILED;
            break;
        }
        if (json) {
            printf(",\"%s\":{\"items_per_s\":%.0f,\"ns_per_item\":%.2f}", modes[i].name,
                   1e9 / ns, ns);
        } else {
            printf("%-26s %7.1f million items/s %8.2f ns an item\n", modes[i].what,
                   1000 / ns, ns);
        }
    }
    printf("%s", json ? "}\n" : "");
    ring_fini(&bench.ring);
    return status;
}
