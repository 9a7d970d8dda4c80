/* One switch over the types of values; what counts is the value, not how it was written. */
#include "base/config_same.h"

#include <string.h>

static bool same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same_list(const struct config_list *a, const struct config_list *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++) {
        same = same_text(a->values[i], b->values[i]);
    }
    return same;
}

static bool same_measure(const struct config_measure *a, const struct config_measure *b)
{
    return a->unit == b->unit && a->value == b->value;
}

static bool same_sides(const double a[4], const double b[4])
{
    return a[0] == b[0] && a[1] == b[1] && a[2] == b[2] && a[3] == b[3];
}

static bool same_value(const struct config_option *option, const void *a, const void *b)
{
    switch (option->type) {
    case CONFIG_TEXT:
    case CONFIG_NAME:
    case CONFIG_MODE:
    case CONFIG_COLOUR:
    case CONFIG_WORD:
    case CONFIG_BROKER:
    case CONFIG_LEVEL:
        return same_text(*(const char *const *)a, *(const char *const *)b);
    case CONFIG_LIST:
    case CONFIG_HOURS:
        return same_list(a, b);
    case CONFIG_BOOL:
        return *(const bool *)a == *(const bool *)b;
    case CONFIG_ENUM:
    case CONFIG_INT:
        return memcmp(a, b, sizeof(int)) == 0;
    case CONFIG_SECONDS:
    case CONFIG_MILLISECONDS:
    case CONFIG_BYTES:
        return *(const int64_t *)a == *(const int64_t *)b;
    case CONFIG_SIDES:
    case CONFIG_AREA:
        return same_sides(a, b);
    case CONFIG_SPEED:
    case CONFIG_HEIGHT:
        return same_measure(a, b);
    }
    return false;
}

static bool same_option(const struct config_option *option, const void *a, const void *b)
{
    return same_value(option, (const char *)a + option->offset,
                      (const char *)b + option->offset);
}

bool config_section_same(enum config_section_id section, const void *a, const void *b)
{
    const struct config_section *table = &config_sections[section];
    bool same = true;
    for (size_t i = 0; same && i < table->count; i++) {
        same = same_option(&table->options[i], a, b);
    }
    return same;
}

bool config_lanes_same(const struct config *a, const struct config *b)
{
    bool same = a->lane_count == b->lane_count;
    for (size_t i = 0; same && i < a->lane_count; i++) {
        same = same_text(a->lanes[i].name, b->lanes[i].name) &&
               config_section_same(SECTION_LANE, &a->lanes[i], &b->lanes[i]);
    }
    return same;
}

/* Keys of [source] that only the desk and the screen go by. */
static bool is_quiet(const char *key)
{
    static const char *const quiet[] = {"every",   "weight", "keep",
                                        "max-age", "colour", "logo"};
    for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++) {
        if (strcmp(quiet[i], key) == 0) {
            return true;
        }
    }
    return false;
}

bool config_source_same_news(const struct config_source *a, const struct config_source *b)
{
    const struct config_section *table = &config_sections[SECTION_SOURCE];
    bool same = same_text(a->name, b->name) && a->typed == b->typed;
    for (size_t i = 0; same && i < table->count; i++) {
        const struct config_option *option = &table->options[i];
        same = is_quiet(option->key) || same_option(option, a, b);
    }
    return same;
}

bool config_rules_same(const struct config *a, const struct config *b)
{
    return same_list(&a->desk.include, &b->desk.include) &&
           same_list(&a->desk.exclude, &b->desk.exclude) &&
           same_list(&a->flash.keyword, &b->flash.keyword);
}
