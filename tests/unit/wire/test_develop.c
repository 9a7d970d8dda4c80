/* Picture files of all kinds, made here: one red, green, blue and white quarter each. What comes
 * has the size that was asked for and its quarters in their places; what is broken, cut, huge or
 * lies about itself is refused, and takes little memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>

#include "wire/develop.h"

enum quarter { RED, GREEN, BLUE, WHITE };

static const uint8_t colours[][3] = {[RED] = {255, 0, 0},
                                     [GREEN] = {0, 255, 0},
                                     [BLUE] = {0, 0, 255},
                                     [WHITE] = {255, 255, 255}};

/* How a file is to be. */
struct recipe {
    enum { PNG, JPEG, WEBP } format;
    int kind;  /* PNG: a colour type; JPEG: a colour space; WebP: 1 = lossless */
    int depth; /* PNG: bits; JPEG: 1 = progressive; WebP: 1 = with alpha */
    int extra; /* PNG: 1 = interlaced; JPEG: orientation */
    int w, h;
};

struct file {
    uint8_t *bytes;
    size_t length;
};

static enum quarter quarter_of(int x, int y, int w, int h)
{
    return (enum quarter)((x >= w / 2) + 2 * (y >= h / 2));
}

/* --- Making files ------------------------------------------------------------------------- */

static void append(png_structp png, png_bytep bytes, size_t length)
{
    struct file *file = png_get_io_ptr(png);
    file->bytes = realloc(file->bytes, file->length + length);
    memcpy(file->bytes + file->length, bytes, length);
    file->length += length;
}

static void flush(png_structp png)
{
    (void)png;
}

/* One row of RECIPE's own kind of px. */
static void png_row(const struct recipe *r, int y, uint8_t *out)
{
    memset(out, 0, (size_t)r->w * 8);
    int step = r->depth / 8;
    for (int x = 0; x < r->w; x++) {
        enum quarter q = quarter_of(x, y, r->w, r->h);
        const uint8_t *c = colours[q];
        uint8_t grey = (uint8_t)(q * 85);
        if (r->depth < 8) { /* a palette, or grey, of which the quarter is the number */
            out[x * r->depth / 8] |= (uint8_t)(q << (8 - r->depth - x * r->depth % 8));
            continue;
        }
        switch (r->kind) {
        case PNG_COLOR_TYPE_PALETTE:
            out[x] = (uint8_t)q;
            break;
        case PNG_COLOR_TYPE_GRAY:
            memset(out + x * step, grey, (size_t)step);
            break;
        case PNG_COLOR_TYPE_GRAY_ALPHA:
            memset(out + x * 2 * step, grey, (size_t)step);
            memset(out + x * 2 * step + step, 128, (size_t)step);
            break;
        default: {
            int n = r->kind == PNG_COLOR_TYPE_RGB ? 3 : 4;
            for (int i = 0; i < n; i++) {
                memset(out + (x * n + i) * step, i < 3 ? c[i] : 128, (size_t)step);
            }
        }
        }
    }
}

static struct file make_png(const struct recipe *r)
{
    struct file file = {0};
    uint8_t *row = malloc((size_t)r->w * 8 + 8);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &file, append, flush);
    png_set_IHDR(png, info, (png_uint_32)r->w, (png_uint_32)r->h, r->depth, r->kind,
                 r->extra ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
    if (r->kind == PNG_COLOR_TYPE_PALETTE) {
        png_color palette[4];
        png_byte clear[] = {255, 255, 255, 128};
        for (int i = 0; i < 4; i++) {
            palette[i] = (png_color){colours[i][0], colours[i][1], colours[i][2]};
        }
        png_set_PLTE(png, info, palette, 4);
        png_set_tRNS(png, info, clear, 4, NULL);
    }
    png_write_info(png, info);
    for (int pass = png_set_interlace_handling(png); pass > 0; pass--) {
        for (int y = 0; y < r->h; y++) {
            png_row(r, y, row);
            png_write_row(png, row);
        }
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    free(row);
    return file;
}

static int jpeg_px(J_COLOR_SPACE space, enum quarter q, uint8_t *out)
{
    if (space == JCS_GRAYSCALE) {
        out[0] = (uint8_t)(q * 85);
        return 1;
    }
    for (int i = 0; i < 3; i++) {
        out[i] = colours[q][i]; /* as CMYK upside down, which is how Adobe stores it */
    }
    out[3] = 255;
    return space == JCS_RGB ? 3 : 4;
}

static void write_orientation(struct jpeg_compress_struct *jpeg, int orientation)
{
    uint8_t notes[] = "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\0\0\0\0";
    notes[24] = (uint8_t)orientation;
    jpeg_write_marker(jpeg, JPEG_APP0 + 1, notes, 28);
}

static struct file make_jpeg(const struct recipe *r)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    uint8_t *row = malloc((size_t)r->w * 4);
    unsigned long length = 0;
    struct file file = {0};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &file.bytes, &length);
    jpeg.image_width = (JDIMENSION)r->w;
    jpeg.image_height = (JDIMENSION)r->h;
    J_COLOR_SPACE space = (J_COLOR_SPACE)r->kind;
    jpeg.in_color_space = space == JCS_YCCK ? JCS_CMYK : space;
    jpeg.input_components = space == JCS_GRAYSCALE ? 1 : space == JCS_RGB ? 3 : 4;
    jpeg_set_defaults(&jpeg);
    if (space == JCS_YCCK) {
        jpeg_set_colorspace(&jpeg, JCS_YCCK);
    }
    jpeg_set_quality(&jpeg, 90, TRUE);
    if (r->depth) {
        jpeg_simple_progression(&jpeg);
    }
    jpeg_start_compress(&jpeg, TRUE);
    if (r->extra) {
        write_orientation(&jpeg, r->extra);
    }
    for (int y = 0; y < r->h; y++) {
        uint8_t *px = row;
        for (int x = 0; x < r->w; x++) {
            px += jpeg_px(space, quarter_of(x, y, r->w, r->h), px);
        }
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    free(row);
    file.length = length;
    return file;
}

static struct file make_webp(const struct recipe *r)
{
    uint8_t *rgba = malloc((size_t)r->w * (size_t)r->h * 4), *out = NULL;
    for (int i = 0; i < r->w * r->h; i++) {
        memcpy(rgba + i * 4, colours[quarter_of(i % r->w, i / r->w, r->w, r->h)], 3);
        rgba[i * 4 + 3] = r->depth ? 128 : 255;
    }
    struct file file = {0};
    file.length = r->kind ? WebPEncodeLosslessRGBA(rgba, r->w, r->h, r->w * 4, &out)
                          : WebPEncodeRGBA(rgba, r->w, r->h, r->w * 4, 90, &out);
    file.bytes = malloc(file.length);
    memcpy(file.bytes, out, file.length);
    WebPFree(out);
    free(rgba);
    return file;
}

static struct file make(const struct recipe *r)
{
    return r->format == PNG    ? make_png(r)
           : r->format == JPEG ? make_jpeg(r)
                               : make_webp(r);
}

/* --- Developing --------------------------------------------------------------------------- */

static enum develop_fault develop(const uint8_t *bytes, size_t length,
                                  enum picture_use use, int w, int h,
                                  struct picture **picture)
{
    static struct picture_request request;
    static const atomic_bool quit;
    request.use = use;
    request.w = w;
    request.h = h;
    /* In memory of exactly its size, so that a read past its end is seen. */
    uint8_t *copy = malloc(length ? length : 1);
    memcpy(copy, bytes, length);
    struct develop d = {
        .bytes = copy, .length = length, .request = &request, .quit = &quit};
    develop_picture(&d);
    free(copy);
    *picture = d.picture;
    return d.fault;
}

enum { SMALL_W = 160, SMALL_H = 80 };
#define SIZE SMALL_W, SMALL_H

static const struct {
    const char *name;
    struct recipe recipe;
    int alpha;               /* of all px; -1 = of the white quarter alone */
    bool grey;               /* 0, 85, 170, 255 in place of the colours */
    enum quarter corners[4]; /* left above, right above, left below, right below */
} kinds[] = {
    {"rgb", {PNG, PNG_COLOR_TYPE_RGB, 8, 0, SIZE}, 255, false, {RED, GREEN, BLUE, WHITE}},
    {"rgba",
     {PNG, PNG_COLOR_TYPE_RGBA, 8, 0, SIZE},
     128,
     false,
     {RED, GREEN, BLUE, WHITE}},
    {"rgb 16",
     {PNG, PNG_COLOR_TYPE_RGB, 16, 0, SIZE},
     255,
     false,
     {RED, GREEN, BLUE, WHITE}},
    {"rgba 16",
     {PNG, PNG_COLOR_TYPE_RGBA, 16, 0, SIZE},
     128,
     false,
     {RED, GREEN, BLUE, WHITE}},
    {"grey",
     {PNG, PNG_COLOR_TYPE_GRAY, 8, 0, SIZE},
     255,
     true,
     {RED, GREEN, BLUE, WHITE}},
    {"grey 2",
     {PNG, PNG_COLOR_TYPE_GRAY, 2, 0, SIZE},
     255,
     true,
     {RED, GREEN, BLUE, WHITE}},
    {"grey 16",
     {PNG, PNG_COLOR_TYPE_GRAY, 16, 0, SIZE},
     255,
     true,
     {RED, GREEN, BLUE, WHITE}},
    {"grey alpha",
     {PNG, PNG_COLOR_TYPE_GRAY_ALPHA, 8, 0, SIZE},
     128,
     true,
     {RED, GREEN, BLUE, WHITE}},
    {"palette",
     {PNG, PNG_COLOR_TYPE_PALETTE, 8, 0, SIZE},
     -1,
     false,
     {RED, GREEN, BLUE, WHITE}},
    {"palette 2",
     {PNG, PNG_COLOR_TYPE_PALETTE, 2, 0, SIZE},
     -1,
     false,
     {RED, GREEN, BLUE, WHITE}},
    {"interlaced",
     {PNG, PNG_COLOR_TYPE_RGB, 8, 1, SIZE},
     255,
     false,
     {RED, GREEN, BLUE, WHITE}},
    {"interlaced palette",
     {PNG, PNG_COLOR_TYPE_PALETTE, 4, 1, SIZE},
     -1,
     false,
     {RED, GREEN, BLUE, WHITE}},
    {"jpeg", {JPEG, JCS_RGB, 0, 0, SIZE}, 255, false, {RED, GREEN, BLUE, WHITE}},
    {"jpeg grey",
     {JPEG, JCS_GRAYSCALE, 0, 0, SIZE},
     255,
     true,
     {RED, GREEN, BLUE, WHITE}},
    {"jpeg cmyk", {JPEG, JCS_YCCK, 0, 0, SIZE}, 255, false, {RED, GREEN, BLUE, WHITE}},
    {"jpeg progressive",
     {JPEG, JCS_RGB, 1, 0, SIZE},
     255,
     false,
     {RED, GREEN, BLUE, WHITE}},
    {"jpeg 1", {JPEG, JCS_RGB, 0, 1, SIZE}, 255, false, {RED, GREEN, BLUE, WHITE}},
    {"jpeg 2", {JPEG, JCS_RGB, 0, 2, SIZE}, 255, false, {GREEN, RED, WHITE, BLUE}},
    {"jpeg 3", {JPEG, JCS_RGB, 0, 3, SIZE}, 255, false, {WHITE, BLUE, GREEN, RED}},
    {"jpeg 4", {JPEG, JCS_RGB, 0, 4, SIZE}, 255, false, {BLUE, WHITE, RED, GREEN}},
    {"jpeg 5",
     {JPEG, JCS_RGB, 0, 5, SMALL_H, SMALL_W},
     255,
     false,
     {RED, BLUE, GREEN, WHITE}},
    {"jpeg 6",
     {JPEG, JCS_RGB, 0, 6, SMALL_H, SMALL_W},
     255,
     false,
     {BLUE, RED, WHITE, GREEN}},
    {"jpeg 7",
     {JPEG, JCS_RGB, 0, 7, SMALL_H, SMALL_W},
     255,
     false,
     {WHITE, GREEN, BLUE, RED}},
    {"jpeg 8",
     {JPEG, JCS_RGB, 0, 8, SMALL_H, SMALL_W},
     255,
     false,
     {GREEN, WHITE, RED, BLUE}},
    {"webp", {WEBP, 0, 0, 0, SIZE}, 255, false, {RED, GREEN, BLUE, WHITE}},
    {"webp alpha", {WEBP, 0, 1, 0, SIZE}, 128, false, {RED, GREEN, BLUE, WHITE}},
    {"webp lossless", {WEBP, 1, 0, 0, SIZE}, 255, false, {RED, GREEN, BLUE, WHITE}},
    {"webp lossless alpha", {WEBP, 1, 1, 0, SIZE}, 128, false, {RED, GREEN, BLUE, WHITE}},
};

static const int boxes[][2] = {{160, 80}, {80, 40},   {37, 19},
                               {20, 10},  {320, 160}, {231, 117}};

static bool near(uint32_t px, enum quarter q, int alpha, bool grey)
{
    for (int i = 0; i < 3; i++) {
        int want = (grey ? (int)q * 85 : colours[q][i]) * alpha / 255;
        int got = (int)(px >> (16 - 8 * i) & 255);
        if (abs(got - want) > 12) {
            return false;
        }
    }
    return abs((int)(px >> 24) - alpha) <= 1;
}

/* The middle of each quarter, or with NEAR px a point so far from the middle of all. */
static void check(size_t kind, const struct picture *picture, int near_px)
{
    int w = picture->w, h = picture->h;
    for (int i = 0; i < 4; i++) {
        int across = near_px ? near_px : w / 4, down = near_px ? near_px : h / 4;
        int x = w / 2 + (i % 2 ? across : -across), y = h / 2 + (i / 2 ? down : -down);
        enum quarter q = kinds[kind].corners[i];
        int alpha = kinds[kind].alpha;
        alpha = alpha >= 0 ? alpha : q == WHITE ? 128 : 255;
        uint32_t px = picture->pixels[y * w + x];
        if (!near(px, q, alpha, kinds[kind].grey)) {
            fail_msg("%s %dx%d: corner %d is %08x", kinds[kind].name, w, h, i, px);
        }
    }
    assert_int_equal(picture->clear, kinds[kind].alpha != 255);
}

static void all_kinds_in_all_sizes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct file file = make(&kinds[i].recipe);
        for (size_t b = 0; b < sizeof boxes / sizeof *boxes; b++) {
            struct picture *picture;
            enum develop_fault fault = develop(file.bytes, file.length, PICTURE_LOGO,
                                               boxes[b][0], boxes[b][1], &picture);
            if (fault) {
                fail_msg("%s: %s", kinds[i].name, develop_reason(fault));
            }
            assert_in_range(picture->w, boxes[b][0] - 2, boxes[b][0]);
            assert_in_range(picture->h, boxes[b][1] - 2, boxes[b][1]);
            check(i, picture, 0);
            picture_drop(picture);
        }
        free(file.bytes);
    }
}

/* A story's picture fills a box of other proportions, and its middle stays in the middle. */
static void crops_in_all_kinds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct file file = make(&kinds[i].recipe);
        struct picture *picture;
        assert_int_equal(
            develop(file.bytes, file.length, PICTURE_STORY, 120, 75, &picture), 0);
        assert_int_equal(picture->w, 120);
        assert_int_equal(picture->h, 75);
        check(i, picture, 0);
        check(i, picture, 10);
        picture_drop(picture);
        free(file.bytes);
    }
}

/* Wherever it is cut: never a picture of which the end is missing, never a read past the end.
 * What follows the last row of px is not needed. */
static void cut_short_it_is_none(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct file file = make(&kinds[i].recipe);
        for (size_t length = 0; length < file.length; length += 1 + length / 60) {
            struct picture *picture;
            enum develop_fault fault =
                develop(file.bytes, length, PICTURE_LOGO, SMALL_W, SMALL_H, &picture);
            if (!fault && length < file.length * 9 / 10) {
                fail_msg("%s: a picture from %zu of %zu bytes", kinds[i].name, length,
                         file.length);
            }
            picture_drop(picture);
        }
        free(file.bytes);
    }
}

/* Each byte wrong in turn: some picture or none, and nothing else. */
static void survives_wrong_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct file file = make(&kinds[i].recipe);
        for (size_t at = 0; at < file.length && at < 900; at++) {
            struct picture *picture;
            file.bytes[at] ^= 0x55;
            develop(file.bytes, file.length, PICTURE_LOGO, 40, 20, &picture);
            picture_drop(picture);
            file.bytes[at] ^= 0x55;
        }
        free(file.bytes);
    }
}

static const struct {
    const char *what;
    const char *bytes;
    size_t length;
    enum develop_fault fault;
} refused[] = {
    {"nothing", "", 0, DEVELOP_KIND},
    {"a page", "<!DOCTYPE html><html></html>", 28, DEVELOP_KIND},
    {"a GIF", "GIF89a\1\0\1\0\0\0\0;", 14, DEVELOP_KIND},
    {"an SVG", "<svg xmlns='http://www.w3.org/2000/svg'/>", 41, DEVELOP_KIND},
    {"magic alone", "\x89PNG\r\n\x1a\n", 8, DEVELOP_BROKEN},
    {"magic alone", "\xff\xd8\xff", 3, DEVELOP_BROKEN},
    {"magic alone", "RIFF\4\0\0\0WEBP", 12, DEVELOP_BROKEN},
    /* 40000 x 40000, which its checksum confirms; 30000 x 30000. */
    {"a PNG that claims too much",
     "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x9c\x40\0\0\x9c\x40\x08\2\0\0\0\x37\xf7\xef\x4e",
     33, DEVELOP_BROKEN},
    {"a JPEG that claims too much",
     "\xff\xd8\xff\xc0\0\x0b\x08\x75\x30\x75\x30\1\1\x11\0\xff\xda\0\x08\1\1\0\0\x3f\0\0"
     "\0",
     27, DEVELOP_LARGE},
    /* 16383 x 16383, lossy. */
    {"a WebP that claims too much",
     "RIFF\x1e\0\0\0WEBPVP8 \x12\0\0\0\x10\2\0\x9d\1\x2a\xff\x3f\xff\x3f\0\0\0\0\0\0\0\0",
     38, DEVELOP_LARGE},
    {"an animation", "RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\2\0\0\0\x63\0\0\x63\0\0", 30,
     DEVELOP_MOVING},
};

static void refuses_with_its_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct picture *picture;
        enum develop_fault fault =
            develop((const uint8_t *)refused[i].bytes, refused[i].length, PICTURE_LOGO,
                    100, 100, &picture);
        if (fault != refused[i].fault || picture) {
            fail_msg("%s: %s", refused[i].what, develop_reason(fault));
        }
    }
    uint8_t *large = calloc(1, DEVELOP_FILE_BYTES + 1);
    memcpy(large, "\x89PNG\r\n\x1a\n", 8);
    struct picture *picture;
    assert_int_equal(develop(large, DEVELOP_FILE_BYTES + 1, PICTURE_LOGO, 9, 9, &picture),
                     DEVELOP_LARGE);
    free(large);
}

static void stops_when_told(void **state)
{
    (void)state;
    static struct picture_request request = {.use = PICTURE_LOGO, .w = 50, .h = 50};
    static const atomic_bool quit = true;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct file file = make(&kinds[i].recipe);
        struct develop d = {file.bytes, file.length, &request, &quit, NULL, 0};
        assert_int_equal(develop_picture(&d), DEVELOP_STOPPED);
        free(file.bytes);
    }
}

/* --- What it costs ------------------------------------------------------------------------ */

#if defined(__SANITIZE_ADDRESS__)
/* Of the sanitizer's runtime; gcc brings no header for it. */
int __sanitizer_install_malloc_and_free_hooks(void (*malloc_hook)(const volatile void *,
                                                                  size_t),
                                              void (*free_hook)(const volatile void *));
size_t __sanitizer_get_allocated_size(const volatile void *pointer);

static size_t in_use, peak;
static bool counting;

static void count_malloc(const volatile void *pointer, size_t bytes)
{
    (void)pointer;
    in_use += counting ? bytes : 0;
    peak = in_use > peak ? in_use : peak;
}

static void count_free(const volatile void *pointer)
{
    size_t bytes = counting && pointer ? __sanitizer_get_allocated_size(pointer) : 0;
    in_use -= bytes < in_use ? bytes : in_use;
}

static const struct {
    const char *what;
    struct recipe recipe;
    enum develop_fault fault;
    size_t most; /* bytes beside the file's own */
} large[] = {
    {"20 megapixels of JPEG", {JPEG, JCS_RGB, 0, 6, 5472, 3648}, DEVELOP_DONE, 4 << 20},
    {"63 megapixels of PNG",
     {PNG, PNG_COLOR_TYPE_GRAY, 2, 0, 9000, 7000},
     DEVELOP_DONE,
     4 << 20},
    {"63 megapixels, interlaced",
     {PNG, PNG_COLOR_TYPE_GRAY, 2, 1, 9000, 7000},
     DEVELOP_DONE,
     12 << 20},
    {"65 megapixels",
     {PNG, PNG_COLOR_TYPE_GRAY, 2, 0, 9300, 7000},
     DEVELOP_LARGE,
     1 << 20},
    {"a side too long",
     {PNG, PNG_COLOR_TYPE_GRAY, 2, 0, 33000, 4},
     DEVELOP_BROKEN,
     1 << 20},
    {"3 megapixels, progressive",
     {JPEG, JCS_RGB, 1, 0, 2048, 1536},
     DEVELOP_DONE,
     16 << 20},
    {"20 megapixels, progressive",
     {JPEG, JCS_RGB, 1, 0, 5472, 3648},
     DEVELOP_LARGE,
     17 << 20},
    {"12 megapixels of WebP", {WEBP, 0, 0, 0, 4000, 3000}, DEVELOP_DONE, 6 << 20},
    {"12 megapixels, lossless", {WEBP, 1, 0, 0, 4000, 3000}, DEVELOP_LARGE, 1 << 20},
};

static void memory_is_bounded(void **state)
{
    (void)state;
    assert_true(__sanitizer_install_malloc_and_free_hooks(count_malloc, count_free));
    for (size_t i = 0; i < sizeof large / sizeof *large; i++) {
        struct file file = make(&large[i].recipe);
        struct picture *picture;
        in_use = peak = 0;
        counting = true;
        enum develop_fault fault =
            develop(file.bytes, file.length, PICTURE_STORY, 690, 400, &picture);
        counting = false;
        peak -= peak > file.length ? file.length : peak; /* the test's own copy of it */
        print_message("%s: %zu KiB, %s\n", large[i].what, peak >> 10,
                      develop_reason(fault));
        assert_int_equal(fault, large[i].fault);
        assert_true(peak <= large[i].most);
        picture_drop(picture);
        free(file.bytes);
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_kinds_in_all_sizes),
        cmocka_unit_test(crops_in_all_kinds),
        cmocka_unit_test(cut_short_it_is_none),
        cmocka_unit_test(survives_wrong_bytes),
        cmocka_unit_test(refuses_with_its_reason),
        cmocka_unit_test(stops_when_told),
#if defined(__SANITIZE_ADDRESS__)
        cmocka_unit_test(memory_is_bounded),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
