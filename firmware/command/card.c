/* The title card: what is being tried until the first headline has aired; what is wrong with
 * the configuration, no longer than that. The samples say themselves how to add a source. */
#include <stdio.h>

#include "base/clock.h"
#include "command/run.h"
#include "wire/place.h"

enum { CARD_AFTER_MS = 300 }; /* one that flashes by helps nobody */

struct card {
    char text[SCENE_TITLE_LINES][RUN_FAULT_BYTES];
    size_t count;
};

static void add(struct card *card, const char *text)
{
    if (card->count < SCENE_TITLE_LINES) {
        snprintf(card->text[card->count++], RUN_FAULT_BYTES, "%s", text);
    }
}

/* A URL's user and password are nothing for the public. */
static void add_sources(struct card *card, const struct config *config, size_t most)
{
    for (size_t i = 0; i < config->source_count; i++) {
        if (card->count + 1 >= most && i + 1 < config->source_count) {
            add(card, "…");
            return;
        }
        add(card, config->sources[i].name);
        place_strip(card->text[card->count - 1]);
    }
}

static void show_card(struct run *run, enum run_card kind)
{
    struct card card = {.count = 0};
    size_t faults = kind == CARD_WITH_FAULTS ? run->fault_count : 0;
    const char *lines[SCENE_TITLE_LINES], *title = run->config.display.title;
    add(&card, title && *title ? title : "Motograph");
    if (run->samples) {
        add(&card, "These headlines are samples.");
        add(&card, "Show your own:  motograph https://example.org/feed.xml");
        add(&card, "or name your sources in " CONFIG_PATH);
    } else {
        add(&card, "Waiting for the first headline from");
        add_sources(&card, &run->config, SCENE_TITLE_LINES - faults);
    }
    for (size_t i = 0; i < faults; i++) {
        add(&card, run->faults[i]);
    }
    for (size_t i = 0; i < card.count; i++) {
        lines[i] = card.text[i];
    }
    scene_set_title(run->scene, lines, card.count);
}

/* It is there until the first headline has aired; with the samples only if there are faults to
 * be told. */
void run_update_card(struct run *run)
{
    bool aired = run->metrics.headlines_aired > 0;
    bool early = clock_ms() - run->began_ms <= CARD_AFTER_MS;
    enum run_card wanted = aired || early ? CARD_NONE : CARD_WITH_FAULTS;
    if (wanted == run->card) {
        return;
    }
    if (wanted == CARD_NONE) {
        scene_set_title(run->scene, NULL, 0);
    } else {
        show_card(run, wanted);
    }
    run->card = wanted;
}
