/* What nearly all feeds write is read by position. All else is cut into tokens: numbers, words,
 * signs. Dates that begin with a number of four digits and a sign are ISO's family and go by
 * position too; others by what each token looks like: a name of a month, a clock, a zone, a
 * number that can only be a day or a year. */
#include "feed/date.h"

#include <string.h>

#include "base/clock.h"
#include "feed/date_names.h"
#include "feed/date_token.h"

enum { TEXT_BYTES = 80, NONE = INT32_MIN };

struct moment {
    int year, month, day, hour, minute, second;
    int zone_s;   /* east of Greenwich; NONE = not said */
    int half_day; /* 1 = a.m., 2 = p.m. */
};

static int month_days(int year, int month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool finish(struct moment *m, int64_t *at)
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
          (m->zone_s == NONE ? 0 : m->zone_s);
    return true;
}

/* Two digits: 1969 to 2068, as POSIX and RFC 2822 nearly agree. */
static int full_year(const struct token *token)
{
    if (token->length <= 2) {
        return token->value + (token->value < 69 ? 2000 : 1900);
    }
    return token->length == 3 ? token->value + 1900 : token->value;
}

/* hh:mm[:ss[.f]] at *TOKEN, which moves behind it. */
static bool read_clock(const struct token **token, const struct token *end,
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

/* +hhmm, +hh:mm, +hh at *TOKEN, which moves behind it. */
static bool read_offset(const struct token **token, const struct token *end,
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

/* A zone's name, an offset, both ("GMT+0100"), or nothing; a half of the day before it. */
static bool read_zone(const struct token **token, const struct token *end,
                      struct moment *m)
{
    const struct token *t = *token;
    int value;
    if (word_of(t, end, &value) == DATE_HALF_DAY) {
        m->half_day = value;
        t++;
    }
    bool found = word_of(t, end, &value) == DATE_ZONE;
    if (found) {
        m->zone_s = value * 60;
        t++;
    }
    found = read_offset(&t, end, m) || found;
    *token = t;
    return found;
}

/* The clock behind an ISO date; anything but a clock and a zone spoils it. */
static bool iso_clock(const struct token *t, const struct token *end, struct moment *m)
{
    if (t < end && t->kind == TOKEN_WORD && t->length == 1 && (*t->text | 32) == 't') {
        t++;
    } else {
        t += date_is_sign(t, end, ",:");
    }
    if (t == end) {
        return true;
    }
    if (date_is_number(t, end, 4, 6) && t->length != 5) {
        int value = t->length == 6 ? t->value : t->value * 100;
        m->hour = value / 10000;
        m->minute = value / 100 % 100;
        m->second = value % 100;
        t++;
    } else if (!read_clock(&t, end, m)) {
        if (!date_is_number(t, end, 1, 2)) {
            return false;
        }
        m->hour = t->value;
        t++;
    }
    if (date_is_sign(t, end, ".,") && date_is_number(t + 1, end, 1, 12)) {
        t += 2;
    }
    read_zone(&t, end, m);
    return t == end;
}

/* Days behind the first of January, or weeks and days. */
static bool day_of_year(struct moment *m, int days)
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

/* yyyymmdd, yymmdd, yyyyddd in one number. */
static bool compact_date(const struct token *t, struct moment *m)
{
    switch (t->length) {
    case 8:
        m->year = t->value / 10000;
        break;
    case 7:
        m->year = t->value / 1000;
        return day_of_year(m, t->value % 1000);
    case 6:
        m->year = t->value / 10000 + (t->value / 10000 < 69 ? 2000 : 1900);
        break;
    default:
        return false;
    }
    m->month = t->value / 100 % 100;
    m->day = t->value % 100;
    return true;
}

static bool iso_date(const struct token *t, const struct token *end, struct moment *m)
{
    if (date_is_number(t, end, 6, 8) && compact_date(t, m)) {
        return iso_clock(t + 1, end, m);
    }
    bool century = date_is_sign(t, end, "-") && date_is_number(t + 1, end, 2, 2);
    t += century;
    bool year = date_is_number(t, end, 4, 4) ||
                (date_is_number(t, end, 2, 2) && date_is_sign(t + 1, end, "-") &&
                 date_is_number(t + 2, end, 2, 2));
    if (!year) {
        return false;
    }
    m->year = full_year(t);
    m->month = m->day = 1;
    t++;
    if (t == end) {
        return !century && t[-1].length == 4;
    }
    if (date_is_sign(t, end, "-") && date_is_number(t + 1, end, 3, 3)) {
        return day_of_year(m, t[1].value) && iso_clock(t + 2, end, m);
    }
    if (!date_is_sign(t, end, "-/.") || !date_is_number(t + 1, end, 1, 2)) {
        return false;
    }
    m->month = t[1].value;
    t += 2;
    if (date_is_sign(t, end, "-/.") && date_is_number(t + 1, end, 1, 2)) {
        m->day = t[1].value;
        t += 2;
    }
    return iso_clock(t, end, m);
}

struct guess {
    struct moment m;
    struct token numbers[3]; /* those that are day, month or year */
    int count;
    bool clock_seen;
};

static bool place_numbers(struct guess *g)
{
    struct moment *m = &g->m;
    const struct token *n = g->numbers;
    if (m->month && g->count == 2) {
        bool swapped = n[0].length > 2 || n[0].value > 31;
        m->day = n[swapped].value;
        m->year = full_year(&n[!swapped]);
        return n[swapped].length <= 2;
    }
    if (m->month || g->count != 3) {
        return false;
    }
    if (n[0].length == 4) {
        m->year = n[0].value;
        m->month = n[1].value;
        m->day = n[2].value;
        return true;
    }
    /* American order unless the first number cannot be a month. */
    bool day_first = n[0].value > 12;
    m->month = n[day_first].value;
    m->day = n[!day_first].value;
    m->year = full_year(&n[2]);
    return n[2].length != 3;
}

/* A name of a month counts again behind a number: "mar. 5 nov" began with a weekday. */
static void take_word(struct guess *g, const struct token *t, const struct token *end)
{
    int value;
    switch (word_of(t, end, &value)) {
    case DATE_MONTH:
        g->m.month = g->m.month && !g->count ? g->m.month : value;
        break;
    case DATE_HALF_DAY:
        g->m.half_day = value;
        break;
    case DATE_COUNTRY:
        g->m.zone_s = value * 60;
        break;
    default:
        break;
    }
}

/* One token, or a few, of a date that is not ISO's. False if it cannot belong to one. */
static bool take(struct guess *g, const struct token **token, const struct token *end)
{
    const struct token *t = *token;
    bool zone_may_come = g->clock_seen && g->m.zone_s == NONE;
    if (t->kind == TOKEN_WORD) {
        if (!zone_may_come || !read_zone(token, end, &g->m)) {
            take_word(g, t, end);
            *token = t + 1;
        }
        return true;
    }
    if (t->kind == TOKEN_NUMBER) {
        if (!g->clock_seen && read_clock(token, end, &g->m)) {
            g->clock_seen = true;
            return true;
        }
        if (g->count == 3 || t->length > 4) {
            return false;
        }
        g->numbers[g->count++] = *t;
        *token = t + 1;
        return true;
    }
    if (zone_may_come && read_offset(token, end, &g->m)) {
        return true;
    }
    *token = t + 1;
    return strchr(",.-/()'", *t->text) != NULL;
}

static bool free_date(const struct token *t, const struct token *end, int64_t *at)
{
    struct guess g = {.m = {.zone_s = NONE}};
    while (t < end) {
        if (!take(&g, &t, end)) {
            return false;
        }
    }
    return place_numbers(&g) && finish(&g.m, at);
}

/* --- The two forms that nearly all feeds have, read by position --- */

/* The number in the N digits at P, or -1. */
static int digits(const char *p, int n)
{
    int value = 0;
    for (int i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9') {
            return -1;
        }
        value = value * 10 + (p[i] - '0');
    }
    return value;
}

/* hh:mm:ss at P. */
static bool usual_clock(const char *p, struct moment *m)
{
    m->hour = digits(p, 2);
    m->minute = digits(p + 3, 2);
    m->second = digits(p + 6, 2);
    return p[2] == ':' && p[5] == ':';
}

/* "GMT", "Z", "+0100" or "+01:00" is all that stands between P and END. */
static bool usual_zone(const char *p, const char *end, struct moment *m)
{
    size_t left = (size_t)(end - p);
    m->zone_s = 0;
    if ((left == 1 && *p == 'Z') || (left == 3 && memcmp(p, "GMT", 3) == 0)) {
        return true;
    }
    bool colon = left == 6 && p[3] == ':';
    if ((left != 5 && !colon) || (*p != '+' && *p != '-')) {
        return false;
    }
    int hours = digits(p + 1, 2), minutes = digits(p + 3 + colon, 2);
    m->zone_s = (*p == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    return hours >= 0 && hours <= 14 && minutes >= 0 && minutes < 60;
}

/* "Mon, 23 Nov 2026 10:15:00 GMT". */
static bool usual_rfc822(const char *p, const char *end, struct moment *m)
{
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    enum { ZONE = 26, LEAST = 27 };
    if (end - p < LEAST || p[3] != ',' || p[4] != ' ' || p[7] != ' ' || p[11] != ' ' ||
        p[16] != ' ' || p[25] != ' ') {
        return false;
    }
    for (int i = 0; i < 3; i++) {
        if ((p[i] | 0x20) < 'a' || (p[i] | 0x20) > 'z') {
            return false;
        }
    }
    for (m->month = 1; m->month <= 12; m->month++) {
        if (memcmp(names + 3 * (m->month - 1), p + 8, 3) == 0) {
            break;
        }
    }
    m->day = digits(p + 5, 2);
    m->year = digits(p + 12, 4);
    return usual_clock(p + 17, m) && usual_zone(p + ZONE, end, m);
}

/* "2026-11-23T10:15:00Z". */
static bool usual_rfc3339(const char *p, const char *end, struct moment *m)
{
    enum { ZONE = 19, LEAST = 20 };
    if (end - p < LEAST || p[4] != '-' || p[7] != '-' || p[10] != 'T') {
        return false;
    }
    m->year = digits(p, 4);
    m->month = digits(p + 5, 2);
    m->day = digits(p + 8, 2);
    return usual_clock(p + 11, m) && usual_zone(p + ZONE, end, m);
}

static bool usual_date(const char *text, size_t length, int64_t *at)
{
    struct moment m = {.zone_s = NONE};
    const char *end = text + length;
    return (usual_rfc822(text, end, &m) || usual_rfc3339(text, end, &m)) &&
           m.year >= 1000 && m.hour < 24 && m.second < 60 && finish(&m, at);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool date_parse(const char *text, size_t length, int64_t *at)
{
    struct token tokens[TOKENS];
    while (length && is_blank(text[0])) {
        text++;
        length--;
    }
    while (length && is_blank(text[length - 1])) {
        length--;
    }
    if (length == 0 || length > TEXT_BYTES || memchr(text, '\0', length)) {
        return false;
    }
    if (usual_date(text, length, at)) {
        return true;
    }
    const struct token *end = tokens + date_tokenize(text, (int)length, tokens);
    struct moment m = {.zone_s = NONE};
    if (iso_date(tokens, end, &m) && finish(&m, at)) {
        return true;
    }
    return end > tokens && free_date(tokens, end, at);
}
