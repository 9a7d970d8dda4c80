/* Failures are compared by kind: a server that changes from 500 to 502 has nothing new to
 * say, one that changes from "not found" to "access forbidden" has. */
#define LOG_MODULE "wire"
#include "wire/station.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "wire/delivery.h"
#include "wire/folder.h"

bool station_init(struct station *station, const struct config_source *source,
                  uint16_t index, uint64_t seed, int64_t now_ms)
{
    *station = (struct station){.source = source, .index = index};
    health_init(&station->health);
    schedule_init(&station->schedule, seed, now_ms, 0);
    shelf_init(&station->shelf, source->url ? source->url : "");
    return place_init(&station->place, source->url ? source->url : "");
}

void station_fini(struct station *station)
{
    place_fini(&station->place);
    shelf_fini(&station->shelf);
    free(station->found);
    station->found = NULL;
}

static int64_t every_ms(const struct station *station)
{
    return config_source_every_s(station->source) * 1000;
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
    health_note(&station->health, desk->counts, kind, count, detail, at);
    if (kind != MESSAGE_FAILED) {
        station->held = true;
        station->insisted = false;
    }
    delivery_say(desk->outbox, kind, station->index, count, at);
}

/* The page offers a feed: from now on that is asked, and what the page itself would have aired
 * is taken back. False if memory is short. */
static bool use_found(struct station *station, const struct station_desk *desk,
                      size_t mark, const char *url)
{
    station->found = strdup(url);
    if (!station->found) {
        return false;
    }
    outbox_rewind(desk->outbox, mark);
    station->validators = (struct answer_validators){0};
    log_info("%s: a web page; using the feed it offers, %s", station->place.shown, url);
    return true;
}

/* Whether the feed that was found is of no use, and not only for now. One that has delivered
 * is given up only where it is plainly gone: a login page or a forbidding answer passes. */
static bool is_found_lost(const struct station *station)
{
    switch (station->failure) {
    case FAILURE_NOT_FOUND:
    case FAILURE_GONE:
        return true;
    case FAILURE_UNAUTHORISED:
    case FAILURE_FORBIDDEN:
    case FAILURE_REDIRECTS:
    case FAILURE_REDIRECT_REFUSED:
    case FAILURE_STATUS:
    case FAILURE_ENCODING:
    case FAILURE_HEADERS:
    case FAILURE_EMPTY:
    case FAILURE_WEB_PAGE:
    case FAILURE_CONTENT:
        return !station->was_feed;
    default:
        return false;
    }
}

/* The page is asked again: for itself, or, where the feed it offered did deliver once, as if
 * for the first time, since the feed has perhaps moved. */
static void review_found(struct station *station)
{
    if (!station->found || !is_found_lost(station)) {
        return;
    }
    station->declined = !station->was_feed;
    station->was_feed = false;
    station->validators = (struct answer_validators){0};
    free(station->found);
    station->found = NULL;
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
        .stamp = desk->stamp,
        .web = station->place.kind == PLACE_WEB,
        .was_feed = station->place.kind == PLACE_WEB && station->was_feed,
        .found = station->found != NULL,
        .broken = broken,
    };
    size_t mark = outbox_mark(desk->outbox);
    delivery_parse(&delivery, input, desk->outbox, &result);
    if (*result.feed_url && !station->found && !station->declined &&
        use_found(station, desk, mark, result.feed_url)) {
        return false;
    }
    bool airs = failure_airs(result.failure);
    if (airs && full) {
        result.failure = FAILURE_TOO_LONG;
        *result.detail = '\0';
    }
    station->was_feed = station->was_feed || (airs && result.feed);
    station->health.kind = airs ? result.kind : station->health.kind;
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

void station_renew(struct station *station, int64_t now_ms)
{
    station->validators = (struct answer_validators){0};
    station->stamp = (struct local_stamp){0};
    station->folder_state = 0;
    station->busy = false;
    if (station->place.kind != PLACE_BAD) {
        schedule_hasten(&station->schedule, now_ms);
    }
}

void station_hasten(struct station *station, int64_t now_ms)
{
    bool well = station->place.kind == PLACE_WEB && failure_airs(station->failure);
    int64_t latest_ms = now_ms + every_ms(station);
    if (well && station->schedule.due_ms > latest_ms) {
        station->schedule.due_ms = latest_ms;
    }
}

/* --- The disk ----------------------------------------------------------------------- */

/* One headline of the snapshot, as if the source had just given it. */
static bool recall_headline(struct station *station, const struct station_desk *desk,
                            const struct snapshot *head, struct message *message)
{
    struct headline *headline = &message->headline;
    const char *name = delivery_name(station->source);
    name = *name ? name : *headline_get(headline, HEADLINE_SOURCE) ? "" : head->name;
    shelf_remember(&station->shelf, headline);
    headline->source = station->index;
    if (*name) {
        headline_set(headline, HEADLINE_SOURCE, name, strlen(name));
    }
    if (desk->stamp.call) {
        desk->stamp.call(desk->stamp.user, message);
    }
    return outbox_add(desk->outbox, message);
}

/* All of it or nothing. Returns how many headlines there were. */
static uint16_t recall_all(struct station *station, const struct station_desk *desk,
                           struct snapshot_reader *reader, const struct snapshot *head)
{
    struct message *message = malloc(sizeof *message);
    size_t mark = outbox_mark(desk->outbox);
    uint16_t count = 0;
    bool good = message != NULL;
    while (good && count < HEADLINE_ITEMS && snapshot_next(reader, &message->headline)) {
        message_init(message, MESSAGE_HEADLINE, station->index, head->at);
        message->cached = true;
        good = recall_headline(station, desk, head, message);
        count++;
    }
    if (!good) {
        outbox_rewind(desk->outbox, mark);
    }
    free(message);
    return good ? count : 0;
}

void station_recall(struct station *station, const struct station_desk *desk)
{
    struct buffer bytes = {0};
    struct snapshot_reader reader;
    struct snapshot head;
    if (station->place.kind == PLACE_WEB &&
        shelf_recall(&station->shelf, desk->cache, &bytes, &reader, &head)) {
        uint16_t count = recall_all(station, desk, &reader, &head);
        if (count) {
            delivery_say(desk->outbox, MESSAGE_CACHED, station->index, count, head.at);
            station->held = true;
            station->health.items = count;
            station->health.good_at = head.at;
            station->was_feed = head.was_feed;
            station->validators = head.validators;
            station->found = *head.found ? strdup(head.found) : NULL;
        }
    }
    buffer_fini(&bytes);
}

static void put_on_shelf(struct station *station, const struct station_desk *desk,
                         size_t mark)
{
    struct snapshot head = {.at = clock_wall(),
                            .was_feed = station->was_feed,
                            .validators = station->validators};
    if (!desk->cache || !desk->cache->folder) {
        return;
    }
    snprintf(head.name, sizeof head.name, "%s", desk->outbox->name);
    snprintf(head.found, sizeof head.found, "%s", station->found ? station->found : "");
    shelf_take(&station->shelf, desk->outbox, mark, &head, station->source->keep,
               desk->cache->file_bytes);
}

/* --- Files -------------------------------------------------------------------------- */

/* The headlines of one file in a folder; one that has none is named and left out. */
static uint16_t deliver_file(struct station *station, const struct station_desk *desk,
                             const char *path)
{
    char *bytes, detail[FAILURE_DETAIL_BYTES], line[FAILURE_LINE_BYTES];
    struct feed_input input = {0};
    struct local_stamp stamp = {0};
    struct delivery_result result = {0};
    bool full;
    enum failure failure = local_read(path, &stamp, &bytes, &input.length, &full, detail);
    if (!failure) {
        bool flash = folder_is_flash(path);
        struct delivery delivery = {.source = station->source,
                                    .index = station->index,
                                    .label = station->place.label,
                                    .at = clock_wall(),
                                    .since = flash ? stamp.modified_ns / 1000000000 : 0,
                                    .quit = desk->quit,
                                    .stamp = desk->stamp,
                                    .flash = flash};
        input.bytes = bytes;
        delivery_parse(&delivery, &input, desk->outbox, &result);
        failure = result.failure;
        snprintf(detail, sizeof detail, "%s", result.detail);
    }
    free(bytes);
    if (failure) {
        log_warning("%s", failure_line(failure, path, detail, line, sizeof line));
    }
    return result.count;
}

/* All files of a folder are one delivery, so that what is gone from it is withdrawn. */
static void read_folder(struct station *station, const struct station_desk *desk)
{
    struct folder folder;
    char detail[FAILURE_DETAIL_BYTES];
    enum failure failure = folder_list(station->place.target, &folder, detail);
    if (failure) {
        station->folder_state = 0;
        if (failure != station->failure) {
            conclude(station, desk, failure, detail, MESSAGE_FAILED, 0, clock_wall());
        }
    } else if (folder.state != station->folder_state) {
        uint16_t count = 0;
        station->folder_state = folder.state;
        for (size_t i = 0; i < folder.count && count < HEADLINE_ITEMS; i++) {
            count = (uint16_t)(count + deliver_file(station, desk, folder.paths[i]));
        }
        outbox_name(desk->outbox, station->place.label);
        conclude(station, desk, folder.more ? FAILURE_CROWDED : FAILURE_NONE, "",
                 MESSAGE_FETCHED, count, clock_wall());
    }
    folder_fini(&folder);
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
    if (failure == FAILURE_FOLDER) {
        read_folder(station, desk);
    } else if (bytes) {
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
        .found = station->found,
        .validators = station->held ? &station->validators : NULL,
        .fresh = station->failure != FAILURE_NONE || station->insisted,
    };
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
    station->health.status = (int)result->answer->status;
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
        bool searching = station->found == NULL;
        size_t mark = outbox_mark(desk->outbox);
        if (deliver(station, desk, &input, result->failure, result->detail,
                    result->full)) {
            station->validators = result->answer->validators;
            put_on_shelf(station, desk, mark);
        } else if (searching && station->found) {
            schedule_hasten(&station->schedule, now_ms);
            return;
        }
    } else {
        take_failure(station, desk, result->failure, result->detail);
    }
    review_found(station);
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
    station->health.status = 0;
    take_failure(station, desk, failure, "");
    review_found(station);
    schedule_fail(&station->schedule, now_ms, every_ms(station), failure_reach(failure),
                  0);
}
