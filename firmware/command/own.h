/* The operator's own messages (POST /api/headlines, "headline" of MQTT): kept in the state folder until their end, so that
 * a board that starts again goes on with them. One JSON object a line, each as it could be posted.
 * Worker thread. */
#ifndef MOTOGRAPH_COMMAND_OWN_H
#define MOTOGRAPH_COMMAND_OWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/headline.h"

enum { OWN_MOST = 100 };

struct own_message {
    char *id, *line; /* owned */
    int64_t until;
};

/* Zeroed holds none. */
struct own {
    struct own_message messages[OWN_MOST];
    size_t count;
    bool dirty; /* it is not what the file holds */
};

/* Keeps HEADLINE, in place of one with the same id, for the next own_save. False if there are OWN_MOST
 * others. */
bool own_put(struct own *own, const struct headline *headline);

/* Drops the one with the id ID. False if there is none. */
bool own_forget(struct own *own, const char *id);

/* Brings it to the disk; false, logged, if that takes nothing. It is tried again at the next change. */
bool own_save(struct own *own);

/* Reads what was saved, but for what has ended, and tells each to TAKE. */
typedef void own_take_fn(void *user, const struct headline *headline);
void own_recall(struct own *own, own_take_fn *take, void *user);

void own_fini(struct own *own);

#endif
