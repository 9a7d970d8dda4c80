/* The strip is a queue of pieces with their place in strip px, which is 64-bit and never
 * wraps. A tile is drawn when the strip is laid out past its end; if the desk has nothing
 * more, the strip is filled up with band so that what has begun is shown to its end. */
#define LOG_MODULE "crawl"
#include "show/crawl.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "show/layout.h"
#include "show/raster.h"

enum { TILE_PX = 1024, TILES_AHEAD = 2, TILES_MAX = 16, PIECES = 256, EDGE_ROWS = 2 };

struct piece {
    struct line *line; /* owned, but for the mark's */
    int64_t x;         /* left edge, strip px */
    SDL_Color colour;
    struct headline *headline; /* owned compact copy; the text piece of a headline only */
    bool aired;
};

struct tile {
    SDL_Texture *texture;
    int64_t index; /* which of the strip it holds; -1 = none */
};

struct crawl {
    struct crawl_setup setup;
    struct faces *faces;
    struct layout *layout;
    struct raster *raster;
    struct line *mark; /* the separator, laid out once */
    int baseline_px;   /* from the area's top */

    struct desk_cursor cursor;
    struct piece pieces[PIECES]; /* a queue: [first, first + count), modulo PIECES */
    size_t first, count;
    struct headline *next; /* its label is on the strip, its text not yet */
    int64_t origin, end;   /* strip px: the window's left edge; how far it is laid out */
    bool started;

    struct tile tiles[TILES_MAX];
    int64_t tile_count;
    SDL_Surface *canvas; /* the tile being drawn */
    int64_t drawing;     /* its index; -1 = none */
    size_t draw_piece, draw_chunk;
};

static struct piece *piece_at(const struct crawl *crawl, size_t i)
{
    return (struct piece *)&crawl->pieces[(crawl->first + i) % PIECES];
}

static bool make_tiles(struct crawl *crawl)
{
    const struct crawl_setup *setup = &crawl->setup;
    int64_t across = (setup->area.w + TILE_PX - 2) / TILE_PX + 1;
    crawl->tile_count = across + TILES_AHEAD;
    if (crawl->tile_count > TILES_MAX) {
        log_error("a lane of %d px is too wide: at most %d", setup->area.w,
                  (TILES_MAX - TILES_AHEAD - 1) * TILE_PX);
        return false;
    }
    for (int64_t i = 0; i < crawl->tile_count; i++) {
        crawl->tiles[i].index = -1;
        crawl->tiles[i].texture =
            SDL_CreateTexture(setup->renderer, SDL_PIXELFORMAT_RGB888,
                              SDL_TEXTUREACCESS_STATIC, TILE_PX, setup->area.h);
        if (!crawl->tiles[i].texture) {
            log_error("no texture of %dx%d: %s", TILE_PX, setup->area.h, SDL_GetError());
            return false;
        }
        SDL_SetTextureBlendMode(crawl->tiles[i].texture, SDL_BLENDMODE_NONE);
    }
    crawl->canvas = SDL_CreateRGBSurfaceWithFormat(0, TILE_PX, setup->area.h, 32,
                                                   SDL_PIXELFORMAT_RGB888);
    return crawl->canvas != NULL;
}

struct crawl *crawl_new(const struct crawl_setup *setup)
{
    struct crawl *crawl = calloc(1, sizeof *crawl);
    if (!crawl) {
        return NULL;
    }
    crawl->setup = *setup;
    crawl->drawing = -1;
    crawl->faces = faces_new(setup->text_px, setup->font_dir);
    crawl->layout = crawl->faces ? layout_new(crawl->faces) : NULL;
    crawl->raster = crawl->faces ? raster_new(crawl->faces) : NULL;
    crawl->mark = crawl->layout ? layout_text(crawl->layout, "\xE2\x80\xA2", 3) : NULL;
    if (!crawl->raster || !crawl->mark || !make_tiles(crawl)) {
        crawl_free(crawl);
        return NULL;
    }
    /* Capitals stand in the middle of the band: that is where the eye sees the text. */
    crawl->baseline_px = (setup->area.h + faces_capital_px(crawl->faces)) / 2;
    /* The first headline begins in view, so that there is something to read at once. */
    crawl->end = setup->area.w / 4;
    return crawl;
}

static void drop_piece(struct crawl *crawl)
{
    struct piece *piece = piece_at(crawl, 0);
    if (piece->line != crawl->mark) {
        free(piece->line);
    }
    free(piece->headline);
    crawl->first = (crawl->first + 1) % PIECES;
    crawl->count--;
    if (crawl->draw_piece > 0) {
        crawl->draw_piece--;
    } else {
        crawl->draw_chunk = 0;
    }
}

void crawl_free(struct crawl *crawl)
{
    if (!crawl) {
        return;
    }
    while (crawl->count) {
        drop_piece(crawl);
    }
    for (int64_t i = 0; i < TILES_MAX; i++) {
        if (crawl->tiles[i].texture) {
            SDL_DestroyTexture(crawl->tiles[i].texture);
        }
    }
    SDL_FreeSurface(crawl->canvas);
    desk_leave(crawl->setup.desk, &crawl->cursor);
    free(crawl->next);
    free(crawl->mark);
    raster_free(crawl->raster);
    layout_free(crawl->layout);
    faces_free(crawl->faces);
    free(crawl);
}

void crawl_advance(struct crawl *crawl, int64_t refreshes)
{
    crawl->origin += refreshes * crawl->setup.step_px;
    while (crawl->count) {
        const struct piece *piece = piece_at(crawl, 0);
        int64_t right = piece->x + layout_width_px(piece->line) + LAYOUT_OVERHANG_PX;
        if (right >= crawl->origin / TILE_PX * TILE_PX) {
            break;
        }
        drop_piece(crawl);
    }
}

/* Laying out: label, text and mark of one headline, one piece of text at a time. */

static void append(struct crawl *crawl, struct line *line, SDL_Color colour, int gap_px)
{
    crawl->pieces[(crawl->first + crawl->count++) % PIECES] =
        (struct piece){.line = line, .x = crawl->end, .colour = colour};
    crawl->end += layout_width_px(line) + gap_px;
}

static struct line *lay(struct crawl *crawl, const char *text)
{
    return layout_text(crawl->layout, text, strlen(text));
}

static bool lay_text(struct crawl *crawl)
{
    int em = crawl->setup.text_px;
    struct line *line = lay(crawl, headline_get(crawl->next, HEADLINE_TEXT));
    if (!line) {
        free(crawl->next);
        crawl->next = NULL;
        return true;
    }
    append(crawl, line, crawl->setup.text, em * 3 / 4);
    piece_at(crawl, crawl->count - 1)->headline = crawl->next;
    crawl->next = NULL;
    append(crawl, crawl->mark, crawl->setup.mark, em * 3 / 4);
    return true;
}

static bool lay_label(struct crawl *crawl)
{
    const struct headline *headline = desk_next(crawl->setup.desk, &crawl->cursor);
    if (!headline) {
        return false;
    }
    size_t bytes = headline_bytes(headline);
    crawl->next = malloc(bytes);
    if (!crawl->next) {
        return false;
    }
    memcpy(crawl->next, headline, bytes);
    int64_t right = crawl->origin + crawl->setup.area.w;
    if (crawl->started && crawl->end < right) {
        crawl->end = right; /* the strip had run dry: enter from the edge */
    }
    crawl->started = true;
    struct line *line = lay(crawl, headline_get(crawl->next, HEADLINE_SOURCE));
    if (line && line->count) {
        append(crawl, line, crawl->setup.label, crawl->setup.text_px / 2);
    } else {
        free(line);
    }
    return true;
}

/* Whether one more headline was begun or completed; where the desk has none, the strip is
 * filled up to the end of the tile that the last text reaches into. */
static bool lay_more(struct crawl *crawl)
{
    int64_t wanted = crawl->origin + crawl->setup.area.w + TILES_AHEAD * TILE_PX;
    if (crawl->count + 3 > PIECES || (crawl->end >= wanted && !crawl->next)) {
        return false;
    }
    if (crawl->next ? lay_text(crawl) : lay_label(crawl)) {
        return true;
    }
    if (crawl->count) {
        crawl->end = (crawl->end + TILE_PX - 1) / TILE_PX * TILE_PX;
    }
    return false;
}

/* Drawing: the tile at `drawing` is filled chunk by chunk on the canvas. */

static struct tile *tile_of(const struct crawl *crawl, int64_t index)
{
    return (struct tile *)&crawl->tiles[index % crawl->tile_count];
}

static bool is_laid_out(const struct crawl *crawl, int64_t index)
{
    return (index + 1) * TILE_PX <= crawl->end;
}

/* The first tile from the window's left edge on that could be drawn and is not; -1 = none. */
static int64_t find_tile(const struct crawl *crawl, int64_t right_px)
{
    int64_t last = (right_px - 1) / TILE_PX;
    for (int64_t i = crawl->origin / TILE_PX; i <= last && is_laid_out(crawl, i); i++) {
        if (tile_of(crawl, i)->index != i) {
            return i;
        }
    }
    return -1;
}

static void begin_tile(struct crawl *crawl, int64_t index)
{
    const struct crawl_setup *setup = &crawl->setup;
    crawl->drawing = index;
    crawl->draw_piece = crawl->draw_chunk = 0;
    SDL_FillRect(
        crawl->canvas, NULL,
        SDL_MapRGB(crawl->canvas->format, setup->band.r, setup->band.g, setup->band.b));
    SDL_Rect edge = {0, 0, TILE_PX, EDGE_ROWS};
    SDL_FillRect(
        crawl->canvas, &edge,
        SDL_MapRGB(crawl->canvas->format, setup->edge.r, setup->edge.g, setup->edge.b));
}

static bool touches(const struct chunk *chunk, int64_t left_px)
{
    int64_t pen = left_px + ((chunk->x + 32) >> 6);
    return pen + chunk->ink.right > 0 && pen + chunk->ink.left < TILE_PX;
}

/* Draws the next chunk that touches the tile; false when there is none left. */
static bool draw_chunk(struct crawl *crawl)
{
    for (; crawl->draw_piece < crawl->count; crawl->draw_piece++, crawl->draw_chunk = 0) {
        const struct piece *piece = piece_at(crawl, crawl->draw_piece);
        int64_t left = piece->x - crawl->drawing * TILE_PX;
        if (left > TILE_PX + LAYOUT_OVERHANG_PX ||
            left + layout_width_px(piece->line) < -LAYOUT_OVERHANG_PX) {
            continue;
        }
        if (crawl->draw_chunk == 0 && left < 0) {
            crawl->draw_chunk = layout_find(piece->line, (int)-left);
        }
        while (crawl->draw_chunk < piece->line->count) {
            const struct chunk *chunk = &piece->line->chunks[crawl->draw_chunk++];
            if (touches(chunk, left)) {
                raster_chunk(crawl->raster, piece->line, chunk, crawl->canvas, (int)left,
                             crawl->baseline_px, piece->colour);
                return true;
            }
        }
    }
    return false;
}

static void upload_tile(struct crawl *crawl)
{
    struct tile *tile = tile_of(crawl, crawl->drawing);
    if (SDL_UpdateTexture(tile->texture, NULL, crawl->canvas->pixels,
                          crawl->canvas->pitch)) {
        log_warning("a tile could not be uploaded: %s", SDL_GetError());
    }
    tile->index = crawl->drawing;
    crawl->drawing = -1;
}

enum crawl_work crawl_work(struct crawl *crawl)
{
    int64_t ahead = crawl->origin + crawl->setup.area.w + TILES_AHEAD * TILE_PX;
    if (crawl->drawing >= 0 && crawl->drawing < crawl->origin / TILE_PX) {
        crawl->drawing = -1; /* a stall has carried it past the window */
    }
    if (crawl->drawing < 0) {
        int64_t index = find_tile(crawl, ahead);
        if (index < 0) {
            return lay_more(crawl) ? CRAWL_LAYOUT : CRAWL_IDLE;
        }
        begin_tile(crawl, index);
    }
    if (draw_chunk(crawl)) {
        return CRAWL_RASTER;
    }
    upload_tile(crawl);
    return CRAWL_UPLOAD;
}

bool crawl_hungry(const struct crawl *crawl)
{
    int64_t right = crawl->origin + crawl->setup.area.w;
    return find_tile(crawl, right) >= 0 || (crawl->started && crawl->end < right) ||
           (!crawl->started && crawl->count == 0);
}

void crawl_draw(const struct crawl *crawl)
{
    const struct crawl_setup *setup = &crawl->setup;
    for (int x = 0; x < setup->area.w;) {
        int64_t index = (crawl->origin + x) / TILE_PX;
        int from = (int)((crawl->origin + x) % TILE_PX);
        int w = TILE_PX - from < setup->area.w - x ? TILE_PX - from : setup->area.w - x;
        SDL_Rect source = {from, 0, w, setup->area.h};
        SDL_Rect target = {setup->area.x + x, setup->area.y, w, setup->area.h};
        const struct tile *tile = tile_of(crawl, index);
        if (tile->index == index) {
            SDL_RenderCopy(setup->renderer, tile->texture, &source, &target);
        } else {
            SDL_SetRenderDrawColor(setup->renderer, setup->band.r, setup->band.g,
                                   setup->band.b, 255);
            SDL_RenderFillRect(setup->renderer, &target);
            target.h = EDGE_ROWS;
            SDL_SetRenderDrawColor(setup->renderer, setup->edge.r, setup->edge.g,
                                   setup->edge.b, 255);
            SDL_RenderFillRect(setup->renderer, &target);
        }
        x += w;
    }
}

const struct headline *crawl_aired(struct crawl *crawl)
{
    int64_t right = crawl->origin + crawl->setup.area.w;
    for (size_t i = 0; i < crawl->count; i++) {
        struct piece *piece = piece_at(crawl, i);
        int64_t tile = piece->x / TILE_PX;
        if (piece->x >= right) {
            break;
        }
        if (piece->headline && !piece->aired && tile_of(crawl, tile)->index == tile) {
            piece->aired = true;
            return piece->headline;
        }
    }
    return NULL;
}
