/* Along a side of FROM px that becomes TO px long, a px of the source is TO units long and one of
 * the result FROM units: all overlaps are whole numbers, and each px of the result collects
 * exactly FROM of them. So the mean is a sum and one division, and no share is ever rounded. */
#include "wire/shrink.h"

#include <stdlib.h>
#include <string.h>

enum { CHANNELS = 4 };

static int least(int a, int b)
{
    return a < b ? a : b;
}

bool shrink_init(struct shrink *shrink, const struct fit *fit, bool alpha)
{
    *shrink = (struct shrink){.fit = *fit, .alpha = alpha};
    int w = least(fit->to_w, fit->w), h = least(fit->to_h, fit->h);
    shrink->picture = picture_new(w, h);
    shrink->row = calloc((size_t)w * CHANNELS, sizeof *shrink->row);
    shrink->sums = calloc((size_t)w * CHANNELS, sizeof *shrink->sums);
    return shrink->picture && shrink->row && shrink->sums;
}

static void multiply(uint8_t *rgba, int count)
{
    for (uint8_t *px = rgba; px < rgba + (size_t)count * CHANNELS; px += CHANNELS) {
        for (int i = 0; i < 3 && px[3] != 255; i++) {
            px[i] = (uint8_t)((px[i] * px[3] + 127) / 255);
        }
    }
}

/* The sums of one row, each px in as many units as it shares with a px of the result. */
static void sum_row(struct shrink *shrink, const uint8_t *rgba)
{
    int from = shrink->fit.w, to = shrink->picture->w;
    uint32_t *sum = shrink->row;
    int room = from; /* units left of the px of the result */
    memset(sum, 0, (size_t)to * CHANNELS * sizeof *sum);
    for (int x = 0; x < from; x++, rgba += CHANNELS) {
        int units = to;
        while (units > 0) {
            int part = least(units, room);
            for (int i = 0; i < CHANNELS; i++) {
                sum[i] += rgba[i] * (uint32_t)part;
            }
            units -= part;
            room -= part;
            if (room == 0) {
                sum += CHANNELS;
                room = from;
            }
        }
    }
}

static void finish_row(struct shrink *shrink)
{
    struct picture *picture = shrink->picture;
    uint64_t area = (uint64_t)shrink->fit.w * (uint64_t)shrink->fit.h;
    uint32_t *out = &picture->pixels[shrink->y * picture->w];
    for (int x = 0; x < picture->w; x++) {
        uint64_t *sum = &shrink->sums[x * CHANNELS];
        uint32_t c[CHANNELS];
        for (int i = 0; i < CHANNELS; i++) {
            c[i] = (uint32_t)((sum[i] + area / 2) / area);
        }
        c[3] = shrink->alpha ? c[3] : 255;
        picture->clear |= c[3] != 255;
        out[x] = c[3] << 24 | c[0] << 16 | c[1] << 8 | c[2];
    }
    memset(shrink->sums, 0, (size_t)picture->w * CHANNELS * sizeof *shrink->sums);
    shrink->y++;
}

bool shrink_row(struct shrink *shrink, uint8_t *rgba)
{
    const struct fit *fit = &shrink->fit;
    int from = fit->h, to = shrink->picture->h;
    int y = shrink->source_y++ - fit->y;
    if (y < 0 || y >= from) {
        return y < 0;
    }
    rgba += (size_t)fit->x * CHANNELS;
    if (shrink->alpha) {
        multiply(rgba, fit->w);
    }
    sum_row(shrink, rgba);
    /* Px y of the source has the units [y * to, y * to + to); a row ends every FROM of them. */
    int64_t at = (int64_t)y * to, end = at + to;
    while (at < end) {
        int64_t next = (int64_t)(shrink->y + 1) * from;
        int64_t stop = next < end ? next : end;
        for (int i = 0; i < shrink->picture->w * CHANNELS; i++) {
            shrink->sums[i] += shrink->row[i] * (uint64_t)(stop - at);
        }
        at = stop;
        if (at == next) {
            finish_row(shrink);
        }
    }
    return shrink->y < to;
}

struct picture *shrink_take(struct shrink *shrink)
{
    struct picture *picture = shrink->picture;
    const struct fit *fit = &shrink->fit;
    if (!picture || shrink->y < picture->h) {
        return NULL;
    }
    shrink->picture = NULL;
    if (picture->w < fit->to_w || picture->h < fit->to_h) {
        picture = fit_enlarge(picture, fit->to_w, fit->to_h);
    }
    return picture;
}

void shrink_fini(struct shrink *shrink)
{
    picture_drop(shrink->picture);
    free(shrink->row);
    free(shrink->sums);
    *shrink = (struct shrink){0};
}
