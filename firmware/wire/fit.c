/* What EXIF calls orientation 1 to 8 is three questions: are the sides exchanged, and from which
 * end is each of them counted. */
#include "wire/fit.h"

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

/* A * B / C, rounded. */
static int share(int a, int b, int c)
{
    return (int)(((int64_t)a * b + c / 2) / c);
}

/* Cuts W x H towards the proportions of the box, no further than is allowed. */
static void crop(struct fit *fit, const struct picture_request *box)
{
    int w = fit->w, h = fit->h;
    int keep_w = share(w, 100 - FIT_CROP_PERCENT, 100);
    int keep_h = share(h, 100 - FIT_CROP_PERCENT, 100);
    if ((int64_t)w * box->h > (int64_t)h * box->w) {
        fit->w = most(most(share(h, box->w, box->h), keep_w), 1);
        fit->x = (w - fit->w) / 2;
    } else {
        fit->h = most(most(share(w, box->h, box->w), keep_h), 1);
        fit->y = (h - fit->h) / 3;
    }
}

bool fit_choose(struct fit *fit, int w, int h, const struct picture_request *box)
{
    *fit = (struct fit){.w = w, .h = h};
    if (w < 1 || h < 1) {
        return false;
    }
    if (box->use == PICTURE_STORY) {
        if (least(w, h) < FIT_LEAST_PX) {
            return false;
        }
        crop(fit, box);
    }
    if ((int64_t)fit->w * box->h > (int64_t)fit->h * box->w) {
        fit->to_w = box->w;
        fit->to_h = share(fit->h, box->w, fit->w);
    } else {
        fit->to_h = box->h;
        fit->to_w = share(fit->w, box->h, fit->h);
    }
    if (fit->to_w > fit->w * FIT_ENLARGED || fit->to_h > fit->h * FIT_ENLARGED) {
        fit->to_w = fit->w * FIT_ENLARGED;
        fit->to_h = fit->h * FIT_ENLARGED;
    }
    fit->to_w = most(least(fit->to_w, box->w), 1);
    fit->to_h = most(least(fit->to_h, box->h), 1);
    return box->use != PICTURE_STORY || (fit->to_w >= box->w / FIT_LEAST_SHARE &&
                                         fit->to_h >= box->h / FIT_LEAST_SHARE);
}

struct turning {
    bool swap, flip_x,
        flip_y; /* sides exchanged; stored columns, rows counted backwards */
};

static struct turning turning_of(int orientation)
{
    int o = orientation;
    return (struct turning){.swap = o >= 5,
                            .flip_x = o == 2 || o == 3 || o == 7 || o == 8,
                            .flip_y = o == 3 || o == 4 || o == 6 || o == 7};
}

bool fit_choose_stored(struct fit *fit, int w, int h, int orientation,
                       const struct picture_request *request)
{
    struct turning turning = turning_of(orientation);
    struct fit up;
    if (!fit_choose(&up, turning.swap ? h : w, turning.swap ? w : h, request)) {
        return false;
    }
    *fit = up;
    if (turning.swap) {
        *fit = (struct fit){up.y, up.x, up.h, up.w, up.to_h, up.to_w};
    }
    if (turning.flip_x) {
        fit->x = w - fit->x - fit->w;
    }
    if (turning.flip_y) {
        fit->y = h - fit->y - fit->h;
    }
    return true;
}

static void rescale_side(int *at, int *length, int from, int to)
{
    int begin = share(*at, to, from), end = share(*at + *length, to, from);
    begin = least(begin, to - 1);
    *at = begin;
    *length = most(end - begin, 1);
}

void fit_rescale(struct fit *fit, int from_w, int from_h, int w, int h)
{
    rescale_side(&fit->x, &fit->w, from_w, w);
    rescale_side(&fit->y, &fit->h, from_h, h);
}

struct picture *fit_turn(struct picture *picture, int orientation)
{
    struct turning turning = turning_of(orientation);
    if (!turning.swap && !turning.flip_x && !turning.flip_y) {
        return picture;
    }
    int w = picture->w, h = picture->h;
    struct picture *up = turning.swap ? picture_new(h, w) : picture_new(w, h);
    for (int y = 0; up && y < up->h; y++) {
        for (int x = 0; x < up->w; x++) {
            int u = turning.swap ? y : x, v = turning.swap ? x : y;
            u = turning.flip_x ? w - 1 - u : u;
            v = turning.flip_y ? h - 1 - v : v;
            up->pixels[y * up->w + x] = picture->pixels[v * w + u];
        }
    }
    if (up) {
        up->clear = picture->clear;
    }
    picture_drop(picture);
    return up;
}

/* The px between four of them, each channel by itself; X and Y in 256ths. */
static uint32_t between(const uint32_t px[4], unsigned x, unsigned y)
{
    uint32_t out = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        unsigned c[4];
        for (int i = 0; i < 4; i++) {
            c[i] = px[i] >> shift & 255;
        }
        unsigned top = c[0] * (256 - x) + c[1] * x, low = c[2] * (256 - x) + c[3] * x;
        out |= ((top * (256 - y) + low * y + (1 << 15)) >> 16) << shift;
    }
    return out;
}

/* The place in a row of FROM px, in 256ths, of the middle of px I of TO. */
static int place(int i, int from, int to)
{
    int64_t at = ((int64_t)(2 * i + 1) * from * 128) / to - 128;
    return at < 0 ? 0 : least((int)at, (from - 1) * 256);
}

struct picture *fit_enlarge(struct picture *picture, int w, int h)
{
    struct picture *large = picture_new(w, h);
    for (int y = 0; large && y < h; y++) {
        int at_y = place(y, picture->h, h), top = at_y / 256;
        int low = least(top + 1, picture->h - 1);
        for (int x = 0; x < w; x++) {
            int at_x = place(x, picture->w, w), left = at_x / 256;
            int right = least(left + 1, picture->w - 1);
            const uint32_t px[4] = {picture->pixels[top * picture->w + left],
                                    picture->pixels[top * picture->w + right],
                                    picture->pixels[low * picture->w + left],
                                    picture->pixels[low * picture->w + right]};
            large->pixels[y * w + x] =
                between(px, (unsigned)at_x & 255, (unsigned)at_y & 255);
        }
    }
    if (large) {
        large->clear = picture->clear;
    }
    picture_drop(picture);
    return large;
}
