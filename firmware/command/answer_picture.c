/* The screen at half its size, a strip of rows a frame, and only in frames that have time for it. The
 * CPU's picture is read where it lies; one that a GPU drew is read back before it is given away. */
#include "command/answer.h"

#include <string.h>

#include "base/clock.h"
#include "command/run.h"
#include "show/halve.h"

#define FIRST_US_A_PX 0.002 /* before it has been seen */
#define MOST_US_A_PX  0.02

enum {
    STRIP_ROWS = 64,  /* of the screen, px */
    MARGIN_US = 2000, /* kept free before the frame is due */
    DISPLAY_US =
        5000, /* the same where the display does the waiting, and has its own work */
    DECLINED_MOST = 60, /* frames; then a crawl is cut rather than not shown at all */
    BYTES_A_PX = 3
};

/* The first row behind the strip that begins at row Y: no crawl and no roll is cut. */
static int end_of_strip(const struct run *run, int y, int h)
{
    struct scene_lane lane;
    int end = y + STRIP_ROWS;
    for (size_t i = 0; scene_lane(run->scene, i, &lane); i++) {
        if (lane.motion != MOTION_CRAWL && lane.motion != MOTION_ROLL) {
            continue;
        }
        int top = lane.place.y & ~1, bottom = (lane.place.y + lane.place.h + 1) & ~1;
        if (top > y && top < end) {
            end = top;
        } else if (top <= y && bottom > y && bottom > end) {
            end = bottom;
        }
    }
    return end < h ? end : h;
}

/* Microseconds that this frame has left. */
static double slack_us(const struct run *run, int64_t begin_us)
{
    int64_t now_us = clock_us(), due_us = pace_due_us(&run->pace);
    if (due_us) {
        return (double)(due_us - now_us - MARGIN_US);
    }
    return run->pace.period_us - (double)(now_us - begin_us) - DISPLAY_US;
}

static bool is_plain(const SDL_Surface *surface)
{
    return surface && surface->format->BytesPerPixel == 4 &&
           surface->format->Rmask == 0xFF0000 && surface->format->Gmask == 0x00FF00 &&
           surface->format->Bmask == 0x0000FF;
}

/* Where the rows lie: in the screen's own surface, or, read back, at the end of the buffer. NULL if
 * they cannot be read. */
static const unsigned char *find_rows(struct run *run, struct inquiry *inquiry, int y,
                                      int rows, size_t *pitch)
{
    const struct screen *screen = &run->screen;
    if (is_plain(screen->surface)) {
        *pitch = (size_t)screen->surface->pitch;
        return (const unsigned char *)screen->surface->pixels + (size_t)y * *pitch;
    }
    SDL_Rect at = {0, y, screen->w, rows};
    *pitch = (size_t)screen->w * 4;
    unsigned char *rest =
        inquiry->bytes + (inquiry->room - (size_t)rows * *pitch) / 8 * 8;
    return SDL_RenderReadPixels(screen->renderer, &at, SDL_PIXELFORMAT_RGB888, rest,
                                (int)*pitch) == 0
               ? rest
               : NULL;
}

/* How long the buffer must be for ROWS rows of the screen. The halved rows grow from its start and
 * never reach the ones that are still to be read. */
static size_t wanted_bytes(const struct screen *screen, int rows)
{
    size_t half = (size_t)(screen->w / 2) * BYTES_A_PX * (size_t)(rows / 2);
    size_t whole = (size_t)screen->w * 4 * (size_t)rows;
    return is_plain(screen->surface) ? half
                                     : whole + (size_t)(screen->w / 2) * BYTES_A_PX + 16;
}

static void copy_rows(struct run *run, struct inquiry *inquiry, int y, int rows)
{
    size_t pitch;
    int w = run->screen.w / 2;
    const unsigned char *from = find_rows(run, inquiry, y, rows, &pitch);
    if (!from) {
        inquiry->strip.w = 0;
        return;
    }
    for (int i = 0; i + 1 < rows; i += 2) {
        halve_rows((const uint32_t *)(const void *)(from + (size_t)i * pitch),
                   (const uint32_t *)(const void *)(from + (size_t)(i + 1) * pitch), w,
                   inquiry->bytes + inquiry->used);
        inquiry->used += (size_t)w * BYTES_A_PX;
    }
    inquiry->strip.rows = rows / 2;
}

/* How many of ROWS rows this frame has time for; 0 = another frame may. */
static int affordable(struct run *run, int rows, int64_t begin_us)
{
    struct answer *answer = &run->answer;
    double slack = slack_us(run, begin_us);
    if (answer->us_a_row <= 0) {
        answer->us_a_row = FIRST_US_A_PX * run->screen.w;
    }
    bool unpaced = run->screen.kind == SCREEN_HEADLESS && run->options.frames > 0;
    if (unpaced || slack >= answer->us_a_row * rows) {
        answer->declined = 0;
        return rows;
    }
    int some = slack > 0 ? (int)(slack / answer->us_a_row) & ~1 : 0;
    return ++answer->declined > DECLINED_MOST ? some : 0;
}

/* What it costs goes up at once and comes down slowly; a frame that was held up by others says
 * little, hence the ceiling. */
static void note_cost(struct run *run, double us)
{
    double *known = &run->answer.us_a_row, most = MOST_US_A_PX * run->screen.w;
    *known = us > *known ? us : *known * 0.9 + us * 0.1;
    *known = *known < most ? *known : most;
}

void answer_black(struct run *run)
{
    struct inquiry *inquiry = run->answer.strip;
    struct inquiry_strip *strip = &inquiry->strip;
    int w = run->screen.w / 2, h = run->screen.h / 2, left = h - strip->row;
    size_t row = (size_t)w * BYTES_A_PX, fit = row ? inquiry->room / row : 0;
    *strip = (struct inquiry_strip){
        .row = strip->row, .w = w, .h = h, .wanted = row * STRIP_ROWS};
    if (fit > 0 && left > 0) {
        strip->rows = fit < (size_t)left ? (int)fit : left;
        inquiry->used = (size_t)strip->rows * row;
        memset(inquiry->bytes, 0, inquiry->used);
    }
    inquiry->more = strip->row + strip->rows < h;
    run->answer.strip = NULL;
    answer_give(run, inquiry);
}

void answer_strip(struct run *run, int64_t begin_us)
{
    struct inquiry *inquiry = run->answer.strip;
    if (!inquiry) {
        return;
    }
    struct inquiry_strip *strip = &inquiry->strip;
    int w = run->screen.w / 2, h = run->screen.h / 2, y = 2 * strip->row;
    *strip = (struct inquiry_strip){.row = strip->row, .w = w, .h = h};
    if (w > 0 && strip->row < h) {
        int rows = end_of_strip(run, y, 2 * h) - y;
        strip->wanted = wanted_bytes(&run->screen, rows);
        if (strip->wanted <= inquiry->room) {
            rows = affordable(run, rows, begin_us);
            if (rows == 0) {
                return;
            }
            int64_t before_us = clock_us();
            copy_rows(run, inquiry, y, rows);
            double us = (double)(clock_us() - before_us) / rows * 1.5;
            note_cost(run, us);
        }
    }
    inquiry->more = strip->row + strip->rows < h;
    run->answer.strip = NULL;
    answer_give(run, inquiry);
}
