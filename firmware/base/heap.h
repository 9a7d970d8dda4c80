/* What we ask of malloc, beyond memory. glibc alone; elsewhere, and under a sanitizer's malloc, nothing
 * happens. */
#ifndef MOTOGRAPH_BASE_HEAP_H
#define MOTOGRAPH_BASE_HEAP_H

#include <stddef.h>

/* Large pieces, such as pictures, come from the system, empty, page by page as they are written, and go
 * back there: left to itself glibc keeps what is freed for others of that size, and clears it. Once,
 * before any other thread. */
void heap_settle(void);

/* Makes the next BYTES, less than a MiB, that malloc gives this thread for small pieces ready to be
 * written. Left alone each page is made when it is first touched, and that costs several times as
 * much (on a virtual machine, twenty). Costs next to nothing where they are ready. Thread-safe. */
void heap_ready(size_t bytes);

#endif
