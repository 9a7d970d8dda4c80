/* The table of motions, and what lanes of all motions have in common. */
#include "show/lane.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "show/crawl.h"
#include "show/page.h"

enum { GROUNDED_PERCENT = 72 /* of a chip, that a logo on a colour is high */ };

/* About 130 words a minute: 11 characters a second of 0.48 em (Latin text with spaces). */
enum { READING_WPM = 130 };
#define READING_EM_PER_S 5.3

static const struct lane_motion *const motions[] = {
    [MOTION_CRAWL] = &crawl_motion, [MOTION_ROLL] = &page_roll,
    [MOTION_FLIP] = &page_flip,     [MOTION_CARD] = &page_card,
    [MOTION_CLOCK] = &page_clock,
};

bool lane_open(struct lane *lane, const struct lane_setup *setup)
{
    *lane = (struct lane){.motion = motions[setup->lane->motion],
                          .area = setup->area,
                          .name = setup->lane->name,
                          .percent = 100};
    enum config_motion motion = setup->lane->motion;
    bool card = motion == MOTION_CARD || motion == MOTION_CLOCK;
    lane->covers = motion == MOTION_CRAWL;
    lane->ground = card ? setup->theme->background : setup->theme->band;
    lane->own = lane->motion->open(setup);
    return lane->own != NULL;
}

void lane_close(struct lane *lane)
{
    if (lane->own) {
        lane_cover(lane, true);
        lane->motion->close(lane->own);
    }
    *lane = (struct lane){0};
}

void lane_adopt(struct lane *lane, const struct lane_setup *setup,
                const struct config_change *change)
{
    lane->name = setup->lane->name;
    lane->motion->adopt(lane->own, setup, change);
}

bool lane_renumber(struct headline *headline, const struct config_change *change)
{
    uint16_t number = headline ? config_change_of(change, headline->source) : CONFIG_GONE;
    if (headline) {
        headline->source =
            number == CONFIG_GONE ? (uint16_t)change->config->source_count : number;
    }
    return number != CONFIG_GONE;
}

void lane_rewire(struct lane_setup *own, const struct lane_setup *setup)
{
    own->lane = setup->lane;
    own->view = setup->view;
    own->labels = setup->labels;
    own->label_count = setup->label_count;
    own->stale_after_s = setup->stale_after_s;
}

void lane_advance(struct lane *lane, int64_t refreshes, int64_t at)
{
    lane->motion->advance(lane->own, refreshes, at);
}

static void keep_pace(struct lane *lane)
{
    lane->motion->pace(lane->own, lane->paused ? 0 : lane->percent);
}

void lane_set_speed(struct lane *lane, int percent)
{
    lane->percent = percent;
    keep_pace(lane);
}

void lane_pause(struct lane *lane, bool paused)
{
    lane->paused = paused;
    keep_pace(lane);
}

void lane_yield(struct lane *lane, SDL_Rect over)
{
    bool beneath = SDL_HasIntersection(&lane->area, &over) && over.y > lane->area.y;
    if (lane->motion->yield) {
        lane->motion->yield(lane->own, beneath ? over.y - lane->area.y : lane->area.h);
    }
}

enum work lane_work(struct lane *lane)
{
    return lane->motion->work(lane->own);
}

bool lane_hungry(const struct lane *lane)
{
    return lane->motion->hungry(lane->own);
}

bool lane_moved(const struct lane *lane)
{
    return lane->stale || lane->motion->moved(lane->own);
}

void lane_draw(struct lane *lane)
{
    lane->motion->draw(lane->own);
    lane->stale = false;
}

const struct headline *lane_aired(struct lane *lane)
{
    return lane->motion->aired(lane->own);
}

void lane_cover(struct lane *lane, bool covered)
{
    if (covered != lane->covered) {
        lane->covered = covered;
        lane->motion->reveal(lane->own, !covered);
    }
}

const struct lane_label *lane_label(const struct lane_setup *setup,
                                    const struct headline *headline)
{
    size_t last = setup->label_count - 1;
    return &setup->labels[headline->source < last ? headline->source : last];
}

const char *lane_label_text(const struct lane_setup *setup,
                            const struct headline *headline, char out[LANE_LABEL_BYTES])
{
    const char *text = lane_label(setup, headline)->name;
    if (!text || !*text) {
        text = headline_get(headline, HEADLINE_SOURCE);
    }
    size_t length = strlen(text);
    if (strcmp(setup->lane->label, "source") != 0) {
        bool none = strcmp(setup->lane->label, "none") == 0;
        text = headline_get(headline, HEADLINE_CATEGORIES);
        length = none ? 0 : strcspn(text, "\n");
    }
    if (length >= LANE_LABEL_BYTES) {
        length = utf8_floor(text, LANE_LABEL_BYTES - 1);
    }
    memcpy(out, text, length);
    out[length] = '\0';
    return out;
}

static struct picture *ask_logo(const struct lane_setup *setup, size_t source,
                                int chip_px)
{
    const struct lane_label *label = &setup->labels[source];
    struct picture *logo;
    if (!label->logo || !*label->logo || strcmp(setup->lane->label, "source") != 0) {
        return NULL;
    }
    int h = label->ground ? chip_px * GROUNDED_PERCENT / 100 : chip_px;
    struct album_wish wish = {.address = label->logo,
                              .source = (uint16_t)source,
                              .use = PICTURE_LOGO,
                              .w = h * LANE_LOGO_SHARE,
                              .h = h};
    album_get(setup->album, &wish, &logo);
    return logo;
}

struct picture *lane_logo(const struct lane_setup *setup, const struct headline *headline,
                          int chip_px)
{
    return ask_logo(setup, (size_t)(lane_label(setup, headline) - setup->labels),
                    chip_px);
}

void lane_ask_logos(const struct lane_setup *setup, int chip_px)
{
    for (size_t i = 0; i + 1 < setup->label_count; i++) {
        if (view_has_source(&setup->view, i)) {
            ask_logo(setup, i, chip_px);
        }
    }
}

int lane_text_px(const struct lane_setup *setup, int default_px)
{
    struct config_measure text = setup->lane->text;
    double px = text.unit == UNIT_PX        ? text.value
                : text.unit == UNIT_PERCENT ? text.value * setup->area.h / 100
                                            : default_px;
    px = px < setup->area.h ? px : setup->area.h;
    return px > 1 ? (int)px : 1;
}

double lane_words_per_minute(const struct config_lane *lane, int h_px, int text_percent)
{
    struct config_measure text = lane->text, speed = lane->speed;
    double em = text.unit == UNIT_PX        ? text.value
                : text.unit == UNIT_PERCENT ? text.value * h_px / 100
                                            : text_percent * h_px / 100.0;
    switch (speed.unit) {
    case UNIT_WPM:
        return speed.value;
    case UNIT_PX_PER_S:
        return em > 0 ? speed.value / (em * READING_EM_PER_S) * READING_WPM : 0;
    default:
        return READING_WPM;
    }
}

int lane_step_px(const struct lane_setup *setup, int text_px, int percent)
{
    struct config_measure speed = setup->lane->speed;
    if (percent == 0) {
        return 0;
    }
    if (speed.unit == UNIT_AUTO) {
        speed = (struct config_measure){READING_WPM, UNIT_WPM};
    }
    double px_per_s = speed.unit == UNIT_PX_PER_S
                          ? speed.value
                          : text_px * READING_EM_PER_S * speed.value / READING_WPM;
    double step = px_per_s / setup->stage->refresh_hz * percent / 100;
    return step < 1 ? 1 : (int)lround(step);
}
