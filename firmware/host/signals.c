/* SIGHUP means two things: at a terminal that it is gone, to a service that someone wants
 * it to read its configuration again. The second is no reason to go dark. */
#include "host/signals.h"

#include <assert.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

/* An atomic rather than a sig_atomic_t, because other threads may look as well; one
 * without a lock may be used in a handler (C11, 7.14.1.1). */
static atomic_int stop_requested;
static_assert(ATOMIC_INT_LOCK_FREE == 2, "a handler may touch it");

static void request_stop(int signal_number)
{
    (void)signal_number;
    atomic_store(&stop_requested, 1);
}

static void handle(int signal_number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    sigaction(signal_number, &action, NULL);
}

static bool has_terminal(void)
{
    int fd = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
    if (fd >= 0) {
        close(fd);
    }
    return fd >= 0;
}

void signals_install(void)
{
    static const int stops[] = {SIGTERM, SIGINT};
    static const int ignored[] = {SIGPIPE, SIGUSR1, SIGUSR2};
    struct sigaction hangup;
    atomic_store(&stop_requested, 0);
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        handle(stops[i], request_stop);
    }
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) {
        handle(ignored[i], SIG_IGN);
    }
    bool kept = sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler == SIG_IGN;
    handle(SIGHUP, !kept && has_terminal() ? request_stop : SIG_IGN);
}

bool signals_stop_requested(void)
{
    return atomic_load(&stop_requested) != 0;
}
