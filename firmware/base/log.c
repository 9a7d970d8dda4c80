/* The line is put together on the stack and leaves in one write, so that two threads
 * never mix their words. UTF-8 passes, but for its control characters: those of C1 begin
 * escape sequences on some terminals just as ESC does. An event that has just been told of is only
 * counted (loghold.c). */
#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/loghold.h"
#include "base/utf8.h"

enum {
    TEXT_BYTES = 1000,
    ESCAPED_BYTES = 1140,
    MORE_BYTES = 48,
    LINE_BYTES = ESCAPED_BYTES + MORE_BYTES + 60 /* and room for its head */
};

static _Atomic(enum log_level) threshold = LOG_INFO;

enum log_level log_level_named(const char *name)
{
    static const char *const names[] = {"error", "warning", "info", "debug"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0) {
            return (enum log_level)i;
        }
    }
    return LOG_INFO;
}

void log_set_level(enum log_level level)
{
    threshold = level;
}

static size_t escape(char *out, size_t room, const char *text)
{
    size_t used = 0;
    uint32_t code;
    for (size_t left = strlen(text), bytes; left > 0; text += bytes, left -= bytes) {
        bytes = utf8_decode(text, left, &code);
        bool plain =
            utf8_valid(text, bytes) && code >= 0x20 && (code < 0x7F || code > 0x9F);
        if (used + 4 * bytes + 1 > room) {
            break;
        }
        for (size_t i = 0; i < bytes; i++) {
            used += (size_t)snprintf(out + used, room - used, plain ? "%c" : "\\x%02x",
                                     (unsigned char)text[i]);
        }
    }
    return used;
}

/* TEXT is escaped. MORE is how often the same was held back. */
static void put_line(enum log_level level, const char *module, const char *text,
                     unsigned more)
{
    /* Priorities of syslog(3), which the journal reads in angle brackets. */
    static const char priority[] = {'3', '4', '6', '7'};
    char line[LINE_BYTES];
    size_t used = 0;
    if (getenv("JOURNAL_STREAM")) {
        used = (size_t)snprintf(line, sizeof line, "<%c>", priority[level]);
    }
    used += (size_t)snprintf(line + used, sizeof line - used, "motograph: %s: ", module);
    used += (size_t)snprintf(line + used, ESCAPED_BYTES, "%s", text);
    if (more) {
        used += (size_t)snprintf(line + used, MORE_BYTES, " (and %u more in %d minutes)",
                                 more, LOGHOLD_WINDOW_MS / 60000);
    }
    line[used++] = '\n';
    /* A log that cannot be written is no reason for anything to stop. */
    ssize_t ignored = write(STDERR_FILENO, line, used);
    (void)ignored;
}

void log_write(enum log_level level, const char *module, const char *format, ...)
{
    if (level > threshold) {
        return;
    }
    int saved = errno;
    char text[TEXT_BYTES];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (length >= (int)sizeof text) {
        text[utf8_floor(text, sizeof text - 1)] = '\0';
    }

    char escaped[ESCAPED_BYTES];
    unsigned more = 0;
    escaped[escape(escaped, sizeof escaped, text)] = '\0';
    if (level == LOG_DEBUG || loghold_admit(level, module, escaped, clock_ms(), &more)) {
        put_line(level, module, escaped, more);
    }
    errno = saved;
}

static void put_held(void *user, const struct loghold_event *event)
{
    (void)user;
    put_line(event->level, event->module, event->text, event->held);
}

void log_settle(void)
{
    int saved = errno;
    loghold_settle(clock_ms(), put_held, NULL);
    errno = saved;
}