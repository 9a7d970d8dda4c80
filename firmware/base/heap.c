#include "base/heap.h"

#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    LARGE_BYTES = 1 << 20,       /* less than the picture of any screen */
    KEPT_BYTES = 2 * LARGE_BYTES /* free at the heap's end before it is given back */
};

static bool settled;

void heap_settle(void)
{
    settled =
        mallopt(M_MMAP_THRESHOLD, LARGE_BYTES) && mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
}

/* A piece of that size is cut from the heap's end, and grows together with it again when it is
 * freed. Kernels before 5.14 do not know the advice. */
void heap_ready(size_t bytes)
{
    char *piece = settled ? malloc(bytes) : NULL;
#if defined(MADV_POPULATE_WRITE)
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t from = (uintptr_t)piece / page * page;
    uintptr_t to = ((uintptr_t)piece + bytes) / page * page;
    if (piece) {
        madvise((void *)from, to - from, MADV_POPULATE_WRITE);
    }
#endif
    free(piece);
}
