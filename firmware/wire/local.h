/* Sources that are files: read whole, and again when they have changed. Worker thread. */
#ifndef MOTOGRAPH_WIRE_LOCAL_H
#define MOTOGRAPH_WIRE_LOCAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/failure.h"

enum { LOCAL_EVERY_MS = 2000 }; /* how often a file is looked at */

/* What tells one state of a file from another. Zeroed: none seen yet. */
struct local_stamp {
    uint64_t device, inode;
    int64_t bytes, modified_ns, changed_ns;
};

/* What PATH is like now; zeroed if there is nothing there, or PATH is NULL. */
struct local_stamp local_look(const char *path);

/* Reads the regular file at PATH, at most FEED_BODY_BYTES of it, if it differs from
 * *STAMP, and stamps it. *BYTES is malloc'ed and the caller's, or NULL if the file is as
 * it was or cannot be read; FULL says that there was more of it. Never waits on a FIFO or
 * a device. On failure *STAMP is zeroed, and DETAIL gets the system's reason or "". */
enum failure local_read(const char *path, struct local_stamp *stamp, char **bytes,
                        size_t *length, bool *full, char detail[FAILURE_DETAIL_BYTES]);

#endif
