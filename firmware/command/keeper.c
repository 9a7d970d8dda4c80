/* Hidden headlines are a text of identities, one in 16 hex digits a line. It is read on the main
 * thread, as the configuration is, so that none of them is seen for a moment at the start. */
#define LOG_MODULE "keeper"
#include "command/keeper.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/log.h"
#include "base/statedir.h"
#include "host/order.h"

#define HIDDEN_FILE "hidden"

enum { SLOTS = 16, DIGITS = 16, PATH_BYTES = 4096, EVERY_MS = 60 * 1000 };

struct note {
    enum { NOTE_MESSAGE, NOTE_FORGET, NOTE_HIDDEN } kind;
    uint64_t identity;        /* NOTE_HIDDEN */
    struct headline headline; /* NOTE_MESSAGE; NOTE_FORGET: its id */
};

/* --- What was hidden ------------------------------------------------------------------------ */

static void add_hidden(struct keeper *keeper, uint64_t identity)
{
    size_t last = DESK_HIDES - 1;
    if (keeper->hidden_count == DESK_HIDES) {
        memmove(keeper->hidden, keeper->hidden + 1, last * sizeof *keeper->hidden);
        keeper->hidden_count = last;
    }
    keeper->hidden[keeper->hidden_count++] = identity;
}

static void read_hidden(struct keeper *keeper)
{
    char path[PATH_BYTES], *text;
    size_t length;
    if (!statedir_path(HIDDEN_FILE, path, sizeof path) ||
        !config_slurp(path, &text, &length)) {
        return;
    }
    for (size_t at = 0; at + DIGITS < length; at += DIGITS + 1) {
        char digits[DIGITS + 1] = "", *end;
        memcpy(digits, text + at, DIGITS);
        uint64_t identity = strtoull(digits, &end, 16);
        if (end == digits + DIGITS && text[at + DIGITS] == '\n') {
            add_hidden(keeper, identity);
        }
    }
    free(text);
}

static void save_hidden(struct keeper *keeper)
{
    static char text[DESK_HIDES * (DIGITS + 1) + 1];
    char why[REASON_BYTES];
    for (size_t i = 0; i < keeper->hidden_count; i++) {
        snprintf(text + i * (DIGITS + 1), DIGITS + 2, "%016" PRIx64 "\n",
                 keeper->hidden[i]);
    }
    if (!statedir_save(HIDDEN_FILE, text, keeper->hidden_count * (DIGITS + 1))) {
        log_warning("what was hidden cannot be kept for the next start (%s): check the "
                    "state folder",
                    statedir_reason(why));
    }
    keeper->hides_dirty = false;
}

bool keeper_open(struct keeper *keeper, struct desk *desk, const struct worker_guest *web)
{
    keeper->web = web ? *web : (struct worker_guest){0};
    if (!ring_init(&keeper->notes, SLOTS, sizeof(struct note))) {
        log_error("no memory to keep what is done by hand");
        return false;
    }
    read_hidden(keeper);
    for (size_t i = 0; i < keeper->hidden_count; i++) {
        desk_hide_identity(desk, keeper->hidden[i]);
    }
    keeper->told = desk_hides(desk);
    return true;
}

void keeper_fini(struct keeper *keeper)
{
    own_fini(&keeper->own);
    ring_fini(&keeper->notes);
}

/* --- From the main thread --------------------------------------------------------------------- */

bool keeper_note_order(struct keeper *keeper, const struct message *message)
{
    bool kept = message->kind == MESSAGE_HEADLINE && !message->headline.flash;
    bool wanted = keeper->notes.slots && (kept || message->kind == MESSAGE_HIDE);
    struct note *note = wanted ? ring_reserve(&keeper->notes) : NULL;
    if (note) {
        note->kind = kept ? NOTE_MESSAGE : NOTE_FORGET;
        memcpy(&note->headline, &message->headline, headline_bytes(&message->headline));
        ring_commit(&keeper->notes);
    }
    return note != NULL;
}

bool keeper_note_hides(struct keeper *keeper, const struct desk *desk)
{
    uint64_t before = keeper->told;
    struct note *note;
    while (keeper->notes.slots && keeper->told < desk_hides(desk) &&
           (note = ring_reserve(&keeper->notes))) {
        note->kind = NOTE_HIDDEN;
        note->identity = desk_hidden(desk, keeper->told++);
        ring_commit(&keeper->notes);
    }
    return keeper->told != before;
}

/* --- On the worker ---------------------------------------------------------------------------- */

static void air(void *user, const struct headline *headline)
{
    struct keeper *keeper = user;
    struct order *order = malloc(sizeof *order);
    struct message *message = malloc(sizeof *message);
    if (order && message) {
        *order = (struct order){.kind = ORDER_HEADLINE, .headline = *headline};
        uint16_t push = (uint16_t)worker_config(keeper->worker)->source_count;
        order_message(order, push, clock_wall(), message);
        worker_say(keeper->worker, message);
    }
    free(message);
    free(order);
}

static void begin(void *user, struct worker *worker)
{
    struct keeper *keeper = user;
    keeper->worker = worker;
    own_recall(&keeper->own, air, keeper);
    if (keeper->web.turn) {
        keeper->web.begin(keeper->web.user, worker);
    }
}

static void take(struct keeper *keeper, const struct note *note)
{
    if (note->kind == NOTE_HIDDEN) {
        add_hidden(keeper, note->identity);
        keeper->hides_dirty = true;
    } else if (note->kind == NOTE_FORGET) {
        (void)own_forget(&keeper->own, headline_get(&note->headline, HEADLINE_ID));
    } else if (!own_put(&keeper->own, &note->headline)) {
        log_warning("more than %d own messages: the rest airs, but not after a restart",
                    OWN_MOST);
    }
}

static void save(struct keeper *keeper)
{
    if (keeper->own.dirty) {
        own_save(&keeper->own);
    }
    if (keeper->hides_dirty) {
        save_hidden(keeper);
    }
}

static void take_notes(struct keeper *keeper)
{
    const struct note *note;
    while ((note = ring_peek(&keeper->notes))) {
        take(keeper, note);
        ring_release(&keeper->notes);
    }
}

static void turn(void *user)
{
    struct keeper *keeper = user;
    take_notes(keeper);
    int64_t now_ms = clock_ms();
    if ((keeper->own.dirty || keeper->hides_dirty) && now_ms >= keeper->save_ms) {
        save(keeper);
        keeper->save_ms = now_ms + EVERY_MS;
    }
    if (keeper->web.turn) {
        keeper->web.turn(keeper->web.user);
    }
}

static int fd(void *user)
{
    const struct keeper *keeper = user;
    return keeper->web.turn ? keeper->web.fd(keeper->web.user) : -1;
}

/* What waits to be saved has the worker's idle turns. */
static int timeout_ms(void *user)
{
    const struct keeper *keeper = user;
    return keeper->web.turn ? keeper->web.timeout_ms(keeper->web.user) : -1;
}

static void end(void *user)
{
    struct keeper *keeper = user;
    if (keeper->web.turn) {
        keeper->web.end(keeper->web.user);
    }
    take_notes(keeper);
    save(keeper);
}

struct worker_guest keeper_guest(struct keeper *keeper)
{
    return (struct worker_guest){.user = keeper,
                                 .begin = begin,
                                 .fd = fd,
                                 .turn = turn,
                                 .timeout_ms = timeout_ms,
                                 .end = end};
}
