/* Row by row. An interlaced file (Adam7) has its px in seven passes over ever finer grids: it is
 * read only until the grid is fine enough for the size that is wanted, and only that grid is
 * kept. libpng leaves by longjmp; all that changes on the way lives in a struct. */
#include "wire/develop.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "wire/shrink.h"

enum { RGBA = 4, PASSES = 7, COARSEST = 8 };

struct work {
    struct develop *develop;
    png_structp png;
    png_infop info;
    size_t at; /* how much of the file is read */
    int w, h;
    bool alpha;
    struct fit fit;
    struct shrink shrink;
    uint8_t *row;  /* owned, so too the next */
    uint8_t *grid; /* of an interlaced file */
    int step;      /* from one px of the grid to the next */
    enum develop_fault fault;
};

static void take_bytes(png_structp png, png_bytep out, size_t count)
{
    struct work *work = png_get_io_ptr(png);
    if (count > work->develop->length - work->at) {
        png_error(png, "cut short");
    }
    memcpy(out, work->develop->bytes + work->at, count);
    work->at += count;
}

static void leave(png_structp png, png_const_charp text)
{
    (void)text;
    png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp text)
{
    (void)png, (void)text;
}

static void stop(struct work *work, enum develop_fault fault)
{
    work->fault = fault;
    png_longjmp(work->png, 1);
}

static void read_row(struct work *work, uint8_t *row)
{
    if (atomic_load_explicit(work->develop->quit, memory_order_relaxed)) {
        stop(work, DEVELOP_STOPPED);
    }
    png_read_row(work->png, row, NULL);
}

/* All kinds of px become RGBA of eight bits. */
static void set_up(struct work *work)
{
    png_structp png = work->png;
    png_set_read_fn(png, work, take_bytes);
    png_set_user_limits(png, DEVELOP_SIDE_PX, DEVELOP_SIDE_PX);
    /* Text, profiles and the like are passed over unread. */
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_read_info(png, work->info);
    png_uint_32 w = png_get_image_width(png, work->info);
    png_uint_32 h = png_get_image_height(png, work->info);
    work->alpha = (png_get_color_type(png, work->info) & PNG_COLOR_MASK_ALPHA) ||
                  png_get_valid(png, work->info, PNG_INFO_tRNS);
    if (!develop_allows(work->develop, w, h)) {
        stop(work, DEVELOP_LARGE);
    }
    work->w = (int)w;
    work->h = (int)h;
    if (!fit_choose(&work->fit, work->w, work->h, work->develop->request)) {
        stop(work, DEVELOP_SMALL);
    }
    png_set_expand(png);
    png_set_scale_16(png);
    png_set_gray_to_rgb(png);
    png_set_add_alpha(png, 255, PNG_FILLER_AFTER);
    png_read_update_info(png, work->info);
    if (png_get_rowbytes(png, work->info) != (size_t)w * RGBA) {
        stop(work, DEVELOP_BROKEN);
    }
    work->row = malloc((size_t)w * RGBA);
}

static void read_plain(struct work *work)
{
    bool more = shrink_init(&work->shrink, &work->fit, work->alpha) && work->row;
    if (!more) {
        stop(work, DEVELOP_MEMORY);
    }
    for (int y = 0; y < work->h && more; y++) {
        read_row(work, work->row);
        more = shrink_row(&work->shrink, work->row);
    }
}

static int sub(int length, int step)
{
    return (length + step - 1) / step;
}

/* The coarsest grid that has at least the px that are wanted, or a coarser one where that would
 * take too much memory. */
static int choose_step(const struct work *work)
{
    const struct fit *fit = &work->fit;
    int step = COARSEST;
    while (step > 1 && (fit->w / step < fit->to_w || fit->h / step < fit->to_h)) {
        step /= 2;
    }
    while ((int64_t)sub(work->w, step) * sub(work->h, step) * RGBA > DEVELOP_WORK_BYTES) {
        step *= 2;
    }
    return step;
}

static void read_pass(struct work *work, int pass)
{
    int columns = (int)PNG_PASS_COLS((png_uint_32)work->w, pass);
    int rows = (int)PNG_PASS_ROWS((png_uint_32)work->h, pass);
    int across = sub(work->w, work->step);
    for (int i = 0; i < rows && columns > 0; i++) {
        read_row(work, work->row);
        int y = (int)PNG_ROW_FROM_PASS_ROW(i, pass) / work->step;
        for (int j = 0; j < columns; j++) {
            int x = (int)PNG_COL_FROM_PASS_COL(j, pass) / work->step;
            memcpy(work->grid + ((size_t)y * (size_t)across + (size_t)x) * RGBA,
                   work->row + (size_t)j * RGBA, RGBA);
        }
    }
}

static void read_interlaced(struct work *work)
{
    work->step = choose_step(work);
    int w = sub(work->w, work->step), h = sub(work->h, work->step);
    /* The passes that fill a grid of 8, 4, 2 and 1. */
    int passes = work->step == 8 ? 1 : work->step == 4 ? 3 : work->step == 2 ? 5 : PASSES;
    fit_rescale(&work->fit, work->w, work->h, w, h);
    work->grid = calloc((size_t)w * (size_t)h, RGBA);
    bool more =
        shrink_init(&work->shrink, &work->fit, work->alpha) && work->row && work->grid;
    if (!more) {
        stop(work, DEVELOP_MEMORY);
    }
    for (int pass = 0; pass < passes; pass++) {
        read_pass(work, pass);
    }
    for (int y = 0; y < h && more; y++) {
        more = shrink_row(&work->shrink, work->grid + (size_t)y * (size_t)w * RGBA);
    }
}

/* False after a fault. */
static bool read_all(struct work *work)
{
    if (setjmp(png_jmpbuf(work->png))) {
        return false;
    }
    set_up(work);
    if (png_get_interlace_type(work->png, work->info) == PNG_INTERLACE_NONE) {
        read_plain(work);
    } else {
        read_interlaced(work);
    }
    return true;
}

enum develop_fault develop_png(struct develop *develop)
{
    struct work work = {.develop = develop, .fault = DEVELOP_BROKEN};
    work.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, leave, ignore);
    work.info = work.png ? png_create_info_struct(work.png) : NULL;
    if (!work.info) {
        work.fault = DEVELOP_MEMORY;
    } else if (read_all(&work)) {
        develop->picture = shrink_take(&work.shrink);
        work.fault = develop->picture ? DEVELOP_DONE : DEVELOP_MEMORY;
    }
    png_destroy_read_struct(&work.png, &work.info, NULL);
    shrink_fini(&work.shrink);
    free(work.row);
    free(work.grid);
    return work.fault;
}
