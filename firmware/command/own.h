/* The operator's own messages (POST /api/headlines): kept in the state folder until their end, so that
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
};

enum own_kept {
    OWN_KEPT,
    OWN_UNSAVED, /* it airs, but will not be there after the next start */
    OWN_FULL     /* there are OWN_MOST already: it must not air */
};

/* Keeps HEADLINE, in place of one with the same id, and saves. */
enum own_kept own_keep(struct own *own, const struct headline *headline);

/* Drops the one with the id ID, if there is one, and saves. */
void own_forget(struct own *own, const char *id);

/* Reads what was saved, but for what has ended, and tells each to TAKE. */
typedef void own_take_fn(void *user, const struct headline *headline);
void own_recall(struct own *own, own_take_fn *take, void *user);

void own_fini(struct own *own);

#endif
