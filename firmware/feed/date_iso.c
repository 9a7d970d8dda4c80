/* What follows the date must be a clock and a zone and no more: what else begins with a number
 * of four digits is left to the reader of free dates. */
#include "feed/date_iso.h"

static bool zone_or_end(const struct token *t, const struct token *end, struct moment *m)
{
    moment_read_zone(&t, end, m);
    return t == end;
}

/* The clock behind an ISO date; anything but a clock and a zone spoils it. */
static bool iso_clock(const struct token *t, const struct token *end, struct moment *m)
{
    if (t < end && t->kind == TOKEN_WORD && t->length == 1 && (*t->text | 32) == 't') {
        t++;
    } else if (date_is_sign(t, end, "+")) {
        return zone_or_end(t, end, m); /* a day of XML Schema */
    } else {
        t += date_is_sign(t, end, ",:_");
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
    } else if (!moment_read_clock(&t, end, m)) {
        if (!date_is_number(t, end, 1, 2)) {
            return false;
        }
        m->hour = t->value;
        t++;
    }
    if (date_is_sign(t, end, ".,") && date_is_number(t + 1, end, 1, 12)) {
        t += 2;
    }
    return zone_or_end(t, end, m);
}

/* Of N digits at P. */
static int number(const char *p, int n)
{
    int value = 0;
    for (int i = 0; i < n; i++) {
        value = value * 10 + (p[i] - '0');
    }
    return value;
}

/* yyyymmdd[hhmm[ss]], yymmdd, yyyyddd in one number. */
static bool compact_date(const struct token *t, struct moment *m)
{
    const char *p = t->text;
    switch (t->length) {
    case 12:
    case 14:
        m->year = number(p, 4);
        m->month = number(p + 4, 2);
        m->day = number(p + 6, 2);
        m->hour = number(p + 8, 2);
        m->minute = number(p + 10, 2);
        m->second = t->length == 14 ? number(p + 12, 2) : 0;
        return true;
    case 8:
        m->year = t->value / 10000;
        break;
    case 7:
        m->year = t->value / 1000;
        return moment_day_of_year(m, t->value % 1000);
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

/* "-W07-2", "W072" or "-W07" at *TOKEN, which moves behind it. */
static bool iso_week(const struct token **token, const struct token *end,
                     struct moment *m)
{
    const struct token *t = *token;
    t += date_is_sign(t, end, "-");
    if (t >= end || t->kind != TOKEN_WORD || t->length != 1 || (*t->text | 32) != 'w' ||
        !date_is_number(t + 1, end, 2, 3)) {
        return false;
    }
    int week = t[1].value, day = 1;
    if (t[1].length == 3) {
        day = week % 10;
        week /= 10;
    } else if (date_is_sign(t + 2, end, "-") && date_is_number(t + 3, end, 1, 1)) {
        day = t[3].value;
        t += 2;
    }
    *token = t + 2;
    return moment_week(m, week, day);
}

bool date_iso_read(const struct token *t, const struct token *end, struct moment *m)
{
    if (date_is_number(t, end, 6, 14) && compact_date(t, m)) {
        return t->length > 8 ? zone_or_end(t + 1, end, m) : iso_clock(t + 1, end, m);
    }
    bool century = date_is_sign(t, end, "-") && date_is_number(t + 1, end, 2, 2);
    t += century;
    bool year = date_is_number(t, end, 4, 4) ||
                (date_is_number(t, end, 2, 2) && date_is_sign(t + 1, end, "-") &&
                 date_is_number(t + 2, end, 2, 2));
    if (!year) {
        return false;
    }
    m->year = moment_full_year(t);
    m->month = m->day = 1;
    t++;
    if (t == end) {
        return !century && t[-1].length == 4;
    }
    if (date_is_sign(t, end, "-") && date_is_number(t + 1, end, 3, 3)) {
        return moment_day_of_year(m, t[1].value) && iso_clock(t + 2, end, m);
    }
    if (iso_week(&t, end, m)) {
        return iso_clock(t, end, m);
    }
    if (!date_is_sign(t, end, "-/.:") || !date_is_number(t + 1, end, 1, 2)) {
        return false;
    }
    m->month = t[1].value;
    t += 2;
    if (date_is_sign(t, end, "-/.:") && date_is_number(t + 1, end, 1, 2)) {
        m->day = t[1].value;
        t += 2;
    }
    return iso_clock(t, end, m);
}
