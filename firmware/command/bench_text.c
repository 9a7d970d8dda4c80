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

/* 100 characters each; SCRIPT needs a font that may not be installed, 0 is in the program. */
static const struct {
    const char *name, *text;
    uint32_t script;
} lines[] = {
    {"Latin",
     "Council approves new tram line after marathon session; storm warning issued "
     "for the northern coast now",
     0},
    {"Greek",
     "Η κυβέρνηση ανακοίνωσε νέα μέτρα για την ενέργεια και ο πρωθυπουργός δήλωσε ότι "
     "όλα πάνε καλά σήμερα",
     0},
    {"Cyrillic",
     "Парламент утвердил бюджет на следующий год после долгого ночного заседания и "
     "споров о расходах в нём",
     0},
    {"Arabic",
     "مجلس الأمن يعقد جلسة طارئة لبحث الأزمة الإنسانية ووزير الخارجية يدعو إلى وقف "
     "إطلاق النار في المنطقة",
     FONTSET_TAG('A', 'r', 'a', 'b')},
    {"Hebrew",
     "ראש הממשלה נפגש עם נשיא צרפת בירושלים והבטיח תקציב חדש ושר האוצר הודיע כי "
     "המסים לא יועלו בשנה הבאה גם",
     FONTSET_TAG('H', 'e', 'b', 'r')},
    {"Devanagari",
     "प्रधानमंत्री ने राष्ट्रीय शिक्षा नीति पर संसद में वक्तव्य दिया, विपक्ष का विरोध जारी "
     "और बैठक कल तक",
     FONTSET_TAG('D', 'e', 'v', 'a')},
    {"Han",
     "东京股市上涨三百点专家称经济复苏强劲央行表示将继续维持宽松政策外交部发言人回应记者"
     "提问"
     "北京今日大雨气象台发布预警多趟列车停运市民出行受到影响教育部公布新学年安排全国人大"
     "常委会"
     "审议预算草案科技公司发布新品股价",
     FONTSET_TAG('H', 'a', 'n', 'i')},
    {"emoji",
     "☀️🌧️🥵👩‍👩‍👧‍👦🇺🇦🇯🇵👍🏽1️⃣🎥🔥 "
     "☀️🌧️🥵👩‍👩‍👧‍👦🇺🇦🇯🇵👍🏽1️⃣🎥🔥 "
     "☀️🌧️🥵👩‍👩‍👧‍👦🇺🇦🇯🇵👍🏽1️⃣🎥🔥 "
     "☀️🌧️🥵👩‍👩‍👧‍👦🇺🇦🇯🇵👍🏽🎥🔥",
     FONTSET_EMOJI},
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
    if (lines[i].script && !faces_serve(text->faces, lines[i].script)) {
        fprintf(stderr, "%s left out: install %s\n", lines[i].name,
                fontset_package(lines[i].script));
        return true;
    }
    struct line *line = text_lay(text, lines[i].text, 0);
    if (!line) {
        return false;
    }
    double laid = time_layout(text->layout, lines[i].text);
    double drawn = time_tile(text->raster, line, tile);
    free(line);
    printf(json
               ? "%s\"%s\":{\"layout_us\":%.1f,\"tile_us\":%.1f}"
               : "%s%-10s layout of 100 characters %6.1f us   tile of 1024 px %6.1f us\n",
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
