/* A tile of index i stands at i modulo count, so that finding one needs no search. */
#define LOG_MODULE "crawl"
#include "show/tiles.h"

#include "base/log.h"

enum { EDGE_ROWS = 2 };

bool tiles_init(struct tiles *tiles, SDL_Renderer *renderer, SDL_Rect area,
                SDL_Color band, SDL_Color edge)
{
    *tiles = (struct tiles){.renderer = renderer, .area = area, .band = band};
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
        tile->texture = SDL_CreateTexture(renderer, SDL_PIXELFORMAT_RGB888,
                                          SDL_TEXTUREACCESS_STATIC, TILES_PX, area.h);
        if (!tile->texture) {
            log_error("no texture of %dx%d: %s", TILES_PX, area.h, SDL_GetError());
            return false;
        }
        SDL_SetTextureBlendMode(tile->texture, SDL_BLENDMODE_NONE);
    }
    tiles->canvas =
        SDL_CreateRGBSurfaceWithFormat(0, TILES_PX, area.h, 32, SDL_PIXELFORMAT_RGB888);
    return tiles->canvas != NULL;
}

void tiles_fini(struct tiles *tiles)
{
    for (int64_t i = 0; i < tiles->count; i++) {
        if (tiles->tiles[i].texture) {
            SDL_DestroyTexture(tiles->tiles[i].texture);
        }
    }
    SDL_FreeSurface(tiles->canvas);
    *tiles = (struct tiles){0};
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
    SDL_Rect edge_at = {0, 0, TILES_PX, EDGE_ROWS};
    tiles->drawing = index;
    tiles->piece = 0;
    tiles->chunk = 0;
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

bool tiles_draw_chunk(struct tiles *tiles, struct strip *strip, const struct text *text,
                      int baseline_px)
{
    if (tiles->piece < strip->first) {
        tiles->piece = strip->first;
        tiles->chunk = 0;
    }
    for (; tiles->piece < strip->next; tiles->piece++, tiles->chunk = 0) {
        const struct piece *piece = strip_at(strip, tiles->piece);
        int64_t w = layout_width_px(piece->line);
        int64_t left = left_of(tiles, piece->x - tiles->drawing * TILES_PX, w, TILES_PX);
        if (left > TILES_PX + LAYOUT_OVERHANG_PX || left + w < -LAYOUT_OVERHANG_PX) {
            continue;
        }
        const struct chunk *chunk = next_chunk(tiles, piece->line, left);
        if (chunk) {
            raster_chunk(text->raster, piece->line, chunk, tiles->canvas, (int)left,
                         baseline_px, piece->colour);
            return true;
        }
    }
    return false;
}

void tiles_upload(struct tiles *tiles)
{
    struct tile *tile = &tiles->tiles[tiles->drawing % tiles->count];
    if (SDL_UpdateTexture(tile->texture, NULL, tiles->canvas->pixels,
                          tiles->canvas->pitch)) {
        log_warning("a tile could not be uploaded: %s", SDL_GetError());
    }
    tile->index = tiles->drawing;
    tiles->drawing = -1;
}

/* --- The window --------------------------------------------------------------------------- */

static void show_band(const struct tiles *tiles, SDL_Rect at)
{
    SDL_Color band = tiles->band, edge = tiles->edge;
    SDL_SetRenderDrawColor(tiles->renderer, band.r, band.g, band.b, 255);
    SDL_RenderFillRect(tiles->renderer, &at);
    at.h = EDGE_ROWS;
    SDL_SetRenderDrawColor(tiles->renderer, edge.r, edge.g, edge.b, 255);
    SDL_RenderFillRect(tiles->renderer, &at);
}

void tiles_show(const struct tiles *tiles, int64_t origin)
{
    const SDL_Rect *area = &tiles->area;
    for (int x = 0, w; x < area->w; x += w) {
        int64_t index = (origin + x) / TILES_PX;
        int from = (int)((origin + x) % TILES_PX);
        w = TILES_PX - from < area->w - x ? TILES_PX - from : area->w - x;
        SDL_Rect source = {(int)left_of(tiles, from, w, TILES_PX), 0, w, area->h};
        SDL_Rect target = {area->x + (int)left_of(tiles, x, w, area->w), area->y, w,
                           area->h};
        if (tiles_has(tiles, index)) {
            const struct tile *tile = &tiles->tiles[index % tiles->count];
            SDL_RenderCopy(tiles->renderer, tile->texture, &source, &target);
        } else {
            show_band(tiles, target);
        }
    }
}
