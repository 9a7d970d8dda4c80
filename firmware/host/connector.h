/* The connectors of the graphics cards, as the kernel lists them under /sys/class/drm. A state is the
 * kernel's memory: reading it is three system calls, waits for no lock and allocates nothing. What
 * modes there are is said under a lock that a slow screen may hold: that is asked once, when a
 * screen is opened. Main thread. */
#ifndef MOTOGRAPH_HOST_CONNECTOR_H
#define MOTOGRAPH_HOST_CONNECTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/resolution.h"

enum { CONNECTORS = 16, CONNECTOR_NAME_BYTES = 32 };

struct connector {
    char name[CONNECTOR_NAME_BYTES]; /* "HDMI-A-1" */
    int card;                        /* of /dev/dri/card0 ... */
    uint64_t order;                  /* in which its card has them */
    bool connected;
};

struct connectors {
    const char *folder; /* borrowed; NULL = the kernel's */
    size_t count;
    struct connector list[CONNECTORS]; /* by card, then by their order there */
};

/* Finds the connectors below FOLDER (borrowed; NULL = /sys/class/drm) and how they stand. */
void connector_scan(struct connectors *all, const char *folder);

/* How they stand now, of those that were found: one that is no longer there is not connected.
 * Whether anything is different. */
bool connector_look(struct connectors *all);

/* Which of them to show on: WANTED ("HDMI-A-1", with its card "card1-HDMI-A-1", or "auto") if it is
 * connected; else CURRENT (an index, or -1) as long as it is; else the first that is. -1 = none. */
int connector_choose(const struct connectors *all, const char *wanted, int current);

/* The index of the one called NAME, -1 if there is none. */
int connector_find(const struct connectors *all, const char *name);

/* How many connected ones of the same card come before number INDEX: SDL counts displays so. */
int connector_place(const struct connectors *all, int index);

/* The resolution that number INDEX likes best; zeroed where that is unknown. */
struct resolution connector_best(const struct connectors *all, int index);

/* Lists their names and whether they are connected in OUT, for people. */
const char *connector_list(const struct connectors *all, char *out, size_t room);

#endif
