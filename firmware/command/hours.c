/* The timetable is looked up again only when its next change is due or the clock was set: a look walks
 * over a week of it. */
#define LOG_MODULE "power"
#include "command/hours.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "command/run.h"
#include "show/drm.h"

enum {
    LOOK_US = 1000000, /* between two looks while the display is on */
    TURN_US = 100000,  /* while it is off: no flash waits longer */
    READY_US = 500000, /* at most, for the first frame to be whole */
    STEP_MS = 2000,    /* a clock that is off by more was set */
    TIMES_OUT = 2,     /* so that the one before is surely seen */
    DAY_S = 24 * 3600
};

static int offset_at(int64_t at)
{
    struct tm local;
    clock_local(at, &local);
    return (int)local.tm_gmtoff;
}

void hours_configure(struct run *run)
{
    struct vigil *vigil = &run->vigil;
    const struct config_list *on = &run->config.power.on;
    const char *zone = run->config.display.timezone;
    vigil->table.count = 0;
    for (size_t i = 0; i < on->count && vigil->table.count < HOURS_SPANS; i++) {
        struct hours_span *span = &vigil->table.spans[vigil->table.count];
        vigil->table.count += hours_parse(on->values[i], strlen(on->values[i]), span);
    }
    if (strcmp(zone, "system") != 0) {
        clock_set_zone(zone); /* a clock on the screen would say if that fails */
    }
    vigil->state = (struct hours_state){.on = true};
    vigil->next_us = 0;
    /* An earlier run may have left the television asleep; a picture for a file wakes nobody. */
    if (run->began_ms == 0 && !run->options.screen.headless && vigil->table.count > 0 &&
        strcmp(run->config.power.method, "cec") == 0) {
        vigil->power.off = POWER_CEC;
    }
}

/* What the timetable says. */
static void look_up(struct vigil *vigil, int64_t at)
{
    int64_t now_ms = clock_ms();
    int64_t drift_ms = (at - vigil->looked_at) * 1000 - (now_ms - vigil->looked_ms);
    bool set = drift_ms > STEP_MS || drift_ms < -STEP_MS;
    if (at >= vigil->state.until || set) {
        vigil->state = hours_look(&vigil->table, at, offset_at);
    }
    vigil->looked_at = at;
    vigil->looked_ms = now_ms;
}

/* Unpaced frames are pictures for somebody who is there. */
static bool must_be_on(struct run *run)
{
    const struct headline *flash;
    int64_t at = clock_wall();
    bool unpaced = run->screen.kind == SCREEN_HEADLESS && run->options.frames > 0;
    if (run->vigil.table.count == 0 || unpaced || !clock_known(at)) {
        return true;
    }
    look_up(&run->vigil, at);
    return run->vigil.state.on || desk_flashes(run->desk, &flash, 1) > 0;
}

char *hours_tell(const struct run *run, char out[HOURS_TEXT_BYTES])
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    const struct vigil *vigil = &run->vigil;
    struct tm local;
    if (!vigil->off || vigil->state.until == HOURS_NEVER) {
        snprintf(out, HOURS_TEXT_BYTES, vigil->off ? "off" : "on");
        return out;
    }
    clock_local(vigil->state.until, &local);
    bool far = vigil->state.until - vigil->looked_at >= DAY_S;
    snprintf(out, HOURS_TEXT_BYTES, "off until %s%s%02d:%02d",
             far ? days[local.tm_wday] : "", far ? " " : "", local.tm_hour, local.tm_min);
    return out;
}

/* --- The picture ------------------------------------------------------------------------- */

void hours_blacken(struct run *run)
{
    SDL_Renderer *renderer = run->screen.renderer;
    SDL_SetRenderTarget(renderer, NULL);
    SDL_RenderSetViewport(renderer, NULL);
    SDL_RenderSetClipRect(renderer, NULL);
    SDL_SetRenderDrawColor(renderer, 0, 0, 0, SDL_ALPHA_OPAQUE);
    SDL_RenderClear(renderer);
    screen_flush(&run->screen);
}

static void show_black(struct run *run)
{
    SDL_Rect all = {0, 0, run->screen.w, run->screen.h};
    for (int i = 0; i < TIMES_OUT; i++) {
        hours_blacken(run);
        screen_present(&run->screen, &all, 1);
    }
    run->redraw = false;
}

/* What is on the screen has left it: nobody sees it any more. */
static void go_off(struct run *run)
{
    char why[POWER_WHY_BYTES], text[HOURS_TEXT_BYTES];
    struct vigil *vigil = &run->vigil;
    if (run->scene) {
        if (run->metrics.frames > 0) {
            scene_leave(run->scene);
        }
        scene_free(run->scene);
        run->scene = NULL;
    }
    show_black(run);
    if (run->answer.strip) {
        answer_black(run);
    }
    power_off(&vigil->power, run->config.power.method, drm_fd(&run->screen), why);
    vigil->off = true;
    log_info("the display is %s: %s", hours_tell(run, text), why);
}

/* The scene is made while the screen is still dark, so that its first frame is whole. */
static void go_on(struct run *run)
{
    struct vigil *vigil = &run->vigil;
    vigil->off = false;
    run->broken |= !run_build_scene(run);
    if (run->broken) {
        return;
    }
    run->redraw = true;
    run_ready_frame(run, READY_US);
    power_on(&vigil->power, drm_fd(&run->screen), true);
    run_start_pace(run);
    log_info("the display is on%s", vigil->state.on ? "" : ": breaking news");
}

/* --- The loop ---------------------------------------------------------------------------- */

/* What a frame does besides drawing. */
static void turn(struct run *run)
{
    clock_sleep_until(clock_us() + TURN_US);
    run_handle_events(run);
    if (run->rebuild) {
        run->rebuild = false;
        run->redraw = true;
        run->broken |= !screen_resize(&run->screen);
    }
    if (run->redraw && !run->broken) {
        show_black(run);
    }
    run_take_messages(run);
    desk_expire(run->desk, clock_wall());
    power_turn(&run->vigil.power);
    run_give_sign(run, clock_us());
}

bool hours_rest(struct run *run)
{
    struct vigil *vigil = &run->vigil;
    int64_t now_us = clock_us();
    if (!vigil->off && now_us < vigil->next_us) {
        return false;
    }
    vigil->next_us = now_us + LOOK_US;
    power_turn(&vigil->power);
    if (must_be_on(run)) {
        if (vigil->off) {
            go_on(run);
        } else if (vigil->power.off == POWER_CEC) {
            /* It may be on, and show something else because somebody wants to see that. */
            power_on(&vigil->power, drm_fd(&run->screen), false);
        }
        return run->broken;
    }
    if (!vigil->off || run->scene) {
        go_off(run);
    }
    turn(run);
    return true;
}

void hours_leave(struct run *run)
{
    power_leave(&run->vigil.power, drm_fd(&run->screen));
}
