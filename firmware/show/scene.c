/* Geometry is proportional: at 1920x1080 the crawl has the rows 960 to 1079. Colours and sizes
 * are one table until themes bring their own. */
#include "show/scene.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "show/text.h"

/* Height of the band as a share of the screen's, and of the text as a share of the band's. */
enum { BAND_SHARE = 9, TEXT_PERCENT = 60, CARD_SHARE = 11 };

/* About 130 words a minute: 11 characters a second of 0.48 em (Latin text with spaces). */
enum { READING_WPM = 130 };
#define READING_EM_PER_S 5.3

static const SDL_Color background = {11, 15, 20, 255};
static const SDL_Color card_title = {244, 246, 248, 255};
static const SDL_Color card_text = {152, 166, 181, 255};
static const struct crawl_setup night = {
    .band = {19, 32, 46, 255},
    .text = {244, 246, 248, 255},
    .label = {255, 180, 84, 255},
    .mark = {91, 112, 131, 255},
    .edge = {255, 180, 84, 255},
};

struct scene {
    struct scene_setup setup;
    struct crawl *crawl;
    SDL_Rect band;
    int step_px;
    SDL_Texture *card;
    SDL_Rect card_at;
    bool card_changed;
};

/* Whole px per refresh, at least 1. */
static int step_of(const struct scene_setup *setup, int text_px)
{
    struct config_measure speed = {READING_WPM, UNIT_WPM};
    if (setup->lane && setup->lane->speed.unit != UNIT_AUTO) {
        speed = setup->lane->speed;
    }
    double px_per_s = speed.unit == UNIT_PX_PER_S
                          ? speed.value
                          : text_px * READING_EM_PER_S * speed.value / READING_WPM;
    double step = px_per_s / setup->refresh_hz;
    return step < 1 ? 1 : (int)lround(step);
}

struct scene *scene_new(const struct scene_setup *setup)
{
    struct scene *scene = calloc(1, sizeof *scene);
    if (!scene) {
        return NULL;
    }
    scene->setup = *setup;
    int band_h = (setup->h + BAND_SHARE - 1) / BAND_SHARE;
    scene->band = (SDL_Rect){0, setup->h - band_h, setup->w, band_h};
    int text_px = setup->text_px ? setup->text_px : band_h * TEXT_PERCENT / 100;
    scene->step_px = step_of(setup, text_px);

    struct crawl_setup crawl = night;
    crawl.renderer = setup->renderer;
    crawl.desk = setup->desk;
    crawl.area = scene->band;
    crawl.text_px = text_px > 0 ? text_px : 1;
    crawl.step_px = scene->step_px;
    crawl.direction = setup->lane ? setup->lane->direction : DIRECTION_AUTO;
    crawl.font_dir = setup->font_dir;
    scene->crawl = crawl_new(&crawl);
    if (!scene->crawl) {
        scene_free(scene);
        return NULL;
    }
    return scene;
}

void scene_free(struct scene *scene)
{
    if (!scene) {
        return;
    }
    if (scene->card) {
        SDL_DestroyTexture(scene->card);
    }
    crawl_free(scene->crawl);
    free(scene);
}

/* Centred; shortened where it is too wide. */
static void draw_card_line(SDL_Surface *surface, struct text *text, const char *words,
                           int baseline_px, SDL_Color colour)
{
    struct line *line = text_lay(text, words, surface->w * 9 / 10);
    if (line) {
        int x = (surface->w - layout_width_px(line)) / 2;
        raster_line(text->raster, line, surface, x, baseline_px, colour);
    }
    free(line);
}

static void draw_card(SDL_Surface *surface, const char *const *lines, size_t count,
                      int title_px, int text_px, const char *font_dir)
{
    struct text title, text;
    bool open = text_open(&title, title_px, font_dir);
    if (open) {
        draw_card_line(surface, &title, lines[0], title_px, card_title);
        text_close(&title);
    }
    open = text_open(&text, text_px, font_dir);
    for (size_t i = 1; open && i < count; i++) {
        int baseline = title_px + (int)i * text_px * 8 / 5 + text_px / 2;
        draw_card_line(surface, &text, lines[i], baseline, card_text);
    }
    text_close(&text);
}

void scene_set_card(struct scene *scene, const char *const *lines, size_t count)
{
    const struct scene_setup *setup = &scene->setup;
    if (scene->card) {
        SDL_DestroyTexture(scene->card);
        scene->card = NULL;
    }
    scene->card_changed = true;
    int title_px = setup->h / CARD_SHARE, text_px = title_px * 45 / 100;
    if (count == 0 || text_px < 1) {
        return;
    }
    count = count < SCENE_CARD_LINES ? count : SCENE_CARD_LINES;
    int h = title_px * 3 / 2 + (int)(count - 1) * text_px * 8 / 5 + text_px;
    SDL_Surface *surface =
        SDL_CreateRGBSurfaceWithFormat(0, setup->w, h, 32, SDL_PIXELFORMAT_RGB888);
    if (!surface) {
        return;
    }
    SDL_FillRect(surface, NULL,
                 SDL_MapRGB(surface->format, background.r, background.g, background.b));
    draw_card(surface, lines, count, title_px, text_px, setup->font_dir);
    scene->card = SDL_CreateTextureFromSurface(setup->renderer, surface);
    scene->card_at = (SDL_Rect){0, (scene->band.y - h) / 2, setup->w, h};
    SDL_FreeSurface(surface);
}

void scene_advance(struct scene *scene, int64_t refreshes)
{
    crawl_advance(scene->crawl, refreshes);
}

enum crawl_work scene_work(struct scene *scene, int64_t budget_us)
{
    enum crawl_work work = crawl_work(scene->crawl), most = work;
    if (work != CRAWL_LAYOUT && work != CRAWL_RASTER) {
        return work;
    }
    int64_t deadline = crawl_hungry(scene->crawl) ? clock_us() + budget_us : 0;
    while (most != CRAWL_UPLOAD && crawl_hungry(scene->crawl) && clock_us() < deadline) {
        work = crawl_work(scene->crawl);
        if (work == CRAWL_IDLE) {
            break;
        }
        most = work > most ? work : most;
    }
    return most;
}

bool scene_hungry(const struct scene *scene)
{
    return crawl_hungry(scene->crawl);
}

SDL_Rect scene_draw(struct scene *scene, bool all)
{
    SDL_Renderer *renderer = scene->setup.renderer;
    SDL_Rect screen = {0, 0, scene->setup.w, scene->setup.h};
    all = all || scene->card_changed;
    if (all) {
        SDL_SetRenderDrawColor(renderer, background.r, background.g, background.b, 255);
        SDL_RenderClear(renderer);
        if (scene->card) {
            SDL_RenderCopy(renderer, scene->card, NULL, &scene->card_at);
        }
        scene->card_changed = false;
    }
    crawl_draw(scene->crawl);
    return all ? screen : scene->band;
}

const struct headline *scene_aired(struct scene *scene)
{
    return crawl_aired(scene->crawl);
}

SDL_Rect scene_band(const struct scene *scene)
{
    return scene->band;
}

int scene_step_px(const struct scene *scene)
{
    return scene->step_px;
}
