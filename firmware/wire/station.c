/* Failures are compared by kind: a server that changes from 500 to 502 has nothing new to
 * say, one that changes from "not found" to "access forbidden" has. */
#define LOG_MODULE "wire"
#include "wire/station.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "wire/delivery.h"

bool station_init(struct station *station, const struct config_source *source,
                  uint16_t index, uint64_t seed, int64_t now_ms)
{
    *station = (struct station){.source = source, .index = index};
    schedule_init(&station->schedule, seed, now_ms, 0);
    return place_init(&station->place, source->url ? source->url : "");
}

void station_fini(struct station *station)
{
    place_fini(&station->place);
}

static void log_change(const struct station *station, enum failure failure,
                       const char *detail)
{
    char name[512], line[FAILURE_LINE_BYTES];
    const struct config_source *source = station->source;
    if (failure == station->failure) {
        return;
    }
    /* A typed source's name is its address, which may hold a password; "shown" does
     * not. */
    if (source->typed || !source->name) {
        snprintf(name, sizeof name, "%s", station->place.shown);
    } else {
        snprintf(name, sizeof name, "%s (%s)", source->name, station->place.shown);
    }
    if (failure == FAILURE_NONE) {
        log_info("%s: works again", name);
    } else {
        log_warning("%s", failure_line(failure, name, detail, line, sizeof line));
    }
}

/* The one end of every attempt. */
static void conclude(struct station *station, const struct station_desk *desk,
                     enum failure failure, const char *detail, enum message_kind kind,
                     uint16_t count, int64_t at)
{
    log_change(station, failure, detail);
    station->failure = failure;
    if (kind != MESSAGE_FAILED) {
        station->held = true;
        station->insisted = false;
    }
    delivery_say(desk->outbox, kind, station->index, count, at);
}

/* Hands content over; BROKEN as in struct delivery, FULL: there was more of it. Returns
 * whether it airs. */
static bool deliver(struct station *station, const struct station_desk *desk,
                    const struct feed_input *input, enum failure broken,
                    const char *detail, bool full)
{
    struct delivery_result result;
    struct delivery delivery = {
        .source = station->source,
        .index = station->index,
        .label = station->place.label,
        .at = clock_wall(),
        .quit = desk->quit,
        .web = station->place.kind == PLACE_WEB,
        .was_feed = station->place.kind == PLACE_WEB && station->was_feed,
        .broken = broken,
    };
    delivery_parse(&delivery, input, desk->outbox, &result);
    bool airs = failure_airs(result.failure);
    if (airs && full) {
        result.failure = FAILURE_TOO_LONG;
        *result.detail = '\0';
    }
    station->was_feed = station->was_feed || (airs && result.feed);
    conclude(station, desk, result.failure, *result.detail ? result.detail : detail,
             airs ? MESSAGE_FETCHED : MESSAGE_FAILED, airs ? result.count : 0,
             delivery.at);
    log_debug("%s: %u headlines", station->place.shown, (unsigned)result.count);
    return airs;
}

void station_open(struct station *station, const struct station_desk *desk)
{
    if (station->place.kind == PLACE_BAD) {
        conclude(station, desk, station->place.failure, "", MESSAGE_FAILED, 0,
                 clock_wall());
        station->schedule.due_ms = INT64_MAX;
    }
}

void station_read(struct station *station, const struct station_desk *desk,
                  int64_t now_ms)
{
    char *bytes;
    size_t length;
    bool full;
    char detail[FAILURE_DETAIL_BYTES];
    station->schedule.due_ms = now_ms + LOCAL_EVERY_MS;
    enum failure failure = local_read(station->place.target, &station->stamp, &bytes,
                                      &length, &full, detail);
    if (bytes) {
        struct feed_input input = {.bytes = bytes, .length = length};
        deliver(station, desk, &input, FAILURE_NONE, "", full);
        if (station->failure == FAILURE_MEMORY) {
            station->stamp = (struct local_stamp){0};
        }
    } else if (failure && failure != station->failure) {
        conclude(station, desk, failure, detail, MESSAGE_FAILED, 0, clock_wall());
    }
    free(bytes);
}

struct fetch_order station_order(const struct station *station)
{
    return (struct fetch_order){
        .source = station->source,
        .url = station->place.target,
        .validators = station->held ? &station->validators : NULL,
        .fresh = station->failure != FAILURE_NONE || station->insisted,
    };
}

static int64_t every_ms(const struct station *station)
{
    return config_source_every_s(station->source) * 1000;
}

/* The end of a fetch with nothing in it to parse. */
static void take_failure(struct station *station, const struct station_desk *desk,
                         enum failure failure, const char *detail)
{
    conclude(station, desk, failure, detail, MESSAGE_FAILED, 0, clock_wall());
}

/* "Not modified" is good news only about what is held. Returns whether to ask again at
 * once. */
static bool take_unchanged(struct station *station, const struct station_desk *desk)
{
    if (station->held) {
        conclude(station, desk,
                 failure_airs(station->failure) ? station->failure : FAILURE_NONE, "",
                 MESSAGE_UNCHANGED, 0, clock_wall());
        return false;
    }
    if (!station->insisted) {
        station->insisted = true;
        return true;
    }
    take_failure(station, desk, FAILURE_NOT_MODIFIED, "");
    return false;
}

void station_take(struct station *station, const struct station_desk *desk,
                  const struct fetch_result *result, int64_t now_ms)
{
    if (result->failure == FAILURE_NONE && result->answer->status == 304) {
        if (take_unchanged(station, desk)) {
            schedule_hasten(&station->schedule, now_ms);
            return;
        }
    } else if (result->failure == FAILURE_NONE || result->length > 0) {
        struct feed_input input = {
            .bytes = result->body,
            .length = result->length,
            .content_type =
                *result->answer->content_type ? result->answer->content_type : NULL,
            .base_url = result->url,
        };
        if (deliver(station, desk, &input, result->failure, result->detail,
                    result->full)) {
            station->validators = result->answer->validators;
        }
    } else {
        take_failure(station, desk, result->failure, result->detail);
    }
    if (failure_airs(station->failure)) {
        schedule_succeed(&station->schedule, now_ms, every_ms(station));
    } else {
        schedule_fail(&station->schedule, now_ms, every_ms(station),
                      failure_reach(station->failure),
                      answer_retry_after_ms(result->answer, clock_wall()));
    }
}

void station_fail(struct station *station, const struct station_desk *desk,
                  enum failure failure, int64_t now_ms)
{
    take_failure(station, desk, failure, "");
    schedule_fail(&station->schedule, now_ms, every_ms(station), failure_reach(failure),
                  0);
}
