/* Written by a script of ours, but from what people wrote: the log and the screen make of any byte
 * something that can be shown, and here is how many there may be. */
#define LOG_MODULE "notes"
#include "command/notes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/log.h"

enum { LINE_BYTES = 512 };

void notes_read(const char *path, notes_fn *take, void *user)
{
    char *text;
    size_t length, at = 0;
    if (!config_slurp(path, &text, &length)) {
        if (errno != ENOENT) {
            log_warning("%s: cannot be read (%s)", path, strerror(errno));
        }
        return;
    }
    for (int count = 0; count < NOTES_MOST && at < length; count++) {
        char line[LINE_BYTES];
        size_t end = at;
        while (end < length && text[end] != '\n') {
            end++;
        }
        snprintf(line, sizeof line, "%.*s", (int)(end - at), text + at);
        line[strcspn(line, "\r")] = '\0';
        if (*line) {
            take(user, line);
        }
        at = end + 1;
    }
    free(text);
}
