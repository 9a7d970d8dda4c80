/* libjpeg makes a picture smaller by eighths while it decodes, from the coefficients, which is
 * both cheaper and better than afterwards; the rest of the way shrink.c goes. It leaves by
 * longjmp; all that changes on the way lives in a struct. What it only warns of because it can go
 * on with grey px, data that end or make no sense, is a fault here: half a picture is none. */
#include "wire/develop.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include <jerror.h>

#include "wire/exif.h"
#include "wire/shrink.h"

enum {
    EIGHTHS = 8,
    RGBA = 4,
    NOTES_BYTES = 4096, /* of a segment of a camera's notes: orientation stands first */
    SCANS = 100 /* a hundred bytes can order another walk through all of the picture */
};

struct work {
    struct jpeg_decompress_struct
        jpeg; /* the first member: what its callbacks are given */
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    struct develop *develop;
    struct fit fit;
    struct shrink shrink;
    int orientation;
    uint8_t *row, *cmyk; /* owned */
    enum develop_fault fault;
    jmp_buf out;
};

static struct work *work_of(j_common_ptr jpeg)
{
    return (struct work *)(void *)jpeg;
}

static void stop(struct work *work, enum develop_fault fault)
{
    work->fault = fault;
    longjmp(work->out, 1);
}

static void leave(j_common_ptr jpeg)
{
    int code = jpeg->err->msg_code;
    /* There is no backing store: it was refused more memory than it may have. */
    stop(work_of(jpeg), code == JERR_NO_BACKING_STORE ? DEVELOP_LARGE
                        : code == JERR_OUT_OF_MEMORY  ? DEVELOP_MEMORY
                                                      : DEVELOP_BROKEN);
}

static void note(j_common_ptr jpeg, int level)
{
    int code = jpeg->err->msg_code;
    if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER ||
                      code == JWRN_HUFF_BAD_CODE || code == JWRN_ARITH_BAD_CODE)) {
        stop(work_of(jpeg), DEVELOP_BROKEN);
    }
}

static void say_nothing(j_common_ptr jpeg)
{
    (void)jpeg;
}

static void look_around(j_common_ptr jpeg)
{
    struct work *work = work_of(jpeg);
    if (atomic_load_explicit(work->develop->quit, memory_order_relaxed)) {
        stop(work, DEVELOP_STOPPED);
    }
    if (work->jpeg.input_scan_number > SCANS) {
        stop(work, DEVELOP_BROKEN);
    }
}

static void read_orientation(struct work *work)
{
    for (jpeg_saved_marker_ptr marker = work->jpeg.marker_list; marker;
         marker = marker->next) {
        if (work->orientation == 0) {
            work->orientation = exif_orientation(marker->data, marker->data_length);
        }
    }
}

/* The fewest eighths that still have the px that are wanted. */
static unsigned choose_eighths(const struct fit *fit)
{
    unsigned eighths = 1;
    while (eighths < EIGHTHS &&
           ((int64_t)fit->w * eighths < (int64_t)fit->to_w * EIGHTHS ||
            (int64_t)fit->h * eighths < (int64_t)fit->to_h * EIGHTHS)) {
        eighths++;
    }
    return eighths;
}

static bool is_cmyk(const struct work *work)
{
    return work->jpeg.jpeg_color_space == JCS_CMYK ||
           work->jpeg.jpeg_color_space == JCS_YCCK;
}

static void set_up(struct work *work)
{
    j_decompress_ptr jpeg = &work->jpeg;
    jpeg_create_decompress(jpeg);
    jpeg->mem->max_memory_to_use = DEVELOP_WORK_BYTES;
    jpeg->progress = &work->progress;
    work->progress.progress_monitor = look_around;
    jpeg_save_markers(jpeg, JPEG_APP0 + 1, NOTES_BYTES);
    jpeg_mem_src(jpeg, work->develop->bytes, (unsigned long)work->develop->length);
    jpeg_read_header(jpeg, TRUE);
    int w = (int)jpeg->image_width, h = (int)jpeg->image_height;
    if (!develop_allows(work->develop, jpeg->image_width, jpeg->image_height)) {
        stop(work, DEVELOP_LARGE);
    }
    read_orientation(work);
    if (!fit_choose_stored(&work->fit, w, h, work->orientation, work->develop->request)) {
        stop(work, DEVELOP_SMALL);
    }
    jpeg->scale_num = choose_eighths(&work->fit);
    jpeg->scale_denom = EIGHTHS;
    jpeg->out_color_space = is_cmyk(work) ? JCS_CMYK : JCS_EXT_RGBA;
    jpeg_start_decompress(jpeg);
    fit_rescale(&work->fit, w, h, (int)jpeg->output_width, (int)jpeg->output_height);
    work->row = malloc((size_t)jpeg->output_width * RGBA);
    work->cmyk = malloc((size_t)jpeg->output_width * RGBA);
    if (!work->row || !work->cmyk || !shrink_init(&work->shrink, &work->fit, false)) {
        stop(work, DEVELOP_MEMORY);
    }
}

/* Adobe's programs store CMYK upside down, and say so with a marker of theirs. */
static void from_cmyk(const struct work *work)
{
    const uint8_t *in = work->cmyk;
    uint8_t *out = work->row;
    unsigned upside = work->jpeg.saw_Adobe_marker ? 0 : 255;
    for (JDIMENSION x = 0; x < work->jpeg.output_width; x++, in += 4, out += RGBA) {
        for (int i = 0; i < 3; i++) {
            out[i] = (uint8_t)((in[i] ^ upside) * (in[3] ^ upside) / 255);
        }
    }
}

/* False after a fault. */
static bool read_all(struct work *work)
{
    if (setjmp(work->out)) {
        return false;
    }
    set_up(work);
    bool more = true, cmyk = is_cmyk(work);
    while (more && work->jpeg.output_scanline < work->jpeg.output_height) {
        JSAMPROW rows[] = {cmyk ? work->cmyk : work->row};
        jpeg_read_scanlines(&work->jpeg, rows, 1);
        if (cmyk) {
            from_cmyk(work);
        }
        more = shrink_row(&work->shrink, work->row);
    }
    return true;
}

enum develop_fault develop_jpeg(struct develop *develop)
{
    struct work work = {.develop = develop};
    work.jpeg.err = jpeg_std_error(&work.errors);
    work.errors.error_exit = leave;
    work.errors.emit_message = note;
    work.errors.output_message = say_nothing;
    if (read_all(&work)) {
        develop->picture = shrink_take(&work.shrink);
        if (develop->picture) {
            develop->picture = fit_turn(develop->picture, work.orientation);
        }
        work.fault = develop->picture ? DEVELOP_DONE : DEVELOP_MEMORY;
    }
    jpeg_destroy_decompress(&work.jpeg);
    shrink_fini(&work.shrink);
    free(work.row);
    free(work.cmyk);
    return work.fault;
}
