/* Runs (same level, script, face) are cut into pieces behind spaces, each shaped in the context
 * of the whole text; one wider than a chunk may be is cut again where HarfBuzz says that is
 * safe, without shaping it again. Then the chunks are put in visual order and the pen runs over
 * them. */
#include "show/layout.h"

#include <hb.h>
#include <stdlib.h>
#include <string.h>

#include "show/bidi.h"
#include "show/choose.h"
#include "show/itemize.h"

/* Shaping at most this many code points at once keeps one endless word linear in cost. */
enum { PIECE_CODES = 256, EMOJI_CODES = 24, CHUNKS_FIRST = 64 };

struct layout {
    struct faces *faces;
    struct items items;
    hb_buffer_t *buffer;
    size_t count, room;
    struct chunk *chunks; /* of the text at hand, logical order */
    uint8_t *levels;      /* of the chunks */
    uint32_t *visual;     /* their order (show/bidi.h) */
};

/* Room for that many chunks. */
static bool grow(struct layout *layout, size_t room)
{
    struct chunk *chunks = realloc(layout->chunks, room * sizeof *chunks);
    layout->chunks = chunks ? chunks : layout->chunks;
    uint8_t *levels = realloc(layout->levels, room);
    layout->levels = levels ? levels : layout->levels;
    uint32_t *visual = realloc(layout->visual, room * sizeof *visual);
    layout->visual = visual ? visual : layout->visual;
    bool done = chunks && levels && visual;
    layout->room = done ? room : layout->room;
    return done;
}

struct layout *layout_new(struct faces *faces)
{
    struct layout *layout = calloc(1, sizeof *layout);
    if (!layout) {
        return NULL;
    }
    layout->faces = faces;
    layout->buffer = hb_buffer_create();
    if (!grow(layout, CHUNKS_FIRST) || !hb_buffer_allocation_successful(layout->buffer)) {
        layout_free(layout);
        return NULL;
    }
    return layout;
}

void layout_free(struct layout *layout)
{
    if (layout) {
        itemize_fini(&layout->items);
        hb_buffer_destroy(layout->buffer);
        free(layout->chunks);
        free(layout->levels);
        free(layout->visual);
        free(layout);
    }
}

static void shape(struct layout *layout, size_t start, size_t end)
{
    const struct items *items = &layout->items;
    hb_buffer_t *buffer = layout->buffer;
    hb_buffer_reset(buffer);
    hb_buffer_add_utf32(buffer, items->codes, (int)items->count, (unsigned)start,
                        (int)(end - start));
    hb_buffer_set_direction(buffer, items->levels[start] & 1 ? HB_DIRECTION_RTL
                                                             : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, items->scripts[start]);
    hb_shape(faces_hb(layout->faces, items->faces[start]), buffer, NULL, 0);
}

static void unite(struct ink *all, struct ink one, int x)
{
    if (one.right <= one.left) {
        return;
    }
    if (all->right <= all->left) {
        *all = (struct ink){one.left + x, one.top, one.right + x, one.bottom};
        return;
    }
    all->left = one.left + x < all->left ? one.left + x : all->left;
    all->right = one.right + x > all->right ? one.right + x : all->right;
    all->top = one.top < all->top ? one.top : all->top;
    all->bottom = one.bottom > all->bottom ? one.bottom : all->bottom;
}

/* Glyphs of the buffer, FIRST up to END, in visual order. */
struct span {
    unsigned first, end;
};

static int scale_down(int px, int em_px, int strike_px)
{
    int scaled = px * em_px;
    return scaled >= 0 ? scaled / strike_px : -((-scaled + strike_px - 1) / strike_px);
}

/* From a bitmap face's own pixels to those of the text, the box rounded outwards. */
static void scale(struct chunk *chunk, int em_px, int strike_px)
{
    struct ink ink = chunk->ink;
    chunk->advance = (int32_t)((int64_t)chunk->advance * em_px / strike_px);
    chunk->ink.left = scale_down(ink.left, em_px, strike_px);
    chunk->ink.top = scale_down(ink.top, em_px, strike_px);
    chunk->ink.right = -scale_down(-ink.right, em_px, strike_px);
    chunk->ink.bottom = -scale_down(-ink.bottom, em_px, strike_px);
}

/* Sums a span up. Glyph pens are floored to whole pixels: that is where SDL_ttf will put them,
 * so the box is the one its surface will have. */
static struct chunk measure(struct layout *layout, uint8_t face, struct span span)
{
    unsigned count;
    hb_glyph_info_t *info = hb_buffer_get_glyph_infos(layout->buffer, &count);
    hb_glyph_position_t *at = hb_buffer_get_glyph_positions(layout->buffer, &count);
    struct chunk chunk = {0};
    for (unsigned i = span.first; i < span.end; i++) {
        struct ink ink = faces_ink(layout->faces, face, info[i].codepoint);
        int rise = (at[i].y_offset + 63) >> 6;
        ink.top -= rise;
        ink.bottom -= rise;
        unite(&chunk.ink, ink, (chunk.advance + at[i].x_offset) >> 6);
        chunk.advance += at[i].x_advance;
    }
    chunk.left = (int16_t)chunk.ink.left;
    chunk.top = (int16_t)chunk.ink.top;
    int strike_px = faces_strike_px(layout->faces, face);
    if (strike_px) {
        scale(&chunk, faces_em_px(layout->faces), strike_px);
    }
    return chunk;
}

/* A place to cut a shaped piece at. */
struct cut {
    size_t code;   /* the cluster that begins behind it */
    unsigned done; /* glyphs before it, counted in logical order */
    bool safe;     /* both sides keep their shape (HarfBuzz) */
};

/* Where to cut so that the glyphs behind the first DONE, in logical order, fill no more than a
 * chunk, the piece being shaped from START to END: the last cluster start within the width that
 * is safe, else the last within it, else the first of all; END if there is none. */
static struct cut find_cut(struct layout *layout, size_t start, size_t end, unsigned done)
{
    const struct items *items = &layout->items;
    unsigned count;
    hb_glyph_info_t *info = hb_buffer_get_glyph_infos(layout->buffer, &count);
    hb_glyph_position_t *at = hb_buffer_get_glyph_positions(layout->buffer, &count);
    bool rtl = items->levels[start] & 1;
    struct cut safe = {0}, any = {0};
    int64_t pen = 0;
    size_t cluster = SIZE_MAX;
    for (unsigned i = done; i < count; i++) {
        unsigned g = rtl ? count - 1 - i : i;
        bool begins =
            i > done && info[g].cluster != cluster && items->starts[info[g].cluster];
        cluster = info[g].cluster;
        if (begins && pen > LAYOUT_CHUNK_PX * 64 && any.code) {
            break;
        }
        if (begins) {
            any = (struct cut){cluster, i, false};
            if (!(hb_glyph_info_get_glyph_flags(&info[g]) &
                  HB_GLYPH_FLAG_UNSAFE_TO_BREAK)) {
                safe = (struct cut){cluster, i, true};
            }
        }
        pen += at[g].x_advance;
    }
    if (pen <= LAYOUT_CHUNK_PX * 64 || !any.code) {
        return (struct cut){end, count, true};
    }
    return safe.code ? safe : any;
}

static bool push(struct layout *layout, size_t start, size_t end, struct chunk chunk)
{
    const struct items *items = &layout->items;
    if (layout->count == layout->room && !grow(layout, layout->room * 2)) {
        return false;
    }
    chunk.byte = items->bytes[start];
    chunk.bytes = (uint16_t)(items->bytes[end] - items->bytes[start]);
    chunk.face = items->faces[start];
    chunk.level = (uint8_t)items->levels[start];
    chunk.script = items->scripts[start];
    chunk.joins_before =
        start > 0 && bidi_joins(items->codes, items->count, start - 1, start);
    chunk.joins_after =
        end < items->count && bidi_joins(items->codes, items->count, end - 1, end);
    layout->levels[layout->count] = chunk.level;
    layout->chunks[layout->count++] = chunk;
    return true;
}

/* Shapes [START, END), and where the face turns out to lack a glyph chooses another one for
 * its cluster: then false, and the piece is to be begun anew. */
static bool shape_whole(struct layout *layout, size_t start, size_t end)
{
    struct items *items = &layout->items;
    unsigned count;
    shape(layout, start, end);
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(layout->buffer, &count);
    bool whole = true;
    size_t last = SIZE_MAX;
    for (unsigned i = 0; i < count; i++) {
        size_t cluster = info[i].cluster;
        if (info[i].codepoint != 0 || cluster == last) {
            continue;
        }
        last = cluster;
        while (cluster > start && !items->starts[cluster]) {
            cluster--;
        }
        choose_again(items, layout->faces, cluster);
        whole = false;
    }
    return whole;
}

/* Chunks of the shaped piece [START, END). */
static bool add_shaped(struct layout *layout, size_t start, size_t end)
{
    uint8_t face = layout->items.faces[start];
    bool rtl = layout->items.levels[start] & 1;
    unsigned done = 0;
    while (start < end) {
        struct cut cut = find_cut(layout, start, end, done);
        unsigned count = hb_buffer_get_length(layout->buffer);
        struct span span = rtl ? (struct span){count - cut.done, count - done}
                               : (struct span){done, cut.done};
        if (!cut.safe) {
            shape(layout, start, cut.code);
            span = (struct span){0, hb_buffer_get_length(layout->buffer)};
        }
        if (!push(layout, start, cut.code, measure(layout, face, span))) {
            return false;
        }
        done = cut.done;
        if (!cut.safe && cut.code < end) {
            shape(layout, cut.code, end);
            done = 0;
        }
        start = cut.code;
    }
    return true;
}

/* Where a piece from START, that could reach to END, ends: one emoji is drawn at a time, and one
 * that is joined on and on (the longest in use have ten code points) in parts. */
static size_t piece_end(const struct layout *layout, size_t start, size_t end)
{
    const struct items *items = &layout->items;
    if (faces_strike_px(layout->faces, items->faces[start])) {
        size_t most = start + EMOJI_CODES < end ? start + EMOJI_CODES : end;
        size_t after = start + 1;
        while (after < most && !items->starts[after]) {
            after++;
        }
        return after;
    }
    if (end - start <= PIECE_CODES) {
        return end;
    }
    size_t stop = start + PIECE_CODES;
    while (stop > start && !items->starts[stop]) {
        stop--;
    }
    return stop > start ? stop : start + PIECE_CODES;
}

/* Chunks of the word [*START, END) of one run; *START goes as far as it came, which is less than
 * END where a face was refused on the way. False if memory is short. */
static bool add_word(struct layout *layout, size_t *start, size_t end)
{
    while (*start < end) {
        size_t stop = piece_end(layout, *start, end);
        if (!shape_whole(layout, *start, stop)) {
            return true;
        }
        if (!add_shaped(layout, *start, stop)) {
            return false;
        }
        *start = stop;
    }
    return true;
}

static size_t run_end(const struct items *items, size_t start)
{
    size_t end = start + 1;
    while (end < items->count && items->levels[end] == items->levels[start] &&
           items->scripts[end] == items->scripts[start] &&
           items->faces[end] == items->faces[start]) {
        end++;
    }
    return end;
}

/* As add_word, for a run. */
static bool add_run(struct layout *layout, size_t *start, size_t end)
{
    const struct items *items = &layout->items;
    while (*start < end) {
        size_t stop = *start + 1;
        while (stop < end && !(items->codes[stop - 1] == ' ' &&
                               items->codes[stop] != ' ' && items->starts[stop])) {
            stop++;
        }
        if (!add_word(layout, start, stop)) {
            return false;
        }
        if (*start < stop) {
            break;
        }
    }
    return true;
}

static struct line *finish(struct layout *layout)
{
    size_t chunk_bytes = layout->count * sizeof *layout->chunks;
    size_t text_bytes =
        layout->items.count ? layout->items.bytes[layout->items.count] : 0;
    struct line *line = malloc(sizeof *line + chunk_bytes + text_bytes + 1);
    if (!line) {
        return NULL;
    }
    *line = (struct line){.count = layout->count, .rtl = layout->items.rtl};
    line->chunks = (struct chunk *)(line + 1);
    line->text = (char *)line->chunks + chunk_bytes;
    memcpy(line->text, layout->items.text, text_bytes);
    line->text[text_bytes] = '\0';
    bidi_order(layout->levels, layout->count, layout->visual);
    for (size_t i = 0; i < line->count; i++) {
        struct chunk *chunk = &line->chunks[i];
        *chunk = layout->chunks[layout->visual[i]];
        chunk->x = line->advance;
        line->advance += chunk->advance;
        unite(&line->ink, chunk->ink, (int)((chunk->x + 32) >> 6));
    }
    return line;
}

struct line *layout_text(struct layout *layout, const char *text, size_t length)
{
    struct items *items = &layout->items;
    layout->count = 0;
    if (!itemize(items, layout->faces, text, length)) {
        return NULL;
    }
    for (size_t start = 0; start < items->count;) {
        size_t end = run_end(items, start);
        if (items->faces[start] == FACE_NONE) {
            start = end;
        } else if (!add_run(layout, &start, end)) {
            return NULL;
        }
    }
    return finish(layout);
}

int layout_width_px(const struct line *line)
{
    return (int)((line->advance + 63) >> 6);
}

size_t layout_find(const struct line *line, int x_px)
{
    size_t low = 0, high = line->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct chunk *chunk = &line->chunks[middle];
        if (((chunk->x + chunk->advance) >> 6) + LAYOUT_OVERHANG_PX < x_px) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}
