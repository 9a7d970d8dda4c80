/* Lock-free, or a handler could not read it. */
#include "base/crash.h"

#include <errno.h>
#include <stdatomic.h>
#include <unistd.h>

static atomic_int mark_fd = -1;
_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "a handler reads it");

void crash_mark_to(int fd)
{
    atomic_store(&mark_fd, fd);
}

void crash_mark(void)
{
    int fd = atomic_load(&mark_fd), error = errno;
    if (fd >= 0 && write(fd, "x", 1) < 0) {
        /* Nothing is left to be done here. */
    }
    errno = error;
}
