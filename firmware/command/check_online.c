#include "command/check_online.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/clock.h"
#include "host/signals.h"
#include "wire/failure.h"
#include "wire/inspection.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

/* A line in the making. */
struct line_text {
    char bytes[4096];
    size_t used;
};

static void say(struct line_text *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void say(struct line_text *line, const char *format, ...)
{
    size_t room = sizeof line->bytes - line->used;
    va_list args;
    va_start(args, format);
    int length = vsnprintf(line->bytes + line->used, room, format, args);
    va_end(args);
    line->used += (size_t)length < room ? (size_t)length : room - 1;
}

/* What servers say is not to colour a terminal. */
static void print_line(struct line_text *line)
{
    for (unsigned char *p = (unsigned char *)line->bytes; *p; p++) {
        bool c1 = *p == 0xC2 && p[1] >= 0x80 && p[1] < 0xA0;
        if (*p < ' ' || *p == 0x7F || c1) {
            *p = '?';
        }
        if (c1) {
            *++p = '?';
        }
    }
    puts(line->bytes);
    fflush(stdout);
}

static void say_age(struct line_text *line, int64_t newest)
{
    int64_t age_s = newest == HEADLINE_NO_TIME ? 0 : clock_wall() - newest;
    if (newest == HEADLINE_NO_TIME) {
        say(line, ", without dates");
    } else if (age_s < 0) {
        say(line, ", newest dated in the future");
    } else if (age_s < 2 * HOUR) {
        say(line, ", newest %" PRId64 " min old", age_s / MINUTE);
    } else if (age_s < 2 * DAY) {
        say(line, ", newest %" PRId64 " h old", age_s / HOUR);
    } else {
        say(line, ", newest %" PRId64 " days old", age_s / DAY);
    }
}

static const char *ending(size_t count)
{
    return count == 1 ? "" : "s";
}

static void say_content(struct line_text *line, const struct probe_report *report)
{
    if (report->status) {
        say(line, "HTTP %d, ", report->status);
    }
    if (report->files) {
        say(line, "a folder of %zu file%s", report->files, ending(report->files));
    } else if (*report->encoding) {
        say(line, "%s, %s", feed_kind_name(report->kind), report->encoding);
    } else {
        say(line, "an empty folder");
    }
    if (*report->coding) {
        say(line, ", %s", report->coding);
    }
    say(line, ", %zu headline%s", report->items, ending(report->items));
    if (report->items) {
        say_age(line, report->newest);
    }
}

/* One line: its name, how it is, where it was found, how long that took. */
static void print_source(void *user, const struct probe *probe)
{
    const struct probe_report *report = &probe->report;
    bool airs = failure_airs(report->failure);
    char name[512], words[FAILURE_LINE_BYTES];
    struct line_text line = {.used = 0};
    (void)user;
    snprintf(name, sizeof name, "%.200s (%.300s)", probe->source->name,
             probe->place.shown ? probe->place.shown : "");
    if (airs) {
        say(&line, "online: %s: ", name);
        say_content(&line, report);
    }
    if (report->failure) {
        say(&line, "%s%s", airs ? ", " : "online: ",
            failure_line(report->failure, airs ? "but" : name, report->detail, words,
                         sizeof words));
    }
    if (*report->url) {
        say(&line, ", %s %s", report->offered ? "the page's feed" : "redirected to",
            report->url);
    }
    say(&line, " (%" PRId64 " ms)", report->ms);
    print_line(&line);
}

size_t check_online(const struct config *config)
{
    return inspection_run(config, CHECK_ONLINE_MS, signals_stop_requested, print_source,
                          NULL);
}
