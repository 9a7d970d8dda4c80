/* The title card: what is being tried until the first headline has aired; what is wrong with
 * the configuration, no longer than that; and, with the samples, how to add a source. */
#include "base/clock.h"
#include "command/run.h"

enum { CARD_AFTER_MS = 300 }; /* one that flashes by helps nobody */

static size_t name_sources(const struct run *run, const char **lines, size_t count)
{
    const struct config *config = &run->config;
    size_t i = 0;
    for (; i < config->source_count && count + 1 < SCENE_CARD_LINES - RUN_FAULTS; i++) {
        lines[count++] = config->sources[i].name;
    }
    if (i < config->source_count) {
        lines[count++] = "…";
    }
    return count;
}

static void show_card(struct run *run)
{
    const char *lines[SCENE_CARD_LINES];
    const char *title = run->config.display.title;
    size_t count = 0;
    lines[count++] = title && *title ? title : "Motograph";
    if (run->samples) {
        lines[count++] = "These headlines are samples.";
        lines[count++] = "Show your own:  motograph https://example.org/feed.xml";
        lines[count++] = "or name your sources in " CONFIG_PATH;
    } else {
        lines[count++] = "Waiting for the first headline from";
        count = name_sources(run, lines, count);
    }
    for (size_t i = 0; i < run->fault_count && count < SCENE_CARD_LINES; i++) {
        lines[count++] = run->faults[i];
    }
    scene_set_card(run->scene, lines, count);
    run->card_up = true;
}

/* It is there until the first headline has aired; with samples it stays. */
void run_update_card(struct run *run)
{
    bool wanted = run->samples || (run->metrics.headlines_aired == 0 &&
                                   clock_ms() - run->began_ms > CARD_AFTER_MS);
    if (wanted && !run->card_up) {
        show_card(run);
    } else if (!wanted && run->card_up) {
        scene_set_card(run->scene, NULL, 0);
        run->card_up = false;
    }
}
