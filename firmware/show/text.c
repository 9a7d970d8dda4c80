/* Shortening guesses by proportion and tries again: two or three layouts, for the few lines
 * that need it. */
#define LOG_MODULE "text"
#include "show/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/utf8.h"

enum { SHORTENED_BYTES = 256 };

bool text_open(struct text *text, int em_px, const char *font_dir)
{
    *text = (struct text){.faces = faces_new(em_px, font_dir)};
    text->layout = text->faces ? layout_new(text->faces) : NULL;
    text->raster = text->layout ? raster_new(text->faces) : NULL;
    if (!text->raster) {
        log_error("no text of %d px: no memory left?", em_px);
        text_close(text);
        return false;
    }
    return true;
}

void text_close(struct text *text)
{
    raster_free(text->raster);
    layout_free(text->layout);
    faces_free(text->faces);
    *text = (struct text){0};
}

struct line *text_lay(struct text *text, const char *words, int max_px)
{
    size_t length = strlen(words);
    struct line *line = layout_text(text->layout, words, length);
    while (line && max_px > 0 && layout_width_px(line) > max_px && length > 0) {
        char shorter[SHORTENED_BYTES];
        size_t room = sizeof shorter - sizeof "…";
        size_t guess = length * (size_t)max_px / (size_t)layout_width_px(line);
        guess = guess < length ? guess : length - 1;
        length = utf8_floor(words, guess < room ? guess : room);
        snprintf(shorter, sizeof shorter, "%.*s…", (int)length, words);
        free(line);
        line = layout_text(text->layout, shorter, strlen(shorter));
    }
    return line;
}
