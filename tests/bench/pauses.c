/* When this machine stood still: one thread a processor, above all programs (SCHED_FIFO), sleeps to
 * every millisecond and tells each time that it was woken late. No program on that processor
 * could have run meanwhile.
 *   pauses SECONDS LATE_US     needs root; prints "CPU FROM UNTIL", s of CLOCK_MONOTONIC */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { PERIOD_NS = 1000000, PROCESSORS = 64 };

static double seconds;
static int64_t late_ns;

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void *watch(void *number)
{
    int cpu = (int)(intptr_t)number;
    cpu_set_t only;
    CPU_ZERO(&only);
    CPU_SET(cpu, &only);
    struct sched_param highest = {.sched_priority = 50};
    if (pthread_setaffinity_np(pthread_self(), sizeof only, &only) ||
        pthread_setschedparam(pthread_self(), SCHED_FIFO, &highest)) {
        fprintf(stderr, "pauses: no real-time priority here: run it as root\n");
        exit(1);
    }
    int64_t due = now_ns(), end = due + (int64_t)(seconds * 1e9);
    while (due < end) {
        due += PERIOD_NS;
        struct timespec at = {due / 1000000000, due % 1000000000};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL);
        int64_t now = now_ns();
        if (now - due > late_ns) {
            printf("%d %.6f %.6f\n", cpu, (double)due / 1e9, (double)now / 1e9);
        }
        due = now - due > PERIOD_NS ? now : due;
    }
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "pauses SECONDS LATE_US\n");
        return 2;
    }
    seconds = atof(argv[1]);
    late_ns = atol(argv[2]) * INT64_C(1000);
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    pthread_t threads[PROCESSORS];
    count = count < PROCESSORS ? count : PROCESSORS;
    for (long i = 0; i < count; i++) {
        if (pthread_create(&threads[i], NULL, watch, (void *)(intptr_t)i)) {
            return 1;
        }
    }
    for (long i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
    }
    return 0;
}
