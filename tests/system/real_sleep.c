/* A library to be loaded before libfaketime, which takes the moment until which somebody sleeps by the
 * monotonic clock for one of the wall clock and does not sleep at all (0.9.10). */
#include <errno.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *until,
                    struct timespec *left)
{
    return syscall(SYS_clock_nanosleep, clock, flags, until, left) ? errno : 0;
}
