/* A scan moves over the text and must end at its end. Numbers are read here and not by
 * strtod, whose decimal point depends on the locale. */
#include "base/config_number.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* The largest first: an amount is shown in the first one that divides it without rest. */
const struct config_unit_row config_durations[] = {
    {.name = "d", .factor = 86400},
    {.name = "h", .factor = 3600},
    {.name = "m", .factor = 60},
    {.name = "s", .factor = 1},
    {.name = NULL},
};

const struct config_unit_row config_sizes[] = {
    {.name = "G", .factor = 1 << 30},
    {.name = "M", .factor = 1 << 20},
    {.name = "K", .factor = 1 << 10},
    {.name = NULL},
};

const struct config_unit_row config_speeds[] = {
    {.name = "wpm", .unit = UNIT_WPM, .low = 10, .high = 1000},
    {.name = "px/s", .unit = UNIT_PX_PER_S, .low = 1, .high = 20000},
    {.name = NULL},
};

/* A bare number is a height in pixels. */
const struct config_unit_row config_heights[] = {
    {.name = "px", .unit = UNIT_PX, .low = 4, .high = 4000},
    {.name = "%", .unit = UNIT_PERCENT, .low = 1, .high = 100},
    {.name = "", .unit = UNIT_PX, .low = 4, .high = 4000},
    {.name = NULL},
};

struct scan {
    const char *at, *end;
};

static void skip_blanks(struct scan *scan)
{
    while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\t')) {
        scan->at++;
    }
}

static int digits(struct scan *scan, double *value)
{
    int count = 0;
    while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9' && count < 13) {
        *value = *value * 10 + (*scan->at++ - '0');
        count++;
    }
    return count;
}

/* At most 12 digits before the point and, if FRACTION, 6 after it. */
static bool number(struct scan *scan, bool fraction, double *value)
{
    static const double scales[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    *value = 0;
    int whole = digits(scan, value);
    if (whole < 1 || whole > 12) {
        return false;
    }
    if (fraction && scan->at < scan->end && *scan->at == '.') {
        scan->at++;
        double decimals = 0;
        int count = digits(scan, &decimals);
        if (count < 1 || count > 6) {
            return false;
        }
        *value += decimals / scales[count];
    }
    return true;
}

/* The unit that all the rest of the scan names, in any case; NULL if none does. */
static const struct config_unit_row *unit_of(struct scan *scan,
                                             const struct config_unit_row *units)
{
    skip_blanks(scan);
    size_t length = (size_t)(scan->end - scan->at);
    for (; units->name; units++) {
        if (strlen(units->name) == length &&
            strncasecmp(scan->at, units->name, length) == 0) {
            return units;
        }
    }
    return NULL;
}

static bool within(double value, struct config_range range)
{
    return value >= (double)range.low && value <= (double)range.high;
}

bool config_number_whole(const char *text, size_t length, struct config_range range,
                         int *field)
{
    struct scan scan = {text, text + length};
    double value;
    if (!number(&scan, false, &value) || scan.at != scan.end || !within(value, range)) {
        return false;
    }
    *field = (int)value;
    return true;
}

bool config_number_amount(const char *text, size_t length,
                          const struct config_unit_row *units, struct config_range range,
                          int64_t *field)
{
    struct scan scan = {text, text + length};
    double value;
    if (!number(&scan, false, &value)) {
        return false;
    }
    const struct config_unit_row *unit = unit_of(&scan, units);
    if (!unit || !within(value * (double)unit->factor, range)) {
        return false;
    }
    *field = (int64_t)value * unit->factor;
    return true;
}

bool config_number_measure(const char *text, size_t length,
                           const struct config_unit_row *units,
                           struct config_measure *field)
{
    if (length == 4 && strncasecmp(text, "auto", 4) == 0) {
        *field = (struct config_measure){0, UNIT_AUTO};
        return true;
    }
    struct scan scan = {text, text + length};
    double value;
    if (!number(&scan, true, &value)) {
        return false;
    }
    const struct config_unit_row *unit = unit_of(&scan, units);
    if (!unit || value < unit->low || value > unit->high) {
        return false;
    }
    *field = (struct config_measure){value, unit->unit};
    return true;
}

/* Up to four numbers between blanks; returns how many, 0 if anything else is there. */
static int percents(struct scan scan, double out[4])
{
    for (int count = 0; count < 4;) {
        if (!number(&scan, true, &out[count])) {
            return 0;
        }
        count++;
        if (scan.at < scan.end && *scan.at == '%') {
            scan.at++;
        }
        const char *after = scan.at;
        skip_blanks(&scan);
        if (scan.at == scan.end) {
            return count;
        }
        if (scan.at == after) {
            return 0;
        }
    }
    return 0;
}

bool config_number_sides(const char *text, size_t length, struct config_range range,
                         double field[4])
{
    double sides[4];
    int count = percents((struct scan){text, text + length}, sides);
    if (count == 1) {
        sides[1] = sides[2] = sides[3] = sides[0];
    } else if (count != 4) {
        return false;
    }
    for (int i = 0; i < 4; i++) {
        if (!within(sides[i], range)) {
            return false;
        }
    }
    memcpy(field, sides, sizeof sides);
    return true;
}

bool config_number_area(const char *text, size_t length, double field[4])
{
    enum { X, Y, W, H };
    static const double whole = 100.0000001; /* 88.9 + 11.1 may pass 100 by rounding */
    double area[4];
    if (percents((struct scan){text, text + length}, area) != 4 || area[W] <= 0 ||
        area[H] <= 0 || area[X] + area[W] > whole || area[Y] + area[H] > whole) {
        return false;
    }
    memcpy(field, area, sizeof area);
    return true;
}

/* "90m" and not "5400s". */
static void show(int64_t value, const struct config_unit_row *units, char *out,
                 size_t room)
{
    while (units[1].name && (value == 0 || value % units->factor != 0)) {
        units++;
    }
    snprintf(out, room, "%lld%s", (long long)(value / units->factor), units->name);
}

void config_number_show_amount(const struct config_unit_row *units,
                               struct config_range range, char *out, size_t room)
{
    char low[32], high[32];
    show(range.low, units, low, sizeof low);
    show(range.high, units, high, sizeof high);
    snprintf(out, room, "%s to %s", low, high);
}

void config_number_show_measure(const struct config_unit_row *units, char *out,
                                size_t room)
{
    size_t used = (size_t)snprintf(out, room, "auto");
    for (; units->name && units->name[0] && used < room; units++) {
        used += (size_t)snprintf(out + used, room - used, ", %g to %g %s", units->low,
                                 units->high, units->name);
    }
}
