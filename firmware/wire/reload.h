/* When the configuration is to be read again: when somebody asks, and when one of its files has
 * changed and then stood still for a moment, since editors write a file in pieces. What is read,
 * and whether it will do, is another's business (command/edition.h), who is asked through a
 * function. Worker thread. */
#ifndef MOTOGRAPH_WIRE_RELOAD_H
#define MOTOGRAPH_WIRE_RELOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config_change.h"
#include "wire/local.h"

enum {
    RELOAD_FILES = 2,      /* the operator's, and web.conf */
    RELOAD_LOOK_MS = 2000, /* how often they are looked at */
    RELOAD_SETTLE_MS = 400 /* so long a changed file must stay as it is */
};

/* Who reads. All is called on the worker thread. */
struct reload_reader {
    const char *paths[RELOAD_FILES]; /* NULL = none */
    /* The next configuration, or the news that there is none; NULL where all is as it was. It
     * belongs to who gets it. */
    struct config_change *(*read)(void *user);
    /* It could not be used: memory was short. */
    void (*refuse)(void *user, struct config_change *change);
    void *user;
};

struct reload {
    const struct reload_reader *reader; /* borrowed; NULL = never */
    struct local_stamp seen[RELOAD_FILES];
    int64_t look_ms; /* when to look next */
    bool settling;   /* one has changed at the last look */
    bool due;        /* to be read */
};

/* What the files are like now counts as read. READER may be NULL. */
void reload_init(struct reload *reload, const struct reload_reader *reader,
                 int64_t now_ms);

/* Looks at the files, if it is time. Returns whether they are to be read, now or as soon as there
 * is room to hand the change over; reload_read ends that. */
bool reload_due(struct reload *reload, bool asked, int64_t now_ms);
struct config_change *reload_read(struct reload *reload);

/* Milliseconds until the next look. */
int64_t reload_wait_ms(const struct reload *reload, int64_t now_ms);

#endif
