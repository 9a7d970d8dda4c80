/* The newsroom's crawl at 1080p in memory, frame after frame without pause: what a frame costs
 * whole, what copying its tiles to the band costs, and what copying the band's bytes would; the
 * latter two also as on a screen, where a display server reads the band after each frame: a
 * thread on another processor does so here.
 * Under callgrind or perf the same loop gives the dearest frame: tests/bench/dearest_frame. */
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
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
    ROUNDS = 15,
    TURNS = 200
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
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
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

/* What reads the band after each drawing of it. */
struct reader {
    pthread_t thread;
    sem_t drawn, seen;
    bool over;
    const unsigned char *from;
    unsigned char *to;
    size_t bytes;
};

static void *read_band(void *user)
{
    struct reader *reader = user;
    for (;;) {
        sem_wait(&reader->drawn);
        if (reader->over) {
            return NULL;
        }
        memcpy(reader->to, reader->from, reader->bytes);
        sem_post(&reader->seen);
    }
}

static void stay_on(pthread_t thread, int processor)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((size_t)processor, &set);
    pthread_setaffinity_np(thread, sizeof set, &set);
}

/* On a machine with one processor both are on that. */
static bool reader_start(struct reader *reader, const unsigned char *from, size_t bytes)
{
    *reader = (struct reader){.from = from, .to = malloc(bytes), .bytes = bytes};
    sem_init(&reader->drawn, 0, 0);
    sem_init(&reader->seen, 0, 0);
    if (!reader->to || pthread_create(&reader->thread, NULL, read_band, reader) != 0) {
        return false;
    }
    int here = sched_getcpu();
    stay_on(reader->thread, here > 0 ? here - 1 : here + 1);
    stay_on(pthread_self(), here);
    return true;
}

static void reader_stop(struct reader *reader)
{
    reader->over = true;
    sem_post(&reader->drawn);
    pthread_join(reader->thread, NULL);
    free(reader->to);
}

struct band {
    struct scene *scene;
    struct screen *screen;
    unsigned char *to, *from; /* its rows, and as many elsewhere, as the tiles are */
    size_t bytes;
    struct reader *reader; /* NULL = nobody reads it */
};

static void draw_band(const struct band *band)
{
    SDL_Rect damage[SCENE_DAMAGE];
    scene_draw(band->scene, false, damage);
    screen_flush(band->screen);
}

static void copy_band(const struct band *band)
{
    memcpy(band->to, band->from, band->bytes);
    __asm__ volatile("" ::: "memory");
}

static double time_band(const struct band *band, void (*write)(const struct band *band))
{
    double sum = 0;
    for (int i = 0; i < TURNS; i++) {
        double begin = now_us();
        write(band);
        sum += now_us() - begin;
        if (band->reader) {
            sem_post(&band->reader->drawn);
            sem_wait(&band->reader->seen);
        }
    }
    return sum / TURNS;
}

struct figures {
    double draw_us, copy_us;
};

/* The medians of drawing and copying in turn. */
static struct figures compare(const struct band *band)
{
    static double draws[ROUNDS], copies[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        draws[i] = time_band(band, draw_band);
        copies[i] = time_band(band, copy_band);
    }
    qsort(draws, ROUNDS, sizeof *draws, by_value);
    qsort(copies, ROUNDS, sizeof *copies, by_value);
    return (struct figures){draws[ROUNDS / 2], copies[ROUNDS / 2]};
}

static double frames[FRAMES];

static void time_frames(const struct band *band)
{
    for (int i = 0; i < FRAMES; i++) {
        double begin = now_us();
        bench_one_frame(band->scene, band->screen);
        frames[i] = now_us() - begin;
    }
    qsort(frames, FRAMES, sizeof *frames, by_value);
}

static void report(bool json, struct figures alone, struct figures read)
{
    printf(json ? "{\"bench\":\"frame\",\"p50_us\":%.1f,\"p99_us\":%.1f,\"max_us\":%.1f,"
                  "\"draw_us\":%.1f,\"memcpy_us\":%.1f,\"draw_to_memcpy\":%.2f,"
                  "\"read_draw_us\":%.1f,\"read_memcpy_us\":%.1f,"
                  "\"read_draw_to_memcpy\":%.2f}\n"
                : "frame (96 px text): p50 %.1f us  p99 %.1f us  max %.1f us\n"
                  "drawing the band %.1f us, memcpy of its bytes %.1f us: %.2f x\n"
                  "the same where another processor reads the band after each: %.1f us, "
                  "%.1f us: %.2f x\n",
           frames[FRAMES / 2], frames[FRAMES * 99 / 100], frames[FRAMES - 1],
           alone.draw_us, alone.copy_us, alone.draw_us / alone.copy_us, read.draw_us,
           read.copy_us, read.draw_us / read.copy_us);
}

static void warm(struct scene *scene, struct screen *screen)
{
    for (int i = 0; i < WARM_FRAMES; i++) {
        bench_one_frame(scene, screen);
    }
}

/* SHARED is a scene that draws to the same screen for a reader elsewhere. */
static bool measure(bool json, struct scene *scene, struct scene *shared,
                    struct screen *screen)
{
    SDL_Rect at = scene_band(scene);
    size_t pitch = (size_t)screen->surface->pitch;
    struct band band = {.scene = scene,
                        .screen = screen,
                        .to = (unsigned char *)screen->surface->pixels + at.y * pitch,
                        .bytes = (size_t)at.h * pitch};
    struct reader reader;
    band.from = calloc(1, band.bytes);
    bool good = band.from && reader_start(&reader, band.to, band.bytes);
    if (good) {
        warm(scene, screen);
        time_frames(&band);
        struct figures alone = compare(&band);
        warm(shared, screen);
        band.scene = shared;
        band.reader = &reader;
        struct figures read = compare(&band);
        report(json, alone, read);
        reader_stop(&reader);
    }
    free(band.from);
    return good;
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
    scene_setup.shared = true;
    struct scene *shared = scene ? scene_new(&scene_setup) : NULL;
    bool good = shared && fill(desk) && measure(json, scene, shared, &screen);
    scene_free(shared);
    scene_free(scene);
    desk_free(desk);
    config_fini(&config);
    screen_close(&screen);
    return good ? EXIT_DONE : EXIT_FAILED;
}
