/* The folder for what must outlive a restart and cannot be fetched again: $STATE_DIRECTORY, which
 * the service manager gives, else motograph in $XDG_STATE_HOME or ~/.local/state. Any thread. */
#ifndef MOTOGRAPH_BASE_STATEDIR_H
#define MOTOGRAPH_BASE_STATEDIR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/reason.h"

/* The path of NAME in it, in OUT; nothing is made. An empty $STATE_DIRECTORY means that there is
 * none: false then, and OUT is "". */
bool statedir_path(const char *name, char *out, size_t room);

/* Puts LENGTH bytes into the file NAME there so that a power cut leaves the old file or the new
 * one: a new file is written, synced, renamed over the old one, and the folder synced. Makes the
 * folder if need be. False with errno. */
bool statedir_save(const char *name, const char *bytes, size_t length);

/* Why that failed, as errno says (base/reason.h). Returns OUT. */
char *statedir_reason(char out[REASON_BYTES]);

#endif
