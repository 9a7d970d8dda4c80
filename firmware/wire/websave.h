/* Changes of web.conf on the disk (base/webconf.h, base/statedir.h). Whoever changes it has the
 * configuration read again (worker_reload). Worker thread. */
#ifndef MOTOGRAPH_WIRE_WEBSAVE_H
#define MOTOGRAPH_WIRE_WEBSAVE_H

#include "base/webconf.h"

/* But for WEBSAVE_DONE the file is as it was, with what is wrong in ERROR: */
enum websave_result {
    WEBSAVE_DONE,
    WEBSAVE_REFUSED, /* with what was asked for, */
    WEBSAVE_FAILED   /* or with the file, the disk, the memory */
};

/* Puts [source "NAME"] with PAIRS into web.conf, in place of one that is there; takes it out. */
enum websave_result websave_set(const char *name, const struct webconf_pair *pairs,
                                size_t count, char error[CONFIG_FAULT_BYTES]);
enum websave_result websave_remove(const char *name, char error[CONFIG_FAULT_BYTES]);

#endif
