/* Read from /proc, see proc(5). The start is given there in clock ticks since boot with
 * the time asleep, as CLOCK_BOOTTIME counts; our clock, CLOCK_MONOTONIC, stands still in
 * sleep. So what is taken from one scale to the other is the age. */
#include "host/process.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

enum { TEXT_BYTES = 2048, START_FIELD = 22 };

/* The first bytes of the file at PATH as a text; false if there are none. */
static bool read_text(const char *path, char out[TEXT_BYTES])
{
    size_t used = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    while (used < TEXT_BYTES - 1) {
        ssize_t got = read(fd, out + used, TEXT_BYTES - 1 - used);
        if (got <= 0) {
            break;
        }
        used += (size_t)got;
    }
    close(fd);
    out[used] = '\0';
    return used > 0;
}

/* Ticks since boot, or -1. The second field is the program's name in brackets, and may
 * itself hold spaces and brackets: so the count begins at the last one. */
static int64_t start_ticks(void)
{
    char text[TEXT_BYTES];
    if (!read_text("/proc/self/stat", text)) {
        return -1;
    }
    const char *p = strrchr(text, ')');
    for (int field = 2; p && field < START_FIELD; field++) {
        p = strchr(p + 1, ' ');
    }
    return p ? strtoll(p + 1, NULL, 10) : -1;
}

int64_t process_start_ms(void)
{
    int64_t now_ms = clock_ms();
    struct timespec boot;
    long ticks_per_s = sysconf(_SC_CLK_TCK);
    int64_t ticks = start_ticks();
    if (ticks < 0 || ticks_per_s <= 0 || clock_gettime(CLOCK_BOOTTIME, &boot) != 0) {
        return now_ms;
    }
    int64_t boot_ms = (int64_t)boot.tv_sec * 1000 + boot.tv_nsec / 1000000;
    int64_t age_ms = boot_ms - ticks * 1000 / ticks_per_s;
    return age_ms >= 0 ? now_ms - age_ms : now_ms;
}

int64_t process_age_ms(void)
{
    return clock_ms() - process_start_ms();
}

static int64_t cpu_ms(void)
{
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) != 0) {
        return 0;
    }
    int64_t us = (int64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
                 usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
    return us / 1000;
}

/* The number after KEY ("\nPss:") in /proc/self/smaps_rollup, in KiB, or 0. */
static int64_t rollup_kib(const char *key)
{
    char text[TEXT_BYTES];
    const char *found =
        read_text("/proc/self/smaps_rollup", text) ? strstr(text, key) : NULL;
    return found ? strtoll(found + strlen(key), NULL, 10) : 0;
}

static int64_t rss_kib(void)
{
    int64_t kib = rollup_kib("\nRss:");
    char text[TEXT_BYTES];
    if (kib == 0 && read_text("/proc/self/statm", text)) {
        const char *pages = strchr(text, ' ');
        kib = pages ? strtoll(pages, NULL, 10) * (sysconf(_SC_PAGESIZE) / 1024) : 0;
    }
    return kib;
}

void process_measure(struct process_cost *cost)
{
    cost->cpu_ms = cpu_ms();
    cost->rss_kib = rss_kib();
    cost->pss_kib = rollup_kib("\nPss:");
}
