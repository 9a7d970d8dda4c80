/* A library to be loaded before the C library: the machine has booted ten seconds ago. */
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *out)
{
    int result = (int)syscall(SYS_clock_gettime, clock, out);
    if (result == 0 && clock == CLOCK_BOOTTIME) {
        out->tv_sec = 10;
    }
    return result;
}
