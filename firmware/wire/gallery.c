/* A job goes from ASKED, when its file is fetched or read, to ANSWERED, when the answer waits for
 * room in the ring. */
#define LOG_MODULE "picture"
#include "wire/gallery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "wire/develop.h"
#include "wire/local.h"

static const char accept_header[] = "Accept: image/webp, image/png, image/jpeg";

/* --- Saying what is left out -------------------------------------------------------------- */

static uint64_t hash(const char *text)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        h = (h ^ *p) * 0x100000001b3u;
    }
    return h;
}

static bool is_new(struct gallery *gallery, const char *address)
{
    uint64_t about = hash(address);
    for (size_t i = 0; i < GALLERY_COMPLAINTS; i++) {
        if (gallery->complaints[i] == about) {
            return false;
        }
    }
    gallery->complaints[gallery->complained++ % GALLERY_COMPLAINTS] = about;
    return true;
}

static void complain(struct gallery *gallery, const char *address, const char *line)
{
    int64_t now_ms = clock_ms();
    if (!is_new(gallery, address)) {
        return;
    }
    if (gallery->said_ms && now_ms - gallery->said_ms < GALLERY_COMPLAIN_MS) {
        gallery->unsaid++;
        return;
    }
    if (gallery->unsaid) {
        log_warning("left out: %s (and %u more)", line, gallery->unsaid);
    } else {
        log_warning("left out: %s", line);
    }
    gallery->unsaid = 0;
    gallery->said_ms = now_ms;
}

/* --- Answers ------------------------------------------------------------------------------ */

static void answer(struct gallery_job *job, struct picture *picture, bool again)
{
    if (job->line) {
        line_end(job->line);
        job->line = NULL;
    }
    place_fini(&job->place);
    job->picture = picture;
    job->again = again;
    job->state = GALLERY_ANSWERED;
}

static bool is_story(const struct gallery_job *job)
{
    return job->request.use == PICTURE_STORY;
}

/* Another time the file may be there; but what is no address never is one. */
static void fail(struct gallery *gallery, struct gallery_job *job, enum failure failure,
                 const char *detail)
{
    char line[FAILURE_LINE_BYTES];
    const char *shown = job->place.shown ? job->place.shown : "";
    if (failure == FAILURE_REDIRECT_REFUSED || failure == FAILURE_ADDRESS_REFUSED) {
        snprintf(line, sizeof line, "%s: %s%s%s%s", shown,
                 is_story(job) ? "news may not lead there"
                               : "its address is not allowed; see `lan`",
                 *detail ? " (" : "", detail, *detail ? ")" : "");
    } else {
        failure_line(failure, shown, detail, line, sizeof line);
    }
    complain(gallery, job->request.address, line);
    answer(job, NULL, job->place.kind != PLACE_BAD);
}

static void make(struct gallery *gallery, struct gallery_job *job, const char *bytes,
                 size_t length, bool full)
{
    char line[FAILURE_LINE_BYTES];
    struct develop develop = {.bytes = (const uint8_t *)bytes,
                              .length = full ? DEVELOP_FILE_BYTES + 1 : length,
                              .request = &job->request,
                              .quit = gallery->quit};
    enum develop_fault fault = develop_picture(&develop);
    if (fault == DEVELOP_SMALL) {
        log_debug("%s: %s", job->place.shown, develop_reason(fault));
    } else if (fault) {
        snprintf(line, sizeof line, "%s: %s", job->place.shown, develop_reason(fault));
        complain(gallery, job->request.address, line);
    }
    answer(job, develop.picture, fault == DEVELOP_MEMORY);
}

/* --- Getting files ------------------------------------------------------------------------ */

/* What content names may only be on the web, and no further away than content may lead. What the
 * operator names may be where his source may be; its login stays at home. */
static void admit(struct gallery *gallery, struct gallery_job *job)
{
    const struct config *config = gallery->config;
    size_t index = job->request.source;
    bool known = index < config->source_count;
    job->state = GALLERY_ASKED;
    job->trust = (struct config_source){.lan = true};
    if (known) {
        const struct config_source *source = &config->sources[index];
        job->trust = (struct config_source){.lan = source->lan,
                                            .typed = source->typed,
                                            .proxy = source->proxy,
                                            .ca_file = source->ca_file,
                                            .user_agent = source->user_agent,
                                            .http = source->http};
    }
    if (!place_init(&job->place, job->request.address)) {
        fail(gallery, job, FAILURE_MEMORY, "");
    } else if (job->place.kind == PLACE_BAD) {
        fail(gallery, job, job->place.failure, "");
    } else if (is_story(job) && (job->place.kind != PLACE_WEB || !known)) {
        answer(job, NULL, false);
    }
}

static struct fetch_order order_of(const struct gallery *gallery,
                                   const struct gallery_job *job)
{
    struct fetch_order order = {
        .source = &job->trust, .url = job->place.target, .accept = accept_header};
    if (is_story(job)) {
        const struct station *station = &gallery->stations[job->request.source];
        bool web = station->place.kind == PLACE_WEB;
        order.source = station->source;
        order.url = web ? station->place.target : job->place.target;
        order.found = web ? job->request.address : NULL;
        order.foreign = !web;
    }
    return order;
}

static struct line *free_line(const struct gallery *gallery)
{
    for (size_t i = LINE_SOURCES; i < LINES; i++) {
        if (!gallery->lines->lines[i].fetch) {
            return &gallery->lines->lines[i];
        }
    }
    return NULL;
}

static void start(struct gallery *gallery, struct gallery_job *job, CURLM *multi,
                  bool careful, int64_t now_ms)
{
    const char *host = job->place.host;
    struct line *line = free_line(gallery);
    if (!multi) {
        fail(gallery, job, FAILURE_UNREACHABLE, "");
    } else if (line && !lines_reach(gallery->lines, host) &&
               !(careful && line_looks_up(host))) {
        struct fetch_order order = order_of(gallery, job);
        enum failure failure = line_start(line, multi, &order, host, now_ms);
        if (failure) {
            fail(gallery, job, failure, "");
        } else {
            job->line = line;
        }
    }
}

/* Takes the next request that counts by the configuration there is. */
static bool next_request(struct gallery *gallery, struct gallery_job *job)
{
    const struct picture_request *request;
    bool found = false;
    while (!found && gallery->requests && (request = ring_peek(gallery->requests))) {
        found = request->edition == gallery->edition;
        if (found) {
            job->request = *request;
        }
        ring_release(gallery->requests);
    }
    return found;
}

void gallery_change(struct gallery *gallery, const struct config *config,
                    const struct station *stations)
{
    gallery->config = config;
    gallery->stations = stations;
    gallery->edition++;
    for (size_t i = 0; i < GALLERY_JOBS; i++) {
        struct gallery_job *job = &gallery->jobs[i];
        if (job->line) {
            line_end(job->line);
        }
        place_fini(&job->place);
        picture_drop(job->picture);
        *job = (struct gallery_job){0};
    }
}

void gallery_start(struct gallery *gallery, CURLM *multi, bool careful, int64_t now_ms)
{
    for (size_t i = 0; i < GALLERY_JOBS; i++) {
        struct gallery_job *job = &gallery->jobs[i];
        if (job->state == GALLERY_FREE && next_request(gallery, job)) {
            admit(gallery, job);
        }
        if (job->state == GALLERY_ASKED && job->place.kind == PLACE_WEB && !job->line) {
            start(gallery, job, multi, careful, now_ms);
        }
    }
}

static void take_file(struct gallery *gallery, struct gallery_job *job)
{
    char *bytes, detail[FAILURE_DETAIL_BYTES];
    size_t length;
    bool full;
    struct local_stamp stamp = {0};
    enum failure failure =
        local_read(job->place.target, &stamp, &bytes, &length, &full, detail);
    if (failure) {
        fail(gallery, job, failure, detail);
    } else {
        make(gallery, job, bytes, length, full);
    }
    free(bytes);
}

static void take_fetch(struct gallery *gallery, struct gallery_job *job)
{
    const struct fetch_result *result = fetch_result(job->line->fetch);
    if (result->failure) {
        fail(gallery, job, result->failure, result->detail);
    } else {
        make(gallery, job, result->body, result->length, result->full);
    }
}

static bool is_ready(const struct gallery_job *job)
{
    return job->state == GALLERY_ASKED &&
           (job->place.kind == PLACE_FILE || (job->line && job->line->done));
}

bool gallery_take(struct gallery *gallery)
{
    for (size_t i = 0; i < GALLERY_JOBS; i++) {
        struct gallery_job *job = &gallery->jobs[i];
        if (is_ready(job)) {
            if (job->line) {
                take_fetch(gallery, job);
            } else {
                take_file(gallery, job);
            }
            return true;
        }
    }
    return false;
}

bool gallery_waiting(const struct gallery *gallery)
{
    for (size_t i = 0; i < GALLERY_JOBS; i++) {
        if (is_ready(&gallery->jobs[i]) || gallery->jobs[i].state == GALLERY_ANSWERED) {
            return true;
        }
    }
    return false;
}

bool gallery_flush(struct gallery *gallery, struct ring *ring)
{
    for (size_t i = 0; i < GALLERY_JOBS; i++) {
        struct gallery_job *job = &gallery->jobs[i];
        if (job->state != GALLERY_ANSWERED) {
            continue;
        }
        struct message *slot = ring_reserve(ring);
        if (!slot) {
            return false;
        }
        slot->kind = MESSAGE_PICTURE;
        slot->source = 0;
        slot->count = 0;
        slot->at = clock_wall();
        slot->ticket = job->request.ticket;
        slot->again = job->again;
        slot->picture = job->picture;
        ring_commit(ring);
        job->picture = NULL;
        job->state = GALLERY_FREE;
    }
    return true;
}

void gallery_fini(struct gallery *gallery)
{
    for (size_t i = 0; i < GALLERY_JOBS; i++) {
        picture_drop(gallery->jobs[i].picture);
        place_fini(&gallery->jobs[i].place);
        gallery->jobs[i].picture = NULL;
    }
}
