#include "base/config_change.h"

#include <stdio.h>
#include <string.h>

uint16_t config_change_of(const struct config_change *change, size_t old)
{
    return old < change->before
               ? change->to[old]
               : (uint16_t)(old - change->before + change->config->source_count);
}

void config_faults_add(struct config_faults *faults, const struct config_fault *fault)
{
    if (faults->count < CONFIG_NEWS_FAULTS) {
        size_t i = faults->count;
        snprintf(faults->kept[i].file, CONFIG_NEWS_FILE_BYTES, "%s", fault->file);
        snprintf(faults->kept[i].text, CONFIG_NEWS_BYTES, "%s", fault->text);
        faults->kept[i].line = fault->line;
    }
    faults->count++;
}

static bool is_same(const struct config_source *a, const struct config_source *b,
                    bool name_too)
{
    return a->typed == b->typed && strcmp(a->url, b->url) == 0 &&
           (!name_too || strcmp(a->name, b->name) == 0);
}

/* Gives each source of BEFORE that has none yet the first free one that is the same. */
static void match(struct config_change *change, const struct config *before,
                  bool taken[CONFIG_SOURCES], bool name_too)
{
    const struct config *now = change->config;
    for (size_t i = 0; i < change->before; i++) {
        for (size_t j = 0; j < now->source_count && change->to[i] == CONFIG_GONE; j++) {
            if (!taken[j] && is_same(&before->sources[i], &now->sources[j], name_too)) {
                change->to[i] = (uint16_t)j;
                taken[j] = true;
            }
        }
    }
}

void config_change_match(struct config_change *change, const struct config *before)
{
    bool taken[CONFIG_SOURCES] = {false};
    change->before = before->source_count;
    for (size_t i = 0; i < CONFIG_SOURCES; i++) {
        change->to[i] = CONFIG_GONE;
    }
    match(change, before, taken, true);
    match(change, before, taken, false);
}
