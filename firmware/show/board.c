/* A banner stands on the lowest crawl; the text keeps to the safe area, the ground does not. */
#include "show/board.h"

#include <math.h>

#include "show/clockface.h"

enum {
    TAPE_ASPECT = 5,
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

void board_init(struct board *board, const struct lane_setup *setup, bool takeover,
                SDL_Rect crawl, const double safe[4])
{
    static const struct config_lane lane = {.name = "flash", .label = "source"};
    const struct stage *stage = setup->stage;
    SDL_Rect inner = safe_place(stage, safe);
    *board = (struct board){.setup = *setup};
    board->whole = takeover && stage->w <= TAPE_ASPECT * stage->h;
    board->area = takeover ? (SDL_Rect){0, 0, stage->w, stage->h}
                           : banner_place(stage, crawl, inner);
    board->setup.lane = &lane;
    SDL_IntersectRect(&board->area, &inner, &board->setup.area);
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

/* --- Up and down ---------------------------------------------------------------------------- */

void board_set_up(struct board *board)
{
    const struct theme *theme = board->setup.theme;
    sheet_plan(&board->sheet, board->setup.stage, board->setup.area, theme->flash);
    story_init(&board->story, &board->setup, &board->sheet, board->whole);
    board->story.top = add_top;
    struct story_frame *frame = &board->story.frame;
    frame->headline = frame->deck = frame->muted = theme->flash_text;
    /* In line with a card's text, and never at the very edge. */
    const struct stage *stage = board->setup.stage;
    int side = stage->w < stage->h ? stage->w : stage->h;
    int margin = side * theme->margin_percent / 100;
    frame->margin = margin > frame->small_px ? margin : frame->small_px;
}

void board_put_away(struct board *board)
{
    sheet_fini(&board->sheet);
    story_fini(&board->story);
}
