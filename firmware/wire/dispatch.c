/* A line is a place for one fetch; its address is what libcurl hands back at the end. */
#include "wire/dispatch.h"

#include <string.h>

#include "base/clock.h"
#include "wire/vet.h"

static bool named(const struct station *station)
{
    enum vet_class class;
    return !vet_literal(station->place.host, &class);
}

/* One connection to a host. And a resolver that hangs keeps a thread of libcurl's with
 * it: while the last look-up timed out, names are tried one at a time. */
static bool may_start(const struct dispatch *dispatch, const struct station *station)
{
    for (size_t i = 0; i < DISPATCH_LINES; i++) {
        const struct station *other =
            dispatch->lines[i].fetch ? dispatch->lines[i].station : NULL;
        if (other && (strcmp(other->place.host, station->place.host) == 0 ||
                      (dispatch->resolver_stuck && named(other) && named(station)))) {
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
    for (size_t i = 0; i < DISPATCH_LINES; i++) {
        struct dispatch_line *line = &dispatch->lines[i];
        if (line->fetch) {
            continue;
        }
        struct station *station = next_due(dispatch, now_ms);
        if (!station) {
            return;
        }
        struct fetch_order order = station_order(station);
        enum failure failure;
        line->fetch = fetch_new(multi, &order, line, now_ms, &failure);
        line->station = station;
        line->done = false;
        station->busy = line->fetch != NULL;
        if (!line->fetch) {
            station_fail(station, &dispatch->desk, failure, now_ms);
        }
    }
}

void dispatch_collect(struct dispatch *dispatch, CURLM *multi, int64_t now_ms)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(multi, &left))) {
        char *user = NULL;
        if (message->msg != CURLMSG_DONE) {
            continue;
        }
        /* MESSAGE is gone once the handle leaves the multi. */
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &user);
        struct dispatch_line *line = (struct dispatch_line *)(void *)user;
        line->done = fetch_step(line->fetch, code, now_ms);
    }
    for (size_t i = 0; i < DISPATCH_LINES; i++) {
        struct dispatch_line *line = &dispatch->lines[i];
        if (line->fetch && !line->done &&
            fetch_age_ms(line->fetch, now_ms) > FETCH_TOTAL_MS + DISPATCH_GRACE_MS) {
            fetch_expire(line->fetch);
            line->done = true;
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

bool dispatch_take(struct dispatch *dispatch)
{
    int64_t now_ms = clock_ms();
    for (size_t i = 0; i < DISPATCH_LINES; i++) {
        struct dispatch_line *line = &dispatch->lines[i];
        if (!line->fetch || !line->done) {
            continue;
        }
        struct station *station = line->station;
        enum failure before = station->failure;
        station->busy = false;
        station_take(station, &dispatch->desk, fetch_result(line->fetch), now_ms);
        fetch_free(line->fetch);
        line->fetch = NULL;
        if (named(station)) {
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

bool dispatch_running(const struct dispatch *dispatch)
{
    for (size_t i = 0; i < DISPATCH_LINES; i++) {
        if (dispatch->lines[i].fetch) {
            return true;
        }
    }
    return false;
}

bool dispatch_waiting(const struct dispatch *dispatch)
{
    for (size_t i = 0; i < DISPATCH_LINES; i++) {
        if (dispatch->lines[i].fetch && dispatch->lines[i].done) {
            return true;
        }
    }
    return false;
}

void dispatch_fini(struct dispatch *dispatch)
{
    for (size_t i = 0; i < DISPATCH_LINES; i++) {
        fetch_free(dispatch->lines[i].fetch);
        dispatch->lines[i].fetch = NULL;
    }
}
