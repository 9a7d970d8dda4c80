/* Days are counted from 1970-01-01, a Thursday. */
#include "base/hours.h"

#include <string.h>
#include <strings.h>

enum {
    DAY_S = 86400,
    DAY_MINUTES = 1440,
    WEEK = 7,
    FIRST_WEEKDAY = 3, /* of day 0, Monday being 0 */
    FAR_S = 26 * 3600, /* no zone is that far from UTC */
    EVERY_DAY = (1 << WEEK) - 1
};

/* --- Reading ------------------------------------------------------------------------------- */

struct reader {
    const char *at, *end;
};

static bool take(struct reader *reader, char c)
{
    bool there = reader->at < reader->end && *reader->at == c;
    reader->at += there;
    return there;
}

static void skip_blanks(struct reader *reader)
{
    while (take(reader, ' ') || take(reader, '\t')) {
    }
}

/* The number of the weekday at the reader; -1 if there is none. */
static int read_day(struct reader *reader)
{
    static const char *const names[WEEK] = {"monday", "tuesday",  "wednesday", "thursday",
                                            "friday", "saturday", "sunday"};
    size_t letters = 0, most = (size_t)(reader->end - reader->at);
    while (letters < most && ((reader->at[letters] | 0x20) >= 'a') &&
           ((reader->at[letters] | 0x20) <= 'z')) {
        letters++;
    }
    for (int i = 0; i < WEEK && letters >= 3; i++) {
        bool whole = letters == 3 || letters == strlen(names[i]);
        if (strncasecmp(reader->at, names[i], letters) == 0 && whole) {
            reader->at += letters;
            return i;
        }
    }
    return -1;
}

/* "Mon-Fri,Sun". Over the end of the week too. */
static bool read_days(struct reader *reader, uint8_t *days)
{
    *days = 0;
    do {
        int first = read_day(reader), last = first;
        if (first >= 0 && take(reader, '-')) {
            last = read_day(reader);
        }
        if (first < 0 || last < 0) {
            return false;
        }
        *days |= (uint8_t)(1 << first);
        for (int day = first; day != last;) {
            day = (day + 1) % WEEK;
            *days |= (uint8_t)(1 << day);
        }
        skip_blanks(reader);
    } while (take(reader, ',') && (skip_blanks(reader), true));
    return true;
}

static bool read_number(struct reader *reader, int *number)
{
    const char *from = reader->at;
    *number = 0;
    while (reader->at < reader->end && reader->at - from < 2 && *reader->at >= '0' &&
           *reader->at <= '9') {
        *number = *number * 10 + (*reader->at++ - '0');
    }
    return reader->at > from;
}

static bool read_time(struct reader *reader, uint16_t *minutes)
{
    int hour = 0, minute = 0;
    bool right = read_number(reader, &hour) && take(reader, ':');
    const char *from = reader->at;
    if (!right || !read_number(reader, &minute) || reader->at - from != 2 ||
        minute > 59 || hour * 60 + minute > DAY_MINUTES) {
        return false;
    }
    *minutes = (uint16_t)(hour * 60 + minute);
    return true;
}

bool hours_parse(const char *text, size_t length, struct hours_span *span)
{
    enum { DAILY = 5 };
    struct reader reader = {text, text + length};
    span->days = EVERY_DAY;
    if (length > DAILY && strncasecmp(text, "daily", DAILY) == 0) {
        reader.at += DAILY;
    } else if (length > 0 && (*text < '0' || *text > '9') &&
               !read_days(&reader, &span->days)) {
        return false;
    }
    skip_blanks(&reader);
    bool right = read_time(&reader, &span->from) && (skip_blanks(&reader), true) &&
                 take(&reader, '-') && (skip_blanks(&reader), true) &&
                 read_time(&reader, &span->until);
    return right && reader.at == reader.end && span->from != span->until &&
           span->from < DAY_MINUTES;
}

/* --- Looking ------------------------------------------------------------------------------- */

/* When it is MINUTE of the local DAY, UTC seconds. Where the clocks are put back both offsets are right,
 * and that before comes first; of a time that is left out neither is. */
static int64_t instant(int64_t day, int minute, hours_offset_fn *offset)
{
    int64_t civil = day * DAY_S + minute * 60;
    int64_t before = civil - offset(civil - FAR_S), after = civil - offset(civil + FAR_S);
    bool changed = before + offset(before) != civil && after + offset(after) == civil;
    return changed ? after : before;
}

struct stretch {
    int64_t begin, end;
};

static struct stretch stretch_of(const struct hours_span *span, int64_t day,
                                 hours_offset_fn *offset)
{
    int64_t last = span->until <= span->from ? day + 1 : day;
    return (struct stretch){instant(day, span->from, offset),
                            instant(last, span->until, offset)};
}

/* What AT lies in and ends last; else the next that begins. One that never comes is empty. */
static struct stretch find(const struct hours *hours, int64_t at, hours_offset_fn *offset)
{
    struct stretch in = {at, at}, next = {HOURS_NEVER, HOURS_NEVER};
    int64_t local = at + offset(at);
    int64_t today = local / DAY_S - (local % DAY_S < 0);
    for (size_t i = 0; i < hours->count; i++) {
        for (int64_t day = today - 1; day <= today + WEEK; day++) {
            int weekday = (int)(((day + FIRST_WEEKDAY) % WEEK + WEEK) % WEEK);
            if (!(hours->spans[i].days >> weekday & 1)) {
                continue;
            }
            struct stretch one = stretch_of(&hours->spans[i], day, offset);
            if (one.end <= one.begin) {
                continue; /* it lay in an hour that was left out */
            }
            if (one.begin <= at && at < one.end && one.end > in.end) {
                in = one;
            } else if (one.begin > at && one.begin < next.begin) {
                next = one;
            }
        }
    }
    return in.end > at ? in : next;
}

struct hours_state hours_look(const struct hours *hours, int64_t at,
                              hours_offset_fn *offset)
{
    if (hours->count == 0) {
        return (struct hours_state){true, HOURS_NEVER};
    }
    struct stretch found = find(hours, at, offset);
    if (found.begin > at) {
        return (struct hours_state){false, found.begin};
    }
    /* What follows without a gap belongs to it; after a week that is for ever. */
    int64_t until = found.end;
    while (until < at + (WEEK + 1) * DAY_S) {
        found = find(hours, until, offset);
        if (found.begin > until) {
            return (struct hours_state){true, until};
        }
        until = found.end;
    }
    return (struct hours_state){true, HOURS_NEVER};
}
