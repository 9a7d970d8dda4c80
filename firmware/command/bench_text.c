/* A line of 100 characters laid out again and again, and one 1024-px tile of it rasterised,
 * both warm, in process CPU time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "command/bench.h"
#include "command/command.h"
#include "show/text.h"

enum { EM_PX = 96, LAYOUTS = 2000, TILES = 400, TILE_W = 1024, TILE_H = 131 };

static const struct {
    const char *name, *text;
} lines[] = {
    {"Latin",
     "Council approves new tram line after marathon session; storm warning issued "
     "for the northern coast now"},
    {"Greek",
     "Η κυβέρνηση ανακοίνωσε νέα μέτρα για την ενέργεια και ο πρωθυπουργός δήλωσε ότι "
     "όλα πάνε καλά σήμερα"},
    {"Cyrillic",
     "Парламент утвердил бюджет на следующий год после долгого ночного заседания и "
     "споров о расходах в нём"},
};

static double cpu_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double time_layout(struct layout *layout, const char *text)
{
    size_t length = strlen(text);
    free(layout_text(layout, text, length));
    double begin = cpu_us();
    for (int i = 0; i < LAYOUTS; i++) {
        free(layout_text(layout, text, length));
    }
    return (cpu_us() - begin) / LAYOUTS;
}

static double time_tile(struct raster *raster, const struct line *line, SDL_Surface *tile)
{
    SDL_Color white = {255, 255, 255, 255};
    raster_line(raster, line, tile, 0, EM_PX, white);
    double begin = cpu_us();
    for (int i = 0; i < TILES; i++) {
        SDL_FillRect(tile, NULL, 0);
        raster_line(raster, line, tile, 0, EM_PX, white);
    }
    return (cpu_us() - begin) / TILES;
}

static bool measure(bool json, struct text *text, SDL_Surface *tile, size_t i)
{
    struct line *line = text_lay(text, lines[i].text, 0);
    if (!line) {
        return false;
    }
    double laid = time_layout(text->layout, lines[i].text);
    double drawn = time_tile(text->raster, line, tile);
    free(line);
    printf(json ? "%s\"%s\":{\"layout_us\":%.1f,\"tile_us\":%.1f}"
                : "%s%-9s layout of 100 characters %6.1f us   tile of 1024 px %6.1f us\n",
           json && i ? "," : "", lines[i].name, laid, drawn);
    return true;
}

int bench_text(bool json)
{
    struct text text;
    SDL_Surface *tile =
        SDL_CreateRGBSurfaceWithFormat(0, TILE_W, TILE_H, 32, SDL_PIXELFORMAT_RGB888);
    bool good = text_open(&text, EM_PX, NULL) && tile;
    printf("%s", json ? "{\"bench\":\"text\"," : "");
    for (size_t i = 0; good && i < sizeof lines / sizeof *lines; i++) {
        good = measure(json, &text, tile, i);
    }
    printf("%s", json ? "}\n" : "");
    SDL_FreeSurface(tile);
    text_close(&text);
    return good ? EXIT_DONE : EXIT_FAILED;
}
