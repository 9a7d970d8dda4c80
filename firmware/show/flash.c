/* The sheet's memory is made one plane a frame: a texture of a whole screen takes a slow board's
 * renderer long. */
#include "show/flash.h"

#include <stdlib.h>
#include <string.h>

#include "desk/view.h"

enum {
    LISTED = 64, /* flashes of the desk that are looked at; inline ones are not ours */
    TURN_S = 10,
    LEAD_S = 4,        /* so long before its turn the next is made */
    LARGE_PX = 1 << 20 /* whose memory takes as long to clear as a frame's budget */
};

void flash_init(struct flash *flash, const struct lane_setup *setup, const char *style,
                SDL_Rect crawl, const double safe[4])
{
    *flash = (struct flash){.usual = headline_style_named(style)};
    board_init(&flash->boards[FLASH_BANNER], setup, false, crawl, safe);
    board_init(&flash->boards[FLASH_TAKEOVER], setup, true, crawl, safe);
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
    return a->used == b->used && a->style == b->style &&
           memcmp(a->at, b->at, sizeof a->at) == 0 &&
           memcmp(a->pool, b->pool, a->used) == 0;
}

/* The live ones that are ours, at most FLASH_TURNS. */
static size_t list_ours(const struct flash *flash,
                        const struct headline *out[FLASH_TURNS])
{
    const struct headline *all[LISTED];
    size_t count = desk_flashes(flash->boards[0].setup.desk, all, LISTED), ours = 0;
    for (size_t i = 0; i < count && ours < FLASH_TURNS; i++) {
        if (view_has_banner(all[i], flash->usual)) {
            out[ours++] = all[i];
        }
    }
    return ours;
}

/* The one that has waited longest; NULL of none. */
static const struct headline *longest_waiting(struct flash *flash,
                                              const struct headline *const *list,
                                              size_t count)
{
    const struct headline *best = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!best || turn_of(flash, list[i])->shown < turn_of(flash, best)->shown) {
            best = list[i];
        }
    }
    return best;
}

static void forget(struct headline **headline)
{
    free(*headline);
    *headline = NULL;
}

static void let_go(struct flash *flash)
{
    flash_leave(flash);
    forget(&flash->now);
}

/* --- Boards -------------------------------------------------------------------------------- */

static enum flash_form form_of(const struct flash *flash, const struct headline *headline)
{
    uint8_t style = headline->style ? headline->style : (uint8_t)flash->usual;
    return style == HEADLINE_TAKEOVER ? FLASH_TAKEOVER : FLASH_BANNER;
}

static void come_down(struct flash *flash)
{
    flash->bared = flash->area;
    flash->up = flash->setting = flash->urgent = false;
    board_put_away(&flash->boards[FLASH_BANNER]);
    board_put_away(&flash->boards[FLASH_TAKEOVER]);
    let_go(flash);
    forget(&flash->next);
}

static void go_up(struct flash *flash, enum flash_form form)
{
    flash->form = flash->making = form;
    flash->area = flash->boards[form].area;
    board_set_up(&flash->boards[form]);
    flash->up = flash->moved = true;
}

/* The next one is to be made on the board of FORM. */
static void make_on(struct flash *flash, enum flash_form form)
{
    if (flash->making != flash->form && flash->making != form) {
        board_put_away(&flash->boards[flash->making]);
    }
    if (form != flash->form && flash->making != form) {
        board_set_up(&flash->boards[form]);
    }
    flash->making = form;
}

/* The board on which the next was made stands from now on. True if it covers less. */
static bool exchange_boards(struct flash *flash)
{
    bool other = flash->making != flash->form, bared = false;
    if (other) {
        flash->bared = flash->area;
        board_put_away(&flash->boards[flash->form]);
        flash->form = flash->making;
        flash->area = flash->boards[flash->form].area;
        bared = !flash_hides(flash, flash->bared);
    }
    return bared;
}

/* --- Whose turn it is, when the desk has changed -------------------------------------------- */

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
    size_t count = list_ours(flash, list);
    bool was_up = flash->up;
    flash->edition = desk_flash_edition(flash->boards[0].setup.desk);
    renew_turns(flash, list, count);
    if (count == 0) {
        come_down(flash);
        return was_up;
    }
    if (!was_up) {
        go_up(flash, form_of(flash, longest_waiting(flash, list, count)));
    }
    const struct headline *next = find(list, count, flash->next);
    bool waits = next && flash->urgent && turn_of(flash, next)->shown > 0;
    if (flash->next && (!next || waits || !same_words(next, flash->next))) {
        forget(&flash->next);
        sheet_cancel(&flash->boards[flash->making].sheet);
        make_on(flash, flash->form);
        flash->setting = false;
    }
    const struct headline *now = find(list, count, flash->now);
    if (flash->now && !now) {
        let_go(flash);
        flash->boards[flash->form].sheet.shown = false;
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
    return (int64_t)(seconds * flash->boards[0].setup.stage->refresh_hz);
}

/* Returns whether something has become bare. */
static bool change(struct flash *flash)
{
    sheet_turn(&flash->boards[flash->making].sheet);
    bool bared = exchange_boards(flash);
    let_go(flash);
    flash->now = flash->next;
    flash->next = NULL;
    flash->turn++;
    turn_of(flash, flash->now)->shown = flash->turn;
    flash->held = 0;
    flash->urgent = flash->aired = false;
    flash->moved = true;
    return bared;
}

bool flash_advance(struct flash *flash, int64_t refreshes, int64_t at)
{
    struct desk *desk = flash->boards[0].setup.desk;
    flash->at = at;
    flash->held += refreshes;
    bool bared = flash->off && flash->up;
    if (bared) {
        come_down(flash);
    }
    if (!flash->off && flash->edition != desk_flash_edition(desk)) {
        bared = look(flash);
    }
    bool due = flash->urgent || !flash->now || flash->held >= refreshes_of(flash, TURN_S);
    if (flash->up && flash->boards[flash->making].sheet.state == SHEET_READY && due) {
        bared = change(flash);
    }
    return bared;
}

/* The one on the desk that has waited longest; NULL as long as what is there is not known. */
static const struct headline *choose(struct flash *flash)
{
    const struct headline *list[FLASH_TURNS];
    size_t count = list_ours(flash, list);
    bool known = flash->edition == desk_flash_edition(flash->boards[0].setup.desk);
    return known ? longest_waiting(flash, list, count) : NULL;
}

/* Takes the next one where one is wanted. */
static bool take_next(struct flash *flash)
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
    make_on(flash, form_of(flash, headline));
    return true;
}

/* Without memory for the board all stays in the lanes. */
static enum work build(struct flash *flash, struct board *board)
{
    flash->off = !sheet_build(&board->sheet);
    return board->setup.area.w * board->setup.area.h > LARGE_PX ? WORK_UPLOAD
                                                                : WORK_RASTER;
}

enum work flash_work(struct flash *flash)
{
    struct board *board = &flash->boards[flash->making];
    if (!flash->up) {
        return WORK_IDLE;
    }
    if (!sheet_built(&board->sheet)) {
        return build(flash, board);
    }
    if (flash->setting) {
        flash->setting = story_step(&board->story);
        return WORK_LAYOUT;
    }
    if (board->sheet.state != SHEET_IDLE) {
        return sheet_work(&board->sheet);
    }
    if (!flash->next && !take_next(flash)) {
        return WORK_IDLE;
    }
    board = &flash->boards[flash->making];
    if (sheet_built(&board->sheet)) {
        story_begin(&board->story, flash->next, flash->at);
        flash->setting = true;
    }
    return WORK_LAYOUT;
}

bool flash_hungry(const struct flash *flash)
{
    return flash->up && flash->boards[flash->making].sheet.state != SHEET_READY &&
           (!flash->boards[flash->form].sheet.shown || flash->urgent);
}

bool flash_moved(const struct flash *flash)
{
    return flash->up && flash->moved;
}

void flash_draw(struct flash *flash)
{
    const struct board *board = &flash->boards[flash->form];
    SDL_Rect text = board->setup.area;
    if (!flash->up) {
        return;
    }
    if (!board->sheet.shown || !SDL_RectEquals(&text, &flash->area)) {
        stage_fill(board->setup.stage, flash->area, board->setup.theme->flash);
    }
    sheet_draw(&board->sheet, 0);
    flash->moved = false;
}

const struct headline *flash_aired(struct flash *flash)
{
    if (flash->aired || !flash->now) {
        return NULL;
    }
    flash->aired = true;
    airing_begin(&flash->airing);
    return flash->now;
}

void flash_leave(struct flash *flash)
{
    if (flash->now) {
        const struct lane_setup *setup = &flash->boards[flash->form].setup;
        airing_end(&flash->airing, &setup->taker, setup->lane->name, flash->now);
    }
}

bool flash_hides(const struct flash *flash, SDL_Rect area)
{
    SDL_Rect common;
    return flash->up && SDL_IntersectRect(&flash->area, &area, &common) &&
           SDL_RectEquals(&common, &area);
}

/* One whose source has gone is not on the desk any more: the next look takes it away. */
void flash_adopt(struct flash *flash, const struct lane_setup *setup,
                 const struct config_change *change)
{
    for (size_t i = 0; i < FLASH_FORMS; i++) {
        struct lane_setup *own = &flash->boards[i].setup;
        const struct config_lane *lane = own->lane;
        lane_rewire(own, setup);
        own->lane = lane;
    }
    lane_renumber(flash->now, change);
    lane_renumber(flash->next, change);
    for (size_t i = 0; i < flash->count; i++) {
        flash->turns[i].source = config_change_of(change, flash->turns[i].source);
    }
}

void flash_fini(struct flash *flash)
{
    come_down(flash);
}
