/* Words and numbers in the orders that people write dates in; what looks like one but has no
 * year of four digits is none: "9/11" is not a day. */
#include "feed/page_when.h"

#include <stdio.h>
#include <string.h>

#include "feed/date.h"
#include "feed/date_names.h"
#include "feed/date_token.h"

enum { FIRST_YEAR = 1990, LAST_YEAR = 2079, WINDOW_BYTES = 72 };

/* A day found, and the first token behind it. */
struct found {
    int year, month, day;
    const struct token *behind;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool page_when_day(int year, int month, int day, int64_t *at)
{
    char text[16];
    if (year < FIRST_YEAR || year > LAST_YEAR || month > 12 || day > 31) {
        return false;
    }
    int n = snprintf(text, sizeof text, "%04d-%02d-%02d", year, month % 100, day % 100);
    return date_parse(text, (size_t)n, at);
}

static bool is_day(int year, int month, int day, const struct token *behind,
                   struct found *found)
{
    int64_t at;
    *found = (struct found){year, month, day, behind};
    return page_when_day(year, month, day, &at);
}

/* Beginning with TOKEN: month and day, or day and month, then the year. */
static bool worded_date(const struct token *t, const struct token *end,
                        struct found *found)
{
    enum { MOST_TOKENS = 7, SHORT_WORD = 3 };
    int month = 0, day = 0;
    for (int i = 0; t < end && i < MOST_TOKENS; t++, i++) {
        int value;
        if (t->kind == TOKEN_WORD) {
            bool named = date_word_find(t->text, (size_t)t->length, &value) == DATE_MONTH;
            if ((named && month && !day) || (!named && t->length > SHORT_WORD)) {
                return false;
            }
            month = named && !month ? value : month;
        } else if (date_is_number(t, end, 1, 2) && !day) {
            day = t->value;
        } else if (date_is_number(t, end, 4, 4)) {
            return month && day && is_day(t->value, month, day, t + 1, found);
        } else if (!date_is_sign(t, end, ".,-/")) {
            return false;
        }
    }
    return false;
}

static bool is_word(const struct token *t, const struct token *end, const char *word)
{
    return t < end && t->kind == TOKEN_WORD && (size_t)t->length == strlen(word) &&
           memcmp(t->text, word, (size_t)t->length) == 0;
}

/* Three numbers with signs between. */
static bool numbered_date(const struct token *t, const struct token *end,
                          bool month_first, struct found *found)
{
    if (end - t < 5 || t[0].kind != TOKEN_NUMBER || t[2].kind != TOKEN_NUMBER ||
        t[4].kind != TOKEN_NUMBER) {
        return false;
    }
    bool cjk = (is_word(t + 1, end, "年") && is_word(t + 3, end, "月")) ||
               (is_word(t + 1, end, "년") && is_word(t + 3, end, "월"));
    bool signs = date_is_sign(t + 1, end, "./-") && *t[1].text == *t[3].text;
    if (t[0].length == 4 && (cjk || signs)) {
        return is_day(t[0].value, t[2].value, t[4].value, t + 5, found);
    }
    if (!signs || t[4].length != 4 || t[0].length > 2 || t[2].length > 2) {
        return false;
    }
    bool swap = (*t[1].text == '/' && month_first && t[0].value <= 12) || t[2].value > 12;
    return swap ? is_day(t[4].value, t[0].value, t[2].value, t + 5, found)
                : is_day(t[4].value, t[2].value, t[0].value, t + 5, found);
}

/* Between the hour and the minute; the hours of East Asia are followed by a word. */
static bool parts_clock(const struct token *t, const struct token *end)
{
    return date_is_sign(t, end, ":") || is_word(t, end, "時") || is_word(t, end, "时") ||
           is_word(t, end, "시");
}

/* The day with the clock and zone that follow within a few words. */
static bool with_clock(const struct found *found, const struct token *end, int64_t *at)
{
    enum { BETWEEN = 4, CLOCK_TOKENS = 8 };
    const struct token *t = found->behind;
    for (int i = 0; i < BETWEEN && t < end && t->kind != TOKEN_NUMBER; i++) {
        t++;
    }
    if (!date_is_number(t, end, 1, 2) || !parts_clock(t + 1, end)) {
        return false;
    }
    const struct token *last = end - t > CLOCK_TOKENS ? t + CLOCK_TOKENS : end;
    for (; last - t >= 3; last--) {
        char text[WINDOW_BYTES + 16];
        size_t bytes = (size_t)(last[-1].text + last[-1].length - t->text);
        int n = snprintf(text, sizeof text, "%04d-%02d-%02d %.*s", found->year,
                         found->month % 100, found->day % 100, (int)bytes, t->text);
        if (n > 0 && (size_t)n < sizeof text && date_parse(text, (size_t)n, at)) {
            return true;
        }
    }
    return false;
}

static bool begins_token(const char *text, size_t i)
{
    bool digit = is_digit(text[i]);
    bool letter = ((text[i] | 0x20) >= 'a' && (text[i] | 0x20) <= 'z') ||
                  (unsigned char)text[i] >= 0xC0;
    if (!digit && !letter) {
        return false;
    }
    char before = i ? text[i - 1] : ' ';
    bool inside = is_digit(before) || ((before | 0x20) >= 'a' && (before | 0x20) <= 'z');
    return !inside && (digit || (unsigned char)before < 0x80);
}

bool page_when_find(const char *text, size_t length, bool month_first, int64_t *at)
{
    for (size_t i = 0; i < length; i++) {
        struct token tokens[TOKENS];
        struct found found;
        int value;
        if (!begins_token(text, i)) {
            continue;
        }
        size_t left = length - i < WINDOW_BYTES ? length - i : WINDOW_BYTES;
        int count = date_tokenize(text + i, (int)left, tokens);
        const struct token *end = tokens + count;
        bool number = count && tokens[0].kind == TOKEN_NUMBER;
        bool month = count && !number &&
                     date_word_find(tokens[0].text, (size_t)tokens[0].length, &value) ==
                         DATE_MONTH;
        if ((number && numbered_date(tokens, end, month_first, &found)) ||
            ((month || number) && worded_date(tokens, end, &found))) {
            return with_clock(&found, end, at) ||
                   page_when_day(found.year, found.month, found.day, at);
        }
    }
    return false;
}
