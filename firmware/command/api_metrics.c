/* GET /metrics: the text format of Prometheus, version 0.0.4. Names end in their base units, what
 * only grows in _total. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "command/api_inside.h"
#include "feed/buffer.h"

enum { FRESH_MS = 250, LABEL_BYTES = 300 };

static void add(struct buffer *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add(struct buffer *out, const char *format, ...)
{
    char line[2 * LABEL_BYTES + 200];
    va_list words;
    va_start(words, format);
    int n = vsnprintf(line, sizeof line, format, words);
    va_end(words);
    if (n > 0 && (size_t)n < sizeof line) {
        buffer_append(out, line, (size_t)n);
    }
}

static void head(struct buffer *out, const char *name, const char *type, const char *help)
{
    add(out, "# HELP motograph_%s %s\n# TYPE motograph_%s %s\n", name, help, name, type);
}

static void one(struct buffer *out, const char *name, const char *type, const char *help,
                double value)
{
    head(out, name, type, help);
    add(out, "motograph_%s %.15g\n", name, value);
}

/* TEXT as it stands between the quotes of a label; valid UTF-8, or nothing of the answer counts. */
static const char *escape(const char *text, char out[LABEL_BYTES])
{
    enum { LONGEST = 5 }; /* a character, or an escaped one, and the '\0' */
    size_t length = 0, left = strlen(text);
    while (left > 0 && length + LONGEST <= LABEL_BYTES) {
        uint32_t code;
        size_t bytes = utf8_decode(text, left, &code);
        if (code == '\n' || code == '"' || code == '\\') {
            out[length++] = '\\';
            out[length++] = code == '\n' ? 'n' : (char)code;
        } else {
            length += utf8_encode(code < ' ' ? ' ' : code, out + length);
        }
        text += bytes;
        left -= bytes;
    }
    out[length] = '\0';
    return out;
}

/* --- The screen --------------------------------------------------------------------------- */

static void add_frames(struct buffer *out, const struct inquiry_status *status)
{
    static const double shares[] = {0.5, 0.99, 0.999};
    const struct metrics *m = &status->metrics;
    one(out, "frames_total", "counter", "Frames that were brought out.",
        (double)m->frames);
    head(out, "frames_missed_total", "counter",
         "Refreshes without a new frame, by cause.");
    add(out, "motograph_frames_missed_total{cause=\"late\"} %" PRIu64 "\n",
        m->missed[METRICS_LATE]);
    add(out, "motograph_frames_missed_total{cause=\"upload\"} %" PRIu64 "\n",
        m->missed[METRICS_UPLOAD]);
    add(out, "motograph_frames_missed_total{cause=\"present\"} %" PRIu64 "\n",
        m->missed[METRICS_PRESENT]);
    head(out, "frame_duration_seconds", "gauge",
         "Work in a frame that so many of them do not pass.");
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        add(out, "motograph_frame_duration_seconds{share=\"%g\"} %.9g\n", shares[i],
            (double)metrics_quantile(m, shares[i]) / 1e6);
    }
    one(out, "frame_duration_max_seconds", "gauge", "The longest frame since the start.",
        (double)m->frame_max_us / 1e6);
    one(out, "refresh_rate_hertz", "gauge", "Refreshes of the display in a second.",
        status->refresh_hz);
}

static void add_headlines(struct buffer *out, const struct inquiry_status *status)
{
    one(out, "headlines", "gauge", "Headlines that may air.", (double)status->headlines);
    one(out, "headlines_aired_total", "counter", "Headlines that came on the screen.",
        (double)status->metrics.headlines_aired);
    head(out, "sources", "gauge", "Sources by how they are doing.");
    add(out, "motograph_sources{state=\"ok\"} %u\n", status->ok);
    add(out, "motograph_sources{state=\"failed\"} %u\n", status->failed);
    add(out, "motograph_sources{state=\"trying\"} %u\n", status->trying);
    one(out, "sources_stale", "gauge", "Sources without an answer for too long.",
        status->stale);
    one(out, "paused", "gauge", "1 while the lanes stand still.", status->paused);
}

/* --- The worker --------------------------------------------------------------------------- */

static void add_fetches(struct buffer *out, const struct api *api)
{
    const struct health_counts *counts = worker_counts(api->worker);
    head(out, "fetches_total", "counter", "Attempts to read a source, by result.");
    add(out, "motograph_fetches_total{result=\"fetched\"} %" PRIu64 "\n",
        counts->fetched);
    add(out, "motograph_fetches_total{result=\"unchanged\"} %" PRIu64 "\n",
        counts->unchanged);
    add(out, "motograph_fetches_total{result=\"failed\"} %" PRIu64 "\n", counts->failed);
    one(out, "ring_depth", "gauge", "Messages on their way to the screen.",
        (double)worker_ring_depth(api->worker));
}

/* Named as /api/sources names them; two of one name are told apart by their number. */
static void add_source(struct buffer *out, const struct api *api, size_t i,
                       const char *name, double value)
{
    char label[LABEL_BYTES];
    struct health_report report = worker_report(api->worker, i);
    const struct config_source *source = report.source;
    bool typed = source->typed || !source->name;
    const char *text = typed ? report.shown : source->name;
    escape(text ? text : "", label);
    add(out, "motograph_%s{source=\"%s\",number=\"%zu\"} %.15g\n", name, label, i, value);
}

static void add_sources(struct buffer *out, const struct api *api)
{
    size_t count = worker_source_count(api->worker);
    int64_t now = clock_wall();
    head(out, "source_up", "gauge", "1 if the source's last attempt went well.");
    for (size_t i = 0; i < count; i++) {
        struct health_report report = worker_report(api->worker, i);
        add_source(out, api, i, "source_up",
                   report.health->tried && failure_airs(report.failure));
    }
    head(out, "source_age_seconds", "gauge", "Time since the source last answered.");
    for (size_t i = 0; i < count; i++) {
        struct health_report report = worker_report(api->worker, i);
        int64_t good_at = report.health->good_at;
        if (good_at != HEADLINE_NO_TIME && clock_known(now)) {
            add_source(out, api, i, "source_age_seconds",
                       now > good_at ? (double)(now - good_at) : 0);
        }
    }
    head(out, "source_headlines", "gauge", "Headlines of the source's last good answer.");
    for (size_t i = 0; i < count; i++) {
        struct health_report report = worker_report(api->worker, i);
        add_source(out, api, i, "source_headlines", report.health->items);
    }
}

static void add_process(struct buffer *out, struct api *api)
{
    const struct process_cost *cost = api_cost(api);
    one(out, "cpu_seconds_total", "counter", "User and system time of the process.",
        (double)cost->cpu_ms / 1000);
    one(out, "resident_memory_bytes", "gauge", "Memory in use (RSS).",
        (double)cost->rss_kib * 1024);
    one(out, "proportional_memory_bytes", "gauge",
        "The same with shared pages divided among their users (PSS).",
        (double)cost->pss_kib * 1024);
    one(out, "uptime_seconds", "gauge", "Time since the start.",
        (double)process_age_ms() / 1000);
    head(out, "build_info", "gauge", "Always 1; the label is the version.");
    add(out, "motograph_build_info{version=\"%s\"} 1\n", MOTOGRAPH_VERSION);
}

static struct web_text *metrics_of(struct api *api)
{
    struct buffer out = {0};
    add_process(&out, api);
    add_frames(&out, &api->status);
    add_headlines(&out, &api->status);
    one(&out, "flashes", "gauge", "Breaking news that is live.",
        (double)json_array_size(api->flashes));
    add_fetches(&out, api);
    add_sources(&out, api);
    return web_text_new(out.bytes, out.length);
}

void api_metrics(void *user, struct web_call *call, struct web_reply *reply)
{
    struct api *api = user;
    (void)call;
    if (!api_has(api, INQUIRY_STATUS, FRESH_MS)) {
        return;
    }
    api->metrics_text = api->metrics_text ? api->metrics_text : metrics_of(api);
    reply->text = web_text_hold(api->metrics_text);
    reply->status = reply->text ? 200 : 503;
    reply->type = reply->text ? "text/plain; version=0.0.4; charset=utf-8" : NULL;
    reply->error = "memory is short";
}
