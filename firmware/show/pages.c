#include "show/pages.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

void pages_rest(void *begin, size_t bytes)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t from = ((uintptr_t)begin + page - 1) / page * page;
    uintptr_t to = ((uintptr_t)begin + bytes) / page * page;
    if (from < to) {
        madvise((void *)from, to - from, MADV_DONTNEED);
    }
}
