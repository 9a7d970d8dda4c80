/* The C library's own dates are long or short, never what a screen wants; so the order of day
 * and month, and whether hours go to twelve, are looked up in the locale's formats. */
#define LOG_MODULE "clock"
#include "show/clockface.h"

#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "show/freshness.h"

enum {
    SMALL_PERCENT = 27, /* of the lane's height */
    LOGO_PERCENT = 25,  /* of its width, at most */
    TIME_PERCENT = 130  /* of the small text */
};

static locale_t open_locale(const char *name)
{
    bool system = strcmp(name, "system") == 0;
    char full[64];
    snprintf(full, sizeof full, "%s%s", system ? "" : name,
             system || strchr(name, '.') ? "" : ".UTF-8");
    locale_t locale = newlocale(LC_TIME_MASK | LC_CTYPE_MASK, full, (locale_t)0);
    if (!locale && !system) {
        log_warning("locale = %s is not installed here: dates are in English; "
                    "`locale -a` lists those that are",
                    name);
    }
    return locale ? locale : newlocale(LC_TIME_MASK, "C", (locale_t)0);
}

void clockface_init(struct clockface *face, const struct lane_setup *setup,
                    struct sheet *sheet)
{
    *face = (struct clockface){.setup = setup, .sheet = sheet};
    const char *zone = setup->display->timezone;
    if (setup->telling) {
        face->locale = duplocale(setup->telling->locale);
        return;
    }
    face->locale = open_locale(setup->display->locale);
    if (strcmp(zone, "system") != 0 && !clock_set_zone(zone)) {
        log_warning("timezone = %s is not known here: the clock has the system's", zone);
    }
}

void clockface_fini(struct clockface *face)
{
    if (face->locale) {
        freelocale(face->locale);
    }
    *face = (struct clockface){0};
}

static void write_out(const struct clockface *face, int64_t at, const char *format,
                      char out[CLOCKFACE_BYTES])
{
    struct tm local;
    clock_local(at, &local);
    out[0] = '\0';
    if (face->locale && clock_known(at)) {
        strftime_l(out, CLOCKFACE_BYTES, format, &local, face->locale);
    }
}

void clockface_time(const struct clockface *face, int64_t at, char out[CLOCKFACE_BYTES])
{
    const char *usual = face->locale ? nl_langinfo_l(T_FMT, face->locale) : "%H";
    bool twelve = strstr(usual, "%r") || strstr(usual, "%I") || strstr(usual, "%l");
    write_out(face, at, twelve ? "%-I:%M %p" : "%H:%M", out);
}

void clockface_date(const struct clockface *face, int64_t at, char out[CLOCKFACE_BYTES])
{
    const char *usual = face->locale ? nl_langinfo_l(D_FMT, face->locale) : "%d";
    const char *day = strstr(usual, "%d"), *month = strstr(usual, "%m");
    /* What has words of its own between the numbers (年, 월) is written so in full. */
    bool words = (unsigned char)usual[strcspn(usual, "\xE5\xEB")] != 0;
    bool month_first = month && day && month < day;
    write_out(face, at, words ? usual : month_first ? "%a, %b %-d" : "%a %-d %b", out);
}

void clockface_begin(struct clockface *face, int64_t at)
{
    face->at = at;
    face->step = 0;
    face->right_px = 0;
    face->bare = false;
    sheet_begin(face->sheet);
}

/* As high as a card's label. */
static enum album_state ask_logo(const struct clockface *face, struct picture **logo)
{
    const struct lane_setup *setup = face->setup;
    int h = lane_text_px(setup, setup->area.h * SMALL_PERCENT / 100) * 17 / 10;
    int widest = setup->area.w * LOGO_PERCENT / 100;
    struct album_wish wish = {.address = setup->display->logo,
                              .source = CONFIG_SOURCES,
                              .use = PICTURE_LOGO,
                              .w = h * LANE_LOGO_SHARE < widest ? h * LANE_LOGO_SHARE
                                                                : widest,
                              .h = h};
    return album_get(setup->album, &wish, logo);
}

bool clockface_has_logo(const struct clockface *face)
{
    struct picture *logo;
    return ask_logo(face, &logo) == ALBUM_HERE;
}

/* Adds the logo left of what is there already, its middle MIDDLE_Y px from the top. */
static void add_logo(struct clockface *face, int middle_y)
{
    struct picture *logo;
    face->bare = ask_logo(face, &logo) == ALBUM_AWAITED;
    if (logo && logo->w <= face->right_px) {
        sheet_add_picture(face->sheet, logo, face->right_px - logo->w,
                          middle_y - logo->h / 2);
    }
}

/* Adds WORDS left of what is there already, if there is room, KEEP px not counted. */
static void add(struct clockface *face, const char *words, int em_px, int baseline,
                SDL_Color colour, int keep)
{
    struct text *type = typecase_label(face->setup->type, em_px);
    int gap = em_px * 8 / 10, room = face->right_px - keep;
    struct line *line = type && *words ? text_lay(type, words, 0) : NULL;
    if (!line || layout_width_px(line) > room) {
        free(line);
        return;
    }
    int x = face->right_px - layout_width_px(line);
    sheet_add_line(face->sheet, type, line, x, baseline, colour);
    face->right_px = x - gap;
}

bool clockface_step(struct clockface *face)
{
    const struct lane_setup *setup = face->setup;
    const struct theme *theme = setup->theme;
    int h = setup->area.h,
        side = setup->stage->w < setup->stage->h ? setup->stage->w : setup->stage->h;
    int small = lane_text_px(setup, h * SMALL_PERCENT / 100),
        time = small * TIME_PERCENT / 100;
    /* The capitals stand on the same line as those of a card's label. */
    int baseline =
        side * theme->margin_percent / 100 + small * 17 / 20 + small * 36 / 100;
    baseline = baseline < h - small / 4 ? baseline : h - small / 4;
    char words[CLOCKFACE_BYTES], mark[FRESHNESS_BYTES];
    struct picture *logo;
    switch (face->step++) {
    case 0:
        face->right_px = setup->area.w - side * theme->margin_percent / 100;
        clockface_time(face, face->at, words);
        add(face, words, time, baseline, theme->headline, 0);
        return true;
    case 1:
        clockface_date(face, face->at, words);
        add(face, words, small, baseline, theme->muted, 0);
        return true;
    case 2:
        freshness_mark(setup, freshness_of_all(setup, face->at), face->at, mark);
        add(face, mark, small, baseline, theme->muted, 0);
        return true;
    case 3:
        /* Where there is not room for both, the logo says more than the title. */
        ask_logo(face, &logo);
        add(face, setup->display->title, small, baseline, theme->headline,
            logo ? logo->w : 0);
        return true;
    case 4:
        add_logo(face, baseline - small * 36 / 100);
        return true;
    default:
        sheet_close(face->sheet);
        return false;
    }
}
