/* The frame loop. A frame is drawn ahead, then the loop waits for its refresh, brings it out,
 * and only then looks at the world: events, messages, and a slice of work for what comes. */
#define LOG_MODULE "run"
#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/message.h"
#include "command/run.h"
#include "host/process.h"
#include "host/signals.h"

enum {
    MESSAGES_A_FRAME = 32,
    WORK_BUDGET_US = 4000,       /* of a frame, while something visible is missing */
    FIRST_WORK_BUDGET_US = 60000 /* before the very first one */
};

void run_take_messages(struct run *run)
{
    for (int i = 0; i < MESSAGES_A_FRAME; i++) {
        const struct message *message = ring_peek(&run->ring);
        if (!message) {
            return;
        }
        if (message->kind == MESSAGE_HEADLINE) {
            run->delivered = true;
        } else {
            run->states[message->source] =
                message->kind == MESSAGE_FAILED ? SOURCE_FAILED : SOURCE_OK;
        }
        desk_take(run->desk, message, clock_wall());
        ring_release(&run->ring);
    }
}

/* Says what has come on screen, for a person without one. */
static void report_aired(struct run *run)
{
    const struct headline *headline;
    while ((headline = scene_aired(run->scene))) {
        run->metrics.headlines_aired++;
        if (run->metrics.first_headline_ms < 0) {
            run->metrics.first_headline_ms = process_age_ms();
        }
        if (run->screen.kind == SCREEN_HEADLESS) {
            char time[CLOCK_TEXT_BYTES];
            printf("%s\t%s\t%s\n", clock_format(clock_wall(), time),
                   headline_get(headline, HEADLINE_SOURCE),
                   headline_get(headline, HEADLINE_TEXT));
        }
    }
}

static void handle_key(struct run *run, SDL_Keycode key)
{
    if (!run->quiet_keys && (key == SDLK_ESCAPE || key == SDLK_q)) {
        run->ended = true;
    }
}

static void handle_window(struct run *run, const SDL_WindowEvent *event)
{
    if (event->event == SDL_WINDOWEVENT_SIZE_CHANGED &&
        (event->data1 != run->screen.w || event->data2 != run->screen.h)) {
        run->ended |= !screen_resize(&run->screen) || !run_build_scene(run);
    } else if (event->event == SDL_WINDOWEVENT_EXPOSED) {
        run->redraw = true;
    }
}

static void handle_events(struct run *run)
{
    SDL_Event event;
    while (run->screen.video && SDL_PollEvent(&event)) {
        switch (event.type) {
        case SDL_QUIT:
            run->ended = true;
            break;
        case SDL_KEYDOWN:
            handle_key(run, event.key.keysym.sym);
            break;
        case SDL_WINDOWEVENT:
            handle_window(run, &event.window);
            break;
        case SDL_RENDER_DEVICE_RESET:
            run->ended |= !run_build_scene(run);
            break;
        default:
            break;
        }
    }
}

static bool is_unpaced(const struct run *run)
{
    return run->screen.kind == SCREEN_HEADLESS && run->options.frames > 0;
}

static bool is_over(const struct run *run)
{
    const struct options *options = &run->options;
    return run->ended || signals_stop_requested() ||
           (options->frames > 0 && (int64_t)run->metrics.frames >= options->frames) ||
           (options->seconds > 0 &&
            (double)(clock_ms() - run->began_ms) >= options->seconds * 1000);
}

static enum metrics_miss cause_of(const struct run *run, int64_t present_us)
{
    if (present_us > (int64_t)run->pace.period_us) {
        return METRICS_PRESENT;
    }
    return run->last_work == CRAWL_UPLOAD ? METRICS_UPLOAD : METRICS_LATE;
}

static void run_frame(struct run *run)
{
    int64_t begin = clock_us();
    int64_t steps = is_unpaced(run) ? 1 : pace_next(&run->pace, begin);
    scene_advance(run->scene, steps);
    bool all = run->redraw || run->screen.kind == SCREEN_HARDWARE;
    SDL_Rect damage = scene_draw(run->scene, all);
    screen_flush(&run->screen);
    run->redraw = false;

    int64_t drawn = clock_us(), due = is_unpaced(run) ? 0 : pace_due_us(&run->pace);
    if (due > drawn) {
        clock_sleep_until(due);
    }
    int64_t before = clock_us();
    screen_present(&run->screen, &damage);
    int64_t presented = clock_us();
    if (pace_presented(&run->pace, presented)) {
        log_info("this display does not set the pace, as it should: the clock does now");
    }

    int64_t shown = run->pace.by_display ? 0 : presented - before;
    enum metrics_miss cause = steps > 1 ? cause_of(run, shown) : METRICS_ON_TIME;
    report_aired(run);
    handle_events(run);
    run_take_messages(run);
    run_update_card(run);
    run->last_work = scene_work(run->scene, WORK_BUDGET_US);
    metrics_frame(&run->metrics, drawn - begin + shown + clock_us() - presented,
                  (uint64_t)(steps - 1), cause);
}

void run_frames(struct run *run)
{
    run->began_ms = clock_ms();
    run_take_messages(run);
    run_update_card(run);
    run->last_work = scene_work(run->scene, FIRST_WORK_BUDGET_US);
    pace_init(&run->pace, run->screen.refresh_hz, run->screen.kind == SCREEN_HARDWARE,
              clock_us());
    while (!is_over(run)) {
        run_frame(run);
    }
}
