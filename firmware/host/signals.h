/* Signals become a flag that the main loop reads; nothing else happens in a handler. */
#ifndef MOTOGRAPH_HOST_SIGNALS_H
#define MOTOGRAPH_HOST_SIGNALS_H

#include <stdbool.h>

/* From now on SIGTERM and SIGINT ask for a stop instead of ending the process, and waits
 * in the main thread return early when they come. So does SIGHUP at a terminal, which is
 * then gone; of a service (NOTIFY_SOCKET is set), and without a terminal, it asks for the
 * configuration to be read again. If it came in ignored (nohup) it stays so. So are
 * SIGPIPE, SIGUSR1 and SIGUSR2. A fault of the program itself (SIGSEGV and the like) leaves a
 * mark first (base/crash.h). Call before other threads start, and after SDL_Init,
 * which would take SIGINT and SIGTERM for itself (or set SDL_HINT_NO_SIGNAL_HANDLERS).
 * Main thread. */
void signals_install(void);

/* Whether SIGHUP has asked for the configuration since the last call. Any thread. */
bool signals_reload_requested(void);

/* Whether a stop was asked for since signals_install(). Any thread. */
bool signals_stop_requested(void);

#endif
