/* Steps: measure the headline and the deck part by part, choose sizes by arithmetic, then lay
 * one line out at a time. */
#include "show/story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "show/freshness.h"
#include "show/plate.h"

enum {
    DECK_LINES = 3,
    LINE_PERCENT = 118, /* from baseline to baseline, of the em */
    DECK_LINE_PERCENT = 140,
    CAPITAL_PERCENT = 72, /* about the height of capitals */
    DESCENT_PERCENT = 24,
    TOP_PERCENT = 46,  /* of the width, that label and age may take beside a clock */
    MODULE_MIN_PX = 3, /* a smaller square no telephone reads from a distance */
    MINUTE = 60,
    HOUR = 60 * MINUTE,
    DAY = 24 * HOUR
};

/* What is tried, one after another: per cent of the largest size, and lines at most. */
static const struct {
    int percent, lines;
} sizes[] = {{100, 4}, {84, 4}, {70, 5}, {58, 7}, {48, 7}, {40, 7}};

enum step { MEASURE, MEASURE_DECK, CODE, CHOOSE, TOP, HEADLINE, DECK, DONE };

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

const char *story_age(const struct headline *headline, int64_t at,
                      char out[STORY_AGE_BYTES])
{
    int64_t time = headline->published != HEADLINE_NO_TIME ? headline->published
                                                           : headline->first_seen;
    out[0] = '\0';
    if (time == HEADLINE_NO_TIME || at < time || !clock_known(at)) {
        return out;
    }
    int64_t age = at - time;
    if (age < MINUTE) {
        snprintf(out, STORY_AGE_BYTES, "now");
    } else if (age < HOUR) {
        snprintf(out, STORY_AGE_BYTES, "%d min", (int)(age / MINUTE));
    } else if (age < 2 * DAY) {
        snprintf(out, STORY_AGE_BYTES, "%d h", (int)(age / HOUR));
    } else {
        snprintf(out, STORY_AGE_BYTES, "%lld d", (long long)(age / DAY));
    }
    return out;
}

static void add_top(struct story *story);

void story_init(struct story *story, const struct lane_setup *setup, struct sheet *sheet,
                bool card)
{
    const struct theme *theme = setup->theme;
    struct story_frame *frame = &story->frame;
    int w = setup->area.w, h = setup->area.h;
    int side = least(setup->stage->w, setup->stage->h);
    bool tall = h > w;
    int unit = card ? least(h, w * (tall ? 85 : 62) / 100) : least(h * 3, w * 3 / 4);
    *story = (struct story){.setup = setup, .sheet = sheet, .card = card, .tall = tall};
    story->top = add_top;
    frame->margin = side * theme->margin_percent / 100 * (card ? 100 : 50) / 100;
    frame->gap = side * theme->gap_percent / 100 * (card ? 100 : 50) / 100;
    frame->headline_px = lane_text_px(setup, unit * theme->headline_percent / 100);
    frame->small_px = frame->headline_px * theme->small_percent / 100;
    frame->deck_px = frame->headline_px * theme->deck_percent / 100;
    frame->small_px = most(frame->small_px, 1);
    frame->deck_px = most(frame->deck_px, 1);
    frame->top_y = frame->margin;
    frame->top_h = frame->small_px * 17 / 10;
    frame->body_y = frame->top_y + frame->top_h + frame->gap;
    frame->body_bottom = h - frame->margin * 2 / 3;
    frame->headline = card ? theme->headline : theme->text;
    frame->deck = card ? theme->deck : theme->text;
    frame->muted = card ? theme->muted : theme->text;
}

void story_fini(struct story *story)
{
    picture_drop(story->picture);
    story->picture = NULL;
}

enum album_state story_ask(const struct story *story, const struct headline *headline)
{
    struct picture *picture;
    return plate_get(story, headline, &picture);
}

void story_begin(struct story *story, const struct headline *headline, int64_t at)
{
    const struct lane_setup *setup = story->setup;
    struct text *type = typecase_get(setup->type, story->frame.headline_px);
    struct text *deck = typecase_get(setup->type, story->frame.deck_px);
    story->headline = headline;
    story->at = at;
    story->qr.side = 0;
    story_fini(story);
    sheet_begin(story->sheet);
    if (!headline || !type || !deck) {
        story->step = DONE;
        return;
    }
    story->step = MEASURE;
    plate_get(story, headline, &story->picture);
    picture_hold(story->picture);
    wrap_begin(&story->wrap, type, headline_get(headline, HEADLINE_TEXT));
    wrap_begin(&story->deck_wrap, deck,
               story->card ? headline_get(headline, HEADLINE_SUMMARY) : "");
}

/* --- Sizes and places --------------------------------------------------------------------- */

/* Beside the text, or on a tall card below it, in the corner where reading ends. */
static void place_code(struct story *story)
{
    struct story_frame *frame = &story->frame;
    int w = story->setup->area.w, size = plate_code_px(story);
    story->code = (SDL_Rect){0};
    if (!story->card ||
        !qr_make(&story->qr, headline_get(story->headline, HEADLINE_LINK))) {
        return;
    }
    int modules = story->qr.side + 8, module = size / modules;
    if (module < MODULE_MIN_PX) {
        story->qr.side = 0;
        return;
    }
    size = module * modules;
    story->code = (SDL_Rect){story->wrap.rtl ? frame->margin : w - frame->margin - size,
                             frame->body_bottom - size, size, size};
}

static int em_of(const struct story *story, size_t i)
{
    return most(story->frame.headline_px * sizes[i].percent / 100, 1);
}

/* Px from the top of a headline's first line to the bottom of its last. */
static int height_of(size_t lines, int em, int percent)
{
    return lines ? em * (CAPITAL_PERCENT + DESCENT_PERCENT) / 100 +
                       (int)(lines - 1) * em * percent / 100
                 : 0;
}

/* The deck in the room below the headline; it may have none. */
static void choose_deck(struct story *story, int left_px)
{
    int em = story->frame.deck_px, one = em * DECK_LINE_PERCENT / 100;
    size_t lines = left_px < one ? 0 : (size_t)least(left_px / one, DECK_LINES);
    story->deck_width = story->width;
    story->deck_lines = 0;
    if (lines > 0) {
        story->deck_lines = wrap_break(&story->deck_wrap, em, story->deck_width, lines,
                                       story->deck_line, &story->deck_whole);
    }
}

/* A headline that fits but would leave its deck no line is not set smaller for it: the
 * headline is what can be read from afar. */
static void choose(struct story *story)
{
    const struct story_frame *frame = &story->frame;
    int beside = story->tall ? 0 : most(story->code.w, story->plate.w);
    int below = story->tall ? story->code.h : 0, above = story->tall ? story->plate.h : 0;
    int top = frame->body_y + (above ? above + frame->gap : 0);
    int room = frame->body_bottom - top - below - (below ? frame->gap : 0);
    int w = story->setup->area.w, h = 0;
    story->width = w - 2 * frame->margin - (beside ? beside + frame->gap : 0);
    bool deck = story->deck_wrap.count > 0;
    int for_deck = deck ? frame->gap + frame->deck_px * DECK_LINE_PERCENT / 100 : 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int em = story->headline_em = em_of(story, i);
        int line = em * LINE_PERCENT / 100, fit = most(room / line, 1);
        size_t limit = (size_t)least(fit, sizes[i].lines);
        story->lines = wrap_break(&story->wrap, em, story->width, limit, story->at_line,
                                  &story->whole);
        h = height_of(story->lines, em, LINE_PERCENT);
        if (story->whole && h + for_deck <= room) {
            break;
        }
    }
    if (story->whole) {
        int width =
            wrap_balance(&story->wrap, story->headline_em, story->width, story->lines);
        bool whole;
        story->lines = wrap_break(&story->wrap, story->headline_em, width, story->lines,
                                  story->at_line, &whole);
    }
    choose_deck(story, room - h - frame->gap);
    int deck_h = height_of(story->deck_lines, frame->deck_px, DECK_LINE_PERCENT);
    int used = h + (deck_h ? frame->gap + deck_h : 0);
    story->x = story->wrap.rtl && beside ? beside + frame->gap : 0;
    story->x += frame->margin;
    story->y = top + most(room - used, 0) * 2 / 5;
    story->line = 0;
}

/* --- Marks -------------------------------------------------------------------------------- */

static void add_line(struct story *story, const struct wrap *wrap, struct text *type,
                     struct wrap_line part, bool rest, SDL_Color colour)
{
    struct line *line = wrap_lay(wrap, type, part, story->width, rest);
    int x = story->x;
    if (line && wrap->rtl) {
        x += story->width - layout_width_px(line);
    }
    sheet_add_line(story->sheet, type, line, x, story->y, colour);
}

int story_add_chip(struct story *story, const char *words, int x, int room,
                   SDL_Color fill, SDL_Color ink)
{
    const struct story_frame *frame = &story->frame;
    struct text *type = typecase_label(story->setup->type, frame->small_px);
    int pad = frame->small_px * 6 / 10, radius = frame->small_px / 5;
    struct line *line = type && *words && room > 0 ? text_lay(type, words, room) : NULL;
    if (!line) {
        return x;
    }
    int w = layout_width_px(line) + 2 * pad;
    sheet_add_chip(story->sheet, (SDL_Rect){x, frame->top_y, w, frame->top_h}, radius,
                   fill);
    sheet_add_line(story->sheet, type, line, x + pad, story_top_baseline(story, type),
                   ink);
    return x + w + pad;
}

int story_top_baseline(const struct story *story, struct text *type)
{
    return story->frame.top_y + (story->frame.top_h + faces_capital_px(type->faces)) / 2;
}

/* How old it is, and, where its source is stale, since when; where little room is left beside a
 * chip, only what matters more. */
static struct line *lay_age(const struct story *story, struct text *type, int room)
{
    const struct lane_setup *setup = story->setup;
    const struct headline *headline = story->headline;
    char age[STORY_AGE_BYTES], mark[FRESHNESS_BYTES];
    char words[STORY_AGE_BYTES + FRESHNESS_BYTES + sizeof " · "];
    freshness_mark(setup, freshness_of(setup, headline->source, story->at), story->at,
                   mark);
    bool narrow = story->card && !story->tall;
    if (headline->flash && narrow) {
        age[0] = '\0';
    } else {
        story_age(headline, story->at, age);
    }
    snprintf(words, sizeof words, "%s%s%s", age, *age && *mark ? " · " : "", mark);
    struct line *line = *words ? text_lay(type, words, 0) : NULL;
    if (line && *mark && *age && layout_width_px(line) > room / 2) {
        free(line);
        line = text_lay(type, mark, 0);
    }
    return line;
}

/* The source's logo in place of its label, on a chip where it has a colour; returns where to go on.
 */
static int add_logo(struct story *story, struct picture *logo, int x, int pad)
{
    const struct story_frame *frame = &story->frame;
    SDL_Rect chip = {x, frame->top_y, logo->w + 2 * pad, frame->top_h};
    if (pad > 0) {
        sheet_add_chip(story->sheet, chip, frame->small_px / 5,
                       lane_label(story->setup, story->headline)->fill);
    }
    sheet_add_picture(story->sheet, logo, x + pad, chip.y + (chip.h - logo->h) / 2);
    return x + chip.w;
}

/* Label and age: on the left, where no clock is. */
static void add_top(struct story *story)
{
    const struct lane_setup *setup = story->setup;
    const struct story_frame *frame = &story->frame;
    struct text *type = typecase_label(setup->type, frame->small_px);
    char words[LANE_LABEL_BYTES];
    if (!type) {
        return;
    }
    const struct lane_label *label = lane_label(setup, story->headline);
    int pad = frame->small_px * 6 / 10, x = frame->margin;
    int end = story->card && !story->tall ? setup->area.w * TOP_PERCENT / 100
                                          : setup->area.w - x;
    struct line *aged = lay_age(story, type, end - x);
    int room = end - 3 * pad - (aged ? layout_width_px(aged) : 0);
    if (story->headline->flash) {
        x = story_add_chip(story, setup->theme->flash_word, x, room - x,
                           setup->theme->flash, setup->theme->flash_text);
    }
    struct picture *logo = lane_logo(setup, story->headline, frame->top_h);
    int logo_pad = label->ground ? pad : 0;
    if (logo && x + logo->w + 2 * logo_pad <= room + 2 * pad) {
        x = add_logo(story, logo, x, logo_pad) + pad;
    } else {
        lane_label_text(setup, story->headline, words);
        x = story_add_chip(story, words, x, room - x, label->fill, label->ink);
    }
    sheet_add_line(story->sheet, type, aged, x, story_top_baseline(story, type),
                   frame->muted);
}

static bool add_headline(struct story *story)
{
    struct text *type = typecase_get(story->setup->type, story->headline_em);
    int em = story->headline_em;
    if (!type || story->line == story->lines) {
        return false;
    }
    story->y += story->line == 0 ? em * CAPITAL_PERCENT / 100 : em * LINE_PERCENT / 100;
    size_t i = story->line++;
    add_line(story, &story->wrap, type, story->at_line[i],
             !story->whole && story->line == story->lines, story->frame.headline);
    return true;
}

static bool add_deck(struct story *story)
{
    const struct story_frame *frame = &story->frame;
    struct text *type = typecase_get(story->setup->type, frame->deck_px);
    if (!type || story->line == story->deck_lines) {
        return false;
    }
    story->y += story->line == 0 ? story->headline_em * DESCENT_PERCENT / 100 +
                                       frame->gap + frame->deck_px * CAPITAL_PERCENT / 100
                                 : frame->deck_px * DECK_LINE_PERCENT / 100;
    size_t i = story->line++;
    add_line(story, &story->deck_wrap, type, story->deck_line[i],
             !story->deck_whole && story->line == story->deck_lines, frame->deck);
    return true;
}

bool story_step(struct story *story)
{
    switch ((enum step)story->step) {
    case MEASURE:
        story->step += !wrap_measure(&story->wrap);
        return true;
    case MEASURE_DECK:
        story->step += !wrap_measure(&story->deck_wrap);
        return true;
    case CODE:
        place_code(story);
        story->plate = plate_place(story);
        break;
    case CHOOSE:
        choose(story);
        break;
    case TOP:
        story->top(story);
        if (story->picture) {
            sheet_add_picture(story->sheet, story->picture, story->plate.x,
                              story->plate.y);
            story_fini(story);
        }
        if (story->qr.side) {
            sheet_add_code(story->sheet, &story->qr, story->code);
        }
        break;
    case HEADLINE:
        if (add_headline(story)) {
            return true;
        }
        story->line = 0;
        break;
    case DECK:
        if (add_deck(story)) {
            return true;
        }
        break;
    case DONE:
        sheet_close(story->sheet);
        return false;
    }
    story->step++;
    return true;
}
