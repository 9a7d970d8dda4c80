/* What the system knows about this process: when it began, what it costs. Any thread. */
#ifndef MOTOGRAPH_HOST_PROCESS_H
#define MOTOGRAPH_HOST_PROCESS_H

#include <stdint.h>

/* When the process was started, on the scale of clock_ms(); to 10 ms (the system's own
 * resolution), rounded down, so a time since then is never too short. Now, if the system
 * does not tell. */
int64_t process_start_ms(void);

/* Milliseconds since then. */
int64_t process_age_ms(void);

/* All since the start; memory is 0 where the system does not tell. */
struct process_cost {
    int64_t cpu_ms;  /* user and system time of all threads */
    int64_t rss_kib; /* resident memory */
    int64_t pss_kib; /* the same, shared pages divided among those that share them */
};

/* Fills COST with what the process cost until now. */
void process_measure(struct process_cost *cost);

#endif
