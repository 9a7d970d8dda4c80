/* A station that stays is moved as it is into the new array; what points at it from outside (the
 * line that fetches for it, the fetch's view of the source) follows. */
#include "wire/roster.h"

#include <stdlib.h>

#include "base/config_same.h"

bool roster_new(struct station **stations, size_t *count, const struct config *config,
                uint64_t seed, int64_t now_ms)
{
    *count = 0;
    *stations = calloc(config->source_count + 1, sizeof **stations);
    bool good = *stations != NULL;
    for (size_t i = 0; good && i < config->source_count; i++) {
        good = station_init(&(*stations)[i], &config->sources[i], (uint16_t)i, seed + i,
                            now_ms);
        ++*count;
    }
    return good;
}

void roster_free(struct station *stations, size_t count)
{
    for (size_t i = 0; stations && i < count; i++) {
        station_fini(&stations[i]);
    }
    free(stations);
}

/* The line that fetches for STATION; NULL if none does. */
static struct line *line_of(const struct dispatch *dispatch,
                            const struct station *station)
{
    for (size_t i = 0; i < LINE_SOURCES; i++) {
        struct line *line = &dispatch->lines->lines[i];
        if (line->fetch && dispatch->served[i] == station) {
            return line;
        }
    }
    return NULL;
}

/* Moves what is known of FROM into TO, which is of the same address and new. */
static void move(struct dispatch *dispatch, struct station *from, struct station *to,
                 bool same_news, int64_t now_ms)
{
    struct line *line = line_of(dispatch, from);
    struct station made = *to;
    *to = *from;
    *from = made; /* to be freed with the rest */
    to->source = made.source;
    to->index = made.index;
    if (!same_news) {
        station_renew(to, now_ms);
    }
    station_hasten(to, now_ms);
    if (line && !same_news) {
        line_end(line);
    } else if (line) {
        dispatch->served[line - dispatch->lines->lines] = to;
        line_adopt(line, to->source, to->place.host);
    }
}

bool roster_change(struct dispatch *dispatch, struct config_change *change,
                   const struct config *before, uint64_t seed, int64_t now_ms)
{
    struct station *stations;
    size_t count;
    if (!roster_new(&stations, &count, change->config, seed, now_ms)) {
        roster_free(stations, count);
        return false;
    }
    bool rules_same = config_rules_same(before, change->config);
    config_change_match(change, before);
    for (size_t i = 0; i < dispatch->count; i++) {
        struct station *old = &dispatch->stations[i];
        size_t number = change->to[i];
        struct line *line = line_of(dispatch, old);
        if (number != CONFIG_GONE) {
            bool same = rules_same &&
                        config_source_same_news(old->source, stations[number].source);
            move(dispatch, old, &stations[number], same, now_ms);
        } else if (line) {
            line_end(line);
        }
    }
    roster_free(dispatch->stations, dispatch->count);
    dispatch->stations = stations;
    dispatch->count = count;
    return true;
}

void roster_open(struct dispatch *dispatch, const struct config_change *change)
{
    bool known[CONFIG_SOURCES] = {false};
    for (size_t i = 0; i < change->before; i++) {
        if (change->to[i] != CONFIG_GONE) {
            known[change->to[i]] = true;
        }
    }
    for (size_t i = 0; i < dispatch->count; i++) {
        if (!known[i]) {
            station_open(&dispatch->stations[i], &dispatch->desk);
            station_recall(&dispatch->stations[i], &dispatch->desk);
        }
    }
}
