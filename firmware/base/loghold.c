/* A table of rows of four. A row is entered by an exchange of a flag, never waited for. The limit in
 * bytes is the moment until which what has been written is paid for (the generic cell rate
 * algorithm, ITU-T I.371): one number, moved by compare-and-swap. */
#include "base/loghold.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum {
    ROWS = 128,
    ROW = 4,
    LOOK_MS = 10 * 1000,
    OVERHEAD_BYTES = 40, /* of a line: its head, the journal's priority */
    TRIES = 8
};

struct cell {
    uint64_t key; /* 0 = free */
    int64_t since_ms;
    struct loghold_event event;
};

struct row {
    atomic_bool busy;
    struct cell cells[ROW];
};

static struct row rows[ROWS];
static atomic_int_least64_t paid_ms; /* on the scale of the clock */
static atomic_int_least64_t look_ms, told_ms;
static atomic_uint dropped; /* lines nobody will tell of one by one */

static uint64_t key_of(const char *module, const char *text)
{
    uint64_t key = 0xcbf29ce484222325u;
    for (const char *p = module; *p; p++) {
        key = (key ^ (unsigned char)*p) * 0x100000001b3u;
    }
    key = (key ^ '\n') * 0x100000001b3u;
    for (const char *p = text; *p; p++) {
        key = (key ^ (unsigned char)*p) * 0x100000001b3u;
    }
    key ^= key >> 32;
    return key ? key : 1;
}

static bool enter(struct row *row)
{
    return !atomic_exchange_explicit(&row->busy, true, memory_order_acquire);
}

static void leave(struct row *row)
{
    atomic_store_explicit(&row->busy, false, memory_order_release);
}

static bool is_over(const struct cell *cell, int64_t now_ms)
{
    return now_ms - cell->since_ms >= LOGHOLD_WINDOW_MS;
}

/* The cell of KEY, else a free one, else the oldest. */
static struct cell *cell_for(struct row *row, uint64_t key)
{
    struct cell *best = &row->cells[0];
    for (int i = 0; i < ROW; i++) {
        struct cell *cell = &row->cells[i];
        if (cell->key == key) {
            return cell;
        }
        if (best->key && (!cell->key || cell->since_ms < best->since_ms)) {
            best = cell;
        }
    }
    return best;
}

static void keep_text(char out[LOGHOLD_TEXT_BYTES], const char *text)
{
    size_t length = strlen(text);
    bool cut = length >= LOGHOLD_TEXT_BYTES;
    length = cut ? utf8_floor(text, LOGHOLD_TEXT_BYTES - 4) : length;
    snprintf(out, LOGHOLD_TEXT_BYTES, "%.*s%s", (int)length, text, cut ? "…" : "");
}

/* The first rule. The row is entered. */
static bool is_news(struct row *row, uint64_t key, enum log_level level,
                    const char *module, const char *text, int64_t now_ms, unsigned *held)
{
    struct cell *cell = cell_for(row, key);
    if (cell->key == key && !is_over(cell, now_ms)) {
        cell->event.held++;
        return false;
    }
    if (cell->key == key) {
        *held = cell->event.held;
    } else if (cell->key) {
        atomic_fetch_add(&dropped, cell->event.held);
    }
    cell->key = key;
    cell->since_ms = now_ms;
    cell->event.level = level;
    cell->event.module = module;
    cell->event.held = 0;
    keep_text(cell->event.text, text);
    return true;
}

/* The second: whether BYTES may be written. */
static bool is_paid(size_t bytes, int64_t now_ms)
{
    int64_t cost_ms = (int64_t)bytes * 1000 / LOGHOLD_BYTES_A_S;
    int64_t burst_ms = (int64_t)LOGHOLD_BURST_BYTES * 1000 / LOGHOLD_BYTES_A_S;
    int64_t before_ms = atomic_load(&paid_ms);
    for (int i = 0; i < TRIES; i++) {
        int64_t after_ms = (before_ms > now_ms ? before_ms : now_ms) + cost_ms;
        if (after_ms - now_ms > burst_ms) {
            return false;
        }
        if (atomic_compare_exchange_weak(&paid_ms, &before_ms, after_ms)) {
            break;
        }
    }
    return true;
}

bool loghold_admit(enum log_level level, const char *module, const char *text,
                   int64_t now_ms, unsigned *held)
{
    uint64_t key = key_of(module, text);
    struct row *row = &rows[key % ROWS];
    *held = 0;
    if (enter(row)) {
        bool news = is_news(row, key, level, module, text, now_ms, held);
        leave(row);
        if (!news) {
            return false;
        }
    }
    if (level == LOG_ERROR || is_paid(strlen(text) + OVERHEAD_BYTES, now_ms)) {
        return true;
    }
    atomic_fetch_add(&dropped, 1);
    return false;
}

/* Copies the next event of ROW from cell I on that is to be told to EVENT; those of which nothing
 * more was heard are forgotten. Returns the cell after it, ROW at the end. */
static int next_over(struct row *row, int i, int64_t now_ms, struct loghold_event *event)
{
    event->held = 0;
    if (!enter(row)) {
        return ROW;
    }
    for (; i < ROW && event->held == 0; i++) {
        struct cell *cell = &row->cells[i];
        if (!cell->key || !is_over(cell, now_ms)) {
            continue;
        }
        if (cell->event.held == 0) {
            cell->key = 0;
        } else {
            *event = cell->event;
            cell->event.held = 0;
            cell->since_ms = now_ms;
        }
    }
    leave(row);
    return i;
}

static void tell_dropped(int64_t now_ms,
                         void (*put)(void *user, const struct loghold_event *event),
                         void *user)
{
    struct loghold_event event = {.level = LOG_WARNING, .module = "log"};
    unsigned count = atomic_load(&dropped);
    if (count == 0 || now_ms - atomic_load(&told_ms) < LOGHOLD_WINDOW_MS) {
        return;
    }
    atomic_fetch_sub(&dropped, count);
    atomic_store(&told_ms, now_ms);
    snprintf(event.text, sizeof event.text,
             "%u lines were left out: there was too much to say", count);
    put(user, &event);
}

void loghold_settle(int64_t now_ms,
                    void (*put)(void *user, const struct loghold_event *event),
                    void *user)
{
    int64_t due_ms = atomic_load(&look_ms);
    if (now_ms < due_ms ||
        !atomic_compare_exchange_strong(&look_ms, &due_ms, now_ms + LOOK_MS)) {
        return;
    }
    for (size_t r = 0; r < ROWS; r++) {
        struct loghold_event event;
        for (int i = 0; i < ROW;) {
            i = next_over(&rows[r], i, now_ms, &event);
            if (event.held > 0 &&
                (event.level == LOG_ERROR ||
                 is_paid(strlen(event.text) + OVERHEAD_BYTES, now_ms))) {
                put(user, &event);
            } else {
                atomic_fetch_add(&dropped, event.held);
            }
        }
    }
    tell_dropped(now_ms, put, user);
}

void loghold_reset(void)
{
    memset(rows, 0, sizeof rows);
    atomic_store(&paid_ms, 0);
    atomic_store(&look_ms, 0);
    atomic_store(&told_ms, 0);
    atomic_store(&dropped, 0);
}
