/* Calendar arithmetic is done here with eras of 400 years (146,097 days) instead of libc,
 * which would bring time zones, locales and static buffers into pure code. */
#include "base/clock.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { DAY_SECONDS = 86400, ERA_DAYS = 146097, DAYS_0000_TO_1970 = 719468 };

static bool frozen;
static int64_t frozen_at;

int64_t clock_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t clock_ms(void)
{
    return clock_us() / 1000;
}

void clock_sleep_until(int64_t deadline_us)
{
    struct timespec t = {.tv_sec = (time_t)(deadline_us / 1000000),
                         .tv_nsec = (long)(deadline_us % 1000000) * 1000};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

int64_t clock_wall(void)
{
    if (frozen) {
        return frozen_at;
    }
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec;
}

bool clock_known(int64_t at)
{
    static const int64_t floor = 1704067200; /* 2024: this program is no older */
    return frozen || at >= floor;
}

void clock_freeze(int64_t at)
{
    frozen = true;
    frozen_at = at;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* The year begins in March here, so that the leap day is its last. */
int64_t clock_from_civil(int64_t year, int month, int day, int hour, int minute,
                         int second)
{
    int64_t y = year - (month <= 2);
    int64_t era = floor_div(y, 400);
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    int64_t days = era * ERA_DAYS + day_of_era - DAYS_0000_TO_1970 + day - 1;
    return days * DAY_SECONDS + hour * 3600 + minute * 60 + second;
}

char *clock_format(int64_t at, char out[CLOCK_TEXT_BYTES])
{
    int64_t days = floor_div(at, DAY_SECONDS);
    int second = (int)(at - days * DAY_SECONDS);
    days += DAYS_0000_TO_1970;
    int64_t era = floor_div(days, ERA_DAYS);
    int64_t doe = days - era * ERA_DAYS;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int day = (int)(doy - (153 * mp + 2) / 5 + 1);
    int month = (int)(mp < 10 ? mp + 3 : mp - 9);
    int64_t year = yoe + era * 400 + (month <= 2);
    out[0] = '\0';
    if (year >= 0 && year <= 9999) {
        snprintf(out, CLOCK_TEXT_BYTES, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)year,
                 month, day, second / 3600, second / 60 % 60, second % 60);
    }
    return out;
}

/* Digits at TEXT by the pattern (d = digit, others literal); returns the length or 0. */
static size_t match(const char *text, const char *pattern)
{
    size_t i = 0;
    for (; pattern[i]; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (pattern[i] == 'd' ? !digit : text[i] != pattern[i]) {
            return 0;
        }
    }
    return i;
}

static int two(const char *p)
{
    return (p[0] - '0') * 10 + (p[1] - '0');
}

static int zone_seconds(const char *p, int *seconds)
{
    if ((*p == 'Z' || *p == 'z') && p[1] == '\0') {
        *seconds = 0;
        return 0;
    }
    if ((*p != '+' && *p != '-') || !match(p + 1, "dd:dd") || p[6] != '\0' ||
        two(p + 1) > 23 || two(p + 4) > 59) {
        return -1;
    }
    int s = two(p + 1) * 3600 + two(p + 4) * 60;
    *seconds = *p == '-' ? -s : s;
    return 0;
}

static int days_of_month(int year, int month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

int clock_parse(const char *text, int64_t *at)
{
    if (!match(text, "dddd-dd-dd") ||
        (text[10] != 'T' && text[10] != 't' && text[10] != ' ') ||
        !match(text + 11, "dd:dd:dd")) {
        return -1;
    }
    int year = two(text) * 100 + two(text + 2), month = two(text + 5),
        day = two(text + 8);
    int hour = two(text + 11), minute = two(text + 14), second = two(text + 17);
    if (month < 1 || month > 12 || day < 1 || day > days_of_month(year, month) ||
        hour > 23 || minute > 59 || second > 60) {
        return -1;
    }
    const char *p = text + 19;
    if (*p == '.') {
        size_t digits = strspn(p + 1, "0123456789");
        if (digits == 0) {
            return -1;
        }
        p += 1 + digits;
    }
    int zone;
    if (zone_seconds(p, &zone)) {
        return -1;
    }
    *at = clock_from_civil(year, month, day, hour, minute, second) - zone;
    return 0;
}

void clock_local(int64_t at, struct tm *local)
{
    time_t time = (time_t)at;
    *local = (struct tm){0};
    localtime_r(&time, local);
}

/* The C library takes any name without complaint, and shows UTC for one it does not know. */
bool clock_set_zone(const char *name)
{
    char path[256];
    int length = snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
    bool known = length < (int)sizeof path && !strstr(name, "..") && name[0] != '/' &&
                 access(path, R_OK) == 0;
    if (known) {
        setenv("TZ", name, 1);
        tzset();
    }
    return known;
}
