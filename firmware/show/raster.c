/* SDL_ttf hides the pen's origin: its surface begins at the leftmost ink or the pen,
 * whichever is further left, and at the highest ink or the ascent, whichever is higher. The
 * chunk's measured ink box tells both, so the shift is undone exactly. Direction and script
 * stick to a TTF_Font, so they are set before every call. */
#define LOG_MODULE "text"
#include "show/raster.h"

#include <SDL_ttf.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "show/embedded.h"

enum { CHUNK_BYTES = 1024 + 8, JOINER_BYTES = 3 };

struct raster {
    struct faces *faces;
    TTF_Font *fonts[FACES_MAX]; /* opened as needed; same index as in faces */
    bool broken[FACES_MAX];
};

struct raster *raster_new(struct faces *faces)
{
    struct raster *raster = calloc(1, sizeof *raster);
    if (!raster || TTF_Init()) {
        log_error("SDL_ttf cannot start: %s", SDL_GetError());
        free(raster);
        return NULL;
    }
    raster->faces = faces;
    return raster;
}

void raster_free(struct raster *raster)
{
    if (!raster) {
        return;
    }
    for (size_t i = 0; i < FACES_MAX; i++) {
        if (raster->fonts[i]) {
            TTF_CloseFont(raster->fonts[i]);
        }
    }
    TTF_Quit();
    free(raster);
}

static TTF_Font *font_of(struct raster *raster, uint8_t face)
{
    if (raster->fonts[face] || raster->broken[face]) {
        return raster->fonts[face];
    }
    struct face_file file = faces_file(raster->faces, face);
    int em_px = faces_em_px(raster->faces);
    TTF_Font *font =
        file.path
            ? TTF_OpenFontIndex(file.path, em_px, file.index)
            : TTF_OpenFontRW(SDL_RWFromConstMem(embedded_face,
                                                (int)(embedded_face_end - embedded_face)),
                             1, em_px);
    if (!font) {
        raster->broken[face] = true;
        log_warning("%s: cannot be drawn with (%s): left out",
                    file.path ? file.path : "embedded face", TTF_GetError());
        return NULL;
    }
    TTF_SetFontHinting(font, TTF_HINTING_NONE);
    raster->fonts[face] = font;
    return font;
}

/* The chunk's own text, with ZERO WIDTH JOINERs where it was cut from a letter it joins. */
static void text_of(const struct line *line, const struct chunk *chunk, char *out)
{
    static const char joiner[] = "\xE2\x80\x8D";
    size_t used = 0;
    if (chunk->joins_before) {
        memcpy(out, joiner, JOINER_BYTES);
        used += JOINER_BYTES;
    }
    memcpy(out + used, line->text + chunk->byte, chunk->bytes);
    used += chunk->bytes;
    if (chunk->joins_after) {
        memcpy(out + used, joiner, JOINER_BYTES);
        used += JOINER_BYTES;
    }
    out[used] = '\0';
}

static SDL_Surface *draw(TTF_Font *font, const struct line *line,
                         const struct chunk *chunk, SDL_Color colour)
{
    char text[CHUNK_BYTES];
    char script[5] = {(char)(chunk->script >> 24), (char)(chunk->script >> 16),
                      (char)(chunk->script >> 8), (char)chunk->script, '\0'};
    if (chunk->bytes + 2 * JOINER_BYTES >= (int)sizeof text) {
        return NULL;
    }
    text_of(line, chunk, text);
    TTF_SetFontDirection(font, chunk->level & 1 ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
    TTF_SetFontScriptName(font, script);
    return TTF_RenderUTF8_Blended(font, text, colour);
}

bool raster_chunk(struct raster *raster, const struct line *line,
                  const struct chunk *chunk, SDL_Surface *surface, int x_px,
                  int baseline_px, SDL_Color colour)
{
    if (chunk->ink.right <= chunk->ink.left) {
        return true; /* white space or invisible: nothing to draw, and no error */
    }
    TTF_Font *font = font_of(raster, chunk->face);
    SDL_Surface *drawn = font ? draw(font, line, chunk, colour) : NULL;
    if (!drawn) {
        if (font) {
            log_warning("a piece of text could not be drawn (%s): left out",
                        TTF_GetError());
        }
        return false;
    }
    int ascent = TTF_FontAscent(font);
    int left = chunk->ink.left < 0 ? chunk->ink.left : 0;
    int above = ascent + chunk->ink.top < 0 ? ascent + chunk->ink.top : 0;
    SDL_Rect at = {x_px + (int)((chunk->x + 32) >> 6) + left,
                   baseline_px - ascent + above, 0, 0};
    bool done = SDL_BlitSurface(drawn, NULL, surface, &at) == 0;
    SDL_FreeSurface(drawn);
    return done;
}

bool raster_line(struct raster *raster, const struct line *line, SDL_Surface *surface,
                 int x_px, int baseline_px, SDL_Color colour)
{
    bool whole = true;
    for (size_t i = layout_find(line, -x_px); i < line->count; i++) {
        const struct chunk *chunk = &line->chunks[i];
        if (x_px + (chunk->x >> 6) > surface->w + LAYOUT_OVERHANG_PX) {
            break;
        }
        whole &= raster_chunk(raster, line, chunk, surface, x_px, baseline_px, colour);
    }
    return whole;
}
