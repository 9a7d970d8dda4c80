/* What the process cost is asked for here, at the very end. */
#define LOG_MODULE "stats"
#include "command/stats.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "host/process.h"

static json_t *report(const struct stats *stats)
{
    const struct metrics *m = stats->metrics;
    struct process_cost cost;
    process_measure(&cost);
    return json_pack(
        "{s:s,s:s,s:s,s:i,s:i,s:f,s:I,s:f,s:{s:I,s:I,s:I},s:{s:I,s:I,s:I,s:I},s:I,s:I,s:"
        "I,"
        "s:I,s:I,s:{s:i,s:i}}",
        "version", MOTOGRAPH_VERSION, "video_driver",
        stats->screen->driver ? stats->screen->driver : "none", "renderer",
        stats->screen->name ? stats->screen->name : "none", "width", stats->screen->w,
        "height", stats->screen->h, "refresh_hz", stats->screen->refresh_hz, "frames",
        (json_int_t)m->frames, "seconds", stats->seconds, "missed", "late",
        (json_int_t)m->missed[METRICS_LATE], "upload",
        (json_int_t)m->missed[METRICS_UPLOAD], "present",
        (json_int_t)m->missed[METRICS_PRESENT], "frame_us", "p50",
        (json_int_t)metrics_quantile(m, 0.5), "p99",
        (json_int_t)metrics_quantile(m, 0.99), "p999",
        (json_int_t)metrics_quantile(m, 0.999), "max", (json_int_t)m->frame_max_us,
        "cpu_ms", (json_int_t)cost.cpu_ms, "rss_kib", (json_int_t)cost.rss_kib, "pss_kib",
        (json_int_t)cost.pss_kib, "first_headline_ms", (json_int_t)m->first_headline_ms,
        "headlines_aired", (json_int_t)m->headlines_aired, "sources", "ok",
        stats->sources_ok, "failed", stats->sources_failed);
}

bool stats_write(const struct stats *stats, const char *path)
{
    json_t *object = report(stats);
    FILE *file = object ? fopen(path, "we") : NULL;
    size_t flags = JSON_INDENT(1) | JSON_REAL_PRECISION(9);
    bool done = file && json_dumpf(object, file, flags) == 0 && fputc('\n', file) != EOF;
    if (file && fclose(file) != 0) {
        done = false;
    }
    if (!done) {
        log_error(
            "%s: the statistics cannot be written (%s): check the folder and its space",
            path, strerror(errno));
    }
    json_decref(object);
    return done;
}
