/* Orders go before what the worker says, a few a frame: a flash does not wait behind fifty feeds,
 * and a flood of orders leaves room for them. */
#include "command/fleet.h"

#include "base/clock.h"
#include "base/message.h"
#include "command/run.h"

enum { ORDERS_A_FRAME = 4, FLASHES = 64, TELL_MS = 1000 };

void fleet_open(struct run *run)
{
    run->fleet.mqtt = mqtt_start(&run->config, true);
}

void fleet_aired(void *user, const struct aired *aired)
{
    mqtt_aired(((struct fleet *)user)->mqtt, aired);
}

static void take_orders(struct run *run)
{
    struct ring *ring = mqtt_orders(run->fleet.mqtt);
    for (int i = 0; i < ORDERS_A_FRAME; i++) {
        struct message *message = ring_peek(ring);
        if (!message) {
            return;
        }
        if (!run_take_order(run, message)) {
            run->delivered = true;
            desk_take(run->desk, message, clock_wall());
        }
        if (keeper_note_order(&run->keeper, message)) {
            worker_wake(run->worker);
        }
        ring_release(ring);
    }
}

static void count_sources(const struct run *run, struct mqtt_report *report)
{
    for (size_t i = 0; i < run->config.source_count; i++) {
        report->sources_ok += run->states[i] == SOURCE_OK;
        report->sources_failed += run->states[i] == SOURCE_FAILED;
        report->sources_trying += run->states[i] == SOURCE_TRYING;
    }
}

static struct mqtt_report report_of(struct run *run)
{
    const struct headline *list[FLASHES];
    const struct metrics *metrics = &run->metrics;
    struct mqtt_report report = {
        .headlines = (int64_t)desk_count(run->desk),
        .flashes = (int64_t)desk_flashes(run->desk, list, FLASHES),
        .aired = (int64_t)metrics->headlines_aired,
        .frames = (int64_t)metrics->frames,
        .late = (int64_t)metrics->missed[METRICS_LATE],
        .upload = (int64_t)metrics->missed[METRICS_UPLOAD],
        .present = (int64_t)metrics->missed[METRICS_PRESENT],
        .expires_s = run->config.flash.expires_s,
        .max_expires_s = run->config.flash.max_expires_s,
        .paused = run->tempo.paused,
        .clock_known = clock_known(clock_wall()),
        .refused = run->news.refused,
        .off = run->vigil.off,
    };
    hours_tell(run, report.display);
    count_sources(run, &report);
    return report;
}

void fleet_turn(struct run *run)
{
    struct fleet *fleet = &run->fleet;
    if (!fleet->mqtt) {
        return;
    }
    take_orders(run);
    if (mqtt_wants_reload(fleet->mqtt)) {
        worker_reload(run->worker);
    }
    int64_t now_ms = clock_ms();
    uint64_t edition = desk_flash_edition(run->desk);
    bool changed = edition != fleet->edition || run->tempo.paused != fleet->told.paused ||
                   run->news.refused != fleet->told.refused ||
                   run->vigil.off != fleet->told.off;
    if (changed || fleet->told_ms == 0 || now_ms - fleet->told_ms >= TELL_MS) {
        fleet->told = report_of(run);
        fleet->told_ms = now_ms;
        fleet->edition = edition;
        mqtt_tell(fleet->mqtt, &fleet->told);
    }
}

bool fleet_close(struct run *run, int timeout_ms)
{
    return mqtt_stop(run->fleet.mqtt, timeout_ms);
}
