/* What is due waits for a line, and for its host. */
#include "wire/dispatch.h"

#include "base/clock.h"

/* One connection to a host. And a resolver that hangs keeps a thread of libcurl's with
 * it: while the last look-up timed out, names are tried one at a time. */
static bool may_start(const struct dispatch *dispatch, const struct station *station)
{
    if (lines_reach(dispatch->lines, station->place.host)) {
        return false;
    }
    bool careful = dispatch->resolver_stuck && line_looks_up(station->place.host);
    for (size_t i = 0; careful && i < LINES; i++) {
        const struct line *line = &dispatch->lines->lines[i];
        if (line->fetch && line_looks_up(line->host)) {
            return false;
        }
    }
    return true;
}

static struct station *next_due(struct dispatch *dispatch, int64_t now_ms)
{
    struct station *best = NULL;
    for (size_t i = 0; i < dispatch->count; i++) {
        struct station *station = &dispatch->stations[i];
        if (station->place.kind == PLACE_WEB && !station->busy &&
            station->schedule.due_ms <= now_ms &&
            (!best || station->schedule.due_ms < best->schedule.due_ms) &&
            may_start(dispatch, station)) {
            best = station;
        }
    }
    return best;
}

void dispatch_start(struct dispatch *dispatch, CURLM *multi, int64_t now_ms)
{
    for (size_t i = 0; i < LINE_SOURCES; i++) {
        struct line *line = &dispatch->lines->lines[i];
        if (line->fetch) {
            continue;
        }
        struct station *station = next_due(dispatch, now_ms);
        if (!station) {
            return;
        }
        struct fetch_order order = station_order(station);
        enum failure failure =
            line_start(line, multi, &order, station->place.host, now_ms);
        dispatch->served[i] = station;
        station->busy = !failure;
        if (failure) {
            station_fail(station, &dispatch->desk, failure, now_ms);
        }
    }
}

void dispatch_hasten(struct dispatch *dispatch, enum failure failure, int64_t now_ms)
{
    for (size_t i = 0; i < dispatch->count; i++) {
        struct station *station = &dispatch->stations[i];
        if (station->place.kind == PLACE_WEB && station->failure == failure) {
            schedule_hasten(&station->schedule, now_ms);
        }
    }
}

void dispatch_hasten_silent(struct dispatch *dispatch, int64_t now_ms)
{
    for (size_t i = 0; i < dispatch->count; i++) {
        struct station *station = &dispatch->stations[i];
        if (station->place.kind == PLACE_WEB && station->failure &&
            failure_reach(station->failure) == SCHEDULE_SILENT) {
            schedule_hasten(&station->schedule, now_ms);
        }
    }
}

bool dispatch_take(struct dispatch *dispatch)
{
    int64_t now_ms = clock_ms();
    for (size_t i = 0; i < LINE_SOURCES; i++) {
        struct line *line = &dispatch->lines->lines[i];
        if (!line->fetch || !line->done) {
            continue;
        }
        struct station *station = dispatch->served[i];
        enum failure before = station->failure;
        station->busy = false;
        station_take(station, &dispatch->desk, fetch_result(line->fetch), now_ms);
        line_end(line);
        if (line_looks_up(station->place.host)) {
            dispatch->resolver_stuck = station->failure == FAILURE_LOOKUP_TIMEOUT;
        }
        /* The ailment was perhaps not its own: others that have it need not wait
         * either. */
        bool shared =
            failure_reach(before) == SCHEDULE_SILENT || before == FAILURE_WEB_PAGE;
        if (before && shared && failure_airs(station->failure)) {
            dispatch_hasten(dispatch, before, now_ms);
        }
        return true;
    }
    return false;
}
