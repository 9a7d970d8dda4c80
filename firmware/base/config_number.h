/* The settings that are numbers: durations, sizes, speeds, heights, per cents. Each text is
 * LENGTH bytes, without blanks round it; a reader returns false and leaves its field alone
 * if the text is anything else or out of range. Pure. */
#ifndef MOTOGRAPH_BASE_CONFIG_NUMBER_H
#define MOTOGRAPH_BASE_CONFIG_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"

struct config_range {
    int64_t low, high;
};

/* Tables of these end in a row without a name. */
struct config_unit_row {
    const char *name;
    int64_t factor;        /* of an amount */
    enum config_unit unit; /* of a measure; so too the next line */
    double low, high;
};

/* Units of an amount, d h m s and G M K, and of a measure, each with its own range. */
extern const struct config_unit_row config_durations[], config_sizes[];
extern const struct config_unit_row config_speeds[], config_heights[];

/* "12", whole numbers only. */
bool config_number_whole(const char *text, size_t length, struct config_range range,
                         int *field);

/* "90m", "8M": in the smallest unit's terms, seconds or bytes, as RANGE is. */
bool config_number_amount(const char *text, size_t length,
                          const struct config_unit_row *units, struct config_range range,
                          int64_t *field);

/* "auto", "130 wpm", "2.5 %". */
bool config_number_measure(const char *text, size_t length,
                           const struct config_unit_row *units,
                           struct config_measure *field);

/* "5" for all sides, or "5 3 5 3"; a '%' may follow each. */
bool config_number_sides(const char *text, size_t length, struct config_range range,
                         double field[4]);

/* "x y w h", within the screen and not empty. */
bool config_number_area(const char *text, size_t length, double field[4]);

/* Writes what an amount, or a measure, may be: "10s to 30d", "auto, 10 to 1000 wpm, ...". */
void config_number_show_amount(const struct config_unit_row *units,
                               struct config_range range, char *out, size_t room);
void config_number_show_measure(const struct config_unit_row *units, char *out,
                                size_t room);

#endif
