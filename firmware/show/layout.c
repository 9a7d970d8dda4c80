/* Runs (same level, script, face) are cut into pieces behind spaces, pieces wider than a
 * chunk may be are cut again where HarfBuzz says that is safe; each is shaped in the context
 * of the whole text. Then the chunks are put in visual order and the pen runs over them. */
#include "show/layout.h"

#include <hb.h>
#include <stdlib.h>
#include <string.h>

#include "show/itemize.h"

/* Shaping at most this many code points at once keeps one endless word linear in cost. */
enum { PIECE_CODES = 256, CHUNKS_FIRST = 64 };

struct layout {
    struct faces *faces;
    struct items items;
    hb_buffer_t *buffer;
    struct chunk *chunks; /* of the text at hand, logical order */
    size_t count, room;
};

struct layout *layout_new(struct faces *faces)
{
    struct layout *layout = calloc(1, sizeof *layout);
    if (!layout) {
        return NULL;
    }
    layout->faces = faces;
    layout->buffer = hb_buffer_create();
    layout->chunks = malloc(CHUNKS_FIRST * sizeof *layout->chunks);
    layout->room = CHUNKS_FIRST;
    if (!layout->chunks || !hb_buffer_allocation_successful(layout->buffer)) {
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

/* Sums the buffer up. Glyph pens are floored to whole pixels: that is where SDL_ttf will
 * put them, so the box is the one its surface will have. */
static void measure(struct layout *layout, uint8_t face, struct chunk *chunk)
{
    unsigned count;
    hb_glyph_info_t *info = hb_buffer_get_glyph_infos(layout->buffer, &count);
    hb_glyph_position_t *at = hb_buffer_get_glyph_positions(layout->buffer, &count);
    int32_t pen = 0;
    chunk->ink = (struct ink){0};
    for (unsigned i = 0; i < count; i++) {
        struct ink ink = faces_ink(layout->faces, face, info[i].codepoint);
        int rise = (at[i].y_offset + 63) >> 6;
        ink.top -= rise;
        ink.bottom -= rise;
        unite(&chunk->ink, ink, (pen + at[i].x_offset) >> 6);
        pen += at[i].x_advance;
    }
    chunk->advance = pen;
}

/* Where to cut a shaped piece [START, END) so that it fits: the last cluster start within
 * the width that HarfBuzz calls safe, else the last within the width, else the first cluster.
 * Returns END if it cannot be cut. */
static size_t find_cut(struct layout *layout, size_t start, size_t end)
{
    unsigned count;
    hb_glyph_info_t *info = hb_buffer_get_glyph_infos(layout->buffer, &count);
    hb_glyph_position_t *at = hb_buffer_get_glyph_positions(layout->buffer, &count);
    bool rtl = layout->items.levels[start] & 1;
    int32_t pen = 0;
    size_t safe = start, any = start, first = end;
    for (unsigned i = 0; i < count; i++) {
        unsigned g = rtl ? count - 1 - i : i; /* logical order */
        size_t cluster = info[g].cluster;
        if (cluster > start && layout->items.starts[cluster]) {
            first = cluster < first ? cluster : first;
            if (pen <= LAYOUT_CHUNK_PX * 64) {
                any = cluster;
                safe = hb_glyph_info_get_glyph_flags(&info[g]) &
                               HB_GLYPH_FLAG_UNSAFE_TO_BREAK
                           ? safe
                           : cluster;
            }
        }
        pen += at[g].x_advance;
    }
    return safe > start ? safe : any > start ? any : first;
}

static bool push(struct layout *layout, size_t start, size_t end, struct chunk chunk)
{
    const struct items *items = &layout->items;
    if (layout->count == layout->room) {
        struct chunk *bigger =
            realloc(layout->chunks, layout->room * 2 * sizeof *layout->chunks);
        if (!bigger) {
            return false;
        }
        layout->chunks = bigger;
        layout->room *= 2;
    }
    chunk.byte = items->bytes[start];
    chunk.bytes = (uint16_t)(items->bytes[end] - items->bytes[start]);
    chunk.face = items->faces[start];
    chunk.level = (uint8_t)items->levels[start];
    chunk.script = items->scripts[start];
    chunk.joins_before = start > 0 && itemize_joins(items, start - 1, start);
    chunk.joins_after = end < items->count && itemize_joins(items, end - 1, end);
    layout->chunks[layout->count++] = chunk;
    return true;
}

/* Chunks of the piece [START, END), which lies in one run. */
static bool add_piece(struct layout *layout, size_t start, size_t end)
{
    while (start < end) {
        size_t stop = end;
        if (stop - start > PIECE_CODES) {
            stop = start + PIECE_CODES;
            while (stop > start + 1 && !layout->items.starts[stop]) {
                stop--;
            }
        }
        struct chunk chunk = {0};
        shape(layout, start, stop);
        measure(layout, layout->items.faces[start], &chunk);
        if (chunk.advance > LAYOUT_CHUNK_PX * 64) {
            size_t cut = find_cut(layout, start, stop);
            if (cut < stop) {
                stop = cut;
                shape(layout, start, stop);
                measure(layout, layout->items.faces[start], &chunk);
            }
        }
        if (!push(layout, start, stop, chunk)) {
            return false;
        }
        start = stop;
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

static bool add_run(struct layout *layout, size_t start, size_t end)
{
    const struct items *items = &layout->items;
    size_t piece = start;
    for (size_t i = start + 1; i <= end; i++) {
        bool word_starts = i < end && items->codes[i - 1] == ' ' &&
                           items->codes[i] != ' ' && items->starts[i];
        if (i == end || word_starts) {
            if (!add_piece(layout, piece, i)) {
                return false;
            }
            piece = i;
        }
    }
    return true;
}

/* Rule L2 of UAX #9: from the highest level down to the lowest odd one, every stretch of
 * chunks at that level or above is reversed. */
static void order(struct chunk *chunks, size_t count)
{
    int highest = 0;
    for (size_t i = 0; i < count; i++) {
        highest = chunks[i].level > highest ? chunks[i].level : highest;
    }
    for (int level = highest; level > 0; level--) {
        for (size_t i = 0; i < count;) {
            size_t end = i;
            while (end < count && chunks[end].level >= level) {
                end++;
            }
            for (size_t a = i, b = end; a + 1 < b; a++) {
                struct chunk swap = chunks[a];
                chunks[a] = chunks[--b];
                chunks[b] = swap;
            }
            i = end + 1;
        }
    }
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
    memcpy(line->chunks, layout->chunks, chunk_bytes);
    memcpy(line->text, layout->items.text, text_bytes);
    line->text[text_bytes] = '\0';
    order(line->chunks, line->count);
    for (size_t i = 0; i < line->count; i++) {
        struct chunk *chunk = &line->chunks[i];
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
    for (size_t start = 0, end; start < items->count; start = end) {
        end = run_end(items, start);
        if (items->faces[start] != FACE_NONE && !add_run(layout, start, end)) {
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
