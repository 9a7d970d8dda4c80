/* SIGHUP means two things: at a terminal that it is gone, to a service that someone wants
 * it to read its configuration again. The second is no reason to go dark. */
#include "host/signals.h"

#include <assert.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/crash.h"

/* An atomic rather than a sig_atomic_t, because other threads may look as well; one
 * without a lock may be used in a handler (C11, 7.14.1.1). */
static atomic_int stop_requested, reload_requested;
static_assert(ATOMIC_INT_LOCK_FREE == 2, "a handler may touch it");

enum { FAULTS = 5 };
static const int faults[FAULTS] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
static struct sigaction before[FAULTS];

static void request_stop(int signal_number)
{
    (void)signal_number;
    atomic_store(&stop_requested, 1);
}

static void request_reload(int signal_number)
{
    (void)signal_number;
    atomic_store(&reload_requested, 1);
}

/* Whoever was there before us (a sanitizer, else the core dump) has the last word. */
static void mark_crash(int signal_number, siginfo_t *info, void *context)
{
    (void)context;
    for (size_t i = 0; i < FAULTS; i++) {
        if (faults[i] == signal_number) {
            sigaction(signal_number, &before[i], NULL);
        }
    }
    crash_mark();
    if (info->si_code <= 0) {
        raise(signal_number); /* it was sent; a real one comes again by itself */
    }
}

/* A stack that is full is a crash as well, so the handler has one of its own. */
static void watch_faults(void)
{
    static char room[16 << 10];
    stack_t stack = {.ss_sp = room, .ss_size = sizeof room};
    struct sigaction action = {.sa_sigaction = mark_crash,
                               .sa_flags = SA_ONSTACK | SA_SIGINFO};
    static bool watched;
    sigemptyset(&action.sa_mask);
    sigaltstack(&stack, NULL);
    for (size_t i = 0; i < FAULTS && !watched; i++) {
        sigaction(faults[i], &action, &before[i]);
    }
    watched = true;
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
    watch_faults();
    atomic_store(&stop_requested, 0);
    atomic_store(&reload_requested, 0);
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        handle(stops[i], request_stop);
    }
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) {
        handle(ignored[i], SIG_IGN);
    }
    /* A service may own a terminal, whose keyboard SDL mutes; it is told something else. */
    bool service = getenv("NOTIFY_SOCKET") != NULL;
    bool kept = sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler == SIG_IGN;
    bool person = !service && has_terminal();
    handle(SIGHUP, kept ? SIG_IGN : person ? request_stop : request_reload);
}

bool signals_reload_requested(void)
{
    return atomic_load(&reload_requested) && atomic_exchange(&reload_requested, 0);
}

bool signals_stop_requested(void)
{
    return atomic_load(&stop_requested) != 0;
}
