/* Each write costs the card whole blocks, however few its lines: so the budget counts blocks, and
 * where little is left of it, lines wait for each other. */
#define LOG_MODULE "aired"
#include "wire/airlog.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/reason.h"

enum { BLOCK_BYTES = 4096, DAY_MS = 24 * 3600 * 1000, NEVER_MS = -AIRLOG_SAY_MS };

void airlog_open(struct airlog *log, const struct airlog_setup *setup, int64_t keep_s,
                 int64_t now_ms)
{
    *log = (struct airlog){.setup = *setup,
                           .due_ms = now_ms + AIRLOG_EVERY_MS,
                           .prune_ms = now_ms + AIRLOG_PRUNE_MS,
                           .budget = AIRLOG_BURST_BYTES,
                           .counted_ms = now_ms,
                           .said_ms = NEVER_MS};
    if (setup->ring && setup->keep) {
        log->keep_s = keep_s;
        logbook_open(&log->book, keep_s, clock_wall());
    }
}

/* --- Taking --------------------------------------------------------------------------- */

static void remember(struct airlog *log, const char *line, size_t length)
{
    char **slot = &log->recent[log->count++ % AIRLOG_RECENT];
    free(*slot);
    *slot = malloc(length + 1);
    if (*slot) {
        memcpy(*slot, line, length + 1);
    }
}

/* The line is made where it will wait. */
static void take(struct airlog *log, const struct aired *aired)
{
    struct buffer *unsaved = &log->unsaved;
    if (log->setup.taker) {
        log->setup.taker(log->setup.user, aired);
    }
    if (!buffer_reserve(unsaved, AIRED_LINE_BYTES)) {
        unsaved->failed = false; /* what waits is whole */
        log->missing++;
        return;
    }
    char *line = unsaved->bytes + unsaved->length;
    size_t length = aired_json(aired, line);
    remember(log, line, length);
    if (log->book.folder && unsaved->length + length + 1 <= AIRLOG_UNSAVED_BYTES) {
        line[length] = '\n';
        unsaved->length += length + 1;
    } else if (log->book.folder) {
        log->missing++;
    }
}

/* --- Writing -------------------------------------------------------------------------- */

/* Takes what LENGTH bytes cost (their blocks, the one that is half full already, the file's and
 * the journal's) from what may be written. */
static bool spend(struct airlog *log, size_t length, int64_t now_ms)
{
    int64_t cost = ((int64_t)length / BLOCK_BYTES + 3) * BLOCK_BYTES;
    int64_t since_ms = now_ms - log->counted_ms;
    since_ms = since_ms < DAY_MS ? since_ms : DAY_MS;
    int64_t budget = log->budget + AIRLOG_DAY_BYTES / 1000 * since_ms / (DAY_MS / 1000);
    log->budget = budget < AIRLOG_BURST_BYTES ? budget : AIRLOG_BURST_BYTES;
    log->counted_ms = now_ms;
    if (cost > log->budget) {
        return false;
    }
    log->budget -= cost;
    return true;
}

static void say(struct airlog *log, bool good, int64_t now_ms)
{
    const char *folder = log->book.folder;
    char why[REASON_BYTES];
    if (!good && !log->ailing) {
        log_warning("%s: %s: what airs cannot be written down; it is tried again, the "
                    "picture goes on",
                    folder, reason_tell(folder, why));
    } else if (good && log->ailing) {
        log_info("%s: what airs is written down again; %" PRIu64 " headlines are missing",
                 folder, log->missing);
        log->missing = 0;
    } else if (good && log->missing > 0 && now_ms - log->said_ms >= AIRLOG_SAY_MS) {
        log_warning("%s: more airs than %d MB a day have room for: %" PRIu64
                    " headlines were not written down",
                    folder, AIRLOG_DAY_BYTES >> 20, log->missing);
        log->missing = 0;
        log->said_ms = now_ms;
    }
    log->ailing = !good;
}

static void save(struct airlog *log, int64_t now_ms)
{
    struct buffer *unsaved = &log->unsaved;
    size_t done =
        logbook_append(&log->book, unsaved->bytes, unsaved->length, clock_wall());
    bool good = done == unsaved->length;
    say(log, good, now_ms);
    memmove(unsaved->bytes, unsaved->bytes + done, unsaved->length - done);
    unsaved->length -= done;
}

void airlog_keep(struct airlog *log, int64_t keep_s, int64_t now_ms)
{
    if (!log->setup.ring || !log->setup.keep || keep_s == log->keep_s) {
        return;
    }
    if (log->unsaved.length > 0 && keep_s > 0) {
        save(log, now_ms);
    }
    log->unsaved.length = 0;
    log->keep_s = keep_s;
    logbook_close(&log->book);
    logbook_open(&log->book, keep_s, clock_wall());
}

void airlog_turn(struct airlog *log, int64_t now_ms)
{
    const struct aired *aired;
    while (log->setup.ring && (aired = ring_peek(log->setup.ring))) {
        take(log, aired);
        ring_release(log->setup.ring);
    }
    if (now_ms >= log->prune_ms) {
        log->prune_ms = now_ms + AIRLOG_PRUNE_MS;
        logbook_prune(&log->book, clock_wall());
    }
    if (log->unsaved.length > 0 && now_ms >= log->due_ms) {
        log->due_ms = now_ms + AIRLOG_EVERY_MS;
        if (spend(log, log->unsaved.length, now_ms)) {
            save(log, now_ms);
        }
    }
}

void airlog_close(struct airlog *log, int64_t now_ms)
{
    airlog_turn(log, now_ms);
    if (log->unsaved.length > 0) {
        save(log, now_ms);
    }
    for (size_t i = 0; i < AIRLOG_RECENT; i++) {
        free(log->recent[i]);
    }
    buffer_fini(&log->unsaved);
    logbook_close(&log->book);
    *log = (struct airlog){0};
}

const char *airlog_recent(const struct airlog *log, size_t back)
{
    if (back >= AIRLOG_RECENT || back >= log->count) {
        return NULL;
    }
    return log->recent[(log->count - 1 - back) % AIRLOG_RECENT];
}
