/* `motograph render`: one text as a picture, white on black, for tests and curious eyes. */
#define LOG_MODULE "render"
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "command/command.h"
#include "show/png.h"
#include "show/text.h"

enum {
    SIZE_MIN_PX = 4,
    SIZE_MAX_PX = 1024,
    PICTURE_MAX_PX = 1 << 26,
    WIDTH_MAX_PX = 1000000
};

struct request {
    const char *text, *font_dir, *out;
    int em_px;
};

static const struct option table[] = {
    {"text", required_argument, NULL, 't'},
    {"size", required_argument, NULL, 's'},
    {"font-dir", required_argument, NULL, 'f'},
    {"output", required_argument, NULL, 'o'},
    {0},
};

static bool read_request(struct request *request, int argc, char **argv)
{
    char *end = NULL;
    long size;
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, "o:", table, NULL)) != -1;) {
        switch (option) {
        case 't':
            request->text = optarg;
            break;
        case 's':
            size = strtol(optarg, &end, 10);
            request->em_px = (int)size;
            if (*end || size < SIZE_MIN_PX || size > SIZE_MAX_PX) {
                fprintf(stderr, "motograph: --size %s: allowed is %d to %d (px per em)\n",
                        optarg, SIZE_MIN_PX, SIZE_MAX_PX);
                return false;
            }
            break;
        case 'f':
            request->font_dir = optarg;
            break;
        case 'o':
            request->out = optarg;
            break;
        default:
            return false;
        }
    }
    if (!request->text || !request->em_px || !request->out || optind < argc) {
        fputs("motograph: usage: motograph render --text T --size PX [--font-dir DIR] "
              "-o OUT.png\n",
              stderr);
        return false;
    }
    return true;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static bool draw(const struct request *request, struct text *text,
                 const struct line *line)
{
    /* A line's height is what its face asks for, more where ink passes that. */
    int above = larger(faces_ascent_px(text->faces), -line->ink.top);
    int below = larger(faces_descent_px(text->faces), line->ink.bottom);
    int64_t width = (int64_t)layout_width_px(line) + 2 * (int64_t)request->em_px;
    /* libpng takes no wider one; 64 million pixels are 256 MB. */
    if (width > WIDTH_MAX_PX || width * (above + below) > PICTURE_MAX_PX) {
        log_error(
            "a picture of %lldx%d is too large: use a shorter text or a smaller --size",
            (long long)width, above + below);
        return false;
    }
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, (int)width, above + below,
                                                          32, SDL_PIXELFORMAT_RGB888);
    if (!surface) {
        log_error("no memory for the picture: %s", SDL_GetError());
        return false;
    }
    SDL_Color white = {255, 255, 255, 255};
    bool done = raster_line(text->raster, line, surface, request->em_px, above, white) &&
                png_write(surface, request->out);
    SDL_FreeSurface(surface);
    return done;
}

int command_render(int argc, char **argv)
{
    struct request request = {0};
    if (!read_request(&request, argc, argv)) {
        return EXIT_USAGE;
    }
    struct text text;
    if (!text_open(&text, request.em_px, request.font_dir)) {
        return EXIT_FAILED;
    }
    struct line *line = text_lay(&text, request.text, 0);
    if (!line) {
        log_error("no memory to lay the text out");
    }
    bool done = line && draw(&request, &text, line);
    free(line);
    text_close(&text);
    return done ? EXIT_DONE : EXIT_FAILED;
}
