/* A look at all sources of a configuration at once (wire/probe.h), under the worker's limits: eight
 * at a time, one to a host. */
#ifndef MOTOGRAPH_WIRE_INSPECTION_H
#define MOTOGRAPH_WIRE_INSPECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/config.h"
#include "wire/probe.h"

/* Looks at every source, tells each to TELL, in their order, as soon as it and those before it are
 * done, and returns how many would not air; SIZE_MAX if memory is short. What is not done after
 * LIMIT_MS, or when STOP says so, has failed. Blocks. Main thread, without a worker. */
size_t inspection_run(const struct config *config, int64_t limit_ms, bool (*stop)(void),
                      void (*tell)(void *user, const struct probe *probe), void *user);

#endif
