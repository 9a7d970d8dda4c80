/* All waits get a jitter, so that a thousand boards whose power returned together do not
 * ask together for ever. The generator is splitmix64 (Steele, Lea, Flood, 2014): one word
 * of state, good enough for spreading and not meant for secrets. */
#include "wire/schedule.h"

enum {
    DOUBLINGS = 20
}; /* 30 s doubled so often is past every limit, and far from overflow */

static uint64_t next_random(struct schedule *schedule)
{
    schedule->random += 0x9e3779b97f4a7c15u;
    uint64_t z = schedule->random;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* 0 to LIMIT inclusive. */
static int64_t random_up_to(struct schedule *schedule, int64_t limit)
{
    return limit > 0 ? (int64_t)(next_random(schedule) % ((uint64_t)limit + 1)) : 0;
}

static int64_t jittered(struct schedule *schedule, int64_t wait_ms)
{
    int64_t part_ms = wait_ms / 100 * SCHEDULE_JITTER;
    return wait_ms - part_ms + random_up_to(schedule, 2 * part_ms);
}

static int64_t min64(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t max64(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

void schedule_init(struct schedule *schedule, uint64_t seed, int64_t now_ms,
                   int64_t spread_ms)
{
    *schedule = (struct schedule){.random = seed};
    schedule->due_ms = now_ms + random_up_to(schedule, spread_ms);
}

void schedule_succeed(struct schedule *schedule, int64_t now_ms, int64_t every_ms)
{
    schedule->failures = 0;
    schedule->due_ms = now_ms + jittered(schedule, every_ms);
}

static int64_t longest_ms(int64_t every_ms, enum schedule_reach reach)
{
    if (reach == SCHEDULE_SILENT) {
        return SCHEDULE_SILENT_MS;
    }
    int64_t turns_ms = min64(every_ms, SCHEDULE_ANSWERED_MS) * SCHEDULE_TURNS;
    return max64(every_ms, min64(SCHEDULE_ANSWERED_MS, turns_ms));
}

void schedule_fail(struct schedule *schedule, int64_t now_ms, int64_t every_ms,
                   enum schedule_reach reach, int64_t retry_after_ms)
{
    if (schedule->failures < DOUBLINGS) {
        schedule->failures++;
    }
    int64_t wait_ms = (int64_t)SCHEDULE_FIRST_MS << (schedule->failures - 1);
    wait_ms = jittered(schedule, min64(wait_ms, longest_ms(every_ms, reach)));
    int64_t asked_ms = min64(retry_after_ms, SCHEDULE_RETRY_AFTER_MS);
    if (asked_ms > wait_ms) {
        /* Later than asked by a little is fine, sooner is not. */
        wait_ms =
            asked_ms + random_up_to(schedule, SCHEDULE_FIRST_MS / 100 * SCHEDULE_JITTER);
    }
    schedule->due_ms = now_ms + wait_ms;
}

void schedule_hasten(struct schedule *schedule, int64_t now_ms)
{
    schedule->due_ms = min64(schedule->due_ms, now_ms);
}
