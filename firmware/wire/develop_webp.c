/* libwebp crops and scales while it decodes. Lossy px pass it row by row; a lossless picture, or
 * an alpha plane, it holds as a whole, so there its header decides whether it may. */
#include "wire/develop.h"

#include <stdlib.h>
#include <webp/decode.h>

#include "wire/shrink.h"

enum { RGBA = 4, PART_BYTES = 64 << 10, LOSSLESS = 2 /* what libwebp calls it */ };

static bool is_affordable(const WebPBitstreamFeatures *file)
{
    /* Bytes a px: all of it, or the plane before and after it is undone. */
    int64_t bytes = file->format == LOSSLESS ? 4 : file->has_alpha ? 2 : 0;
    return bytes * file->width * file->height <= DEVELOP_WORK_BYTES;
}

/* A part at a time, to see in between whether the program is ending. */
static enum develop_fault decode(const struct develop *develop, WebPDecoderConfig *config)
{
    WebPIDecoder *decoder = WebPIDecode(NULL, 0, config);
    VP8StatusCode status = decoder ? VP8_STATUS_SUSPENDED : VP8_STATUS_OUT_OF_MEMORY;
    size_t length = 0;
    while (status == VP8_STATUS_SUSPENDED && length < develop->length &&
           !atomic_load_explicit(develop->quit, memory_order_relaxed)) {
        size_t left = develop->length - length;
        length += left < PART_BYTES ? left : PART_BYTES;
        status = WebPIUpdate(decoder, develop->bytes, length);
    }
    WebPIDelete(decoder);
    return status == VP8_STATUS_OK              ? DEVELOP_DONE
           : status == VP8_STATUS_OUT_OF_MEMORY ? DEVELOP_MEMORY
           : atomic_load(develop->quit)         ? DEVELOP_STOPPED
                                                : DEVELOP_BROKEN;
}

/* As libwebp leaves it: the part that is shown, RGBA, no larger than it is to become. */
static enum develop_fault finish(struct develop *develop, const struct fit *fit,
                                 bool alpha, uint8_t *rgba)
{
    struct fit left = {.w = fit->w < fit->to_w ? fit->w : fit->to_w,
                       .h = fit->h < fit->to_h ? fit->h : fit->to_h,
                       .to_w = fit->to_w,
                       .to_h = fit->to_h};
    struct shrink shrink;
    bool more = shrink_init(&shrink, &left, alpha);
    for (int y = 0; more && y < left.h; y++) {
        more = shrink_row(&shrink, rgba + (size_t)y * (size_t)left.w * RGBA);
    }
    develop->picture = shrink_take(&shrink);
    shrink_fini(&shrink);
    return develop->picture ? DEVELOP_DONE : DEVELOP_MEMORY;
}

static void set_up(WebPDecoderConfig *config, const struct fit *fit)
{
    config->options.use_cropping = 1;
    config->options.crop_left = fit->x;
    config->options.crop_top = fit->y;
    config->options.crop_width = fit->w;
    config->options.crop_height = fit->h;
    config->options.use_scaling = fit->to_w < fit->w || fit->to_h < fit->h;
    config->options.scaled_width = fit->w < fit->to_w ? fit->w : fit->to_w;
    config->options.scaled_height = fit->h < fit->to_h ? fit->h : fit->to_h;
    config->output.colorspace = MODE_RGBA;
    config->output.is_external_memory = 1;
    config->output.u.RGBA.stride = config->options.scaled_width * RGBA;
    config->output.u.RGBA.size =
        (size_t)config->output.u.RGBA.stride * (size_t)config->options.scaled_height;
}

enum develop_fault develop_webp(struct develop *develop)
{
    WebPDecoderConfig config;
    struct fit fit;
    if (!WebPInitDecoderConfig(&config) ||
        WebPGetFeatures(develop->bytes, develop->length, &config.input)) {
        return DEVELOP_BROKEN;
    }
    const WebPBitstreamFeatures *file = &config.input;
    if (file->has_animation) {
        return DEVELOP_MOVING;
    }
    if (!develop_allows(develop, (uint32_t)file->width, (uint32_t)file->height) ||
        !is_affordable(file)) {
        return DEVELOP_LARGE;
    }
    if (!fit_choose(&fit, file->width, file->height, develop->request)) {
        return DEVELOP_SMALL;
    }
    set_up(&config, &fit);
    uint8_t *rgba = malloc(config.output.u.RGBA.size);
    config.output.u.RGBA.rgba = rgba;
    enum develop_fault fault = rgba ? decode(develop, &config) : DEVELOP_MEMORY;
    if (fault == DEVELOP_DONE) {
        fault = finish(develop, &fit, file->has_alpha != 0, rgba);
    }
    WebPFreeDecBuffer(&config.output);
    free(rgba);
    return fault;
}
