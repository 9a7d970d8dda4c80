/* The frame loop. A frame is drawn ahead, then the loop waits for its refresh, brings it out,
 * and only then looks at the world: events, messages, and a slice of work for what comes. */
#define LOG_MODULE "run"
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/message.h"
#include "command/reload.h"
#include "command/run.h"
#include "host/process.h"
#include "host/signals.h"

enum {
    MESSAGES_A_FRAME = 32,
    WORK_BUDGET_US = 4000,        /* of a frame, while something visible is missing */
    FIRST_WORK_BUDGET_US = 60000, /* before the very first one */
    PRESENT_RETRY_US = 1000000,
    SOURCES_WAIT_MS = 10000,
    PICTURES_WAIT_MS = 10000,
    SOURCES_LOOK_US = 2000, /* and for pictures */
};

void run_take_messages(struct run *run)
{
    reload_ask(run);
    fleet_turn(run);
    for (int i = 0; i < MESSAGES_A_FRAME; i++) {
        struct message *message = ring_peek(&run->ring);
        if (!message) {
            return;
        }
        if (message->kind == MESSAGE_CONFIG) {
            if (!reload_take(run, message)) {
                return;
            }
            ring_release(&run->ring);
            continue;
        }
        if (message->kind == MESSAGE_PICTURE) {
            album_take(run->album, message);
            ring_release(&run->ring);
            continue;
        }
        if (message->kind == MESSAGE_INQUIRY) {
            answer_take(run, message->inquiry);
            ring_release(&run->ring);
            continue;
        }
        if (run_take_order(run, message)) {
            ring_release(&run->ring);
            continue;
        }
        if (message->kind == MESSAGE_HEADLINE) {
            run->delivered |= !message->cached;
        } else if (message->kind != MESSAGE_CACHED) {
            /* "Nothing new" is said of what the cache holds. */
            run->delivered |= message->kind == MESSAGE_UNCHANGED;
            run->states[message->source] =
                message->kind == MESSAGE_FAILED ? SOURCE_FAILED : SOURCE_OK;
        }
        desk_take(run->desk, message, clock_wall());
        ring_release(&run->ring);
    }
}

/* Nobody reads any more (`| head`): the run is over. A full disk is no reason to stop, for it
 * may have room again; the run has failed, though. */
static void note_unprinted(struct run *run, int error)
{
    clearerr(stdout);
    if (error == EPIPE) {
        run->ended = true;
    } else if (!run->unprinted) {
        log_warning("headlines cannot be printed (%s): check where the output goes; the "
                    "picture goes on",
                    strerror(error));
        run->unprinted = true;
    }
}

static void print_headline(struct run *run, const struct headline *headline)
{
    char time[CLOCK_TEXT_BYTES];
    int printed = printf("%s\t%s\t%s\n", clock_format(clock_wall(), time),
                         headline_get(headline, HEADLINE_SOURCE),
                         headline_get(headline, HEADLINE_TEXT));
    if (printed < 0 || ferror(stdout)) {
        note_unprinted(run, errno);
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
            print_headline(run, headline);
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
    if (event->event == SDL_WINDOWEVENT_SIZE_CHANGED) {
        run->rebuild |= event->data1 != run->screen.w || event->data2 != run->screen.h;
    } else if (event->event == SDL_WINDOWEVENT_EXPOSED) {
        run->redraw |= !run->scene;
        if (run->scene) {
            scene_expose(run->scene);
        }
    }
}

void run_handle_events(struct run *run)
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
        case SDL_DISPLAYEVENT: /* a desktop's screens are others now */
            run->attach.retake |= run->screen.full;
            break;
        case SDL_RENDER_DEVICE_RESET:
            run->rebuild = true;
            break;
        default:
            break;
        }
    }
}

/* After a new size, a lost device or a present that failed; a drag sends many sizes, and they
 * cost one rebuilding a frame. The scene goes first: it draws with what the resize replaces. */
static void rebuild(struct run *run)
{
    run->rebuild = false;
    scene_free(run->scene);
    run->scene = NULL;
    run->broken = !screen_resize(&run->screen) || !run_build_scene(run);
}

static bool is_unpaced(const struct run *run)
{
    return run->screen.kind == SCREEN_HEADLESS && run->options.frames > 0;
}

/* While it still waits for its first screen a bounded run counts from its start. */
static double age_s(const struct run *run)
{
    return (double)(run->began_ms ? clock_ms() - run->began_ms : process_age_ms()) / 1000;
}

bool run_is_over(const struct run *run)
{
    const struct options *options = &run->options;
    return run->ended || run->broken || signals_stop_requested() ||
           (options->frames > 0 && (int64_t)run->metrics.frames >= options->frames) ||
           (options->seconds > 0 && age_s(run) >= options->seconds);
}

/* A refresh is missed by what the frame before did. */
static enum metrics_miss cause_of(const struct run *run)
{
    if (run->last_present_us > (int64_t)run->pace.period_us) {
        return METRICS_PRESENT;
    }
    return run->last_work == WORK_UPLOAD ? METRICS_UPLOAD : METRICS_LATE;
}

/* What a driver says of its display is only believed for a second. */
static void heed_display(struct run *run, int64_t presented_us)
{
    switch (pace_presented(&run->pace, presented_us)) {
    case PACE_BY_CLOCK:
        log_info("this display does not set the pace, as it should: the clock does now");
        break;
    case PACE_NEW_RATE:
        log_info(
            "this display shows %.1f pictures a second, not %.1f: motion goes by that",
            1e6 / run->pace.period_us, run->screen.refresh_hz);
        run->screen.refresh_hz = 1e6 / run->pace.period_us;
        scene_set_refresh(run->scene, run->screen.refresh_hz);
        break;
    case PACE_AS_BEFORE:
        break;
    }
}

/* Brings the frame out when it is due, and if it came out gives a sign of life; how long that
 * took, waiting for it not included. */
static int64_t present(struct run *run, const SDL_Rect *damage, size_t count)
{
    int64_t due = is_unpaced(run) ? 0 : pace_due_us(&run->pace);
    if (due > clock_us()) {
        clock_sleep_until(due);
    }
    int64_t before = clock_us();
    bool out = screen_present(&run->screen, damage, count);
    if (!out && before >= run->present_retry_us) {
        log_warning(
            "the picture could not be brought out (%s): trying again with a new one",
            SDL_GetError());
        run->present_retry_us = before + PRESENT_RETRY_US;
        run->rebuild = true;
    }
    int64_t after = clock_us();
    attach_presented(&run->attach, out, after);
    if (out) {
        run_give_sign(run, after);
    }
    heed_display(run, after);
    return after - before;
}

/* Unpaced frames would be over before the first picture, too. */
static void wait_for_pictures(struct run *run)
{
    int64_t deadline = clock_ms() + PICTURES_WAIT_MS;
    while (run->worker && album_awaited(run->album) > 0 && clock_ms() < deadline &&
           !signals_stop_requested()) {
        run_take_messages(run);
        clock_sleep_until(clock_us() + SOURCES_LOOK_US);
    }
}

static void run_frame(struct run *run)
{
    int64_t begin = clock_us();
    int64_t steps = is_unpaced(run) ? 1 : pace_next(&run->pace, begin);
    enum metrics_miss cause = steps > 1 ? cause_of(run) : METRICS_ON_TIME;
    scene_advance(run->scene, steps, clock_wall());
    bool all = run->redraw || run->screen.kind == SCREEN_HARDWARE;
    SDL_Rect damage[SCENE_DAMAGE];
    size_t count = scene_draw(run->scene, all, damage);
    screen_flush(&run->screen);
    run->redraw = false;
    answer_strip(run, begin);
    int64_t drawn = clock_us();

    bool waits = run->pace.by_display;
    run->last_present_us = present(run, damage, count);
    int64_t presented = clock_us();

    report_aired(run);
    run_handle_events(run);
    run_take_messages(run);
    desk_expire(run->desk, clock_wall());
    if (run->rebuild) {
        rebuild(run);
    }
    if (is_unpaced(run)) {
        wait_for_pictures(run);
    }
    if (!run->broken) {
        run_update_card(run);
        greeting_turn(run);
        run->last_work = scene_work(run->scene, WORK_BUDGET_US);
    }
    int64_t work_us = drawn - begin + clock_us() - presented;
    metrics_frame(&run->metrics, work_us + (waits ? 0 : run->last_present_us),
                  (uint64_t)(steps - 1), cause);
}

/* Unpaced frames would be over before the first answer, and no two runs would be alike: they
 * begin when every source has said something, or has not for a while. */
static void wait_for_sources(struct run *run)
{
    int64_t deadline = clock_ms() + SOURCES_WAIT_MS;
    bool trying = true;
    while (trying && clock_ms() < deadline && !signals_stop_requested()) {
        run_take_messages(run);
        trying = false;
        for (size_t i = 0; i < run->config.source_count; i++) {
            trying |= run->states[i] == SOURCE_TRYING;
        }
        if (trying) {
            clock_sleep_until(clock_us() + SOURCES_LOOK_US);
        }
    }
}

void run_start_pace(struct run *run)
{
    pace_init(&run->pace, run->screen.refresh_hz, run->screen.kind == SCREEN_HARDWARE,
              clock_us());
}

void run_ready_frame(struct run *run, int64_t budget_us)
{
    int64_t deadline_us = clock_us() + budget_us;
    run_update_card(run);
    scene_advance(run->scene, 0, clock_wall());
    do {
        run->last_work = scene_work(run->scene, WORK_BUDGET_US);
    } while (run->last_work != WORK_IDLE && scene_hungry(run->scene) &&
             clock_us() < deadline_us);
}

void run_frames(struct run *run)
{
    run->began_ms = clock_ms();
    if (is_unpaced(run)) {
        wait_for_sources(run);
        wait_for_pictures(run);
    }
    run_take_messages(run);
    run_ready_frame(run, FIRST_WORK_BUDGET_US);
    run_start_pace(run);
    while (!run_is_over(run)) {
        /* A display that is off may look like one that has gone. */
        if (!hours_rest(run)) {
            run_frame(run);
            attach_turn(run);
        }
    }
}
