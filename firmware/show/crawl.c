/* The strip is a queue of pieces with their place in strip px, which is 64-bit and never
 * wraps. A tile is drawn when the strip is laid out past its end; if the desk has nothing
 * more, the strip is filled up with band so that what has begun is shown to its end. */
#define LOG_MODULE "crawl"
#include "show/crawl.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "show/text.h"

enum {
    TILE_PX = 1024,
    TILES_AHEAD = 2,
    TILES_MAX = 20,
    PIECES = 256,
    EDGE_ROWS = 2,
    LABEL_PERCENT = 30, /* of the width, at most */
    PASSED_OVER_MOST = 32
};

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
    struct text text;
    struct line *mark; /* the separator, laid out once */
    int baseline_px;   /* from the area's top */

    struct desk_cursor cursor;
    struct piece pieces[PIECES]; /* a queue: [first, first + count), modulo PIECES */
    size_t first, count;
    struct headline *next; /* owned; laid out in next_line, not on the strip yet */
    struct line *next_line;
    unsigned passed_over; /* headlines without a letter that could be drawn, in a row */
    int64_t origin, end;  /* strip px: the window's left edge; how far it is laid out */
    bool started;         /* a headline was laid out */
    bool dry;             /* the desk had no more */

    struct tile tiles[TILES_MAX];
    int64_t tile_count;
    SDL_Surface *canvas; /* the tile being drawn */
    int64_t drawing;     /* its index; -1 = none */
    size_t draw_piece, draw_chunk;
};

static struct piece *piece_at(struct crawl *crawl, size_t i)
{
    return &crawl->pieces[(crawl->first + i) % PIECES];
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
    bool open = text_open(&crawl->text, setup->text_px, setup->font_dir);
    crawl->mark = open ? text_lay(&crawl->text, "•", 0) : NULL;
    if (!crawl->mark || !make_tiles(crawl)) {
        crawl_free(crawl);
        return NULL;
    }
    /* Capitals stand in the middle of the band: that is where the eye sees the text. */
    crawl->baseline_px = (setup->area.h + faces_capital_px(crawl->text.faces)) / 2;
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
    free(crawl->next_line);
    free(crawl->mark);
    text_close(&crawl->text);
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

/* The very first headline begins in view, so that there is something to read at once; one that
 * comes after the strip had run dry enters from the edge. */
static void begin_strip(struct crawl *crawl)
{
    int64_t edge = crawl->origin + crawl->setup.area.w;
    if (!crawl->started) {
        crawl->end = crawl->origin + crawl->setup.area.w / 4;
    } else if (crawl->dry && crawl->end < edge) {
        crawl->end = edge;
    }
    crawl->started = true;
    crawl->dry = false;
}

/* Takes the next headline from the desk and lays its text out. One of which no letter can be
 * drawn (no font has its script) is passed over: a bare label tells nobody anything. False if
 * the desk has none, or none that can be drawn. */
static bool lay_text(struct crawl *crawl)
{
    const struct headline *headline = desk_next(crawl->setup.desk, &crawl->cursor);
    if (!headline) {
        return false;
    }
    struct line *line = text_lay(&crawl->text, headline_get(headline, HEADLINE_TEXT), 0);
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

/* Puts what lay_text has laid out on the strip, its label before and the mark behind it. */
static void lay_label(struct crawl *crawl)
{
    int em = crawl->setup.text_px;
    begin_strip(crawl);
    struct line *label =
        text_lay(&crawl->text, headline_get(crawl->next, HEADLINE_SOURCE),
                 crawl->setup.area.w * LABEL_PERCENT / 100);
    if (label && label->count) {
        append(crawl, label, crawl->setup.label, em / 2);
    } else {
        free(label);
    }
    append(crawl, crawl->next_line, crawl->setup.text, em * 3 / 4);
    piece_at(crawl, crawl->count - 1)->headline = crawl->next;
    append(crawl, crawl->mark, crawl->setup.mark, em * 3 / 4);
    crawl->next = NULL;
    crawl->next_line = NULL;
}

/* Whether one more headline was begun or completed; where the desk has none, the strip is
 * filled up to the end of the tile that the last text reaches into. */
static bool lay_more(struct crawl *crawl)
{
    int64_t wanted = crawl->origin + crawl->setup.area.w + TILES_AHEAD * TILE_PX;
    if (crawl->count + 3 > PIECES || (crawl->end >= wanted && !crawl->next)) {
        return false;
    }
    if (crawl->next) {
        lay_label(crawl);
        return true;
    }
    if (lay_text(crawl)) {
        return true;
    }
    crawl->dry = true;
    if (crawl->count) {
        crawl->end = (crawl->end + TILE_PX - 1) / TILE_PX * TILE_PX;
    }
    return false;
}

/* Drawing: the tile at `drawing` is filled chunk by chunk on the canvas. */

static struct tile *tile_of(struct crawl *crawl, int64_t index)
{
    return &crawl->tiles[index % crawl->tile_count];
}

static bool is_laid_out(const struct crawl *crawl, int64_t index)
{
    /* Ink of the piece to come may reach back over its beginning. */
    int64_t reach = crawl->dry ? 0 : LAYOUT_OVERHANG_PX;
    return crawl->started && (index + 1) * TILE_PX + reach <= crawl->end;
}

/* The first tile from the window's left edge on that could be drawn and is not; -1 = none. */
static int64_t find_tile(struct crawl *crawl, int64_t right_px)
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
                raster_chunk(crawl->text.raster, piece->line, chunk, crawl->canvas,
                             (int)left, crawl->baseline_px, piece->colour);
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
    int64_t last = (crawl->origin + crawl->setup.area.w - 1) / TILE_PX;
    for (int64_t i = crawl->origin / TILE_PX; i <= last; i++) {
        if (crawl->tiles[i % crawl->tile_count].index != i &&
            (!crawl->dry || is_laid_out(crawl, i))) {
            return true;
        }
    }
    return false;
}

void crawl_draw(struct crawl *crawl)
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
        bool visible = piece->x + layout_width_px(piece->line) > crawl->origin &&
                       tile_of(crawl, tile)->index == tile;
        if (piece->headline && !piece->aired && visible) {
            piece->aired = true;
            return piece->headline;
        }
    }
    return NULL;
}
