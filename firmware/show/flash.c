/* The sheet's memory is made one texture a frame, as clearing a whole screen's at once would
 * hold up the crawl of a slow board. */
#include "show/flash.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "show/clockface.h"

enum {
    TURN_S = 10,
    LEAD_S = 4, /* so long before its turn the next is made */
    TAPE_ASPECT = 5,
    LARGE_PX = 1 << 20,  /* whose memory takes as long to clear as a frame's budget */
    BANNER_PERCENT = 33, /* of the height, */
    TALL_PERCENT = 22    /* the same on an upright screen */
};

/* --- Places ------------------------------------------------------------------------------- */

static SDL_Rect banner_place(const struct stage *stage, SDL_Rect crawl, SDL_Rect safe)
{
    SDL_Rect at = {0, 0, stage->w, stage->h};
    if (stage->w > TAPE_ASPECT * stage->h) {
        return at;
    }
    int bottom = safe.y + safe.h;
    int h = stage->h * (stage->h > stage->w ? TALL_PERCENT : BANNER_PERCENT) / 100;
    if (crawl.w > 0 && crawl.y > stage->h / 2 && crawl.y >= h) {
        bottom = crawl.y;
    }
    at.h = h + (bottom == safe.y + safe.h ? stage->h - bottom : 0);
    at.y = bottom - h;
    return at;
}

static SDL_Rect safe_place(const struct stage *stage, const double safe[4])
{
    enum { TOP, RIGHT, BOTTOM, LEFT };
    int left = (int)lround(stage->w * safe[LEFT] / 100);
    int top = (int)lround(stage->h * safe[TOP] / 100);
    int right = (int)lround(stage->w * (100 - safe[RIGHT]) / 100);
    int bottom = (int)lround(stage->h * (100 - safe[BOTTOM]) / 100);
    return (SDL_Rect){left, top, right - left, bottom - top};
}

void flash_init(struct flash *flash, const struct lane_setup *setup, const char *style,
                SDL_Rect crawl, const double safe[4])
{
    static const struct config_lane lane = {.name = "flash", .label = "source"};
    const struct stage *stage = setup->stage;
    bool takeover = strcmp(style, "takeover") == 0;
    SDL_Rect inner = safe_place(stage, safe);
    *flash = (struct flash){.setup = *setup, .off = strcmp(style, "inline") == 0};
    flash->whole = takeover && stage->w <= TAPE_ASPECT * stage->h;
    flash->area = takeover ? (SDL_Rect){0, 0, stage->w, stage->h}
                           : banner_place(stage, crawl, inner);
    flash->setup.lane = &lane;
    SDL_IntersectRect(&flash->area, &inner, &flash->setup.area);
}

/* --- The top row: what it is, who says so, since when ---------------------------------------- */

static void add_top(struct story *story)
{
    const struct lane_setup *setup = story->setup;
    const struct theme *theme = setup->theme;
    const struct headline *headline = story->headline;
    int end = setup->area.w - story->frame.margin, pad = story->frame.small_px * 6 / 10;
    struct text *type = typecase_label(setup->type, story->frame.small_px);
    char words[LANE_LABEL_BYTES], time[CLOCKFACE_BYTES];
    if (!type) {
        return;
    }
    int x = story->frame.margin, baseline = story_top_baseline(story, type);
    x = story_add_chip(story, theme->flash_word, x, end - x - 2 * pad, theme->flash_text,
                       theme->flash);
    lane_label_text(setup, headline, words);
    struct line *line =
        *words && end - x > pad ? text_lay(type, words, (end - x) * 2 / 3) : NULL;
    if (line) {
        int w = layout_width_px(line);
        sheet_add_line(story->sheet, type, line, x, baseline, theme->flash_text);
        x += w + 2 * pad;
    }
    int64_t since = headline->published != HEADLINE_NO_TIME ? headline->published
                                                            : headline->first_seen;
    time[0] = '\0';
    if (since != HEADLINE_NO_TIME) {
        clockface_time(setup->telling, since, time);
    }
    char since_words[THEME_WORD_BYTES + CLOCKFACE_BYTES];
    SDL_snprintf(since_words, sizeof since_words, "%s %s", theme->since_word, time);
    line = *time ? text_lay(type, since_words, 0) : NULL;
    if (line && layout_width_px(line) > end - x) {
        free(line);
        line = NULL;
    }
    sheet_add_line(story->sheet, type, line, x, baseline, theme->flash_text);
}

/* --- Whose turn it is ----------------------------------------------------------------------- */

static bool is(const struct flash_turn *turn, const struct headline *headline)
{
    return turn->identity == headline->identity && turn->source == headline->source;
}

static struct flash_turn *turn_of(struct flash *flash, const struct headline *headline)
{
    size_t i = 0;
    while (i + 1 < flash->count && !is(&flash->turns[i], headline)) {
        i++;
    }
    return &flash->turns[i];
}

/* The one of LIST that is the same item as HEADLINE. */
static const struct headline *find(const struct headline *const *list, size_t count,
                                   const struct headline *headline)
{
    for (size_t i = 0; headline && i < count; i++) {
        if (list[i]->identity == headline->identity &&
            list[i]->source == headline->source) {
            return list[i];
        }
    }
    return NULL;
}

static bool same_words(const struct headline *a, const struct headline *b)
{
    return a->used == b->used && memcmp(a->at, b->at, sizeof a->at) == 0 &&
           memcmp(a->pool, b->pool, a->used) == 0;
}

static void forget(struct headline **headline)
{
    free(*headline);
    *headline = NULL;
}

static void come_down(struct flash *flash)
{
    flash->up = flash->setting = flash->urgent = false;
    sheet_fini(&flash->sheet);
    forget(&flash->now);
    forget(&flash->next);
}

static void go_up(struct flash *flash)
{
    const struct theme *theme = flash->setup.theme;
    sheet_plan(&flash->sheet, flash->setup.stage, flash->setup.area, theme->flash);
    story_init(&flash->story, &flash->setup, &flash->sheet, flash->whole);
    flash->story.top = add_top;
    struct story_frame *frame = &flash->story.frame;
    frame->headline = frame->deck = frame->muted = theme->flash_text;
    /* In line with a card's text, and never at the very edge. */
    const struct stage *stage = flash->setup.stage;
    int side = stage->w < stage->h ? stage->w : stage->h;
    int margin = side * theme->margin_percent / 100;
    frame->margin = margin > frame->small_px ? margin : frame->small_px;
    flash->up = flash->moved = true;
}

/* What of the old list is on the new one keeps its turn; one that is not is urgent. */
static void renew_turns(struct flash *flash, const struct headline *const *list,
                        size_t count)
{
    struct flash_turn turns[FLASH_TURNS];
    for (size_t i = 0; i < count; i++) {
        turns[i] = (struct flash_turn){list[i]->identity, list[i]->source, 0};
        bool known = false;
        for (size_t j = 0; j < flash->count; j++) {
            if (is(&flash->turns[j], list[i])) {
                turns[i].shown = flash->turns[j].shown;
                known = true;
            }
        }
        flash->urgent |= !known;
    }
    memcpy(flash->turns, turns, count * sizeof *turns);
    flash->count = count;
}

/* Takes over what has changed on the desk. Returns whether it has come down. */
static bool look(struct flash *flash)
{
    const struct headline *list[FLASH_TURNS];
    size_t count = desk_flashes(flash->setup.desk, list, FLASH_TURNS);
    bool was_up = flash->up;
    flash->edition = desk_flash_edition(flash->setup.desk);
    renew_turns(flash, list, count);
    if (count == 0) {
        come_down(flash);
        return was_up;
    }
    if (!was_up) {
        go_up(flash);
    }
    const struct headline *next = find(list, count, flash->next);
    bool waits = next && flash->urgent && turn_of(flash, next)->shown > 0;
    if (flash->next && (!next || waits || !same_words(next, flash->next))) {
        forget(&flash->next);
        sheet_cancel(&flash->sheet);
        flash->setting = false;
    }
    const struct headline *now = find(list, count, flash->now);
    if (flash->now && !now) {
        forget(&flash->now);
        flash->sheet.shown = false;
        flash->moved = true;
    } else if (flash->now && !same_words(now, flash->now)) {
        turn_of(flash, now)->shown = 0;
        flash->urgent = true;
    }
    return false;
}

/* --- Making and changing ---------------------------------------------------------------------- */

static int64_t refreshes_of(const struct flash *flash, int seconds)
{
    return (int64_t)(seconds * flash->setup.stage->refresh_hz);
}

static void change(struct flash *flash)
{
    sheet_turn(&flash->sheet);
    forget(&flash->now);
    flash->now = flash->next;
    flash->next = NULL;
    flash->turn++;
    turn_of(flash, flash->now)->shown = flash->turn;
    flash->held = 0;
    flash->urgent = flash->aired = false;
    flash->moved = true;
}

bool flash_advance(struct flash *flash, int64_t refreshes, int64_t at)
{
    flash->at = at;
    flash->held += refreshes;
    bool bared = flash->off && flash->up;
    if (bared) {
        come_down(flash);
    }
    if (!flash->off && flash->edition != desk_flash_edition(flash->setup.desk)) {
        bared = look(flash);
    }
    bool due = flash->urgent || !flash->now || flash->held >= refreshes_of(flash, TURN_S);
    if (flash->up && flash->sheet.state == SHEET_READY && due) {
        change(flash);
    }
    return bared;
}

/* The one on the desk that has waited longest; NULL as long as what is there is not known. */
static const struct headline *choose(struct flash *flash)
{
    const struct headline *list[FLASH_TURNS], *best = NULL;
    size_t count = desk_flashes(flash->setup.desk, list, FLASH_TURNS);
    if (flash->edition != desk_flash_edition(flash->setup.desk)) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (!best || turn_of(flash, list[i])->shown < turn_of(flash, best)->shown) {
            best = list[i];
        }
    }
    return best;
}

/* Begins the next sheet where one is wanted. */
static bool begin(struct flash *flash)
{
    bool soon = flash->held >= refreshes_of(flash, TURN_S - LEAD_S) && flash->count > 1;
    if (flash->now && !flash->urgent && !soon) {
        return false;
    }
    const struct headline *headline = choose(flash);
    flash->next = headline ? malloc(headline_bytes(headline)) : NULL;
    if (!flash->next) {
        return false;
    }
    memcpy(flash->next, headline, headline_bytes(headline));
    story_begin(&flash->story, flash->next, flash->at);
    return true;
}

enum work flash_work(struct flash *flash)
{
    if (!flash->up) {
        return WORK_IDLE;
    }
    if (!sheet_built(&flash->sheet)) {
        /* Without memory for it, it stays in the lanes. */
        flash->off = !sheet_build(&flash->sheet);
        return flash->setup.area.w * flash->setup.area.h > LARGE_PX ? WORK_UPLOAD
                                                                    : WORK_RASTER;
    }
    if (flash->setting) {
        flash->setting = story_step(&flash->story);
        return WORK_LAYOUT;
    }
    if (flash->sheet.state == SHEET_IDLE) {
        flash->setting = begin(flash);
        return flash->setting ? WORK_LAYOUT : WORK_IDLE;
    }
    return sheet_work(&flash->sheet);
}

bool flash_hungry(const struct flash *flash)
{
    return flash->up && flash->sheet.state != SHEET_READY &&
           (!flash->sheet.shown || flash->urgent);
}

bool flash_moved(const struct flash *flash)
{
    return flash->up && flash->moved;
}

void flash_draw(struct flash *flash)
{
    SDL_Rect text = flash->setup.area;
    if (!flash->up) {
        return;
    }
    if (!flash->sheet.shown || !SDL_RectEquals(&text, &flash->area)) {
        stage_fill(flash->setup.stage, flash->area, flash->setup.theme->flash);
    }
    sheet_draw(&flash->sheet, 0);
    flash->moved = false;
}

const struct headline *flash_aired(struct flash *flash)
{
    if (flash->aired || !flash->now) {
        return NULL;
    }
    flash->aired = true;
    return flash->now;
}

bool flash_hides(const struct flash *flash, SDL_Rect area)
{
    SDL_Rect common;
    return flash->up && SDL_IntersectRect(&flash->area, &area, &common) &&
           SDL_RectEquals(&common, &area);
}

void flash_fini(struct flash *flash)
{
    come_down(flash);
}
