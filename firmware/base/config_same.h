/* Whether two configurations say the same, option by option as the table lists them. Pure; any
 * thread. */
#ifndef MOTOGRAPH_BASE_CONFIG_SAME_H
#define MOTOGRAPH_BASE_CONFIG_SAME_H

#include <stdbool.h>

#include "base/config.h"
#include "base/config_table.h"

/* All options of SECTION; A and B are what its offsets count from (config_table.h). */
bool config_section_same(enum config_section_id section, const void *a, const void *b);

/* The lanes, by name and number. */
bool config_lanes_same(const struct config *a, const struct config *b);

/* What decides which headlines a source delivers, and in which words: how it is fetched, its
 * rules, its name. Shares, limits, colours and the interval do not. */
bool config_source_same_news(const struct config_source *a,
                             const struct config_source *b);

/* The rules for the headlines of all sources: [desk] include and exclude, [flash] keyword. */
bool config_rules_same(const struct config *a, const struct config *b);

#endif
