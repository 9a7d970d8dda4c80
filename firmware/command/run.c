/* `motograph run`: the wiring of the floors. The worker starts first, so
 * that files are read while the screen opens. */
#define LOG_MODULE "run"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/message.h"
#include "base/utf8.h"
#include "command/command.h"
#include "command/notes.h"
#include "command/run.h"
#include "command/stats.h"
#include "feed/clean.h"
#include "feed/feed.h"
#include "host/process.h"
#include "host/signals.h"
#include "show/arrangement.h"
#include "show/embedded.h"

/* Where the page listens if nothing is configured at all. */
#define WEB_UNCONFIGURED "127.0.0.1:1928"

enum {
    RING_SLOTS = 64,
    REQUEST_SLOTS = 16,
    WORKER_STOP_MS = 400,
    AIRED_SLOTS = 32,
    FLEET_STOP_MS = 250,
    NOTE_BYTES = 1024
};

/* As much of LINE as is kept, of the characters that may be shown. */
static void keep_fault(char out[RUN_FAULT_BYTES], const char *line)
{
    size_t length = strlen(line), used = 0;
    for (size_t at = 0; at < length && used + 4 < RUN_FAULT_BYTES;) {
        uint32_t code;
        at += utf8_decode(line + at, length - at, &code);
        used += clean_may_stand(code) ? utf8_encode(code, out + used) : 0;
    }
    out[used] = '\0';
}

/* What is wrong, and where: for the log, and for the screen until the first headline. */
static void take_note(void *user, const char *line)
{
    struct run *run = user;
    log_warning("%s", line);
    if (run->fault_count < RUN_FAULTS) {
        keep_fault(run->faults[run->fault_count++], line);
    }
}

static void take_fault(void *user, const struct config_fault *fault)
{
    char line[NOTE_BYTES];
    snprintf(line, sizeof line, "%s:%zu: %s", fault->file, fault->line, fault->text);
    take_note(user, line);
}

/* An unreadable file is the one fault that ends the program if it was named with -c. The one
 * in the default place says that somebody has configured this board: no samples then. */
static bool judge_error(struct run *run, int error)
{
    const char *path = library_path(&run->library);
    char text[RUN_FAULT_BYTES];
    if (error == 0 || (!run->options.config && error == ENOENT)) {
        return true;
    }
    snprintf(text, sizeof text, "cannot be read (%s); check its path and permissions",
             strerror(error));
    if (run->options.config) {
        log_error("%s: %s", path, text);
        return false;
    }
    take_fault(run, &(struct config_fault){.file = path, .text = text});
    run->unreadable = true;
    return true;
}

/* False if an explicit file cannot be read. */
static bool configure(struct run *run)
{
    const struct options *options = &run->options;
    int error;
    library_init(&run->library, options->config, options->sources, options->source_count);
    run->edition = library_open(&run->library, take_fault, run, &error);
    if (!run->edition) {
        log_error("no memory for the configuration");
        return false;
    }
    if (!judge_error(run, error)) {
        return false;
    }
    if (getenv("MOTOGRAPH_NOTES")) {
        notes_read(getenv("MOTOGRAPH_NOTES"), take_note, run);
    }
    greeting_open(&run->greeting);
    run->config = run->edition->config;
    run->theme = run->edition->theme;
    hours_configure(run);
    run->news = run->edition->change.news;
    log_set_level(log_level_named(run->config.log.level));
    run->samples = run->config.source_count == 0 && !run->unreadable;
    return true;
}

static bool put_sample(void *user, const struct headline *headline)
{
    struct run *run = user;
    struct message *message = malloc(sizeof *message);
    if (message) {
        *message = (struct message){.kind = MESSAGE_HEADLINE, .source = RUN_SAMPLES};
        memcpy(&message->headline, headline, headline_bytes(headline));
        const char *name = headline_get(headline, HEADLINE_SOURCE);
        if (!*name) {
            headline_set(&message->headline, HEADLINE_SOURCE, "Sample", strlen("Sample"));
        }
        desk_take(run->desk, message, clock_wall());
        free(message);
    }
    return true;
}

/* No headline will come that ends the title card, so what is wrong airs among the samples. */
static void put_faults(struct run *run)
{
    for (size_t i = 0; i < run->fault_count; i++) {
        struct headline fault;
        headline_init(&fault);
        headline_set(&fault, HEADLINE_TEXT, run->faults[i], strlen(run->faults[i]));
        headline_set(&fault, HEADLINE_SOURCE, "Settings", strlen("Settings"));
        headline_identify(&fault);
        put_sample(run, &fault);
    }
}

void run_put_samples(struct run *run)
{
    put_faults(run);
    struct feed_input input = {.bytes = (const char *)embedded_samples,
                               .length =
                                   (size_t)(embedded_samples_end - embedded_samples)};
    struct feed_info info;
    feed_parse(&input, put_sample, run, &info);
    log_info("no source is configured: showing samples; name one, e.g. "
             "`motograph https://example.org/feed.xml`, or in %s",
             CONFIG_PATH);
}

/* Samples air without a worker, and are not worth a log. */
static void take_airing(void *user, const char *lane, const struct headline *headline,
                        int64_t shown_us)
{
    struct run *run = user;
    if (airtime_take(&run->airtime, run->worker ? &run->aired : NULL, lane, headline,
                     shown_us, clock_wall())) {
        worker_wake(run->worker);
    }
}

/* What a service shows is written down, and what a screen shows that somebody has configured; not
 * what a person tries out, and nothing under a false time. */
static bool keeps_log(const struct run *run)
{
    const struct options *options = &run->options;
    bool configured = options->source_count == 0 && !options->screen.headless;
    return !run->samples && !options->frozen &&
           (configured || getenv("STATE_DIRECTORY") != NULL);
}

bool run_build_scene(struct run *run)
{
    bool software = run->screen.kind == SCREEN_SOFTWARE;
    bool fresh = software && run->metrics.frames == 0;
    scene_free(run->scene);
    struct scene_setup setup = {.renderer = run->screen.renderer,
                                .surface = run->screen.surface,
                                .shared = software,
                                .fresh = fresh,
                                .desk = run->desk,
                                .w = run->screen.w,
                                .h = run->screen.h,
                                .refresh_hz = run->screen.refresh_hz,
                                .config = &run->config,
                                .theme = &run->theme,
                                .album = run->album,
                                .taker = {take_airing, run}};
    run->scene = scene_new(&setup);
    run->card = CARD_NONE;
    run->greeting.shown = false;
    run->redraw = !fresh;
    tempo_apply(&run->tempo, run->scene);
    return run->scene != NULL;
}

/* The last frame as it was, drawn once more where the GPU has already given it away. */
static bool leave_reports(struct run *run, double seconds)
{
    bool good = true;
    if (run->options.screenshot && run->scene) {
        SDL_Rect damage[SCENE_DAMAGE];
        scene_draw(run->scene, true, damage);
        screen_flush(&run->screen);
        good &= screen_capture(&run->screen, run->options.screenshot);
    } else if (run->options.screenshot && run->vigil.off) {
        hours_blacken(run);
        good &= screen_capture(&run->screen, run->options.screenshot);
    }
    if (run->options.stats) {
        struct stats stats = {.metrics = &run->metrics, .screen = &run->screen};
        stats.seconds = seconds;
        stats.airtime = &run->airtime;
        for (size_t i = 0; run->states && i < run->config.source_count; i++) {
            stats.sources_ok += run->states[i] == SOURCE_OK;
            stats.sources_failed += run->states[i] == SOURCE_FAILED;
        }
        good &= stats_write(&stats, run->options.stats);
    }
    return good;
}

static void wake_worker(void *user)
{
    worker_wake(((struct run *)user)->worker);
}

/* Where nobody has configured anything the page is there all the same, for this machine alone.
 * NULL where it is off. */
static struct api *open_api(struct run *run)
{
    const struct config *config = &run->config;
    const char *listen = *config->web.listen         ? config->web.listen
                         : config->source_count == 0 ? WEB_UNCONFIGURED
                                                     : "";
    if (!*listen ||
        !ring_init(&run->answer.ring, ANSWER_SLOTS, sizeof(struct inquiry *))) {
        return NULL;
    }
    struct api_setup setup = {.config = config,
                              .listen = listen,
                              .news = &run->library.news,
                              .answers = &run->answer.ring,
                              .own = &run->keeper.own,
                              .ring_slots = RING_SLOTS};
    return api_new(&setup);
}

static bool set_up(struct run *run)
{
    size_t sources = run->config.source_count ? run->config.source_count : 1;
    /* The push source comes after those configured, the samples after it. */
    run->desk = desk_new(run->config.source_count + 2);
    run->states = calloc(sources, sizeof *run->states);
    run->album = album_new(&run->requests, wake_worker, run);
    if (!run->desk || !run->states || !run->album ||
        !ring_init(&run->ring, RING_SLOTS, sizeof(struct message)) ||
        !ring_init(&run->requests, REQUEST_SLOTS, sizeof(struct picture_request)) ||
        !ring_init(&run->aired, AIRED_SLOTS, sizeof(struct aired))) {
        log_error("no memory to start with");
        return false;
    }
    desk_set_push(run->desk, run->config.source_count);
    desk_limit_flashes(run->desk, run->config.flash.expires_s,
                       run->config.flash.max_expires_s);
    if (run->samples) {
        run_put_samples(run);
    } else {
        desk_set_rules(run->desk, &run->config);
    }
    fleet_open(run);
    struct airlog_setup aired = {.ring = &run->aired,
                                 .keep = keeps_log(run),
                                 .taker = fleet_aired,
                                 .user = &run->fleet};
    run->api = open_api(run);
    struct worker_guest web = api_guest(run->api);
    bool keeps = (run->api || run->fleet.mqtt) &&
                 keeper_open(&run->keeper, run->desk, run->api ? &web : NULL);
    struct worker_guest guest = keeps ? keeper_guest(&run->keeper) : web;
    struct worker_setup setup = {.config = &run->edition->config,
                                 .ring = &run->ring,
                                 .requests = &run->requests,
                                 .aired = &aired,
                                 .stamp = run->edition->change.stamp,
                                 .reader = library_reader(&run->library),
                                 .guest = keeps || run->api ? &guest : NULL};
    run->worker = worker_start(&setup);
    return attach_open(run) && run_build_scene(run);
}

/* With what nobody has taken. */
static void empty_ring(struct ring *ring)
{
    const struct message *message;
    while (ring->slots && (message = ring_peek(ring))) {
        if (message->kind == MESSAGE_PICTURE) {
            picture_drop(message->picture);
        } else if (message->kind == MESSAGE_CONFIG) {
            edition_free((struct edition *)message->change);
        }
        ring_release(ring);
    }
}

static void free_editions(struct run *run)
{
    if (run->edition != run->library.first) {
        edition_free(run->edition);
    }
    edition_free(run->library.first);
}

/* False if the worker hangs in a library call: what it still uses is then left alone. */
static bool tear_down(struct run *run)
{
    bool stopped =
        worker_stop(run->worker, WORKER_STOP_MS) && fleet_close(run, FLEET_STOP_MS);
    scene_free(run->scene);
    album_free(run->album);
    screen_close(&run->screen);
    attach_fini(&run->attach);
    desk_free(run->desk);
    free(run->states);
    if (stopped) {
        empty_ring(&run->ring);
        ring_fini(&run->ring);
        ring_fini(&run->requests);
        ring_fini(&run->aired);
        api_free(run->api);
        keeper_fini(&run->keeper);
        ring_fini(&run->answer.ring);
        free_editions(run);
    }
    return stopped;
}

/* A bounded run that came to its end without any news. */
static bool is_empty_handed(const struct run *run)
{
    bool bounded = run->options.seconds > 0 || run->options.frames > 0;
    return bounded && !run->ended && !signals_stop_requested() && !run->delivered &&
           !run->samples;
}

int command_run(int argc, char **argv)
{
    static struct run run; /* zeroed; too large for a stack's taste */
    metrics_init(&run.metrics);
    if (!options_read(&run.options, argc, argv)) {
        return EXIT_USAGE;
    }
    if (run.options.frozen) {
        clock_freeze(run.options.at);
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    /* SDL makes the room for its messages with the first one, and if there is no memory for it
     * reports that by a message, and so on until the stack is full (2.26). */
    SDL_ClearError();
    screen_prepare();
    run.quiet_keys = getenv("NOTIFY_SOCKET") != NULL;
    signals_install();
    service_open(&run.service);
    run.opened_ms = clock_ms();
    if (!configure(&run)) {
        free_editions(&run);
        return EXIT_USAGE;
    }
    bool good = set_up(&run);
    if (good) {
        run_frames(&run);
    }
    if (run.scene) {
        scene_leave(run.scene);
    }
    hours_leave(&run);
    bool waited = !good && !run.screen.renderer && run_is_over(&run);
    double seconds = run.began_ms ? (double)(clock_ms() - run.began_ms) / 1000 : 0;
    good =
        leave_reports(&run, seconds) && (good || waited) && !run.broken && !run.unprinted;
    if (good && is_empty_handed(&run)) {
        log_error("no source delivered a headline in this run: see the lines above; "
                  "without any, "
                  "the source was slow (try more --seconds) or had no headline in it");
        good = false;
    }
    int status = good ? EXIT_DONE : EXIT_FAILED;
    service_stopping(&run.service);
    if (!tear_down(&run)) {
        /* No exit handlers: they would pull the libraries away under the worker. */
        fflush(NULL);
        _exit(status);
    }
    return status;
}
