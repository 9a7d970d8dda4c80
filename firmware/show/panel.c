/* Its size is known when its lines are laid out, one a slice: only then is its sheet made. Where there
 * is no room, as on a tape, there is none. */
#include "show/panel.h"

#include <stdlib.h>

enum {
    TEXT_PERMILLE = 34, /* em, of the screen's smaller side */
    TEXT_LEAST_PX = 16,
    NAME_PERCENT = 140,   /* of that */
    LINE_PERCENT = 150,   /* from baseline to baseline */
    PAD_PERCENT = 120,    /* round all */
    CAPITAL_PERCENT = 72, /* about the height of capitals */
    MODULE_PERMILLE = 6,  /* of the screen's smaller side */
    MODULE_LEAST_PX = 3,  /* a smaller square no telephone reads from a distance */
    QUIET_MODULES = 8,    /* on both sides together */
    WIDTH_PERCENT = 62    /* of the room, that its text may take */
};

static int most(int a, int b)
{
    return a > b ? a : b;
}

static int side_px(const struct panel *panel)
{
    const struct stage *stage = panel->setup.stage;
    return stage->w < stage->h ? stage->w : stage->h;
}

static int em_px(const struct panel *panel)
{
    return most(side_px(panel) * TEXT_PERMILLE / 1000, TEXT_LEAST_PX);
}

static int pad_px(const struct panel *panel)
{
    return em_px(panel) * PAD_PERCENT / 100;
}

static int code_px(const struct panel *panel)
{
    return panel->qr.side ? (panel->qr.side + QUIET_MODULES) * panel->module_px : 0;
}

/* What line I is drawn with. */
static struct text *type_of(const struct panel *panel, size_t i)
{
    int em = em_px(panel);
    return i == 0 ? typecase_get(panel->setup.type, em * NAME_PERCENT / 100)
                  : typecase_label(panel->setup.type, em);
}

void panel_init(struct panel *panel, const struct lane_setup *setup)
{
    *panel = (struct panel){.setup = *setup};
}

static void drop(struct panel *panel)
{
    while (panel->laid_count > 0) {
        free(panel->laid[--panel->laid_count]);
        panel->laid[panel->laid_count] = NULL;
    }
    sheet_fini(&panel->sheet);
    panel->listed = panel->wanted = false;
}

void panel_fini(struct panel *panel)
{
    drop(panel);
}

bool panel_say(struct panel *panel, const struct panel_words *words)
{
    bool bared = panel_up(panel);
    drop(panel);
    if (words && panel->setup.area.h > 0) {
        panel->words = *words;
        panel->wanted = true;
        qr_make(&panel->qr, words->link);
        panel->module_px = most(side_px(panel) * MODULE_PERMILLE / 1000, MODULE_LEAST_PX);
    }
    return bared;
}

/* --- Making it ------------------------------------------------------------------------------ */

static void lay_one(struct panel *panel)
{
    size_t i = panel->laid_count++;
    struct text *type = type_of(panel, i);
    int room = panel->setup.area.w * WIDTH_PERCENT / 100 - 2 * pad_px(panel);
    panel->laid[i] = type ? text_lay(type, panel->words.lines[i], room) : NULL;
}

static int text_width(const struct panel *panel)
{
    int w = 0;
    for (size_t i = 0; i < panel->laid_count; i++) {
        w = most(w, panel->laid[i] ? layout_width_px(panel->laid[i]) : 0);
    }
    return w;
}

static int text_height(const struct panel *panel)
{
    int em = em_px(panel);
    return em * NAME_PERCENT * CAPITAL_PERCENT / 10000 +
           (int)(panel->laid_count - 1) * em * LINE_PERCENT / 100;
}

/* In the corner of its room; false if that is too small. */
static bool place(struct panel *panel)
{
    SDL_Rect room = panel->setup.area;
    int pad = pad_px(panel), code = code_px(panel), margin = pad;
    SDL_Rect at = {.w = text_width(panel) + 2 * pad + (code ? code + pad : 0),
                   .h = most(text_height(panel), code) + 2 * pad};
    at.x = room.x + room.w - margin - at.w;
    at.y = room.y + room.h - margin - at.h;
    panel->area = at;
    return at.x >= room.x && at.y >= room.y;
}

/* Light on the band, and at its left edge the theme's own colour, as on a lane. */
static void list(struct panel *panel)
{
    const struct theme *theme = panel->setup.theme;
    struct sheet *sheet = &panel->sheet;
    int em = em_px(panel), pad = pad_px(panel), code = code_px(panel);
    int baseline = (panel->area.h - text_height(panel)) / 2 +
                   em * NAME_PERCENT * CAPITAL_PERCENT / 10000;
    sheet_begin(sheet);
    sheet_add_chip(sheet, (SDL_Rect){0, 0, most(em / 5, 2), panel->area.h}, 0,
                   theme->edge);
    for (size_t i = 0; i < panel->laid_count; i++) {
        sheet_add_line(sheet, type_of(panel, i), panel->laid[i], pad,
                       baseline + (int)i * em * LINE_PERCENT / 100, theme->text);
        panel->laid[i] = NULL; /* the sheet's */
    }
    if (code) {
        sheet_add_code(sheet, &panel->qr,
                       (SDL_Rect){panel->area.w - pad - code, (panel->area.h - code) / 2,
                                  code, code});
    }
    sheet_close(sheet);
    panel->listed = true;
}

enum work panel_work(struct panel *panel)
{
    struct sheet *sheet = &panel->sheet;
    if (!panel->wanted || sheet->shown) {
        return WORK_IDLE;
    }
    if (panel->laid_count < panel->words.count) {
        lay_one(panel);
        return WORK_LAYOUT;
    }
    if (!sheet->stage) {
        panel->wanted = place(panel);
        sheet_plan(sheet, panel->setup.stage, panel->area, panel->setup.theme->band);
        return WORK_LAYOUT;
    }
    if (!sheet_built(sheet)) {
        panel->wanted = sheet_build(sheet);
        return WORK_RASTER;
    }
    if (!panel->listed) {
        list(panel);
        return WORK_LAYOUT;
    }
    if (sheet->state == SHEET_READY) {
        sheet_turn(sheet);
        panel->moved = true;
        return WORK_LAYOUT;
    }
    return sheet_work(sheet);
}

/* --- Showing it ------------------------------------------------------------------------------ */

bool panel_up(const struct panel *panel)
{
    return panel->wanted && panel->sheet.shown;
}

bool panel_moved(const struct panel *panel)
{
    return panel->moved;
}

void panel_draw(struct panel *panel)
{
    sheet_draw(&panel->sheet, 0);
    panel->moved = false;
}
