/* Separable: a row of the result is first summed over the rows it covers, then over the columns.
 * Weights are shares of 256 that sum up to just that, so that the sums of a row fit 16 bits:
 * which processors add eight at a time. */
#include "show/scale.h"

#include <stdlib.h>
#include <string.h>

enum { ONE = 256 };

/* What the pixels of one direction take: TAPS weights for each, from pixel FIRST on. */
struct axis {
    int taps;
    int *first;
    uint16_t *weights;
};

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

/* Shares of the source pixels in [BEGIN, END), given in source pixels. Sums up to the edges are
 * rounded, not each share: so none is lost. */
static void share(double begin, double end, int first, int taps, uint16_t *weights)
{
    int before = 0;
    for (int t = 0; t < taps; t++) {
        double edge = first + t + 1 < end ? first + t + 1 - begin : end - begin;
        int up_to = (int)(edge / (end - begin) * ONE + 0.5);
        weights[t] = (uint16_t)(up_to - before);
        before = up_to;
    }
}

/* STEP source pixels go into one of the COUNT; SHIFT is where the first begins. Enlarging, an
 * area of one source pixel is taken all the same: that is to interpolate. */
static bool axis_init(struct axis *axis, int count, double step, double shift)
{
    double area = step < 1 ? 1 : step;
    axis->taps = (int)area + 2;
    axis->first = malloc((size_t)count * sizeof *axis->first);
    axis->weights = malloc((size_t)count * (size_t)axis->taps * sizeof *axis->weights);
    if (!axis->first || !axis->weights) {
        return false;
    }
    for (int i = 0; i < count; i++) {
        double begin = shift + (i + 0.5) * step - area / 2;
        int first = (int)begin - (begin < (int)begin);
        axis->first[i] = first;
        share(begin, begin + area, first, axis->taps,
              axis->weights + (size_t)i * (size_t)axis->taps);
    }
    return true;
}

static void axis_fini(struct axis *axis)
{
    free(axis->first);
    free(axis->weights);
}

/* One pixel, 8 bits in each lane between the two passes and 8.8 within one. */
typedef uint16_t lanes __attribute__((vector_size(8)));

enum { CHANNELS = 4, HALF = ONE / 2, FRACTION = 8 };

/* Means of the rows that row Y of the result covers, W pixels of 4 bytes. */
static void sum_rows(const struct scale_picture *from, const struct axis *rows, int y,
                     uint16_t *means)
{
    size_t bytes = (size_t)from->w * CHANNELS;
    bool begun = false;
    for (int t = 0; t < rows->taps; t++) {
        int row = rows->first[y] + t;
        uint16_t weight = rows->weights[y * rows->taps + t];
        if (row < 0 || row >= from->h || weight == 0) {
            continue;
        }
        const uint8_t *source = from->pixels + (size_t)row * from->pitch;
        if (begun) {
            for (size_t i = 0; i < bytes; i++) {
                means[i] = (uint16_t)(means[i] + weight * source[i]);
            }
        } else {
            for (size_t i = 0; i < bytes; i++) {
                means[i] = (uint16_t)(HALF + weight * source[i]);
            }
        }
        begun = true;
    }
    if (!begun) {
        memset(means, 0, bytes * sizeof *means);
    }
    for (size_t i = 0; i < bytes; i++) {
        means[i] >>= FRACTION;
    }
}

static void sum_columns(const uint16_t *means, int from_w, const struct axis *columns,
                        uint8_t *out, int w)
{
    for (int x = 0; x < w; x++, out += CHANNELS) {
        const uint16_t *weights = columns->weights + (size_t)x * (size_t)columns->taps;
        int first = columns->first[x];
        int begin = clamp(-first, 0, columns->taps);
        int end = clamp(from_w - first, begin, columns->taps);
        lanes sum = {HALF, HALF, HALF, HALF};
        for (int t = begin; t < end; t++) {
            lanes mean;
            memcpy(&mean, means + (size_t)(first + t) * CHANNELS, sizeof mean);
            sum += mean * weights[t];
        }
        sum >>= FRACTION;
        for (int c = 0; c < CHANNELS; c++) {
            out[c] = (uint8_t)sum[c];
        }
    }
}

bool scale_picture(const struct scale_picture *from, int from_x, int from_y,
                   struct scale_picture *to, int to_x, int to_y, int em, int strike)
{
    struct axis columns = {0}, rows = {0};
    double step = (double)strike / em;
    uint16_t *means = malloc((size_t)from->w * CHANNELS * sizeof *means);
    bool good = means && axis_init(&columns, to->w, step, from_x - to_x * step) &&
                axis_init(&rows, to->h, step, from_y - to_y * step);
    for (int y = 0; good && y < to->h; y++) {
        sum_rows(from, &rows, y, means);
        sum_columns(means, from->w, &columns, to->pixels + (size_t)y * to->pitch, to->w);
    }
    free(means);
    axis_fini(&columns);
    axis_fini(&rows);
    return good;
}

void scale_divide(struct scale_picture *picture, int alpha)
{
    for (int y = 0; y < picture->h; y++) {
        uint8_t *pixel = picture->pixels + (size_t)y * picture->pitch;
        for (int x = 0; x < picture->w; x++, pixel += 4) {
            unsigned a = pixel[alpha];
            if (a == 0 || a == 255) {
                continue;
            }
            for (int c = 0; c < 4; c++) {
                unsigned value = (pixel[c] * 255u + a / 2) / a;
                pixel[c] = c == alpha ? (uint8_t)a : (uint8_t)(value > 255 ? 255 : value);
            }
        }
    }
}
