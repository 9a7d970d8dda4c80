/* zlib's lowest level with the plainest filter: a tenth of the time of the best, and a screen of
 * text on plain ground stays within a few hundred kB. */
#include "host/web_png.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

enum { SIDE_PX = 8192, FIRST_BYTES = 64 << 10, ZLIB_LEVEL = 2 };

struct web_png {
    png_structp out;
    png_infop info;
    int w, h, row;
    char *bytes; /* owned */
    size_t room, length;
    bool failed;
};

static void take_bytes(png_structp out, png_bytep bytes, size_t length)
{
    struct web_png *png = png_get_io_ptr(out);
    size_t room = png->room;
    while (room - png->length < length) {
        room = room ? 2 * room : FIRST_BYTES;
    }
    if (room != png->room) {
        char *more = realloc(png->bytes, room);
        if (!more) {
            png_error(out, "memory is short");
        }
        png->bytes = more;
        png->room = room;
    }
    memcpy(png->bytes + png->length, bytes, length);
    png->length += length;
}

static void flush(png_structp out)
{
    (void)out;
}

static void stay_silent(png_structp out, png_const_charp text)
{
    (void)out;
    (void)text;
}

/* False if the library gave up. */
static bool begin(struct web_png *png)
{
    if (setjmp(png_jmpbuf(png->out))) {
        return false;
    }
    png_set_write_fn(png->out, png, take_bytes, flush);
    png_set_compression_level(png->out, ZLIB_LEVEL);
    png_set_filter(png->out, 0, PNG_FILTER_SUB);
    png_set_IHDR(png->out, png->info, (png_uint_32)png->w, (png_uint_32)png->h, 8,
                 PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png->out, png->info);
    return true;
}

struct web_png *web_png_new(int w, int h)
{
    if (w < 1 || h < 1 || w > SIDE_PX || h > SIDE_PX) {
        return NULL;
    }
    struct web_png *png = calloc(1, sizeof *png);
    if (!png) {
        return NULL;
    }
    png->w = w;
    png->h = h;
    png->out = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, stay_silent);
    png->info = png->out ? png_create_info_struct(png->out) : NULL;
    if (!png->info || !begin(png)) {
        web_png_free(png);
        return NULL;
    }
    return png;
}

void web_png_free(struct web_png *png)
{
    if (png) {
        png_destroy_write_struct(&png->out, &png->info);
        free(png->bytes);
        free(png);
    }
}

bool web_png_add(struct web_png *png, const unsigned char *pixels, int rows)
{
    if (png->failed || rows > png->h - png->row) {
        return false;
    }
    if (setjmp(png_jmpbuf(png->out))) {
        png->failed = true;
        return false;
    }
    for (int i = 0; i < rows; i++) {
        png_write_row(png->out, pixels + (size_t)i * (size_t)png->w * 3);
    }
    png->row += rows;
    return true;
}

char *web_png_end(struct web_png *png, size_t *length)
{
    if (png->failed || png->row != png->h) {
        return NULL;
    }
    if (setjmp(png_jmpbuf(png->out))) {
        png->failed = true;
        return NULL;
    }
    png_write_end(png->out, png->info);
    char *bytes = png->bytes;
    *length = png->length;
    png->bytes = NULL;
    png->length = 0;
    png->room = 0;
    return bytes;
}
