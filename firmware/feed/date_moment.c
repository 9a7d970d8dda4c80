/* Clocks and zones are read from tokens, the same in every family of dates. */
#include "feed/date_moment.h"

#include <string.h>

#include "base/clock.h"
#include "feed/date_names.h"

static int month_days(int year, int month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool moment_finish(struct moment *m, int64_t *at)
{
    if (m->half_day && m->hour >= 1 && m->hour <= 12) {
        m->hour = m->hour % 12 + (m->half_day == 2 ? 12 : 0);
    }
    bool midnight = m->hour == 24 && m->minute == 0 && m->second == 0;
    if (m->year < 1 || m->year > 9999 || m->month < 1 || m->month > 12 || m->day < 1 ||
        m->day > month_days(m->year, m->month) || m->hour < 0 ||
        (m->hour > 23 && !midnight) || m->minute < 0 || m->minute > 59 || m->second < 0 ||
        m->second > 60) {
        return false;
    }
    *at = clock_from_civil(m->year, m->month, m->day, m->hour, m->minute, m->second) -
          (m->zone_s == MOMENT_NO_ZONE ? m->country_s : m->zone_s);
    return true;
}

bool moment_day_of_year(struct moment *m, int days)
{
    m->month = 1;
    if (m->year < 1 || days < 1 || days > 366) {
        return false;
    }
    while (m->month <= 12 && days > month_days(m->year, m->month)) {
        days -= month_days(m->year, m->month);
        m->month++;
    }
    m->day = days;
    return m->month <= 12;
}

static int year_days(int year)
{
    return 337 + month_days(year, 2);
}

bool moment_week(struct moment *m, int week, int day)
{
    if (m->year < 2 || m->year > 9998 || week < 1 || week > 53 || day < 1 || day > 7) {
        return false;
    }
    /* The fourth of January is in the first week; day 0 of 1970 was a Thursday. */
    int64_t fourth = clock_from_civil(m->year, 1, 4, 0, 0, 0) / 86400;
    int weekday = (int)(((fourth + 3) % 7 + 7) % 7);
    int monday = 4 - weekday + (week - 1) * 7;
    if (monday + 3 > year_days(m->year)) {
        return false; /* a week belongs to the year of its Thursday */
    }
    int days = monday + day - 1, length = year_days(m->year);
    if (days < 1) {
        m->year--;
        days += year_days(m->year);
    } else if (days > length) {
        m->year++;
        days -= length;
    }
    return moment_day_of_year(m, days);
}

int moment_full_year(const struct token *token)
{
    if (token->length <= 2) {
        return token->value + (token->value < 69 ? 2000 : 1900);
    }
    return token->length == 3 ? token->value + 1900 : token->value;
}

bool moment_read_clock(const struct token **token, const struct token *end,
                       struct moment *m)
{
    const struct token *t = *token;
    if (!date_is_number(t, end, 1, 2) || !date_is_sign(t + 1, end, ":") ||
        !date_is_number(t + 2, end, 1, 2)) {
        return false;
    }
    m->hour = t[0].value;
    m->minute = t[2].value;
    t += 3;
    if (date_is_sign(t, end, ":") && date_is_number(t + 1, end, 1, 2)) {
        m->second = t[1].value;
        t += 2;
        if (date_is_sign(t, end, ".,:") && date_is_number(t + 1, end, 1, 9)) {
            t += 2;
        }
    }
    *token = t;
    return true;
}

static bool is_one_of(const struct token *t, const struct token *end,
                      const char *const *names)
{
    for (; t < end && t->kind == TOKEN_WORD && *names; names++) {
        if ((size_t)t->length == strlen(*names) &&
            memcmp(t->text, *names, (size_t)t->length) == 0) {
            return true;
        }
    }
    return false;
}

/* "15h04", "15h", "15 Uhr", "15時04分05秒". */
static bool read_worded_clock(const struct token **token, const struct token *end,
                              struct moment *m)
{
    static const char *const hours[] = {"h",  "H",  "Uhr", "uhr", "時",
                                        "时", "点", "시",  NULL};
    static const char *const parts[] = {"m", "min", "分", "分钟", "분",
                                        "s", "秒",  "초", NULL};
    const struct token *t = *token;
    if (!is_one_of(t + 1, end, hours)) {
        return false;
    }
    int *fields[] = {&m->hour, &m->minute, &m->second};
    for (int i = 0; i < 3 && date_is_number(t, end, 1, 2); i++) {
        *fields[i] = t->value;
        t++;
        int zone_s;
        if (t < end && date_word_country(t->text, (size_t)t->length, &zone_s)) {
            m->country_s = zone_s;
        }
        if (!is_one_of(t, end, i == 0 ? hours : parts)) {
            break;
        }
        t++;
    }
    *token = t;
    return true;
}

bool moment_read_loose_clock(const struct token **token, const struct token *end,
                             struct moment *m)
{
    const struct token *t = *token;
    if (!date_is_number(t, end, 1, 2)) {
        return false;
    }
    if (read_worded_clock(token, end, m)) {
        return true;
    }
    m->hour = t->value;
    if (date_is_sign(t + 1, end, ".") && date_is_number(t + 2, end, 2, 2)) {
        m->minute = t[2].value;
        t += 3;
        if (date_is_sign(t, end, ".") && date_is_number(t + 1, end, 2, 2)) {
            m->second = t[1].value;
            t += 2;
        }
        *token = t;
        return true;
    }
    t++;
    if (!moment_read_half_day(&t, end, m)) {
        return false;
    }
    *token = t;
    return true;
}

/* +hhmm, +hh:mm, +hh. */
bool moment_read_offset(const struct token **token, const struct token *end,
                        struct moment *m)
{
    const struct token *t = *token;
    if (!date_is_sign(t, end, "+-") || !date_is_number(t + 1, end, 1, 4)) {
        return false;
    }
    int hours = t[1].value, minutes = 0, sign = *t->text == '-' ? -1 : 1;
    if (t[1].length > 2) {
        minutes = hours % 100;
        hours /= 100;
        t += 2;
    } else if (date_is_sign(t + 2, end, ":") && date_is_number(t + 3, end, 1, 2)) {
        minutes = t[3].value;
        t += 4;
    } else {
        t += 2;
    }
    if (hours > 15 || minutes > 59) {
        return false;
    }
    m->zone_s = sign * (hours * 3600 + minutes * 60);
    *token = t;
    return true;
}

static enum date_word word_of(const struct token *t, const struct token *end, int *value)
{
    if (t >= end || t->kind != TOKEN_WORD) {
        return DATE_UNKNOWN;
    }
    return date_word_find(t->text, (size_t)t->length, value);
}

bool moment_read_half_day(const struct token **token, const struct token *end,
                          struct moment *m)
{
    const struct token *t = *token;
    int value;
    if (word_of(t, end, &value) == DATE_HALF_DAY) {
        m->half_day = value;
        int zone_s;
        if (date_word_country(t->text, (size_t)t->length, &zone_s)) {
            m->country_s = zone_s;
        }
        *token = t + 1;
        return true;
    }
    if (end - t < 3 || t->kind != TOKEN_WORD || t->length != 1 ||
        !strchr("aApP", *t->text) || !date_is_sign(t + 1, end, ".") ||
        t[2].kind != TOKEN_WORD || t[2].length != 1 || (*t[2].text | 32) != 'm') {
        return false;
    }
    m->half_day = (*t->text | 32) == 'a' ? 1 : 2;
    *token = t + 3 + date_is_sign(t + 3, end, ".");
    return true;
}

bool moment_read_zone(const struct token **token, const struct token *end,
                      struct moment *m)
{
    const struct token *t = *token;
    int value;
    moment_read_half_day(&t, end, m);
    bool found = word_of(t, end, &value) == DATE_ZONE;
    if (found) {
        m->zone_s = value * 60;
        t++;
    }
    found = moment_read_offset(&t, end, m) || found;
    *token = t;
    return found;
}
