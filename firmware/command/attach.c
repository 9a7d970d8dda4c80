/* A screen that was unplugged is closed, not drawn to: some drivers show nothing on it until its mode
 * is set anew, and the one that comes may be another. Opening sets the mode. That a screen has other
 * modes than before (a television behind a switch, another cable) no state tells, only the kernel's
 * word does; it is let finish first. SDL can ask the connectors itself, and does each time that
 * it is tried, so a screen whose coming the kernel did not notice is found as well. */
#define LOG_MODULE "screen"
#include "command/attach.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "command/run.h"
#include "host/plug.h"
#include "host/signals.h"

enum {
    SECOND_US = 1000000,
    LOOK_US = SECOND_US,
    RETRY_US = 2 * SECOND_US, /* while there is no screen */
    WAIT_US = SECOND_US / 20,
    SETTLE_US = SECOND_US, /* after the kernel's last word */
    PATIENCE_LEAST_US = 2 * SECOND_US,
    PATIENCE_MOST_US = 600 * SECOND_US,
    FAILING_US = 5 * SECOND_US,
};

const char *attach_must(struct attach *attach, const char *wanted, bool heard,
                        int64_t now_us)
{
    if (attach->retake) {
        return "another one is configured, or the desktop has changed";
    }
    if (attach->failing_us && now_us - attach->failing_us >= FAILING_US) {
        return "no picture comes out";
    }
    if (!attach->watching) {
        return NULL;
    }
    if (connector_choose(&attach->all, wanted, attach->current) != attach->current) {
        attach->heard_us = 0; /* no need of it */
        return "another one is connected, or none";
    }
    if (heard) {
        attach->heard_us = now_us;
    }
    bool settled = attach->heard_us && now_us - attach->heard_us >= SETTLE_US &&
                   now_us - attach->opened_us >= attach->patience_us;
    return settled ? "the kernel says so" : NULL;
}

void attach_opened(struct attach *attach, bool same, int64_t now_us)
{
    bool in_vain = same && attach->heard_us;
    int64_t patience_us = in_vain ? 2 * attach->patience_us : 0;
    attach->patience_us = patience_us < PATIENCE_LEAST_US  ? PATIENCE_LEAST_US
                          : patience_us > PATIENCE_MOST_US ? PATIENCE_MOST_US
                                                           : patience_us;
    attach->opened_us = now_us;
    attach->look_us = now_us + LOOK_US;
    attach->heard_us = 0;
    attach->failing_us = 0;
    attach->retake = false;
}

void attach_presented(struct attach *attach, bool out, int64_t now_us)
{
    if (out) {
        attach->failing_us = 0;
    } else if (!attach->failing_us) {
        attach->failing_us = now_us;
    }
}

/* How all stands now. What was heard may be of a connector that is new. */
static void look(struct attach *attach, bool anew)
{
    if (!anew) {
        connector_look(&attach->all);
        return;
    }
    struct connector current = {.card = -1};
    if (attach->current >= 0) {
        current = attach->all.list[attach->current];
    }
    connector_scan(&attach->all, NULL);
    attach->current = -1;
    for (size_t i = 0; i < attach->all.count; i++) {
        if (attach->all.list[i].card == current.card &&
            strcmp(attach->all.list[i].name, current.name) == 0) {
            attach->current = (int)i;
        }
    }
}

/* Why number INDEX, for the log. */
static const char *reason(const struct connectors *all, const char *wanted, int index)
{
    size_t connected = 0;
    for (size_t i = 0; i < all->count; i++) {
        connected += all->list[i].connected;
    }
    if (connector_find(all, wanted) == index) {
        return "as configured";
    }
    if (strcmp(wanted, "auto") != 0) {
        return "in place of the one configured";
    }
    return connected == 1 ? "the only one connected" : "the first of those connected";
}

/* Where the screen is to be opened, as the connectors stand now. */
static void aim(struct run *run)
{
    struct attach *attach = &run->attach;
    struct screen_setup *setup = &run->options.screen;
    const char *wanted = run->config.display.output;
    /* What was said before is seen now; what is said while the screen is opened is heeded later. */
    plug_heard(attach->plug);
    look(attach, true);
    int index = connector_choose(&attach->all, wanted, attach->current);
    setup->output = wanted;
    setup->mode = run->config.display.mode;
    setup->aim = (struct screen_aim){0};
    if (index >= 0) {
        const struct connector *one = &attach->all.list[index];
        setup->aim = (struct screen_aim){.name = one->name,
                                         .why = reason(&attach->all, wanted, index),
                                         .card = one->card,
                                         .place = connector_place(&attach->all, index),
                                         .best = connector_best(&attach->all, index)};
    }
}

/* It is open: which connector that is, and whether the operator meant another. */
static void settle(struct run *run, bool same)
{
    struct attach *attach = &run->attach;
    const char *wanted = run->config.display.output;
    look(attach, true); /* SDL has asked them all just now */
    attach->current = connector_choose(&attach->all, wanted, attach->current);
    /* Where none is connected just now (a television may let go as a signal comes) one will be. */
    attach->watching = run->screen.direct;
    if (attach->watching && attach->current >= 0 && strcmp(wanted, "auto") != 0 &&
        connector_find(&attach->all, wanted) != attach->current) {
        char list[400];
        log_warning("output = %s: %s; there are %s; going on with %s", wanted,
                    connector_find(&attach->all, wanted) < 0
                        ? "there is none of that name"
                        : "no screen is there",
                    connector_list(&attach->all, list, sizeof list),
                    attach->all.list[attach->current].name);
    }
    attach_opened(attach, same, clock_us());
}

static bool try_screen(struct run *run)
{
    struct screen before = run->screen;
    aim(run);
    if (!screen_open(&run->screen, &run->options.screen)) {
        return false;
    }
    settle(run, before.w == run->screen.w && before.h == run->screen.h &&
                    before.refresh_hz == run->screen.refresh_hz);
    return true;
}

/* The run as far as it goes without a screen, until one seems to have come or it is time to try all the
 * same. False at its end. */
static bool go_without(struct run *run)
{
    int64_t until_us = clock_us() + RETRY_US;
    while (clock_us() < until_us && !connector_look(&run->attach.all)) {
        if (run_is_over(run)) {
            return false;
        }
        run_take_messages(run);
        desk_expire(run->desk, clock_wall());
        run_give_sign(run, clock_us());
        clock_sleep_until(clock_us() + WAIT_US);
    }
    return true;
}

/* With a service manager behind us a screen will come, and one that was there may come back; else a
 * person is waiting, and sees the headlines printed. */
bool attach_open(struct run *run)
{
    struct attach *attach = &run->attach;
    bool patient = getenv("NOTIFY_SOCKET") || run->began_ms > 0;
    if (run->began_ms == 0) {
        attach->plug = plug_open();
        attach->current = -1;
    }
    while (!try_screen(run)) {
        if (run->options.screen.headless) {
            log_error("no memory for a picture of that size: %s", SDL_GetError());
            return false;
        }
        if (!patient) {
            log_warning(
                "no screen here (%s): going on headless, headlines are printed as "
                "they air",
                SDL_GetError());
            run->options.screen.headless = true;
            continue;
        }
        if (!go_without(run)) {
            return false;
        }
    }
    return true;
}

/* What was on the screen has left it. */
static void detach(struct run *run, const char *why)
{
    log_warning(
        "the screen has gone or changed (%s): fetching goes on, and the picture as soon "
        "as there is a screen",
        why);
    scene_leave(run->scene);
    scene_free(run->scene);
    run->scene = NULL;
    screen_close(&run->screen);
}

void attach_turn(struct run *run)
{
    struct attach *attach = &run->attach;
    int64_t now_us = clock_us();
    if (now_us < attach->look_us || run->screen.kind == SCREEN_HEADLESS || run->broken) {
        return;
    }
    attach->look_us = now_us + LOOK_US;
    /* While a system starts, some of what is said may be lost; that alone is no reason. */
    enum plug_word word = plug_heard(attach->plug);
    if (attach->watching) {
        look(attach, word != PLUG_NOTHING);
    }
    const char *why =
        attach_must(attach, run->config.display.output, word == PLUG_SCREEN, now_us);
    if (!why) {
        return;
    }
    detach(run, why);
    if (attach_open(run)) {
        run->broken |= !run_build_scene(run);
        run_start_pace(run);
    }
}

void attach_fini(struct attach *attach)
{
    if (attach->plug > 0) {
        plug_close(attach->plug);
    }
}
