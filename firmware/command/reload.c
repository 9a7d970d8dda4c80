/* The desk and whatever else counts sources changes over in one frame, between two messages; what
 * is on the screen stays, unless the screen itself is to be another. */
#define LOG_MODULE "run"
#include "command/reload.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "host/signals.h"

/* By the new numbers, one more than sources at least. NULL if memory is short. */
static enum source_state *moved_states(const struct run *run,
                                       const struct config_change *change)
{
    enum source_state *states = calloc(change->config->source_count + 1, sizeof *states);
    for (size_t i = 0; states && i < change->before; i++) {
        if (change->to[i] != CONFIG_GONE) {
            states[change->to[i]] = run->states[i];
        }
    }
    return states;
}

static void change_scene(struct run *run, struct edition *edition)
{
    bool keeps = scene_keeps(&run->config, &edition->config) &&
                 memcmp(&run->theme, &edition->theme, sizeof run->theme) == 0;
    run->attach.retake |=
        strcmp(run->config.display.output, edition->config.display.output) != 0 ||
        strcmp(run->config.display.mode, edition->config.display.mode) != 0;
    run->config = edition->config;
    run->theme = edition->theme;
    hours_configure(run);
    if (run->scene && keeps) {
        scene_adopt(run->scene, &edition->change);
        run->card = run->card == CARD_NONE ? CARD_NONE : CARD_STALE;
    } else if (run->scene) {
        run->broken |= !run_build_scene(run);
    }
}

bool reload_take(struct run *run, const struct message *message)
{
    struct edition *edition = (struct edition *)message->change;
    struct config_change *change = &edition->change;
    run->news = change->news;
    if (!change->config) {
        edition_free(edition);
        return true;
    }
    bool samples = change->config->source_count == 0;
    enum source_state *states = moved_states(run, change);
    if (!states) {
        return false;
    }
    bool told = run->fault_count > 0; /* of the start's faults, which the log has */
    run->fault_count = 0;
    if (run->samples && (!samples || told)) {
        desk_empty(run->desk, RUN_SAMPLES); /* they go with the first source, */
    }
    if (!desk_renumber(run->desk, change)) {
        free(states);
        return false;
    }
    free(run->states);
    run->states = states;
    album_renumber(run->album, change);
    change_scene(run, edition);
    if (samples && (!run->samples || told)) {
        run_put_samples(run); /* and come back after the last */
    }
    run->samples = samples;
    run->unreadable = false;
    log_set_level(log_level_named(run->config.log.level));
    if (run->edition != run->library.first) {
        edition_free(run->edition);
    }
    run->edition = edition;
    return true;
}

void reload_ask(struct run *run)
{
    if (signals_reload_requested()) {
        worker_reload(run->worker);
    }
}
