/* What is common: a sheet, what is shown and what comes next, and when to change. What differs
 * is a row of a table: who sets the sheet, and how the change looks. */
#include "show/page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "show/clockface.h"
#include "show/sheet.h"
#include "show/story.h"

enum {
    LEAD_S = 5,          /* so long ahead the next is begun; */
    ASK_S = 8,           /* so long its picture is asked for, */
    PATIENCE_S = 3,      /* and so long it may still come */
    LEAST_PERCENT = 40,  /* of the rows, in which a story can be set */
    CODE_HOLD_MS = 8000, /* nobody scans a code that stays less long */
    ROLL_MS = 500,
    LARGE_PX = 1 << 19, /* whose memory takes long to clear */
    MINUTE = 60
};

enum page_kind { PAGE_FLIP, PAGE_ROLL, PAGE_CARD, PAGE_CLOCK };

struct page {
    struct lane_setup setup;
    struct lane_setup free; /* the same, with the rows that nothing covers: the story's */
    int rows;               /* that it is to have */
    enum page_kind kind;
    struct sheet sheet;
    struct story story;
    struct clockface face;
    struct headline *now, *next; /* owned copies; NULL = none */
    int64_t at, minute; /* wall time; the minute that is ready or in the making */
    int64_t shown_minute;
    int64_t held; /* hundredths of a refresh that it has been shown, at its pace */
    int percent;  /* of its pace; 0 = it stays */
    int shift;    /* of a roll under way, px; 0 = none */
    bool setting; /* the sheet is being listed */
    bool barren;  /* there is no memory for it */
    bool bare;    /* a clock that is shown without its logo, which was awaited */
    bool anew; /* what is shown is to be set anew; so too the next: it is in the making */
    bool making_anew;
    bool moved, aired;
    struct airing airing; /* of what is shown */
    bool covered;         /* nothing of it can be seen */
    bool scan;            /* what is shown has a code; so too the next */
    bool next_scan;
};

static struct page *page_open(const struct lane_setup *setup, enum page_kind kind)
{
    struct page *page = calloc(1, sizeof *page);
    if (!page) {
        return NULL;
    }
    page->setup = page->free = *setup;
    page->rows = setup->area.h;
    page->kind = kind;
    page->percent = 100;
    page->at = page->shown_minute = page->minute = -1;
    bool card = kind == PAGE_CARD || kind == PAGE_CLOCK;
    SDL_Color ground = card ? setup->theme->background : setup->theme->band;
    bool large = setup->area.w * setup->area.h > LARGE_PX;
    if (large) {
        sheet_plan(&page->sheet, setup->stage, setup->area, ground);
    } else if (!sheet_init(&page->sheet, setup->stage, setup->area, ground)) {
        sheet_fini(&page->sheet);
        free(page);
        return NULL;
    }
    if (kind == PAGE_CLOCK) {
        clockface_init(&page->face, &page->setup, &page->sheet);
    } else {
        story_init(&page->story, &page->free, &page->sheet, card);
        lane_ask_logos(&page->setup, page->story.frame.top_h);
    }
    return page;
}

static void *open_flip(const struct lane_setup *setup)
{
    return page_open(setup, PAGE_FLIP);
}

static void *open_roll(const struct lane_setup *setup)
{
    return page_open(setup, PAGE_ROLL);
}

static void *open_card(const struct lane_setup *setup)
{
    return page_open(setup, PAGE_CARD);
}

static void *open_clock(const struct lane_setup *setup)
{
    return page_open(setup, PAGE_CLOCK);
}

static void page_close(void *own)
{
    struct page *page = own;
    clockface_fini(&page->face);
    story_fini(&page->story);
    sheet_fini(&page->sheet);
    free(page->now);
    free(page->next);
    free(page);
}

/* --- When to change ----------------------------------------------------------------------- */

/* Refreshes in MS. */
static int64_t refreshes_of(const struct page *page, int64_t ms)
{
    return (int64_t)((double)ms * page->setup.stage->refresh_hz / 1000);
}

/* On the scale of `held`. */

static int64_t hold_of(const struct page *page)
{
    int64_t ms = page->setup.lane->hold_ms;
    return 100 * refreshes_of(page, page->scan && ms < CODE_HOLD_MS ? CODE_HOLD_MS : ms);
}

/* Whole px per refresh of a roll. */
static int step_of(const struct page *page)
{
    double step = page->setup.area.h / (page->setup.stage->refresh_hz * ROLL_MS / 1000);
    return step < 1 ? 1 : (int)lround(step);
}

static bool is_due(const struct page *page)
{
    if (page->kind == PAGE_CLOCK) {
        return page->at / MINUTE == page->minute;
    }
    return !page->now || (page->percent > 0 && page->held >= hold_of(page));
}

static void end_airing(struct page *page)
{
    const struct lane_setup *setup = &page->setup;
    airing_end(&page->airing, &setup->taker, setup->lane->name, page->now);
}

static void change(struct page *page)
{
    end_airing(page);
    sheet_turn(&page->sheet);
    free(page->now);
    page->now = page->next;
    page->next = NULL;
    page->shown_minute = page->minute;
    page->bare = page->face.bare;
    page->scan = page->next_scan;
    page->held = 0;
    page->shift = 0;
    page->aired = page->now == NULL;
    page->moved = true;
}

/* --- Making room -------------------------------------------------------------------------- */

/* What comes next, if it is in the making, is begun anew as well. The top row stays as it is, in
 * line with the clock beside it, and the deck as legible as it was. */
static void take_rows(struct page *page)
{
    struct story_frame usual = page->story.frame, *frame = &page->story.frame;
    page->free.area.h = page->rows;
    story_fini(&page->story);
    sheet_cancel(&page->sheet);
    story_init(&page->story, &page->free, &page->sheet, page->kind == PAGE_CARD);
    frame->body_y += usual.top_h - frame->top_h;
    frame->top_h = usual.top_h;
    frame->small_px = usual.small_px;
    frame->deck_px = usual.deck_px;
    page->setting = page->making_anew = false;
    page->anew = page->now != NULL;
}

static void page_yield(void *own, int rows)
{
    struct page *page = own;
    int all = page->setup.area.h;
    bool enough = rows * 100 >= all * LEAST_PERCENT;
    page->rows = page->kind != PAGE_CLOCK && enough ? rows : all;
}

static void show_anew(struct page *page)
{
    sheet_turn(&page->sheet);
    page->anew = page->making_anew = false;
    page->moved = true;
}

static void page_advance(void *own, int64_t refreshes, int64_t at)
{
    struct page *page = own;
    page->at = at;
    page->held += refreshes * page->percent;
    if (page->rows != page->free.area.h && page->shift == 0) {
        take_rows(page);
    } else if (page->sheet.state == SHEET_READY && page->making_anew) {
        show_anew(page);
        return;
    }
    if (page->sheet.state != SHEET_READY || (page->shift == 0 && !is_due(page))) {
        return;
    }
    if (page->kind == PAGE_ROLL && page->sheet.shown) {
        page->shift += (int)(refreshes < 60 ? refreshes : 60) * step_of(page);
        page->moved = true;
        if (page->shift < page->setup.area.h) {
            return;
        }
    }
    change(page);
}

/* --- Making what comes next --------------------------------------------------------------- */

/* Takes the next headline; false if there is none, and what is shown may stay. Where the desk
 * holds nothing any more, what it has withdrawn must go: the sheet is set empty. */
static bool take(struct page *page)
{
    const struct headline *headline =
        view_next(&page->setup.view, page->setup.desk, page->setup.cursor);
    free(page->next);
    page->next = headline ? malloc(headline_bytes(headline)) : NULL;
    if (page->next) {
        memcpy(page->next, headline, headline_bytes(headline));
    }
    return page->next || (page->now && desk_count(page->setup.desk) == 0);
}

/* Whether what is shown has SECONDS left, or less. */
static bool is_near(const struct page *page, int seconds)
{
    return !page->now ||
           page->held + page->percent * refreshes_of(page, (int64_t)seconds * 1000) >=
               hold_of(page);
}

/* Takes a card's next headline ahead of time and asks for its picture, so that it can be there
 * in time. Returns whether it did. */
static bool look_ahead(struct page *page)
{
    if (page->anew || page->kind != PAGE_CARD || !page->now || page->next ||
        page->sheet.state != SHEET_IDLE || !is_near(page, ASK_S) || !take(page) ||
        !page->next) {
        return false;
    }
    story_ask(&page->story, page->next);
    return true;
}

/* Whether the next is to wait for its picture. */
static bool awaits_picture(const struct page *page)
{
    return page->kind == PAGE_CARD && page->now && page->next &&
           !is_near(page, PATIENCE_S) &&
           story_ask(&page->story, page->next) == ALBUM_AWAITED;
}

/* Begins the next sheet when its time draws near; false if there is nothing to do. */
static bool begin(struct page *page)
{
    if (page->kind == PAGE_CLOCK) {
        bool late = page->bare && clockface_has_logo(&page->face);
        int64_t now = page->at / MINUTE;
        int64_t wanted = page->shown_minute == now && !late ? now + 1 : now;
        bool made = page->sheet.state != SHEET_IDLE && page->minute == wanted &&
                    !(late && page->face.bare);
        if (page->at < 0 || made) {
            return false;
        }
        page->minute = wanted;
        clockface_begin(&page->face, wanted * MINUTE);
        return true;
    }
    if (page->anew && page->sheet.state == SHEET_IDLE) {
        page->making_anew = true;
        story_begin(&page->story, page->now, page->at);
        return true;
    }
    if (page->sheet.state != SHEET_IDLE || !is_near(page, LEAD_S) ||
        (!page->next && !take(page)) || awaits_picture(page)) {
        return false;
    }
    int64_t left = page->now ? LEAD_S : 0;
    story_begin(&page->story, page->next, page->at + left);
    return true;
}

/* The memory of a large sheet is made when the lane's first slices come, one piece a slice, and not
 * when it is opened: at the start it would take a third of all time. */
static enum work build(struct page *page)
{
    if (page->barren) {
        return WORK_IDLE;
    }
    page->barren = !sheet_build(&page->sheet);
    return WORK_UPLOAD;
}

static enum work page_work(void *own)
{
    struct page *page = own;
    if (!sheet_built(&page->sheet)) {
        return build(page);
    }
    if (!page->setting) {
        if (look_ahead(page)) {
            return WORK_LAYOUT;
        }
        if (!begin(page)) {
            return sheet_work(&page->sheet);
        }
        page->setting = true;
        return WORK_LAYOUT;
    }
    page->setting =
        page->kind == PAGE_CLOCK ? clockface_step(&page->face) : story_step(&page->story);
    page->next_scan = page->kind == PAGE_CARD && page->story.qr.side > 0;
    return WORK_LAYOUT;
}

static bool page_hungry(const void *own)
{
    const struct page *page = own;
    bool making = page->setting ||
                  (page->sheet.state != SHEET_IDLE && page->sheet.state != SHEET_READY);
    return page->anew || (!page->sheet.shown && making);
}

static bool page_moved(const void *own)
{
    return ((const struct page *)own)->moved;
}

static void page_draw(void *own)
{
    struct page *page = own;
    sheet_draw(&page->sheet, page->shift);
    page->moved = false;
}

static const struct headline *page_aired(void *own)
{
    struct page *page = own;
    if (page->aired || !page->now || !page->sheet.shown) {
        return NULL;
    }
    page->aired = true;
    if (!page->covered) {
        airing_begin(&page->airing);
    }
    return page->now;
}

static void page_reveal(void *own, bool seen)
{
    struct page *page = own;
    page->covered = !seen;
    if (seen && page->now && page->aired) {
        airing_begin(&page->airing);
    } else {
        end_airing(page);
    }
}

static void page_pace(void *own, int percent)
{
    ((struct page *)own)->percent = percent;
}

/* What is shown stays its time; what was to come next and has gone meanwhile is made anew. */
static void page_adopt(void *own, const struct lane_setup *setup,
                       const struct config_change *change)
{
    struct page *page = own;
    lane_rewire(&page->setup, setup);
    lane_rewire(&page->free, setup);
    lane_renumber(page->now, change);
    if (page->next && !lane_renumber(page->next, change)) {
        free(page->next);
        page->next = NULL;
        if (page->setting || page->sheet.state != SHEET_IDLE) {
            sheet_cancel(&page->sheet);
            page->setting = false;
        }
    }
}

#define PAGE(opening)                                                                    \
    {                                                                                    \
        .open = (opening), .close = page_close, .advance = page_advance,                 \
        .work = page_work, .hungry = page_hungry, .moved = page_moved,                   \
        .draw = page_draw, .aired = page_aired, .reveal = page_reveal,                   \
        .pace = page_pace, .yield = page_yield, .adopt = page_adopt                      \
    }

const struct lane_motion page_flip = PAGE(open_flip);
const struct lane_motion page_roll = PAGE(open_roll);
const struct lane_motion page_card = PAGE(open_card);
const struct lane_motion page_clock = PAGE(open_clock);
