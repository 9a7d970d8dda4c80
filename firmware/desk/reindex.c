/* Another configuration while the program runs: sources get new numbers, some go, some come. What
 * stays keeps all the desk knows of it: its headlines and their dates, what has aired in this lap,
 * when its turn is, how its fetches went. */
#include <stdlib.h>

#include "desk/inside.h"

static void drop_all(struct desk *desk, struct source *source)
{
    while (source->count > 0) {
        entries_drop(desk, source, source->count - 1);
    }
}

void desk_empty(struct desk *desk, size_t source)
{
    if (source < desk->source_count) {
        drop_all(desk, &desk->sources[source]);
    }
}

static void renumber(struct source *source, uint16_t number)
{
    for (size_t i = 0; i < source->count; i++) {
        source->entries[i].item->headline.source = number;
    }
}

bool desk_renumber(struct desk *desk, const struct config_change *change)
{
    size_t added = desk->source_count - change->before;
    size_t count = change->config->source_count + added;
    struct source *sources = calloc(count + 1, sizeof *sources);
    size_t *order = calloc(count + 1, sizeof *order);
    if (!sources || !order) {
        free(sources);
        free(order);
        return false;
    }
    for (size_t i = 0; i < desk->source_count; i++) {
        if (config_change_of(change, i) == CONFIG_GONE) {
            drop_all(desk, &desk->sources[i]);
            free(desk->sources[i].entries);
        }
    }
    for (size_t i = 0; i < count; i++) {
        order[i] = i;
        source_init(desk, &sources[i], i);
    }
    for (size_t i = 0; i < desk->source_count; i++) {
        uint16_t number = config_change_of(change, i);
        if (number != CONFIG_GONE) {
            sources[number] = desk->sources[i];
            renumber(&sources[number], number);
        }
    }
    if (desk->push < desk->source_count) {
        desk->push = config_change_of(change, desk->push);
    }
    free(desk->sources);
    free(desk->order);
    desk->sources = sources;
    desk->order = order;
    desk->source_count = count;
    items_rehash(&desk->items);
    desk_adopt_rules(desk, change->config);
    return true;
}
