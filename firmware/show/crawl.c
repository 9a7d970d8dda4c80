/* What airs next is laid out at the end of the strip; a tile is drawn when the strip is laid
 * out past its end. If nothing is to follow for now, the strip is filled up with band so
 * that what has begun is shown to its end. */
#define LOG_MODULE "crawl"
#include "show/crawl.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "show/freshness.h"
#include "show/strip.h"
#include "show/text.h"
#include "show/tiles.h"

enum {
    LABEL_PERCENT = 30,    /* of the width, at most */
    LABEL_EM_PERCENT = 58, /* of the text's em */
    PAD_PERCENT = 34,      /* the same: beside a label, within its chip */
    PIECES_A_HEADLINE = 5,
    PASSED_OVER_MOST = 32,
    CLEAR_MAJORITY = 2 /* times as many */
};

struct crawl {
    struct lane_setup setup;
    struct text *text, *label; /* borrowed */
    int text_px, percent;      /* em; of the speed */
    struct line *mark;         /* the separator, laid out once */

    struct desk_cursor cursor;
    struct headline *next; /* owned; laid out in next_line, not on the strip yet */
    struct line *next_line;
    unsigned passed_over; /* headlines without a letter that could be drawn, in a row */

    struct strip strip;
    struct tiles tiles;
    int64_t origin; /* strip px: where the window begins */
    uint64_t left;  /* the first piece that has not left it */
    uint64_t lap;   /* the cursor's, when the strip last grew */
    int64_t at;     /* wall time */
    bool started;   /* a headline was laid out */
    bool dry;       /* nothing is to follow for now */
    bool covered;   /* nothing of it can be seen */
};

struct crawl *crawl_new(const struct lane_setup *setup)
{
    struct crawl *crawl = calloc(1, sizeof *crawl);
    if (!crawl) {
        return NULL;
    }
    crawl->setup = *setup;
    int usual = setup->area.h * setup->theme->text_percent / 100;
    crawl->text_px = setup->text_px ? setup->text_px : lane_text_px(setup, usual);
    crawl->percent = 100;
    crawl->text = typecase_get(setup->type, crawl->text_px);
    crawl->label = typecase_label(setup->type, crawl->text_px * LABEL_EM_PERCENT / 100);
    crawl->mark = crawl->text && crawl->label ? text_lay(crawl->text, "•", 0) : NULL;
    if (!crawl->mark || !tiles_init(&crawl->tiles, setup->stage, setup->area,
                                    setup->theme->band, setup->theme->edge)) {
        crawl_free(crawl);
        return NULL;
    }
    lane_ask_logos(setup, tiles_chip_px(&crawl->tiles, crawl->label));
    return crawl;
}

void crawl_free(struct crawl *crawl)
{
    if (!crawl) {
        return;
    }
    strip_clear(&crawl->strip);
    tiles_fini(&crawl->tiles);
    desk_leave(crawl->setup.desk, &crawl->cursor);
    free(crawl->next);
    free(crawl->next_line);
    free(crawl->mark);
    free(crawl);
}

static void end_airing(struct crawl *crawl, struct piece *piece)
{
    const struct lane_setup *setup = &crawl->setup;
    airing_end(&piece->airing, &setup->taker, setup->lane->name, piece->headline);
}

/* Of the pieces whose end has passed the edge. */
static void let_go(struct crawl *crawl)
{
    struct strip *strip = &crawl->strip;
    crawl->left = crawl->left > strip->first ? crawl->left : strip->first;
    while (crawl->left < strip->next &&
           strip_piece_end(strip_at(strip, crawl->left)) <= crawl->origin) {
        end_airing(crawl, strip_at(strip, crawl->left++));
    }
}

void crawl_advance(struct crawl *crawl, int64_t refreshes)
{
    crawl->origin +=
        refreshes * lane_step_px(&crawl->setup, crawl->text_px, crawl->percent);
    struct strip *strip = &crawl->strip;
    let_go(crawl);
    int64_t needed = crawl->origin / TILES_PX * TILES_PX - LAYOUT_OVERHANG_PX;
    while (strip->first < strip->next &&
           strip_piece_end(strip_at(strip, strip->first)) < needed) {
        strip_drop(strip);
    }
}

/* --- Laying out: label, text and mark of one headline, one piece of text at a time -------- */

/* Takes the next headline from the desk and lays its text out. One of which no letter can be
 * drawn (no font has its script) is passed over: a bare label tells nobody anything. False if
 * the desk has none, or none that can be drawn. */
static bool lay_text(struct crawl *crawl)
{
    const struct headline *headline =
        view_next(&crawl->setup.view, crawl->setup.desk, &crawl->cursor);
    if (!headline) {
        return false;
    }
    struct line *line = text_lay(crawl->text, headline_get(headline, HEADLINE_TEXT), 0);
    bool drawable = line && line->ink.right > line->ink.left;
    crawl->next = drawable ? malloc(headline_bytes(headline)) : NULL;
    if (!crawl->next) {
        free(line);
        return ++crawl->passed_over % PASSED_OVER_MOST != 0;
    }
    memcpy(crawl->next, headline, headline_bytes(headline));
    crawl->next_line = line;
    crawl->passed_over = 0;
    return true;
}

/* Which way the headline that comes next is to move. */
static bool wants_rightward(const struct crawl *crawl, bool bare)
{
    enum config_direction direction = crawl->setup.lane->direction;
    if (direction != DIRECTION_AUTO) {
        return direction == DIRECTION_RIGHT;
    }
    bool new_lap = crawl->cursor.lap != crawl->lap;
    const struct desk_view *view = &crawl->setup.view;
    switch (desk_lean_among(crawl->setup.desk, view->some ? view->sources : NULL,
                            bare || new_lap ? 1 : CLEAR_MAJORITY)) {
    case DESK_LEANS_RTL:
        return true;
    case DESK_LEANS_LTR:
        return false;
    default:
        return crawl->tiles.rightward;
    }
}

/* Whether what comes next can go on the strip as the lane runs now. Where it is to run the
 * other way, it waits until all that is on the strip has left the window, and the lane turns. */
static bool settle_direction(struct crawl *crawl)
{
    bool bare = !crawl->started || crawl->strip.end <= crawl->origin;
    bool rightward = wants_rightward(crawl, bare);
    if (rightward != crawl->tiles.rightward) {
        if (!bare) {
            return false;
        }
        strip_clear(&crawl->strip);
        crawl->tiles.rightward = rightward;
    }
    crawl->lap = crawl->cursor.lap;
    return true;
}

/* The very first headline begins in view, so that there is something to read at once; one that
 * comes after the strip had run dry, or was overtaken in a stall, enters from the edge. */
static void begin_strip(struct crawl *crawl)
{
    int64_t end = crawl->strip.end, edge = crawl->origin + crawl->setup.area.w;
    if (!crawl->started) {
        crawl->strip.end = crawl->origin + crawl->setup.area.w / 4;
    } else if (end <= crawl->origin || (crawl->dry && end < edge)) {
        crawl->strip.end = edge;
    }
    crawl->started = true;
    crawl->dry = false;
}

/* The logo of the headline's source in place of its label; false where it has none. */
static bool lay_logo(struct crawl *crawl)
{
    const struct lane_label *label = lane_label(&crawl->setup, crawl->next);
    struct picture *logo =
        lane_logo(&crawl->setup, crawl->next, tiles_chip_px(&crawl->tiles, crawl->label));
    if (!logo) {
        return false;
    }
    int pad = label->ground ? crawl->text_px * PAD_PERCENT / 100 : 0;
    strip_append(&crawl->strip,
                 (struct piece){.picture = picture_hold(logo),
                                .text = crawl->label,
                                .chip = label->fill,
                                .pad = pad},
                 crawl->text_px / 2);
    return true;
}

static void lay_chip(struct crawl *crawl, const char *words, SDL_Color fill,
                     SDL_Color ink, int gap_px)
{
    const struct lane_setup *setup = &crawl->setup;
    struct line *line =
        *words ? text_lay(crawl->label, words, setup->area.w * LABEL_PERCENT / 100)
               : NULL;
    if (!line || line->count == 0) {
        free(line);
        return;
    }
    strip_append(&crawl->strip,
                 (struct piece){.line = line,
                                .text = crawl->label,
                                .colour = ink,
                                .chip = fill,
                                .pad = crawl->text_px * PAD_PERCENT / 100},
                 gap_px);
}

/* The chip of breaking news, and the one with the headline's label, where it has one. */
static void lay_label(struct crawl *crawl)
{
    const struct lane_setup *setup = &crawl->setup;
    const struct theme *theme = setup->theme;
    int em = crawl->text_px;
    char words[LANE_LABEL_BYTES];
    lane_label_text(setup, crawl->next, words);
    if (crawl->next->flash) {
        lay_chip(crawl, theme->flash_word, theme->flash, theme->flash_text,
                 *words ? em / 4 : em / 2);
    }
    const struct lane_label *label = lane_label(setup, crawl->next);
    lay_chip(crawl, words, label->fill, label->ink, em / 2);
}

/* Where no clock could say that all is stale, each headline does. */
static void lay_mark(struct crawl *crawl)
{
    const struct lane_setup *setup = &crawl->setup;
    char words[FRESHNESS_BYTES];
    freshness_mark(setup, freshness_of_all(setup, crawl->at), crawl->at, words);
    struct line *line =
        *words && !setup->clock_shown ? text_lay(crawl->label, words, 0) : NULL;
    if (line) {
        strip_append(&crawl->strip,
                     (struct piece){.line = line,
                                    .text = crawl->label,
                                    .colour = setup->theme->text},
                     crawl->text_px * 3 / 4);
    }
}

/* Puts what lay_text has laid out on the strip, its label before and the mark behind it. */
static void lay_headline(struct crawl *crawl)
{
    const struct theme *theme = crawl->setup.theme;
    int em = crawl->text_px;
    begin_strip(crawl);
    if (!lay_logo(crawl)) {
        lay_label(crawl);
    }
    strip_append(&crawl->strip,
                 (struct piece){.line = crawl->next_line,
                                .text = crawl->text,
                                .colour = theme->text,
                                .headline = crawl->next},
                 em * 3 / 4);
    lay_mark(crawl);
    strip_append(&crawl->strip,
                 (struct piece){.line = crawl->mark,
                                .text = crawl->text,
                                .shared = true,
                                .colour = theme->mark},
                 em * 3 / 4);
    crawl->next = NULL;
    crawl->next_line = NULL;
}

/* Whether one more headline was begun or completed; where none can be, the strip is filled up
 * to the end of the tile that the last text reaches into. */
static bool lay_more(struct crawl *crawl)
{
    struct strip *strip = &crawl->strip;
    int64_t wanted = crawl->origin + crawl->setup.area.w + TILES_AHEAD * TILES_PX;
    if (!strip_has_room(strip, PIECES_A_HEADLINE) ||
        (strip->end >= wanted && !crawl->next)) {
        return false;
    }
    if (crawl->next && settle_direction(crawl)) {
        lay_headline(crawl);
        return true;
    }
    if (!crawl->next && lay_text(crawl)) {
        return true;
    }
    crawl->dry = true;
    if (strip->first < strip->next) {
        strip->end = (strip->end + TILES_PX - 1) / TILES_PX * TILES_PX;
    }
    return false;
}

/* --- The work of a frame ------------------------------------------------------------------ */

static bool is_laid_out(const struct crawl *crawl, int64_t index)
{
    /* Ink of the piece to come may reach back over its beginning. */
    int64_t reach = crawl->dry ? 0 : LAYOUT_OVERHANG_PX;
    return crawl->started && (index + 1) * TILES_PX + reach <= crawl->strip.end;
}

/* The first tile from the window's beginning on that could be drawn and is not; -1 = none. */
static int64_t find_tile(const struct crawl *crawl)
{
    int64_t ahead = crawl->origin + crawl->setup.area.w + TILES_AHEAD * TILES_PX;
    int64_t last = (ahead - 1) / TILES_PX;
    for (int64_t i = crawl->origin / TILES_PX; i <= last && is_laid_out(crawl, i); i++) {
        if (!tiles_has(&crawl->tiles, i)) {
            return i;
        }
    }
    return -1;
}

enum work crawl_work(struct crawl *crawl)
{
    struct tiles *tiles = &crawl->tiles;
    if (tiles->drawing < crawl->origin / TILES_PX) {
        tiles->drawing = -1; /* none, or a stall has carried it past the window */
    }
    if (tiles->drawing < 0) {
        int64_t index = find_tile(crawl);
        if (index < 0) {
            return lay_more(crawl) ? WORK_LAYOUT : WORK_IDLE;
        }
        tiles_begin(tiles, index);
    }
    if (tiles_draw_chunk(tiles, &crawl->strip)) {
        return WORK_RASTER;
    }
    tiles_upload(tiles);
    return WORK_UPLOAD;
}

bool crawl_hungry(const struct crawl *crawl)
{
    int64_t last = (crawl->origin + crawl->setup.area.w - 1) / TILES_PX;
    for (int64_t i = crawl->origin / TILES_PX; i <= last; i++) {
        if (!tiles_has(&crawl->tiles, i) && (!crawl->dry || is_laid_out(crawl, i))) {
            return true;
        }
    }
    return false;
}

void crawl_draw(struct crawl *crawl)
{
    tiles_show(&crawl->tiles, crawl->origin);
}

const struct headline *crawl_aired(struct crawl *crawl)
{
    struct strip *strip = &crawl->strip;
    int64_t edge = crawl->origin + crawl->setup.area.w;
    for (uint64_t i = strip->first; i < strip->next; i++) {
        struct piece *piece = strip_at(strip, i);
        if (piece->x >= edge) {
            break;
        }
        bool visible = strip_piece_end(piece) > crawl->origin &&
                       tiles_has(&crawl->tiles, piece->x / TILES_PX);
        if (piece->headline && !piece->aired && visible) {
            piece->aired = true;
            if (!crawl->covered) {
                airing_begin(&piece->airing);
            }
            return piece->headline;
        }
    }
    return NULL;
}

void crawl_reveal(struct crawl *crawl, bool seen)
{
    struct strip *strip = &crawl->strip;
    crawl->covered = !seen;
    for (uint64_t i = crawl->left; i < strip->next; i++) {
        struct piece *piece = strip_at(strip, i);
        if (piece->aired && seen) {
            airing_begin(&piece->airing);
        } else if (piece->aired) {
            end_airing(crawl, piece);
        }
    }
}

/* --- As a lane ---------------------------------------------------------------------------- */

static void *lane_crawl_open(const struct lane_setup *setup)
{
    return crawl_new(setup);
}

static void lane_crawl_close(void *own)
{
    crawl_free(own);
}

static void lane_crawl_advance(void *own, int64_t refreshes, int64_t at)
{
    struct crawl *crawl = own;
    crawl->at = at;
    crawl_advance(crawl, refreshes);
}

static void lane_crawl_pace(void *own, int percent)
{
    struct crawl *crawl = own;
    crawl->percent = percent;
}

static enum work lane_crawl_work(void *own)
{
    return crawl_work(own);
}

static bool lane_crawl_hungry(const void *own)
{
    return crawl_hungry(own);
}

static bool lane_crawl_moved(const void *own)
{
    (void)own;
    return true;
}

static void lane_crawl_draw(void *own)
{
    crawl_draw(own);
}

static const struct headline *lane_crawl_aired(void *own)
{
    return crawl_aired(own);
}

static void lane_crawl_reveal(void *own, bool seen)
{
    crawl_reveal(own, seen);
}

/* What is on the strip runs through. What was laid out for it and has gone meanwhile does not. */
static void lane_crawl_adopt(void *own, const struct lane_setup *setup,
                             const struct config_change *change)
{
    struct crawl *crawl = own;
    lane_rewire(&crawl->setup, setup);
    for (uint64_t i = crawl->strip.first; i < crawl->strip.next; i++) {
        lane_renumber(strip_at(&crawl->strip, i)->headline, change);
    }
    if (crawl->next && !lane_renumber(crawl->next, change)) {
        free(crawl->next);
        free(crawl->next_line);
        crawl->next = NULL;
        crawl->next_line = NULL;
    }
}

const struct lane_motion crawl_motion = {
    .open = lane_crawl_open,
    .close = lane_crawl_close,
    .advance = lane_crawl_advance,
    .work = lane_crawl_work,
    .hungry = lane_crawl_hungry,
    .moved = lane_crawl_moved,
    .draw = lane_crawl_draw,
    .aired = lane_crawl_aired,
    .reveal = lane_crawl_reveal,
    .pace = lane_crawl_pace,
    .adopt = lane_crawl_adopt,
};
