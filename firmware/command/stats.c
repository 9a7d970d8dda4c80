/* What the process cost is asked for here, at the very end. */
#define LOG_MODULE "stats"
#include "command/stats.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "host/process.h"

/* Of what has left the screen, all together and by lane. */
static json_t *report_airtime(const struct airtime *airtime)
{
    json_t *lanes = json_object();
    uint64_t headlines = 0;
    int64_t shown_us = 0;
    for (size_t i = 0; i < airtime->count; i++) {
        const struct airtime_lane *lane = &airtime->lanes[i];
        headlines += lane->headlines;
        shown_us += lane->shown_us;
        json_object_set_new(lanes, lane->name,
                            json_pack("{s:I,s:f}", "headlines",
                                      (json_int_t)lane->headlines, "seconds",
                                      (double)lane->shown_us / 1e6));
    }
    return json_pack("{s:I,s:f,s:I,s:o}", "headlines", (json_int_t)headlines, "seconds",
                     (double)shown_us / 1e6, "lost", (json_int_t)airtime->lost, "lanes",
                     lanes);
}

static json_t *report(const struct stats *stats)
{
    const struct metrics *m = stats->metrics;
    struct process_cost cost;
    process_measure(&cost);
    return json_pack(
        "{s:s,s:s,s:s,s:i,s:i,s:f,s:I,s:f,s:{s:I,s:I,s:I},s:{s:I,s:I,s:I,s:I},s:I,s:I,s:"
        "I,"
        "s:I,s:I,s:{s:i,s:i},s:o}",
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
        stats->sources_ok, "failed", stats->sources_failed, "aired",
        report_airtime(stats->airtime));
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
