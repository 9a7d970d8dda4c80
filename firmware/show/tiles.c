/* A tile of index i stands at i modulo count, so that finding one needs no search. */
#define LOG_MODULE "crawl"
#include "show/tiles.h"

#include "base/log.h"
#include "show/paint.h"
#include "show/shape.h"

enum {
    EDGE_SHARE = 60,   /* of the height */
    CHIP_PERCENT = 170 /* of the em */
};

_Static_assert((int)TILES_MAX <= (int)STAGE_PARTS, "a window is one copy");

static int edge_rows(const struct tiles *tiles)
{
    return tiles->area.h < EDGE_SHARE ? 1 : tiles->area.h / EDGE_SHARE;
}

bool tiles_init(struct tiles *tiles, struct stage *stage, SDL_Rect area, SDL_Color band,
                SDL_Color edge)
{
    *tiles = (struct tiles){.stage = stage, .area = area, .band = band};
    tiles->edge = edge;
    tiles->drawing = -1;
    int64_t across = (area.w + TILES_PX - 2) / TILES_PX + 1;
    if (across + TILES_AHEAD > TILES_MAX) {
        log_error("a lane of %d px is too wide: at most %d", area.w,
                  (TILES_MAX - TILES_AHEAD - 1) * TILES_PX);
        return false;
    }
    tiles->count = across + TILES_AHEAD;
    for (int64_t i = 0; i < tiles->count; i++) {
        struct tile *tile = &tiles->tiles[i];
        tile->index = -1;
        if (!stage_plane(stage, &tile->plane, TILES_PX, area.h,
                         (size_t)TILES_PX * (size_t)area.h)) {
            return false;
        }
    }
    tiles->canvas = plane_canvas(TILES_PX, area.h);
    return tiles->canvas != NULL;
}

void tiles_fini(struct tiles *tiles)
{
    for (int64_t i = 0; i < tiles->count; i++) {
        plane_close(&tiles->tiles[i].plane);
    }
    plane_free_canvas(tiles->canvas);
    *tiles = (struct tiles){0};
}

int tiles_chip_px(const struct tiles *tiles, const struct text *text)
{
    int h = faces_em_px(text->faces) * CHIP_PERCENT / 100;
    int most = tiles->area.h - 2 * edge_rows(tiles);
    return h < most ? h : most;
}

bool tiles_has(const struct tiles *tiles, int64_t index)
{
    return tiles->tiles[index % tiles->count].index == index;
}

/* The left edge of what lies W_PX wide at AT_PX in reading order, within ACROSS_PX. */
static int64_t left_of(const struct tiles *tiles, int64_t at_px, int64_t w_px,
                       int64_t across_px)
{
    return tiles->rightward ? across_px - at_px - w_px : at_px;
}

/* --- Drawing a tile ----------------------------------------------------------------------- */

void tiles_begin(struct tiles *tiles, int64_t index)
{
    const SDL_PixelFormat *format = tiles->canvas->format;
    SDL_Color band = tiles->band, edge = tiles->edge;
    SDL_Rect edge_at = {0, 0, TILES_PX, edge_rows(tiles)};
    tiles->drawing = index;
    tiles->piece = 0;
    tiles->chunk = 0;
    tiles->chip = false;
    SDL_FillRect(tiles->canvas, NULL, SDL_MapRGB(format, band.r, band.g, band.b));
    SDL_FillRect(tiles->canvas, &edge_at, SDL_MapRGB(format, edge.r, edge.g, edge.b));
}

/* The next chunk of LINE, whose left edge is at LEFT_PX of the tile, that touches it. */
static const struct chunk *next_chunk(struct tiles *tiles, const struct line *line,
                                      int64_t left_px)
{
    if (tiles->chunk == 0 && left_px < 0) {
        tiles->chunk = layout_find(line, (int)-left_px);
    }
    while (tiles->chunk < line->count) {
        const struct chunk *chunk = &line->chunks[tiles->chunk++];
        int64_t pen = left_px + ((chunk->x + 32) >> 6);
        if (pen > TILES_PX + LAYOUT_OVERHANG_PX) {
            return NULL;
        }
        if (pen + chunk->ink.right > 0 && pen + chunk->ink.left < TILES_PX) {
            return chunk;
        }
    }
    return NULL;
}

/* The chip behind PIECE, whose field begins LEFT_PX from the tile's edge; false if it has none,
 * or it is drawn. */
static bool draw_chip(struct tiles *tiles, const struct piece *piece, int64_t left_px)
{
    if (piece->pad == 0 || tiles->chip) {
        return false;
    }
    int em = faces_em_px(piece->text->faces), h = tiles_chip_px(tiles, piece->text);
    SDL_Rect at = {(int)left_px, (tiles->area.h - h) / 2, strip_piece_px(piece), h};
    shape_chip(tiles->canvas, at, em / 5, piece->chip);
    tiles->chip = true;
    return true;
}

/* The logo that PIECE is; false if it is none, or drawn. */
static bool draw_logo(struct tiles *tiles, const struct piece *piece, int64_t left_px)
{
    const struct picture *picture = piece->picture;
    if (!picture || tiles->chunk > 0) {
        return false;
    }
    paint_picture(tiles->canvas, picture, (int)left_px, (tiles->area.h - picture->h) / 2,
                  0, picture->h);
    tiles->chunk = 1;
    return true;
}

bool tiles_draw_chunk(struct tiles *tiles, struct strip *strip)
{
    if (tiles->piece < strip->first) {
        tiles->piece = strip->first;
        tiles->chunk = 0;
        tiles->chip = false;
    }
    for (; tiles->piece < strip->next;
         tiles->piece++, tiles->chunk = 0, tiles->chip = false) {
        const struct piece *piece = strip_at(strip, tiles->piece);
        int64_t w = strip_piece_px(piece);
        int64_t left = left_of(tiles, piece->x - tiles->drawing * TILES_PX, w, TILES_PX);
        if (left > TILES_PX + LAYOUT_OVERHANG_PX || left + w < -LAYOUT_OVERHANG_PX) {
            continue;
        }
        if (draw_chip(tiles, piece, left)) {
            return true;
        }
        left += piece->pad;
        if (draw_logo(tiles, piece, left)) {
            return true;
        }
        const struct chunk *chunk =
            piece->line ? next_chunk(tiles, piece->line, left) : NULL;
        if (chunk) {
            int capital = faces_capital_px(piece->text->faces);
            raster_chunk(piece->text->raster, piece->line, chunk, tiles->canvas,
                         (int)left, (tiles->area.h + capital) / 2, piece->colour);
            return true;
        }
    }
    return false;
}

void tiles_upload(struct tiles *tiles)
{
    struct tile *tile = &tiles->tiles[tiles->drawing % tiles->count];
    stage_upload(tiles->stage, &tile->plane, tiles->canvas,
                 (SDL_Rect){0, 0, TILES_PX, tiles->area.h});
    tile->index = tiles->drawing;
    tiles->drawing = -1;
}

/* --- The window --------------------------------------------------------------------------- */

static void show_band(const struct tiles *tiles, SDL_Rect at)
{
    stage_fill(tiles->stage, at, tiles->band);
    at.h = edge_rows(tiles);
    stage_fill(tiles->stage, at, tiles->edge);
}

void tiles_show(const struct tiles *tiles, int64_t origin)
{
    const SDL_Rect *area = &tiles->area;
    struct stage_part parts[STAGE_PARTS];
    size_t count = 0;
    for (int x = 0, w; x < area->w; x += w) {
        int64_t index = (origin + x) / TILES_PX;
        int from = (int)((origin + x) % TILES_PX);
        w = TILES_PX - from < area->w - x ? TILES_PX - from : area->w - x;
        SDL_Rect source = {(int)left_of(tiles, from, w, TILES_PX), 0, w, area->h};
        SDL_Rect target = {area->x + (int)left_of(tiles, x, w, area->w), area->y, w,
                           area->h};
        if (tiles_has(tiles, index)) {
            const struct plane *plane = &tiles->tiles[index % tiles->count].plane;
            parts[count++] = (struct stage_part){plane, source, target};
        } else {
            show_band(tiles, target);
        }
    }
    stage_copy_beside(tiles->stage, parts, count);
}
