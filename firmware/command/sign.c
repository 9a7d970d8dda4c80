/* Signs of life for the service manager. Only who has just brought a frame out, or looked for a
 * screen where there is none, may give one: a thread of its own would go on while the picture
 * stands still. And only while the worker turns, for without it the news would grow old on a
 * screen that looks well; then the manager starts us anew, with the cache. */
#define LOG_MODULE "run"
#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "command/run.h"

enum { WORKER_PATIENCE_MS = 10 * 60 * 1000 };

/* Whether the worker has turned lately. Samples need none; where its thread could not be had,
 * we count from our own start. */
static bool is_worker_well(struct run *run)
{
    int64_t beat_ms = run->worker ? worker_beat_ms(run->worker) : run->opened_ms;
    bool idle = !run->worker && run->samples;
    bool well = idle || clock_ms() - beat_ms < WORKER_PATIENCE_MS;
    if (!well && !run->stuck) {
        log_error(
            "nothing has been fetched for 10 minutes, the worker hangs: leaving it to "
            "the watchdog of the service manager to start anew");
    }
    run->stuck = !well;
    return well;
}

void run_give_sign(struct run *run, int64_t now_us)
{
    char picture[64] = "waiting for a screen", text[SERVICE_STATUS_BYTES],
         hours[HOURS_TEXT_BYTES];
    size_t ok = 0;
    if (!service_due(&run->service, now_us)) {
        return;
    }
    for (size_t i = 0; i < run->config.source_count; i++) {
        ok += run->states[i] == SOURCE_OK;
    }
    if (run->vigil.off) {
        snprintf(picture, sizeof picture, "the display is %s", hours_tell(run, hours));
    } else if (run->scene) {
        snprintf(picture, sizeof picture, "on air, %dx%d, %s", run->screen.w,
                 run->screen.h, run->screen.name);
    }
    snprintf(text, sizeof text, "%s; %llu headlines shown; %zu of %zu sources answer",
             picture, (unsigned long long)run->metrics.headlines_aired, ok,
             run->config.source_count);
    service_tell(&run->service, now_us, is_worker_well(run), text);
}
