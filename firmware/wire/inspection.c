#include "wire/inspection.h"

#include <stdlib.h>

#include "base/clock.h"
#include "wire/failure.h"

enum { WAIT_MS = 200 };

struct inspection {
    struct probe *probes; /* owned */
    size_t count, told, failed;
    struct lines lines;
    CURLM *multi;
    void (*tell)(void *user, const struct probe *probe);
    void *user;
};

static struct line *free_line(struct inspection *inspection)
{
    for (size_t i = 0; i < LINE_SOURCES; i++) {
        if (!inspection->lines.lines[i].fetch) {
            return &inspection->lines.lines[i];
        }
    }
    return NULL;
}

static void begin_what_may(struct inspection *inspection)
{
    for (size_t i = 0; i < inspection->count; i++) {
        struct probe *probe = &inspection->probes[i];
        if (!probe->begun && !probe->done) {
            probe_begin(probe, &inspection->lines, free_line(inspection),
                        inspection->multi, clock_ms());
        }
    }
}

static void take_what_is_done(struct inspection *inspection)
{
    int running;
    curl_multi_perform(inspection->multi, &running);
    lines_collect(&inspection->lines, inspection->multi, clock_ms());
    for (size_t i = 0; i < inspection->count; i++) {
        struct probe *probe = &inspection->probes[i];
        if (probe->line && probe->line->done) {
            probe_take(probe, inspection->multi, clock_ms());
        }
    }
}

/* Tells of what is done, as far as the order allows; what has been told of is given up. */
static void tell(struct inspection *inspection)
{
    while (inspection->told < inspection->count &&
           inspection->probes[inspection->told].done) {
        struct probe *probe = &inspection->probes[inspection->told++];
        inspection->failed += !failure_airs(probe->report.failure);
        inspection->tell(inspection->user, probe);
        probe_fini(probe);
        probe->done = true;
    }
}

static void give_up(struct inspection *inspection)
{
    for (size_t i = inspection->told; i < inspection->count; i++) {
        if (!inspection->probes[i].done) {
            probe_end(&inspection->probes[i], FAILURE_TIMEOUT, clock_ms());
        }
    }
}

static void inspect(struct inspection *inspection, int64_t limit_ms, bool (*stop)(void))
{
    int64_t end_ms = clock_ms() + limit_ms;
    while (inspection->told < inspection->count) {
        if (clock_ms() >= end_ms || stop()) {
            give_up(inspection);
        }
        begin_what_may(inspection);
        take_what_is_done(inspection);
        tell(inspection);
        if (inspection->told < inspection->count) {
            curl_multi_poll(inspection->multi, NULL, 0, WAIT_MS, NULL);
        }
    }
}

size_t inspection_run(const struct config *config, int64_t limit_ms, bool (*stop)(void),
                      void (*to)(void *user, const struct probe *probe), void *user)
{
    struct inspection inspection = {.tell = to, .user = user};
    bool global = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    inspection.multi = global ? curl_multi_init() : NULL;
    inspection.probes = calloc(config->source_count + 1, sizeof *inspection.probes);
    bool good = inspection.multi && inspection.probes;
    for (size_t i = 0; good && i < config->source_count; i++) {
        inspection.count++;
        good = probe_init(&inspection.probes[i], &config->sources[i]);
    }
    if (good) {
        inspect(&inspection, limit_ms, stop);
    }
    for (size_t i = 0; i < inspection.count; i++) {
        probe_fini(&inspection.probes[i]);
    }
    free(inspection.probes);
    curl_multi_cleanup(inspection.multi);
    if (global) {
        curl_global_cleanup();
    }
    return good ? inspection.failed : SIZE_MAX;
}
