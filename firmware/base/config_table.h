/* The one table of all options: what is read, defaulted, printed and tested is what stands
 * there. */
#ifndef MOTOGRAPH_BASE_CONFIG_TABLE_H
#define MOTOGRAPH_BASE_CONFIG_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/config_value.h"

enum config_section_id {
    SECTION_DISPLAY,
    SECTION_LANE,
    SECTION_SOURCE,
    SECTION_DESK,
    SECTION_FLASH,
    SECTION_CACHE,
    SECTION_POWER,
    SECTION_WEB,
    SECTION_MQTT,
    SECTION_LOG,
    CONFIG_SECTIONS
};

/* Offsets of the options count from the struct config, or where the section is NAMED from
 * the struct config_lane or config_source. */
struct config_section {
    const char *name;
    bool named;
    const char *meaning;
    const struct config_option *options;
    size_t count; /* of options, at most 64 */
};

extern const struct config_section config_sections[CONFIG_SECTIONS];

/* The section, or the option of SECTION, that LENGTH bytes of TEXT name; NULL if none. */
const struct config_section *config_table_section(const char *text, size_t length);
const struct config_option *config_table_option(const struct config_section *section,
                                                const char *text, size_t length);

#endif
