/* What the desk wants to know of a headline and what costs too much for the main thread: the
 * worker has it worked out (base/message.h: message_stamp). Pure; one thread at a time. */
#ifndef MOTOGRAPH_DESK_STAMP_H
#define MOTOGRAPH_DESK_STAMP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/config.h"
#include "base/message.h"
#include "desk/filter.h"

struct stamp {
    const struct config *config;
    struct filter *filter; /* owned; NULL = memory was short: no rule counts */
};

/* CONFIG must outlive it. */
void stamp_init(struct stamp *stamp, const struct config *config);
void stamp_fini(struct stamp *stamp);

/* A message_stamp_fn: sets the keys of MESSAGE. USER is a struct stamp. */
void stamp_message(const void *user, struct message *message);

/* A hash of what is the same in all addresses of one page: scheme, "www.", tracking parameters,
 * fragment and a slash at the end do not count. 0 for none, and for a site's front page. */
uint64_t stamp_link(const char *link);

#endif
