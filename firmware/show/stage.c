/* Turned by 90 degrees clockwise the upright px (x, y) of a piece h px high is the px
 * (h - 1 - y, x) of the output; the same holds within a plane. */
#define LOG_MODULE "screen"
#include "show/stage.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "show/copy.h"

static bool is_sideways(const struct stage *stage)
{
    return stage->rotation == 90 || stage->rotation == 270;
}

void stage_init(struct stage *stage, SDL_Renderer *renderer, int w, int h, int rotation)
{
    *stage = (struct stage){.renderer = renderer, .w = w, .h = h, .rotation = rotation};
    if (is_sideways(stage)) {
        stage->w = h;
        stage->h = w;
    }
    stage_leave(stage);
}

void stage_leave(struct stage *stage)
{
    stage->frame = (SDL_Rect){0, 0, stage->w, stage->h};
    stage->shift = (SDL_Point){0, 0};
}

void stage_enter(struct stage *stage, SDL_Rect frame, SDL_Point shift, SDL_Color ground)
{
    int w = abs(shift.x), h = abs(shift.y);
    stage_leave(stage);
    if (w > 0) {
        int x = shift.x > 0 ? frame.x : frame.x + frame.w - w;
        stage_fill(stage, (SDL_Rect){x, frame.y, w, frame.h}, ground);
    }
    if (h > 0) {
        int y = shift.y > 0 ? frame.y : frame.y + frame.h - h;
        stage_fill(stage, (SDL_Rect){frame.x, y, frame.w, h}, ground);
    }
    stage->frame = frame;
    stage->shift = shift;
}

/* What is left of AT, moved and cut off; false if nothing is. */
static bool cut(const struct stage *stage, SDL_Rect *at)
{
    SDL_Rect moved = {at->x + stage->shift.x, at->y + stage->shift.y, at->w, at->h};
    return SDL_IntersectRect(&moved, &stage->frame, at);
}

void stage_draw_into(struct stage *stage, SDL_Surface *surface, bool shared)
{
    if (surface && surface->format->format == PLANE_FORMAT && !SDL_MUSTLOCK(surface)) {
        stage->surface = surface;
        stage->shared = shared;
    }
}

void stage_fini(struct stage *stage)
{
    free(stage->scratch);
    *stage = (struct stage){0};
}

static bool reserve(struct stage *stage, size_t px)
{
    if (stage->rotation == 0 || px <= stage->scratch_px) {
        return true;
    }
    Uint32 *scratch = realloc(stage->scratch, px * sizeof *scratch);
    if (scratch) {
        stage->scratch = scratch;
        stage->scratch_px = px;
    }
    return scratch != NULL;
}

bool stage_plane(struct stage *stage, struct plane *plane, int w, int h, size_t piece_px)
{
    bool sideways = is_sideways(stage);
    bool made = reserve(stage, piece_px) &&
                plane_open(plane, stage->surface ? NULL : stage->renderer,
                           sideways ? h : w, sideways ? w : h);
    if (!made) {
        *plane = (struct plane){0};
        log_error("no memory for a picture of %dx%d: %s", w, h, SDL_GetError());
    }
    return made;
}

/* AT of something W x H px, turned. */
static SDL_Rect turned(int rotation, SDL_Rect at, int w, int h)
{
    switch (rotation) {
    case 90:
        return (SDL_Rect){h - at.y - at.h, at.x, at.h, at.w};
    case 180:
        return (SDL_Rect){w - at.x - at.w, h - at.y - at.h, at.w, at.h};
    case 270:
        return (SDL_Rect){at.y, w - at.x - at.w, at.h, at.w};
    default:
        return at;
    }
}

static SDL_Rect turned_in_plane(const struct stage *stage, const struct plane *plane,
                                SDL_Rect at)
{
    bool sideways = is_sideways(stage);
    return turned(stage->rotation, at, sideways ? plane->h : plane->w,
                  sideways ? plane->w : plane->h);
}

static Uint8 *px_at(void *pixels, int pitch, int x, int y)
{
    return (Uint8 *)pixels + (ptrdiff_t)y * pitch + (ptrdiff_t)x * 4;
}

/* The part AT of SURFACE, turned, to the scratch: where its first px goes there, and how far from
 * it those beside and below go. */
static void turn(const struct stage *stage, const SDL_Surface *surface, SDL_Rect at)
{
    ptrdiff_t w = at.w, h = at.h;
    ptrdiff_t first = h - 1, across = h, down = -1; /* by 90 */
    if (stage->rotation == 180) {
        first = w * h - 1;
        across = -1;
        down = -w;
    } else if (stage->rotation == 270) {
        first = (w - 1) * h;
        across = -h;
        down = 1;
    }
    for (ptrdiff_t y = 0; y < h; y++) {
        const Uint8 *row = (const Uint8 *)surface->pixels +
                           (at.y + y) * (ptrdiff_t)surface->pitch + (ptrdiff_t)at.x * 4;
        for (ptrdiff_t x = 0; x < w; x++) {
            memcpy(&stage->scratch[first + across * x + down * y], row + x * 4, 4);
        }
    }
}

void stage_upload(const struct stage *stage, struct plane *plane,
                  const SDL_Surface *surface, SDL_Rect at)
{
    SDL_Rect to = turned_in_plane(stage, plane, at);
    const void *from = stage->scratch;
    int pitch = to.w * 4;
    if (stage->rotation == 0) {
        from = px_at(surface->pixels, surface->pitch, at.x, at.y);
        pitch = surface->pitch;
    } else {
        turn(stage, surface, at);
    }
    if (!plane_write(plane, to, from, pitch)) {
        log_warning("a piece of picture could not be uploaded: %s", SDL_GetError());
    }
}

/* What of FROM of PLANE goes to TO, both turned; SEEN is where. False where all lies outside of
 * either. */
static bool find_part(const SDL_Surface *surface, const struct plane *plane,
                      SDL_Rect from, SDL_Rect to, struct copy_part *part, SDL_Rect *seen)
{
    SDL_Rect whole = {to.x - from.x, to.y - from.y, plane->w, plane->h};
    int pitch = plane->w * 4;
    if (!SDL_IntersectRect(&to, &whole, seen) ||
        !SDL_IntersectRect(seen, &surface->clip_rect, seen)) {
        return false;
    }
    part->from = px_at(plane->pixels, pitch, seen->x - whole.x, seen->y - whole.y);
    part->pitch = (size_t)pitch;
    part->at_px = (size_t)seen->x;
    part->row_px = (size_t)seen->w;
    return true;
}

static void copy_parts(const struct stage *stage, const struct copy_part *parts,
                       size_t count, const SDL_Rect *seen)
{
    SDL_Surface *surface = stage->surface;
    (stage->shared ? copy_rows_out
                   : copy_rows)(px_at(surface->pixels, surface->pitch, 0, seen->y),
                                (size_t)surface->pitch, parts, count, (size_t)seen->h);
}

/* FROM and TO of PART, moved, cut off and turned; false if nothing is left of it. */
static bool place_part(const struct stage *stage, const struct stage_part *part,
                       SDL_Rect *from, SDL_Rect *to)
{
    SDL_Rect at = part->to;
    if (!cut(stage, &at)) {
        return false;
    }
    SDL_Rect left = {part->from.x + at.x - part->to.x - stage->shift.x,
                     part->from.y + at.y - part->to.y - stage->shift.y, at.w, at.h};
    *from = turned_in_plane(stage, part->plane, left);
    *to = stage_place(stage, at);
    return true;
}

void stage_copy_beside(const struct stage *stage, const struct stage_part *parts,
                       size_t count)
{
    struct copy_part found[STAGE_PARTS];
    SDL_Rect seen = {0, 0, 0, 0}, from, to, place;
    size_t used = 0;
    for (size_t i = 0; i < count && i < STAGE_PARTS; i++) {
        const struct plane *plane = parts[i].plane;
        if (!place_part(stage, &parts[i], &from, &to)) {
            continue;
        }
        if (!stage->surface) {
            SDL_RenderCopy(stage->renderer, plane->texture, &from, &to);
        } else if (find_part(stage->surface, plane, from, to, &found[used], &place)) {
            seen = place;
            used++;
        }
        if (used > 0 && is_sideways(stage)) {
            copy_parts(stage, found, used, &seen); /* they lie one above the other */
            used = 0;
        }
    }
    if (used > 0) {
        copy_parts(stage, found, used, &seen);
    }
}

void stage_copy(const struct stage *stage, const struct plane *plane, SDL_Rect from,
                SDL_Rect to)
{
    struct stage_part part = {plane, from, to};
    stage_copy_beside(stage, &part, 1);
}

void stage_fill(const struct stage *stage, SDL_Rect at, SDL_Color colour)
{
    if (!cut(stage, &at)) {
        return;
    }
    SDL_Rect place = stage_place(stage, at);
    if (stage->surface) {
        SDL_FillRect(stage->surface, &place,
                     SDL_MapRGB(stage->surface->format, colour.r, colour.g, colour.b));
    } else {
        SDL_SetRenderDrawColor(stage->renderer, colour.r, colour.g, colour.b, 255);
        SDL_RenderFillRect(stage->renderer, &place);
    }
}

SDL_Rect stage_place(const struct stage *stage, SDL_Rect at)
{
    return turned(stage->rotation, at, stage->w, stage->h);
}
