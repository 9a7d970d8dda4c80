/* The newsroom's crawl at 1080p in memory, frame after frame without pause: what a frame costs
 * whole, what copying its tiles to the band costs, and what copying the band's bytes would.
 * Under callgrind or perf the same loop gives the dearest frame: tests/bench/dearest_frame. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/message.h"
#include "command/bench.h"
#include "command/command.h"
#include "show/scene.h"
#include "show/screen.h"

enum {
    WARM_FRAMES =
        1500, /* by then every script has crossed the edge; dearest_frame knows it */
    FRAMES = 3000,
    HEADLINES = 24,
    HEADLINE_WORDS = 8,
    EM_PX = 96,
    ROUNDS = 15
};

/* Words of every length in turn, so that chunks of all widths are drawn; one language a headline.
 * What no installed font has is passed over. */
enum { WORDS = 12 };
static const char *const words[][WORDS] = {
    {"Council", "approves", "new", "tram", "line", "after", "marathon", "session,",
     "storm", "hits", "northern", "coast"},
    {"وزير", "ينفي", "تقرير", "الميزانية", "العاصفة", "تضرب", "الساحل", "الشمالي",
     "المجلس", "يوافق", "على", "الجديد"},
    {"市議会", "新路線", "承認", "嵐が", "北海岸", "直撃、", "大臣は", "報告書", "否定",
     "橋の", "工事", "再開"},
    {"Minister", "denies", "report", "on", "budget", "shortfall", "2026", "as",
     "glaciers", "retreat", "📉", "🌧️"},
};

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static bool fill(struct desk *desk)
{
    struct message *message = malloc(sizeof *message);
    enum { LANGUAGES = sizeof words / sizeof *words };
    size_t word = 0;
    for (int i = 0; message && i < HEADLINES; i++) {
        char text[400];
        int used = snprintf(text, sizeof text, "%d", i + 1);
        for (int w = 0; w < HEADLINE_WORDS; w++) {
            used += snprintf(text + used, sizeof text - (size_t)used, " %s",
                             words[i % LANGUAGES][word++ * 5 % WORDS]);
        }
        *message = (struct message){.kind = MESSAGE_HEADLINE};
        headline_init(&message->headline);
        headline_set(&message->headline, HEADLINE_TEXT, text, (size_t)used);
        headline_set(&message->headline, HEADLINE_SOURCE, "Harbour Gazette", 15);
        headline_identify(&message->headline);
        desk_take(desk, message, i);
    }
    free(message);
    return message != NULL;
}

/* One frame as `run` makes it, headless. Kept whole for profilers, which count it. */
__attribute__((noinline)) void bench_one_frame(struct scene *scene,
                                               struct screen *screen);

void bench_one_frame(struct scene *scene, struct screen *screen)
{
    SDL_Rect damage[SCENE_DAMAGE];
    scene_advance(scene, 1, 0);
    scene_draw(scene, false, damage);
    screen_flush(screen);
    while (scene_aired(scene)) {
    }
    scene_work(scene, 4000);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double time_draw(struct scene *scene, struct screen *screen)
{
    SDL_Rect damage[SCENE_DAMAGE];
    double begin = now_us();
    for (int i = 0; i < 200; i++) {
        scene_draw(scene, false, damage);
        screen_flush(screen);
    }
    return (now_us() - begin) / 200;
}

/* The band's rows from another buffer as large as the band, as the tiles are. */
static double time_copy(const struct scene *scene, const struct screen *screen,
                        const unsigned char *from)
{
    SDL_Rect band = scene_band(scene);
    unsigned char *to = (unsigned char *)screen->surface->pixels +
                        (size_t)band.y * screen->surface->pitch;
    double begin = now_us();
    for (int i = 0; i < 200; i++) {
        memcpy(to, from, (size_t)band.h * (size_t)screen->surface->pitch);
        __asm__ volatile("" ::: "memory");
    }
    return (now_us() - begin) / 200;
}

static bool measure(bool json, struct scene *scene, struct screen *screen)
{
    static double frames[FRAMES], draws[ROUNDS], copies[ROUNDS];
    unsigned char *from =
        calloc((size_t)scene_band(scene).h, (size_t)screen->surface->pitch);
    if (!from) {
        return false;
    }
    for (int i = 0; i < WARM_FRAMES; i++) {
        bench_one_frame(scene, screen);
    }
    for (int i = 0; i < FRAMES; i++) {
        double begin = now_us();
        bench_one_frame(scene, screen);
        frames[i] = now_us() - begin;
    }
    for (int i = 0; i < ROUNDS; i++) {
        draws[i] = time_draw(scene, screen);
        copies[i] = time_copy(scene, screen, from);
    }
    free(from);
    qsort(frames, FRAMES, sizeof *frames, by_value);
    qsort(draws, ROUNDS, sizeof *draws, by_value);
    qsort(copies, ROUNDS, sizeof *copies, by_value);
    double draw = draws[ROUNDS / 2], copy = copies[ROUNDS / 2];
    printf(json ? "{\"bench\":\"frame\",\"p50_us\":%.1f,\"p99_us\":%.1f,\"max_us\":%.1f,"
                  "\"draw_us\":%.1f,\"memcpy_us\":%.1f,\"draw_to_memcpy\":%.2f}\n"
                : "frame (96 px text): p50 %.1f us  p99 %.1f us  max %.1f us\n"
                  "drawing the band %.1f us, memcpy of its bytes %.1f us: %.2f x\n",
           frames[FRAMES / 2], frames[FRAMES * 99 / 100], frames[FRAMES - 1], draw, copy,
           draw / copy);
    return true;
}

/* Only the crawl of the newsroom, so that drawing the band is all there is to draw. */
static const char lane[] = "[lane \"crawl\"]\narea = 0 88.8889 100 11.1111\n";

int bench_frame(bool json)
{
    struct screen screen;
    struct screen_setup setup = {.headless = true};
    if (!screen_open(&screen, &setup)) {
        return EXIT_FAILED;
    }
    struct desk *desk = desk_new(1);
    struct config config;
    struct theme theme;
    bool set = config_init(&config) &&
               config_read(&config, "bench", lane, sizeof lane - 1, NULL, NULL) == 0;
    theme_open(&theme, config.display.theme, NULL, NULL);
    struct scene_setup scene_setup = {.renderer = screen.renderer,
                                      .surface = screen.surface,
                                      .desk = desk,
                                      .config = &config,
                                      .theme = &theme,
                                      .w = screen.w,
                                      .h = screen.h,
                                      .refresh_hz = screen.refresh_hz,
                                      .text_px = EM_PX};
    struct scene *scene = desk && set ? scene_new(&scene_setup) : NULL;
    bool good = scene && fill(desk) && measure(json, scene, &screen);
    scene_free(scene);
    desk_free(desk);
    config_fini(&config);
    screen_close(&screen);
    return good ? EXIT_DONE : EXIT_FAILED;
}
