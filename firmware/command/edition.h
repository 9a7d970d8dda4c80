/* One state of the configuration with all that is made of it: what was read from the operator's
 * file and web.conf, the theme, the rules for the worker. At the start every valid key counts;
 * later a file with a fault that is new is refused as a whole, and what is in use stays. One that
 * what is in use has, too (a warning that its owner lives with), stops nothing. */
#ifndef MOTOGRAPH_COMMAND_EDITION_H
#define MOTOGRAPH_COMMAND_EDITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"
#include "base/config_change.h"
#include "desk/stamp.h"
#include "show/theme.h"
#include "wire/reload.h"

enum { EDITION_PATH_BYTES = 4096, EDITION_FAULTS = 64 };

/* Faults by hashes of their files and texts: lines move when something is put in above. */
struct fault_set {
    uint64_t hashes[EDITION_FAULTS];
    size_t count;
};

struct edition {
    struct config_change change; /* first: what crosses the ring is its address */
    struct config config;        /* change.config points here, unless it was refused */
    struct theme theme;
    struct stamp stamp;
    uint64_t state; /* of the texts it was read from */
    struct fault_set faults;
};

/* From where configurations are read. */
struct library {
    const char *named;            /* by -c; NULL = CONFIG_PATH, which need not be there */
    const char *defaults;         /* read before it; NULL = none */
    char web[EDITION_PATH_BYTES]; /* web.conf; "" = there is no folder for it */
    char **sources;               /* typed: they replace the configured ones */
    int source_count;
    struct edition *first; /* of the start; it must outlive all others */
    /* The reader's, on the worker: the theme and the texts in use, those refused last, and why the
     * file could not be read when it last could not. */
    struct theme theme;
    uint64_t state, refused;
    struct fault_set known; /* faults of what is in use */
    unsigned
        changes; /* of the files, so far: so that each has a line of its own in the log */
    int error;
    struct config_news news;
    struct reload_reader reader;
};

/* The file that $MOTOGRAPH_DEFAULTS names: what stands in it counts instead of the program's own
 * defaults, as on a card (toolchain/boot/settings). NULL = none. */
const char *library_defaults(void);

/* Finds the places; -c NAMED (NULL = none) and the typed sources are borrowed. */
void library_init(struct library *library, const char *named, char **sources,
                  int source_count);

/* Reads the configuration of the start. Each fault goes to REPORT as well. *ERROR is 0, or says why
 * the operator's file could not be read: the edition is then that of web.conf alone. NULL if memory
 * is short. The library reads on from here: it hands out changes against this edition. */
struct edition *library_open(struct library *library, config_fault_fn *report, void *user,
                             int *error);

/* What the worker is given; valid after library_open. */
const struct reload_reader *library_reader(struct library *library);

/* The operator's file. */
const char *library_path(const struct library *library);

/* Frees it; not the strings that it borrows from the first. NULL is fine. */
void edition_free(struct edition *edition);

#endif
