#include "wire/probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "wire/delivery.h"
#include "wire/folder.h"
#include "wire/local.h"

static const atomic_bool never;

bool probe_init(struct probe *probe, const struct config_source *source)
{
    *probe = (struct probe){.source = source};
    probe->report.newest = HEADLINE_NO_TIME;
    return outbox_init(&probe->outbox) && place_init(&probe->place, source->url);
}

void probe_fini(struct probe *probe)
{
    if (probe->line) {
        line_end(probe->line);
    }
    place_fini(&probe->place);
    outbox_fini(&probe->outbox);
    free(probe->found);
    *probe = (struct probe){0};
}

void probe_end(struct probe *probe, enum failure failure, int64_t now_ms)
{
    if (probe->line) {
        line_end(probe->line);
        probe->line = NULL;
    }
    probe->report.failure = failure;
    probe->report.ms = probe->begun ? now_ms - probe->began_ms : 0;
    probe->done = true;
}

static int64_t later(int64_t a, int64_t b)
{
    return a == HEADLINE_NO_TIME || (b != HEADLINE_NO_TIME && b > a) ? b : a;
}

static void count(struct probe *probe)
{
    struct probe_report *report = &probe->report;
    const struct message *message;
    report->items = 0;
    report->newest = HEADLINE_NO_TIME;
    for (size_t at = 0; (message = outbox_next(&probe->outbox, &at));) {
        report->items++;
        report->newest = later(report->newest, message->headline.published);
    }
}

/* Parses INPUT, of which BROKEN says why it ended too soon. Sets FEED_URL to the feed that it
 * offers, where it is a page that was not yet gone past. */
static enum failure parse(struct probe *probe, const struct feed_input *input,
                          enum failure broken, char *feed_url)
{
    struct delivery_result result;
    struct probe_report *report = &probe->report;
    struct delivery delivery = {.source = probe->source,
                                .label = probe->place.label,
                                .at = clock_wall(),
                                .quit = &never,
                                .web = probe->place.kind == PLACE_WEB,
                                .found = probe->found != NULL,
                                .broken = broken};
    delivery_parse(&delivery, input, &probe->outbox, &result);
    report->kind = result.kind;
    memcpy(report->encoding, result.encoding, sizeof report->encoding);
    snprintf(report->title, sizeof report->title, "%s", probe->outbox.name);
    if (*result.detail) {
        snprintf(report->detail, sizeof report->detail, "%s", result.detail);
    }
    snprintf(feed_url, HEADLINE_LINK_BYTES + 1, "%s", result.feed_url);
    return result.failure;
}

/* Of what is too long the rest may seem to be missing, which is no fault of its own. */
static enum failure judge_length(struct probe *probe, enum failure failure, bool full)
{
    if (!full || !failure_airs(failure)) {
        return failure;
    }
    probe->report.detail[0] = '\0';
    return FAILURE_TOO_LONG;
}

/* --- Files ---------------------------------------------------------------------------------- */

static enum failure read_file(struct probe *probe, const char *path)
{
    char *bytes, feed_url[HEADLINE_LINK_BYTES + 1];
    struct local_stamp stamp = {0};
    struct feed_input input = {0};
    bool full;
    enum failure failure =
        local_read(path, &stamp, &bytes, &input.length, &full, probe->report.detail);
    if (!failure) {
        input.bytes = bytes;
        failure = parse(probe, &input, FAILURE_NONE, feed_url);
        failure = judge_length(probe, failure, full);
    }
    free(bytes);
    return failure;
}

/* The first file at fault speaks for all. */
static enum failure read_folder(struct probe *probe)
{
    struct folder folder;
    char name[FAILURE_DETAIL_BYTES] = "";
    enum failure worst = FAILURE_NONE;
    enum failure failure =
        folder_list(probe->place.target, &folder, probe->report.detail);
    for (size_t i = 0; !failure && i < folder.count; i++) {
        enum failure one = read_file(probe, folder.paths[i]);
        if (one && !worst) {
            const char *slash = strrchr(folder.paths[i], '/');
            worst = one;
            snprintf(name, sizeof name, "%s", slash ? slash + 1 : folder.paths[i]);
        }
    }
    if (!failure) {
        probe->report.files = folder.count;
        snprintf(probe->report.detail, sizeof probe->report.detail, "%s", name);
        failure = worst ? worst : folder.more ? FAILURE_CROWDED : FAILURE_NONE;
    }
    folder_fini(&folder);
    return failure;
}

/* --- The web -------------------------------------------------------------------------------- */

static void start(struct probe *probe, struct line *line, CURLM *multi, int64_t now_ms)
{
    struct fetch_order order = {
        .source = probe->source, .url = probe->place.target, .found = probe->found};
    enum failure failure = line_start(line, multi, &order, probe->place.host, now_ms);
    if (failure) {
        probe_end(probe, failure, now_ms);
    } else {
        probe->line = line;
    }
}

bool probe_begin(struct probe *probe, struct lines *lines, struct line *line,
                 CURLM *multi, int64_t now_ms)
{
    enum place_kind kind = probe->place.kind;
    if (kind == PLACE_WEB && (!line || lines_reach(lines, probe->place.host))) {
        return false;
    }
    probe->began_ms = now_ms;
    probe->begun = true;
    if (kind == PLACE_WEB) {
        start(probe, line, multi, now_ms);
        return true;
    }
    enum failure failure = probe->place.failure;
    if (kind == PLACE_FILE) {
        failure = read_file(probe, probe->place.target);
        failure = failure == FAILURE_FOLDER ? read_folder(probe) : failure;
    }
    count(probe);
    probe_end(probe, failure, clock_ms());
    return true;
}

/* Where it was found, if not where it was looked for. */
static void note_place(struct probe *probe, const struct fetch_result *result)
{
    char wanted[HEADLINE_LINK_BYTES + 1];
    snprintf(wanted, sizeof wanted, "%s", probe->place.target);
    place_strip(wanted);
    bool elsewhere = result->url && strcmp(result->url, wanted) != 0;
    snprintf(probe->report.url, sizeof probe->report.url, "%s",
             elsewhere ? result->url : "");
    probe->report.offered = probe->found != NULL;
}

void probe_take(struct probe *probe, CURLM *multi, int64_t now_ms)
{
    const struct fetch_result *result = fetch_result(probe->line->fetch);
    struct probe_report *report = &probe->report;
    enum failure failure = result->failure;
    char feed_url[HEADLINE_LINK_BYTES + 1] = "";
    report->status = result->answer->status;
    snprintf(report->detail, sizeof report->detail, "%s", result->detail);
    snprintf(report->coding, sizeof report->coding, "%s", result->answer->encoding);
    note_place(probe, result);
    if (!failure && report->status == 304) {
        failure = FAILURE_NOT_MODIFIED;
    } else if (!failure || result->length > 0) {
        const char *type = result->answer->content_type;
        struct feed_input input = {.bytes = result->body,
                                   .length = result->length,
                                   .content_type = *type ? type : NULL,
                                   .base_url = result->url};
        failure = parse(probe, &input, failure, feed_url);
        failure = judge_length(probe, failure, result->full);
    }
    if (*feed_url && !probe->found && (probe->found = strdup(feed_url))) {
        struct line *line = probe->line;
        outbox_rewind(&probe->outbox, 0);
        line_end(line);
        probe->line = NULL;
        start(probe, line, multi, now_ms);
        return;
    }
    count(probe);
    probe_end(probe, failure, now_ms);
}
