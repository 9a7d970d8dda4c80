/* Changes of web.conf on the disk (base/webconf.h, base/statedir.h). Whoever changes it has the
 * configuration read again (worker_reload). Worker thread. */
#ifndef MOTOGRAPH_WIRE_WEBSAVE_H
#define MOTOGRAPH_WIRE_WEBSAVE_H

#include <stdbool.h>

#include "base/webconf.h"

/* Puts [source "NAME"] with PAIRS into web.conf, in place of one that is there; takes it out. False,
 * and the file is as it was, with what is wrong in ERROR. */
bool websave_set(const char *name, const struct webconf_pair *pairs, size_t count,
                 char error[CONFIG_FAULT_BYTES]);
bool websave_remove(const char *name, char error[CONFIG_FAULT_BYTES]);

#endif
