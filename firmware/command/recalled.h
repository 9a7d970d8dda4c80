/* What the disk held of the sources, for the dry run: what of it they have withdrawn since, and what this
 * board did not have yet at the time that was asked for. Main thread. */
#ifndef MOTOGRAPH_COMMAND_RECALLED_H
#define MOTOGRAPH_COMMAND_RECALLED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"
#include "base/message.h"

struct recalled_item {
    struct headline *headline; /* owned */
    bool future;               /* first seen later than asked for */
    bool present;              /* the desk holds it */
};

/* Start it zeroed. */
struct recalled {
    struct recalled_item *items; /* owned; those of one source stand together */
    size_t count, room;
    size_t first[CONFIG_SOURCES], counts[CONFIG_SOURCES]; /* of each source */
};

void recalled_fini(struct recalled *recalled);

/* Looks at a MESSAGE_HEADLINE before the desk does. AT is the time asked for; HEADLINE_NO_TIME = now.
 * False if the desk is not to have it: it comes from the future. Short memory forgets. */
bool recalled_take(struct recalled *recalled, const struct message *message, int64_t at);

/* The desk holds HEADLINE. */
void recalled_note(struct recalled *recalled, const struct headline *headline);

#endif
