/* A slice of clearing or uploading is as many rows as a tile of a crawl has px, so that it
 * costs no more than one of those. */
#define LOG_MODULE "screen"
#include "show/sheet.h"

#include <stdlib.h>

#include "base/log.h"
#include "show/pages.h"
#include "show/paint.h"
#include "show/shape.h"

enum { SLICE_PX = 1 << 17 };

void sheet_plan(struct sheet *sheet, struct stage *stage, SDL_Rect area, SDL_Color ground)
{
    *sheet = (struct sheet){.stage = stage, .area = area, .ground = ground};
}

bool sheet_built(const struct sheet *sheet)
{
    return sheet->canvas && plane_is_open(&sheet->planes[0]) &&
           plane_is_open(&sheet->planes[1]);
}

bool sheet_build(struct sheet *sheet)
{
    int w = sheet->area.w, h = sheet->area.h;
    if (sheet->canvas) {
        struct plane *plane = &sheet->planes[plane_is_open(&sheet->planes[0])];
        return stage_plane(sheet->stage, plane, w, h, (size_t)SLICE_PX + (size_t)w);
    }
    sheet->canvas = plane_canvas(w, h);
    if (!sheet->canvas) {
        log_error("no memory for a picture of %dx%d", w, h);
    }
    return sheet->canvas != NULL;
}

bool sheet_init(struct sheet *sheet, struct stage *stage, SDL_Rect area, SDL_Color ground)
{
    sheet_plan(sheet, stage, area, ground);
    bool good = true;
    while (good && !sheet_built(sheet)) {
        good = sheet_build(sheet);
    }
    return good;
}

static void drop_marks(struct sheet *sheet)
{
    while (sheet->count > 0) {
        struct sheet_mark *mark = &sheet->marks[--sheet->count];
        free(mark->line);
        picture_drop(mark->picture);
    }
}

void sheet_fini(struct sheet *sheet)
{
    drop_marks(sheet);
    for (int i = 0; i < 2; i++) {
        plane_close(&sheet->planes[i]);
    }
    plane_free_canvas(sheet->canvas);
    *sheet = (struct sheet){0};
}

void sheet_begin(struct sheet *sheet)
{
    drop_marks(sheet);
    sheet->state = SHEET_LISTING;
    sheet->row = 0;
    sheet->at = 0;
    sheet->chunk = 0;
}

void sheet_cancel(struct sheet *sheet)
{
    drop_marks(sheet);
    sheet->state = SHEET_IDLE;
}

static void add(struct sheet *sheet, struct sheet_mark mark)
{
    if (sheet->count == SHEET_MARKS) {
        free(mark.line);
        picture_drop(mark.picture);
        return;
    }
    sheet->marks[sheet->count++] = mark;
}

void sheet_add_line(struct sheet *sheet, const struct text *text, struct line *line,
                    int x, int baseline, SDL_Color colour)
{
    if (line) {
        add(sheet, (struct sheet_mark){.line = line,
                                       .text = text,
                                       .x = x,
                                       .baseline = baseline,
                                       .colour = colour});
    }
}

void sheet_add_chip(struct sheet *sheet, SDL_Rect box, int radius, SDL_Color colour)
{
    add(sheet, (struct sheet_mark){.box = box, .radius = radius, .colour = colour});
}

void sheet_add_picture(struct sheet *sheet, struct picture *picture, int x, int y)
{
    add(sheet, (struct sheet_mark){.picture = picture_hold(picture),
                                   .box = {x, y, picture->w, picture->h}});
}

void sheet_add_code(struct sheet *sheet, const struct qr *qr, SDL_Rect box)
{
    add(sheet, (struct sheet_mark){.qr = qr, .box = box});
}

void sheet_close(struct sheet *sheet)
{
    sheet->state = SHEET_CLEARING;
}

/* The next rows of the sheet that make a slice. */
static SDL_Rect slice(struct sheet *sheet)
{
    int rows = SLICE_PX / sheet->area.w + 1, left = sheet->area.h - sheet->row;
    SDL_Rect at = {0, sheet->row, sheet->area.w, rows < left ? rows : left};
    sheet->row += at.h;
    return at;
}

/* The standard asks for four light modules round the code. */
static void draw_code(SDL_Surface *surface, const struct qr *qr, SDL_Rect box)
{
    enum { QUIET = 4 };
    int module = (box.w < box.h ? box.w : box.h) / (qr->side + 2 * QUIET);
    int size = module * (qr->side + 2 * QUIET);
    box.x += (box.w - size) / 2;
    box.y += (box.h - size) / 2;
    shape_chip(surface, (SDL_Rect){box.x, box.y, size, size}, 2 * module,
               (SDL_Color){255, 255, 255, 255});
    for (int i = 0; i < qr->side * qr->side; i++) {
        SDL_Rect at = {box.x + (QUIET + i % qr->side) * module,
                       box.y + (QUIET + i / qr->side) * module, module, module};
        if (qr->dark[i]) {
            SDL_FillRect(surface, &at, SDL_MapRGB(surface->format, 0, 0, 0));
        }
    }
}

/* The next rows of the picture that make a slice; false when all are drawn. */
static bool draw_rows(struct sheet *sheet, const struct sheet_mark *mark)
{
    int from = (int)sheet->chunk, rows = SLICE_PX / mark->picture->w + 1;
    if (from >= mark->picture->h) {
        return false;
    }
    paint_picture(sheet->canvas, mark->picture, mark->box.x, mark->box.y, from, rows);
    sheet->chunk += (size_t)rows;
    return true;
}

/* Draws the next chunk, chip or part of a picture; false when all is drawn. */
static bool draw_more(struct sheet *sheet)
{
    for (; sheet->at < sheet->count; sheet->at++, sheet->chunk = 0) {
        const struct sheet_mark *mark = &sheet->marks[sheet->at];
        if (mark->picture) {
            if (draw_rows(sheet, mark)) {
                return true;
            }
            continue;
        }
        if (!mark->line) {
            if (mark->qr) {
                draw_code(sheet->canvas, mark->qr, mark->box);
            } else {
                shape_chip(sheet->canvas, mark->box, mark->radius, mark->colour);
            }
            sheet->at++;
            return true;
        }
        if (sheet->chunk < mark->line->count) {
            raster_chunk(mark->text->raster, mark->line,
                         &mark->line->chunks[sheet->chunk++], sheet->canvas, mark->x,
                         mark->baseline, mark->colour);
            return true;
        }
    }
    return false;
}

/* Hands the next rows over. Their pages go back to the system until the next picture, seconds
 * from now, in which every px is painted anew before it is drawn on: so the canvas empties as
 * the plane fills. */
static void upload(struct sheet *sheet)
{
    SDL_Surface *canvas = sheet->canvas;
    SDL_Rect at = slice(sheet);
    stage_upload(sheet->stage, &sheet->planes[!sheet->front], canvas, at);
    pages_rest((Uint8 *)canvas->pixels + (size_t)at.y * (size_t)canvas->pitch,
               (size_t)at.h * (size_t)canvas->pitch);
    if (sheet->row >= sheet->area.h) {
        sheet->state = SHEET_READY;
    }
}

enum work sheet_work(struct sheet *sheet)
{
    SDL_Rect at;
    SDL_Color ground = sheet->ground;
    switch (sheet->state) {
    case SHEET_CLEARING:
        at = slice(sheet);
        SDL_FillRect(sheet->canvas, &at,
                     SDL_MapRGB(sheet->canvas->format, ground.r, ground.g, ground.b));
        sheet->state = sheet->row < sheet->area.h ? SHEET_CLEARING : SHEET_DRAWING;
        return WORK_RASTER;
    case SHEET_DRAWING:
        if (draw_more(sheet)) {
            return WORK_RASTER;
        }
        drop_marks(sheet);
        sheet->state = SHEET_UPLOADING;
        sheet->row = 0;
        return WORK_RASTER;
    case SHEET_UPLOADING:
        upload(sheet);
        return WORK_UPLOAD;
    default:
        return WORK_IDLE;
    }
}

void sheet_turn(struct sheet *sheet)
{
    sheet->front = !sheet->front;
    sheet->shown = true;
    sheet->state = SHEET_IDLE;
    plane_rest(&sheet->planes[!sheet->front]);
}

void sheet_draw(const struct sheet *sheet, int shift)
{
    SDL_Rect area = sheet->area;
    if (!sheet->shown) {
        return;
    }
    SDL_Rect from = {0, shift, area.w, area.h - shift};
    SDL_Rect to = {area.x, area.y, area.w, area.h - shift};
    if (from.h > 0) {
        stage_copy(sheet->stage, &sheet->planes[sheet->front], from, to);
    }
    if (shift > 0) {
        from = (SDL_Rect){0, 0, area.w, shift};
        to = (SDL_Rect){area.x, area.y + area.h - shift, area.w, shift};
        stage_copy(sheet->stage, &sheet->planes[!sheet->front], from, to);
    }
}
