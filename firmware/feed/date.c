/* What nearly all feeds write is read by position. All else is cut into tokens: numbers, words,
 * signs. Dates that begin with a number of four digits and a sign are ISO's family and go by
 * position too; others by what each token looks like: a name of a month, a clock, a zone, a
 * number that can only be a day or a year. */
#include "feed/date.h"

#include <string.h>

#include "base/utf8.h"
#include "feed/date_iso.h"
#include "feed/date_moment.h"
#include "feed/date_names.h"
#include "feed/date_token.h"

enum { TEXT_BYTES = 128 };

struct guess {
    struct moment m;
    struct token numbers[3]; /* those that are day, month or year */
    int count;
    char sign; /* between the first two of them */
    bool clock_seen;
    bool day_first; /* said by a word */
    bool worded;    /* a word that means nothing here stood between the numbers */
    int era;        /* years before the first one of it */
};

static bool is_whole(const struct guess *g)
{
    return g->count == (g->m.month ? 2 : 3);
}

/* Dots and dashes have the day first all over the world; slashes, and blanks, are read in the
 * American order unless the first number cannot be a month. */
static bool place_three(struct guess *g)
{
    struct moment *m = &g->m;
    const struct token *n = g->numbers;
    if (g->worded) {
        return false;
    }
    if (n[0].length == 4 || g->era) {
        m->year = g->era + n[0].value;
        m->month = n[1].value;
        m->day = n[2].value;
        return n[0].length == 4 || n[0].length <= 2;
    }
    bool dotted = g->sign == '.' || g->sign == '-' || g->day_first;
    bool day_first = n[0].value > 12 || (dotted && n[1].value <= 12);
    m->month = n[day_first].value;
    m->day = n[!day_first].value;
    m->year = moment_full_year(&n[2]);
    return n[2].length == 2 || n[2].length == 4;
}

static bool place_numbers(struct guess *g)
{
    enum { BUDDHIST_LEAST = 2400, BUDDHIST_ERA = 543 };
    struct moment *m = &g->m;
    const struct token *n = g->numbers;
    if (!is_whole(g)) {
        return false;
    }
    if (!m->month) {
        return place_three(g);
    }
    bool swapped = n[0].length > 2 || n[0].value > 31;
    m->day = n[swapped].value;
    m->year = moment_full_year(&n[!swapped]);
    m->year -= m->year > BUDDHIST_LEAST ? BUDDHIST_ERA : 0;
    return n[swapped].length <= 2;
}

/* A name of a month counts again behind a number: "mar. 5 nov" began with a weekday. */
static void take_word(struct guess *g, const struct token *t)
{
    int value = 0;
    bool between = g->count > 0 && g->count < 3 && !g->clock_seen;
    switch (date_word_find(t->text, (size_t)t->length, &value)) {
    case DATE_MONTH:
        g->m.month = g->m.month && !g->count ? g->m.month : value;
        break;
    case DATE_HALF_DAY:
        g->m.half_day = value;
        break;
    case DATE_DAY_FIRST:
        g->day_first = true;
        break;
    case DATE_ERA:
        g->era = value;
        break;
    case DATE_PART:
        break;
    default:
        g->worded = g->worded || between;
        break;
    }
    int zone_s;
    if (date_word_country(t->text, (size_t)t->length, &zone_s)) {
        g->m.country_s = zone_s;
    }
}

/* A number that is neither part of a clock nor of a zone. */
static bool take_number(struct guess *g, const struct token *t, const struct token *end)
{
    if (g->count == 3 || t->length > 4) {
        return false;
    }
    if (g->count == 0 && t + 1 < end) {
        g->sign = *t[1].text;
    }
    g->numbers[g->count++] = *t;
    return true;
}

/* "0000" or "0200" behind the clock is a zone that lost its sign. */
static bool is_bare_offset(const struct guess *g, const struct token *t,
                           const struct token *end)
{
    return g->clock_seen && is_whole(g) && g->m.zone_s == MOMENT_NO_ZONE &&
           date_is_number(t, end, 4, 4) && t->value / 100 <= 14 && t->value % 100 < 60;
}

/* Whether SIGN at T stands before a number, and there is nothing it could part. */
static bool is_minus(const struct token *first, const struct token *t,
                     const struct token *end)
{
    return *t->text == '-' && date_is_number(t + 1, end, 1, 5) &&
           t[1].text == t->text + 1 &&
           (t == first || t[-1].text + t[-1].length < t->text);
}

static bool may_stand(const struct token *first, const struct token *t)
{
    if (*t->text == ':') {
        return t > first && (t[-1].kind == TOKEN_WORD || t[-1].length == 4);
    }
    return strchr(",.-/()'_", *t->text) != NULL;
}

/* One token, or a few, of a date that is not ISO's. False if it cannot belong to one. */
static bool take(struct guess *g, const struct token *first, const struct token **token,
                 const struct token *end)
{
    const struct token *t = *token;
    bool zone_may_come = g->clock_seen && g->m.zone_s == MOMENT_NO_ZONE;
    if (t->kind == TOKEN_WORD) {
        if (!zone_may_come || !moment_read_zone(token, end, &g->m)) {
            take_word(g, t);
            *token = *token > t ? *token : t + 1;
        }
        return true;
    }
    if (t->kind == TOKEN_NUMBER) {
        if (!g->clock_seen &&
            (moment_read_clock(token, end, &g->m) ||
             (is_whole(g) && moment_read_loose_clock(token, end, &g->m)))) {
            g->clock_seen = true;
            return true;
        }
        *token = t + 1;
        if (is_bare_offset(g, t, end)) {
            g->m.zone_s = t->value / 100 * 3600 + t->value % 100 * 60;
            return true;
        }
        return take_number(g, t, end);
    }
    bool parts = g->count && g->count < 3 && t > first && t[-1].kind == TOKEN_NUMBER &&
                 t[-1].text == g->numbers[g->count - 1].text &&
                 t[-1].text + t[-1].length == t->text;
    if (zone_may_come && !parts && moment_read_offset(token, end, &g->m)) {
        return true;
    }
    *token = t + 1;
    return may_stand(first, t) && !is_minus(first, t, end);
}

static bool free_date(const struct token *first, const struct token *end, int64_t *at)
{
    struct guess g = {.m = {.zone_s = MOMENT_NO_ZONE}};
    const struct token *t = first;
    while (t < end) {
        if (!take(&g, first, &t, end)) {
            return false;
        }
    }
    return place_numbers(&g) && moment_finish(&g.m, at);
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
    struct moment m = {.zone_s = MOMENT_NO_ZONE};
    const char *end = text + length;
    return (usual_rfc822(text, end, &m) || usual_rfc3339(text, end, &m)) &&
           m.year >= 1000 && m.hour < 24 && m.second < 60 && moment_finish(&m, at);
}

/* Digits of other scripts and full-width signs, as those of ASCII. Returns the length. */
static size_t to_ascii(const char *text, size_t length, char *out)
{
    static const uint32_t zeros[] = {0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10};
    size_t n = 0;
    for (size_t i = 0; i < length;) {
        uint32_t code;
        i += utf8_decode(text + i, length - i, &code);
        if (code < 0x80) {
            out[n++] = (char)code;
            continue;
        }
        bool wide = code >= 0xFF01 && code <= 0xFF5E;
        bool minus = code == 0x2212,
             blank = code == 0x3000 || code == 0xA0 || code == 0x202F;
        uint32_t ascii = wide ? code - 0xFF00 + ' ' : minus ? '-' : blank ? ' ' : code;
        ascii = code == 0x60C || code == 0x3001 ? ',' : ascii;
        for (size_t k = 0; k < sizeof zeros / sizeof *zeros; k++) {
            if (code >= zeros[k] && code < zeros[k] + 10) {
                ascii = '0' + code - zeros[k];
            }
        }
        /* The marks of direction that right-to-left dates are strewn with. */
        if (code != 0x200E && code != 0x200F) {
            n += utf8_encode(ascii, out + n);
        }
    }
    return n;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void trim(const char **text, size_t *length)
{
    while (*length && is_blank(**text)) {
        (*text)++;
        (*length)--;
    }
    while (*length && is_blank((*text)[*length - 1])) {
        (*length)--;
    }
}

/* Drupal's feeds have a whole <time datetime="..."> where the date should be: what it says, or
 * what stands in it. */
static void unwrap(const char **text, size_t *length)
{
    static const char attribute[] = "datetime=\"";
    const char *end = *text + *length;
    const char *from = memmem(*text, *length, attribute, sizeof attribute - 1);
    from = from ? from + sizeof attribute - 1 : memchr(*text, '>', *length);
    if (!from) {
        return;
    }
    from += from < end && *from == '>';
    const char *to = from;
    while (to < end && *to != '"' && *to != '<') {
        to++;
    }
    *text = from;
    *length = (size_t)(to - from);
}

/* TEXT is neither blank nor longer than TEXT_BYTES. */
static bool read_tokens(const char *text, size_t length, int64_t *at)
{
    struct token tokens[TOKENS];
    char ascii[3 * TEXT_BYTES]; /* a byte that is not UTF-8 grows to three */
    /* Java's ZonedDateTime adds the name of its zone in brackets. */
    const char *bracket = memchr(text, '[', length);
    length = bracket ? (size_t)(bracket - text) : length;
    length = to_ascii(text, length, ascii);
    const struct token *end = tokens + date_tokenize(ascii, (int)length, tokens);
    struct moment m = {.zone_s = MOMENT_NO_ZONE};
    if (date_iso_read(tokens, end, &m) && moment_finish(&m, at)) {
        return true;
    }
    return end > tokens && free_date(tokens, end, at);
}

bool date_parse(const char *text, size_t length, int64_t *at)
{
    if (usual_date(text, length, at)) {
        return true;
    }
    trim(&text, &length);
    if (length && *text == '<') {
        unwrap(&text, &length);
        trim(&text, &length);
    }
    if (length == 0 || length > TEXT_BYTES || memchr(text, '\0', length)) {
        return false;
    }
    return usual_date(text, length, at) || read_tokens(text, length, at);
}
