/* Lanes are drawn in their order, so that a clock may stand on a card: where a lane has been
 * drawn, those after it that lie on it are drawn again. */
#define LOG_MODULE "screen"
#include "show/scene.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/config_same.h"
#include "base/log.h"
#include "show/arrangement.h"
#include "show/clockface.h"
#include "show/drift.h"
#include "show/flash.h"
#include "show/lane.h"
#include "show/panel.h"
#include "show/title.h"
#include "show/veil.h"

struct scene {
    struct scene_setup setup;
    struct config layout; /* whose lanes are the layout's */
    struct stage stage;
    struct typecase type;
    struct lane_label labels[CONFIG_SOURCES + 1];
    size_t label_count;
    struct desk_cursor cursors[CONFIG_LANES];
    struct desk_view views[CONFIG_LANES];
    struct lane lanes[CONFIG_LANES];
    enum config_motion motions[CONFIG_LANES];
    size_t numbers[CONFIG_LANES]; /* in the configuration, or the layout */
    const struct desk_cursor *walks[CONFIG_LANES]; /* which of the cursors */
    size_t count;
    size_t turn; /* whose slice of work is next: a lane's, or, after them, the flash's */
    struct clockface telling;
    struct flash flash;
    struct panel panel;
    SDL_Rect over;  /* what covers the lanes; empty = nothing */
    SDL_Rect bared; /* what was covered until now; so too */
    struct title title;
    bool changed; /* all must be drawn */
    struct veil veil;
    double drift_s;  /* shown so far */
    SDL_Point shift; /* where the still parts stand, or are on their way to */
    size_t shifted;  /* lanes that have taken it over */
    bool has_clock;
};

/* --- Building ----------------------------------------------------------------------------- */

static bool is_on_the_web(const char *url)
{
    return strncasecmp(url, "http://", 7) == 0 || strncasecmp(url, "https://", 8) == 0;
}

static void make_labels(struct scene *scene)
{
    const struct config *config = scene->setup.config;
    const struct theme *theme = scene->setup.theme;
    scene->label_count = config->source_count + 1;
    for (size_t i = 0; i <= config->source_count; i++) {
        struct lane_label *label = &scene->labels[i];
        *label = (struct lane_label){.fill = theme->label, .ink = theme->label_text};
        if (i == config->source_count) {
            break;
        }
        const struct config_source *source = &config->sources[i];
        label->name = source->label;
        label->fetched = is_on_the_web(source->url);
        label->logo = source->logo;
        if (theme_colour(source->colour, strlen(source->colour), &label->fill)) {
            label->ink = theme_ink(label->fill, theme->label_text);
            label->ground = true;
        }
    }
}

/* Flips and rolls that air the same take turns; a card walks by itself. */
static struct desk_cursor *cursor_of(struct scene *scene, size_t number,
                                     enum config_motion motion)
{
    bool shares = motion == MOTION_FLIP || motion == MOTION_ROLL;
    for (size_t i = 0; i < number && shares; i++) {
        if ((scene->motions[i] == MOTION_FLIP || scene->motions[i] == MOTION_ROLL) &&
            view_same(&scene->views[i], &scene->views[number])) {
            return &scene->cursors[i];
        }
    }
    return &scene->cursors[number];
}

static struct lane_setup setup_for_all(struct scene *scene)
{
    return (struct lane_setup){
        .stage = &scene->stage,
        .desk = scene->setup.desk,
        .theme = scene->setup.theme,
        .type = &scene->type,
        .labels = scene->labels,
        .label_count = scene->label_count,
        .album = scene->setup.album,
        .taker = scene->setup.taker,
        .display = &scene->setup.config->display,
        .telling = scene->telling.setup ? &scene->telling : NULL,
        .stale_after_s = scene->setup.config->desk.stale_after_s,
        .clock_shown = scene->has_clock,
    };
}

static void add_lane(struct scene *scene, const struct config *from, size_t index)
{
    const struct config_lane *lane = &from->lanes[index];
    const struct config_display *display = &scene->setup.config->display;
    size_t number = scene->count;
    if (lane->motion == MOTION_CLOCK && !display->clock) {
        return;
    }
    scene->views[number] = view_of(scene->setup.config, lane);
    scene->motions[number] = lane->motion;
    scene->numbers[number] = index;
    struct lane_setup setup = setup_for_all(scene);
    setup.lane = lane;
    setup.area =
        arrangement_place(lane, display->safe_area, scene->stage.w, scene->stage.h);
    setup.view = scene->views[number];
    setup.cursor = cursor_of(scene, number, lane->motion);
    setup.text_px = lane->motion == MOTION_CRAWL ? scene->setup.text_px : 0;
    scene->walks[number] = setup.cursor;
    if (lane_open(&scene->lanes[number], &setup)) {
        scene->count++;
    } else {
        log_warning("the lane \"%s\" cannot be opened: left out", lane->name);
    }
}

/* The lowest crawl; NULL if there is none. */
static const struct lane *lowest_crawl(const struct scene *scene)
{
    const struct lane *lowest = NULL;
    for (size_t i = 0; i < scene->count; i++) {
        const struct lane *lane = &scene->lanes[i];
        if (lane->covers && (!lowest || lane->area.y > lowest->area.y)) {
            lowest = lane;
        }
    }
    return lowest;
}

/* Within the safe area and above CRAWL, if that lies low. */
static void init_panel(struct scene *scene, const struct lane *crawl)
{
    static const struct config_lane whole = {.area = {0, 0, 100, 100},
                                             .motion = MOTION_CARD};
    struct lane_setup setup = setup_for_all(scene);
    setup.area = arrangement_place(&whole, scene->setup.config->display.safe_area,
                                   scene->stage.w, scene->stage.h);
    if (crawl && crawl->area.y > scene->stage.h / 2) {
        setup.area.h = crawl->area.y - setup.area.y;
    }
    panel_init(&scene->panel, &setup);
}

struct scene *scene_new(const struct scene_setup *setup)
{
    struct scene *scene = calloc(1, sizeof *scene);
    if (!scene) {
        return NULL;
    }
    scene->setup = *setup;
    scene->type.font_dir = setup->font_dir;
    scene->type.font = setup->theme->font;
    scene->type.label_font = setup->theme->label_font;
    stage_init(&scene->stage, setup->renderer, setup->w, setup->h,
               setup->config->display.rotation);
    stage_draw_into(&scene->stage, setup->surface, setup->shared);
    scene->stage.refresh_hz = setup->refresh_hz;
    make_labels(scene);
    struct lane_setup common = setup_for_all(scene);
    clockface_init(&scene->telling, &common, NULL);
    const struct config *from = setup->config;
    if (from->lane_count == 0 && config_init(&scene->layout)) {
        scene->layout.display.layout = from->display.layout;
        arrangement_choose(&scene->layout, scene->stage.w, scene->stage.h);
        from = &scene->layout;
    }
    for (size_t i = 0; i < from->lane_count && setup->config->display.clock; i++) {
        scene->has_clock |= from->lanes[i].motion == MOTION_CLOCK;
    }
    for (size_t i = 0; i < from->lane_count; i++) {
        add_lane(scene, from, i);
    }
    if (scene->count == 0) {
        scene_free(scene);
        return NULL;
    }
    common = setup_for_all(scene);
    const struct lane *crawl = lowest_crawl(scene);
    flash_init(&scene->flash, &common, setup->config->flash.style,
               crawl ? crawl->area : (SDL_Rect){0}, setup->config->display.safe_area);
    init_panel(scene, crawl);
    scene->changed = !setup->fresh;
    veil_init(&scene->veil, scene->stage.w, scene->stage.h, setup->fresh);
    return scene;
}

void scene_free(struct scene *scene)
{
    if (!scene) {
        return;
    }
    title_drop(&scene->title);
    panel_fini(&scene->panel);
    flash_fini(&scene->flash);
    while (scene->count > 0) {
        lane_close(&scene->lanes[--scene->count]);
    }
    for (size_t i = 0; i < CONFIG_LANES; i++) {
        desk_leave(scene->setup.desk, &scene->cursors[i]);
    }
    clockface_fini(&scene->telling);
    typecase_fini(&scene->type);
    stage_fini(&scene->stage);
    config_fini(&scene->layout);
    free(scene);
}

/* --- Another configuration ---------------------------------------------------------------- */

bool scene_keeps(const struct config *a, const struct config *b)
{
    return config_section_same(SECTION_DISPLAY, a, b) && config_lanes_same(a, b) &&
           strcmp(a->flash.style, b->flash.style) == 0;
}

void scene_adopt(struct scene *scene, const struct config_change *change)
{
    const struct config *config = scene->setup.config;
    const struct config *from = config->lane_count > 0 ? config : &scene->layout;
    make_labels(scene);
    struct lane_setup setup = setup_for_all(scene);
    for (size_t i = 0; i < scene->count; i++) {
        setup.lane = &from->lanes[scene->numbers[i]];
        setup.view = scene->views[i] = view_of(config, setup.lane);
        lane_adopt(&scene->lanes[i], &setup, change);
    }
    flash_adopt(&scene->flash, &setup, change);
}

/* --- The title card ----------------------------------------------------------------------- */

void scene_set_title(struct scene *scene, const char *const *lines, size_t count)
{
    const struct lane *crawl = lowest_crawl(scene);
    int rows =
        crawl && crawl->area.y > scene->stage.h / 2 ? crawl->area.y : scene->stage.h;
    count = count < SCENE_TITLE_LINES ? count : SCENE_TITLE_LINES;
    title_make(&scene->title, &scene->stage, scene->setup.theme, rows, lines, count,
               scene->setup.font_dir);
    scene->changed = true;
}

void scene_say(struct scene *scene, const struct panel_words *words)
{
    SDL_Rect area = scene->panel.area;
    if (panel_say(&scene->panel, words)) {
        SDL_UnionRect(&scene->bared, &area, &scene->bared);
    }
}

/* --- The frame ---------------------------------------------------------------------------- */

/* Against burn-in, a px a minute; one lane a frame takes it over, so that it costs a frame no
 * more than a change of a card. A crawl keeps its line and moves up and down alone. */
static void drift(struct scene *scene, int64_t refreshes)
{
    int side = scene->stage.w < scene->stage.h ? scene->stage.w : scene->stage.h;
    scene->drift_s += (double)refreshes / scene->stage.refresh_hz;
    int64_t steps = (int64_t)(scene->drift_s / DRIFT_STEP_S);
    SDL_Point wanted = drift_at(steps, drift_reach_px(side));
    if (wanted.x != scene->shift.x || wanted.y != scene->shift.y) {
        scene->shift = wanted;
        scene->shifted = 0;
    }
}

static void take_shift(struct scene *scene)
{
    bool taken = false;
    while (scene->shifted < scene->count && !taken) {
        struct lane *lane = &scene->lanes[scene->shifted++];
        SDL_Point wanted = {lane->covers ? 0 : scene->shift.x, scene->shift.y};
        taken = wanted.x != lane->shift.x || wanted.y != lane->shift.y;
        lane->shift = wanted;
        lane->stale |= taken;
    }
}

/* Lanes give way to what has come up over them, and take their rows back. */
static void make_room(struct scene *scene)
{
    SDL_Rect over = scene->flash.up ? scene->flash.area : (SDL_Rect){0};
    if (!SDL_RectEquals(&over, &scene->over)) {
        scene->over = over;
        for (size_t i = 0; i < scene->count; i++) {
            lane_yield(&scene->lanes[i], over);
            lane_cover(&scene->lanes[i],
                       flash_hides(&scene->flash, scene->lanes[i].area));
        }
    }
}

void scene_set_refresh(struct scene *scene, double refresh_hz)
{
    scene->stage.refresh_hz = refresh_hz;
}

void scene_advance(struct scene *scene, int64_t refreshes, int64_t at)
{
    double ms = (double)refreshes * 1000 / scene->stage.refresh_hz;
    album_advance(scene->setup.album, (int64_t)(ms + 0.5));
    if (scene->setup.config->display.pixel_shift) {
        drift(scene, refreshes);
        take_shift(scene);
    }
    for (size_t i = 0; i < scene->count; i++) {
        lane_advance(&scene->lanes[i], refreshes, at);
    }
    if (flash_advance(&scene->flash, refreshes, at)) {
        SDL_UnionRect(&scene->bared, &scene->flash.bared, &scene->bared);
    }
    make_room(scene);
}

size_t scene_set_speed(struct scene *scene, const char *lane, int percent)
{
    size_t count = 0;
    for (size_t i = 0; i < scene->count; i++) {
        if (!*lane || strcmp(lane, scene->lanes[i].name) == 0) {
            lane_set_speed(&scene->lanes[i], percent);
            count++;
        }
    }
    return count;
}

void scene_pause(struct scene *scene, bool paused)
{
    for (size_t i = 0; i < scene->count; i++) {
        lane_pause(&scene->lanes[i], paused);
    }
}

bool scene_lane(const struct scene *scene, size_t i, struct scene_lane *out)
{
    if (i >= scene->count) {
        return false;
    }
    const struct lane *lane = &scene->lanes[i];
    *out = (struct scene_lane){.name = lane->name,
                               .motion = scene->motions[i],
                               .area = lane->area,
                               .percent = lane->percent,
                               .place = stage_place(&scene->stage, lane->area),
                               .view = &scene->views[i],
                               .cursor = scene->walks[i]};
    return true;
}

/* A slice of the lane, or of the flash, whose turn it is, or of the first after it that has any;
 * where HUNGRY, only of those that are. */
static enum work work_once(struct scene *scene, bool hungry)
{
    for (size_t i = 0; i <= scene->count; i++) {
        size_t turn = scene->turn;
        struct lane *lane = turn < scene->count ? &scene->lanes[turn] : NULL;
        scene->turn = (turn + 1) % (scene->count + 1);
        if (hungry && !(lane ? lane_hungry(lane) : flash_hungry(&scene->flash))) {
            continue;
        }
        enum work work = lane ? lane_work(lane) : flash_work(&scene->flash);
        if (!lane && work == WORK_IDLE) {
            work = panel_work(&scene->panel);
        }
        if (work != WORK_IDLE) {
            return work;
        }
    }
    return WORK_IDLE;
}

enum work scene_work(struct scene *scene, int64_t budget_us)
{
    bool hungry = scene_hungry(scene);
    enum work work = work_once(scene, hungry), most = work;
    hungry = hungry || scene_hungry(scene);
    if (!hungry || work == WORK_IDLE) {
        return work;
    }
    int64_t deadline = clock_us() + budget_us;
    while (most != WORK_UPLOAD && scene_hungry(scene) && clock_us() < deadline) {
        work = work_once(scene, true);
        if (work == WORK_IDLE) {
            break;
        }
        most = work > most ? work : most;
    }
    return most;
}

bool scene_hungry(const struct scene *scene)
{
    if (flash_hungry(&scene->flash)) {
        return true;
    }
    for (size_t i = 0; i < scene->count; i++) {
        if (lane_hungry(&scene->lanes[i])) {
            return true;
        }
    }
    return false;
}

/* Whether AREA lies on one of the first COUNT of DRAWN. */
static bool lies_on(SDL_Rect area, const SDL_Rect *drawn, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (SDL_HasIntersection(&area, &drawn[i])) {
            return true;
        }
    }
    return false;
}

static bool has_title(const struct title *title)
{
    return plane_is_open(&title->plane);
}

static bool is_hidden(const struct scene *scene, const struct lane *lane)
{
    const struct title *title = &scene->title;
    return (has_title(title) && SDL_HasIntersection(&lane->area, &title->at)) ||
           flash_hides(&scene->flash, lane->area);
}

void scene_expose(struct scene *scene)
{
    scene->changed |= !veil_again(&scene->veil);
}

/* What of LANE is to be drawn, if anything: ALL that can be seen of it, or what SLICE has laid free.
 * Crawls do not wait for the ground. */
static SDL_Rect part_of(const struct scene *scene, const struct lane *lane,
                        SDL_Rect slice, bool all)
{
    bool waits = scene->veil.rows < scene->veil.h || slice.h > 0;
    return lane->covers || !waits ? lane->area
                                  : veil_part(&scene->veil, lane->area, slice, all);
}

size_t scene_draw(struct scene *scene, bool all, SDL_Rect damage[SCENE_DAMAGE])
{
    SDL_Rect screen = {0, 0, scene->stage.w, scene->stage.h}, slice;
    const struct title *title = &scene->title;
    size_t count = 0;
    all = all || scene->changed || (scene->bared.w > 0 && has_title(title));
    if (all) {
        veil_drop(&scene->veil);
    }
    slice = veil_lift(&scene->veil);
    if (slice.h > 0) {
        stage_fill(&scene->stage, slice, scene->setup.theme->background);
        damage[count++] = slice;
    }
    if (all || scene->bared.w > 0) {
        damage[count] = all ? screen : scene->bared;
        stage_fill(&scene->stage, damage[count++], scene->setup.theme->background);
        scene->changed = false;
        scene->bared = (SDL_Rect){0};
    }
    if (all && has_title(title)) {
        SDL_Rect whole = {0, 0, title->at.w, title->at.h};
        stage_copy(&scene->stage, &title->plane, whole, title->at);
    }
    size_t ground = slice.h > 0; /* the first of DAMAGE */
    for (size_t i = 0; i < scene->count; i++) {
        struct lane *lane = &scene->lanes[i];
        bool whole =
            lane_moved(lane) || lies_on(lane->area, damage + ground, count - ground);
        SDL_Rect part = part_of(scene, lane, slice, whole);
        if ((all || lane_moved(lane) || lies_on(part, damage, count)) &&
            !is_hidden(scene, lane)) {
            stage_enter(&scene->stage, part, lane->shift, lane->ground);
            lane_draw(lane);
            stage_leave(&scene->stage);
            if (!all) {
                damage[count++] = part;
            }
        }
    }
    SDL_Rect panel = scene->panel.area;
    if (panel_up(&scene->panel) && !has_title(title) &&
        (panel_moved(&scene->panel) || lies_on(panel, damage, count))) {
        panel_draw(&scene->panel);
        if (!all) {
            damage[count++] = panel;
        }
    }
    SDL_Rect flash = scene->flash.area;
    if (scene->flash.up &&
        (flash_moved(&scene->flash) || lies_on(flash, damage, count))) {
        flash_draw(&scene->flash);
        if (!all) {
            damage[count++] = flash;
        }
    }
    for (size_t i = 0; i < count; i++) {
        damage[i] = stage_place(&scene->stage, damage[i]);
    }
    return count;
}

const struct headline *scene_aired(struct scene *scene)
{
    const struct headline *flash = flash_aired(&scene->flash);
    if (flash) {
        return flash;
    }
    for (size_t i = 0; i < scene->count; i++) {
        const struct headline *headline = lane_aired(&scene->lanes[i]);
        if (headline) {
            return headline;
        }
    }
    return NULL;
}

void scene_leave(struct scene *scene)
{
    for (size_t i = 0; i < scene->count; i++) {
        lane_cover(&scene->lanes[i], true);
    }
    flash_leave(&scene->flash);
}

SDL_Rect scene_band(const struct scene *scene)
{
    const struct lane *crawl = lowest_crawl(scene);
    return crawl ? stage_place(&scene->stage, crawl->area) : (SDL_Rect){0};
}
