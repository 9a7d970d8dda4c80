/* A timer of the wall clock that lies beyond all time, and that the kernel cancels whenever the
 * clock jumps: timerfd_create(2), TFD_TIMER_CANCEL_ON_SET. */
#define LOG_MODULE "wire"
#include "wire/clockwatch.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/log.h"

static bool arm(int fd)
{
    static const time_t never = (time_t)1 << (sizeof(time_t) > 4 ? 40 : 30);
    struct itimerspec timer = {.it_value = {.tv_sec = never}};
    return timerfd_settime(fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &timer,
                           NULL) == 0;
}

int clockwatch_open(void)
{
    int fd = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
    if (fd >= 0 && arm(fd)) {
        return fd;
    }
    log_warning("a clock that is set is noticed some seconds later: %s", strerror(errno));
    if (fd >= 0) {
        close(fd);
    }
    return -1;
}

bool clockwatch_heard(int fd)
{
    uint64_t expired;
    if (fd < 0 || (read(fd, &expired, sizeof expired) < 0 && errno != ECANCELED)) {
        return false;
    }
    arm(fd);
    return true;
}
