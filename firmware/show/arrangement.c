/* Per cent become px edge by edge, not by widths, so that no gap opens between neighbours. */
#include "show/arrangement.h"

#include <math.h>
#include <string.h>

#include "base/config_fault.h"
#include "desk/view.h"
#include "show/embedded.h"
#include "show/lane.h"

enum {
    TAPE_ASPECT = 5,
    COMFORTABLE_WPM = 200, /* more only practised readers follow on a moving line */
    USUAL_ROWS = 1080,     /* where px are to be judged and no screen is there */
    USUAL_TEXT_PERCENT = 60
};

enum shape { SHAPE_ANY, SHAPE_TALL, SHAPE_TAPE };

/* The first that fits counts. */
static const struct {
    const char *name;
    enum shape shape;
    const unsigned char *begin, *end;
} layouts[] = {
    {"newsroom", SHAPE_TAPE, embedded_tape, embedded_tape_end},
    {"newsroom", SHAPE_TALL, embedded_newsroom_tall, embedded_newsroom_tall_end},
    {"newsroom", SHAPE_ANY, embedded_newsroom, embedded_newsroom_end},
    {"tape", SHAPE_ANY, embedded_tape, embedded_tape_end},
    {"wall", SHAPE_ANY, embedded_wall, embedded_wall_end},
    {"lower-third", SHAPE_ANY, embedded_lower_third, embedded_lower_third_end},
};

bool arrangement_choose(struct config *config, int w, int h)
{
    enum shape shape = w > TAPE_ASPECT * h ? SHAPE_TAPE : h > w ? SHAPE_TALL : SHAPE_ANY;
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        bool fits = layouts[i].shape == SHAPE_ANY || layouts[i].shape == shape;
        if (fits && strcmp(layouts[i].name, config->display.layout) == 0) {
            config_read(config, layouts[i].name, (const char *)layouts[i].begin,
                        (size_t)(layouts[i].end - layouts[i].begin), NULL, NULL);
            break;
        }
    }
    return config->lane_count > 0;
}

SDL_Rect arrangement_place(const struct config_lane *lane, const double safe[4], int w,
                           int h)
{
    enum { TOP, RIGHT, BOTTOM, LEFT };
    const double *area = lane->area;
    double left = w * safe[LEFT] / 100, top = h * safe[TOP] / 100;
    double across = w * (100 - safe[LEFT] - safe[RIGHT]) / 100;
    double down = h * (100 - safe[TOP] - safe[BOTTOM]) / 100;
    int x = (int)lround(left + across * area[0] / 100);
    int y = (int)lround(top + down * area[1] / 100);
    int right = (int)lround(left + across * (area[0] + area[2]) / 100);
    int bottom = (int)lround(top + down * (area[1] + area[3]) / 100);
    if (lane->motion == MOTION_CRAWL) {
        x = area[0] <= 0 ? 0 : x;
        right = area[0] + area[2] >= 100 ? w : right;
    }
    return (SDL_Rect){x, y, right - x > 1 ? right - x : 1,
                      bottom - y > 1 ? bottom - y : 1};
}

static bool overlap(const struct config_lane *a, const struct config_lane *b)
{
    static const double touch = 0.001;
    if (a->motion == MOTION_CLOCK || b->motion == MOTION_CLOCK) {
        return false;
    }
    return a->area[0] + touch < b->area[0] + b->area[2] &&
           b->area[0] + touch < a->area[0] + a->area[2] &&
           a->area[1] + touch < b->area[1] + b->area[3] &&
           b->area[1] + touch < a->area[1] + a->area[3];
}

struct judging {
    const char *file;
    config_fault_fn *report;
    void *user;
    size_t faults;
};

static void say(struct judging *judging, const struct config_lane *lane, const char *text)
{
    judging->faults++;
    const char *file = lane->file ? lane->file : judging->file;
    judging->report(judging->user, &(struct config_fault){file, lane->line, text});
}

static bool is_source(const struct config *config, const char *name, size_t length)
{
    for (size_t i = 0; i < config->source_count; i++) {
        const char *one = config->sources[i].name;
        if (strlen(one) == length && memcmp(one, name, length) == 0) {
            return true;
        }
    }
    return false;
}

static void judge_sources(struct judging *judging, const struct config *config,
                          const struct config_lane *lane)
{
    char text[CONFIG_FAULT_BYTES];
    const char *name;
    size_t length;
    for (const char *at = lane->sources; (at = view_word(at, &name, &length));) {
        struct ini_text word = {name, length};
        if ((length != 1 || *name != '*') && !is_source(config, name, length)) {
            config_fault_text(text,
                              "sources: no [source \"%.*s\"]; allowed: the names of "
                              "[source] sections, between commas, or *",
                              config_fault_quoted(word), name);
            say(judging, lane, text);
        }
    }
}

static void judge_speed(struct judging *judging, const struct config_lane *lane)
{
    int h = (int)lround(lane->area[3] * USUAL_ROWS / 100);
    double wpm = lane_words_per_minute(lane, h, USUAL_TEXT_PERCENT);
    if (lane->motion == MOTION_CRAWL && wpm > COMFORTABLE_WPM) {
        char text[CONFIG_FAULT_BYTES];
        config_fault_text(text,
                          "speed: %.0f words a minute%s are hard to read; allowed: auto "
                          "(130 wpm), or up to %d wpm",
                          wpm, lane->speed.unit == UNIT_PX_PER_S ? " (on 1080 rows)" : "",
                          COMFORTABLE_WPM);
        say(judging, lane, text);
    }
}

size_t arrangement_judge(const struct config *config, const char *file,
                         config_fault_fn *report, void *user)
{
    struct judging judging = {file, report, user, 0};
    for (size_t i = 0; i < config->lane_count; i++) {
        const struct config_lane *lane = &config->lanes[i];
        judge_sources(&judging, config, lane);
        judge_speed(&judging, lane);
        for (size_t j = 0; j < i; j++) {
            if (overlap(lane, &config->lanes[j])) {
                char text[CONFIG_FAULT_BYTES];
                config_fault_text(text,
                                  "[lane \"%.60s\"] lies over [lane \"%.60s\"]; allowed: "
                                  "areas side by side",
                                  lane->name, config->lanes[j].name);
                say(&judging, lane, text);
            }
        }
    }
    return judging.faults;
}
