/* SDL_ttf hides the pen's origin: its surface begins at the leftmost ink or the pen,
 * whichever is further left, and at the highest ink or the ascent, whichever is higher. The
 * chunk's measured ink box tells both, so the shift is undone exactly. Direction and script
 * stick to a TTF_Font, so they are set before every call. A bitmap face draws at its own size
 * whatever is asked; its pictures are scaled, about the same pen and baseline. */
#define LOG_MODULE "text"
#include "show/raster.h"

#include <SDL_ttf.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "show/embedded.h"
#include "show/strike.h"

enum { CHUNK_BYTES = 1024 + 8, JOINER_BYTES = 3 };

struct raster {
    struct faces *faces;
    TTF_Font *fonts[FACES_MAX]; /* opened as needed; same index as in faces */
    bool broken[FACES_MAX];
    struct strike strike;
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
    strike_fini(&raster->strike);
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

static SDL_Surface *draw(TTF_Font *font, const struct chunk *chunk, const char *text,
                         SDL_Color colour)
{
    char script[5] = {(char)(chunk->script >> 24), (char)(chunk->script >> 16),
                      (char)(chunk->script >> 8), (char)chunk->script, '\0'};
    TTF_SetFontDirection(font, chunk->level & 1 ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
    TTF_SetFontScriptName(font, script);
    SDL_Surface *drawn = TTF_RenderUTF8_Blended(font, text, colour);
    if (!drawn) {
        log_warning("a piece of text could not be drawn (%s): left out", TTF_GetError());
    }
    return drawn;
}

/* Where in what SDL_ttf draws of CHUNK the pen and the baseline are. */
static SDL_Point origin_of(TTF_Font *font, const struct chunk *chunk)
{
    int ascent = TTF_FontAscent(font), rise = -chunk->top;
    return (SDL_Point){chunk->left < 0 ? -chunk->left : 0, rise > ascent ? rise : ascent};
}

static bool blit_text(TTF_Font *font, const struct chunk *chunk, const char *text,
                      SDL_Surface *surface, SDL_Point pen, SDL_Color colour)
{
    SDL_Surface *drawn = draw(font, chunk, text, colour);
    if (!drawn) {
        return false;
    }
    SDL_Point origin = origin_of(font, chunk);
    SDL_Rect at = {pen.x - origin.x, pen.y - origin.y, 0, 0};
    bool done = SDL_BlitSurface(drawn, NULL, surface, &at) == 0;
    SDL_FreeSurface(drawn);
    return done;
}

static bool blit_picture(struct raster *raster, const struct chunk *chunk,
                         const char *text, SDL_Surface *surface, SDL_Point pen,
                         SDL_Color colour)
{
    SDL_Surface *picture = strike_find(&raster->strike, text, chunk->face);
    if (!picture) {
        TTF_Font *font = raster->fonts[chunk->face];
        SDL_Surface *drawn = draw(font, chunk, text, colour);
        SDL_Point origin = origin_of(font, chunk);
        picture = drawn
                      ? strike_scale(&raster->strike, text, chunk->face, drawn, origin.x,
                                     origin.y, chunk->ink, faces_em_px(raster->faces),
                                     faces_strike_px(raster->faces, chunk->face))
                      : NULL;
        SDL_FreeSurface(drawn);
    }
    SDL_Rect at = {pen.x + chunk->ink.left, pen.y + chunk->ink.top, 0, 0};
    return picture && SDL_BlitSurface(picture, NULL, surface, &at) == 0;
}

bool raster_chunk(struct raster *raster, const struct line *line,
                  const struct chunk *chunk, SDL_Surface *surface, int x_px,
                  int baseline_px, SDL_Color colour)
{
    char text[CHUNK_BYTES];
    if (chunk->ink.right <= chunk->ink.left) {
        return true; /* white space or invisible: nothing to draw, and no error */
    }
    TTF_Font *font = font_of(raster, chunk->face);
    if (!font || chunk->bytes + 2 * JOINER_BYTES >= (int)sizeof text) {
        return false;
    }
    text_of(line, chunk, text);
    SDL_Point pen = {x_px + (int)((chunk->x + 32) >> 6), baseline_px};
    return faces_strike_px(raster->faces, chunk->face)
               ? blit_picture(raster, chunk, text, surface, pen, colour)
               : blit_text(font, chunk, text, surface, pen, colour);
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
