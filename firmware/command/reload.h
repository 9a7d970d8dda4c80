/* A run goes on under another configuration. Main thread. */
#ifndef MOTOGRAPH_COMMAND_RELOAD_H
#define MOTOGRAPH_COMMAND_RELOAD_H

#include <stdbool.h>

#include "base/message.h"
#include "command/run.h"

/* Takes a MESSAGE_CONFIG. False if memory is short: it must come again, and nothing after it may be
 * taken before. */
bool reload_take(struct run *run, const struct message *message);

/* Passes on that a person has asked (SIGHUP). */
void reload_ask(struct run *run);

#endif
