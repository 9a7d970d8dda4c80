/* `motograph check --online`: every source is fetched once, and told of in a line. */
#ifndef MOTOGRAPH_COMMAND_CHECK_ONLINE_H
#define MOTOGRAPH_COMMAND_CHECK_ONLINE_H

#include <stddef.h>

#include "base/config.h"

enum { CHECK_ONLINE_MS = 120 * 1000 }; /* all together; one takes 30 s at most */

/* Looks at all sources of CONFIG, several at once, and prints them in their order as they are done.
 * Returns how many failed, or SIZE_MAX if memory is short. */
size_t check_online(const struct config *config);

#endif
