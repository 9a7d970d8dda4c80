/* The worker alone, without a screen: starts it with the given sources, takes what comes
 * through the ring, and prints one line of JSON per message, at once. A test tool.
 *
 *     worker_probe [-c FILE] [--slots N] [--slow MS] [--stop-ms N] [--answers N] SECONDS
 *                  [URL|FILE]...
 *
 * --slots is the size of the ring; --slow waits so long after each message, to play a
 * screen that cannot keep up; with --answers, SECONDS begin only when N fetches have ended
 * (or ANSWERS_MS have passed), so that a busy machine has the time that it needs. Ends after
 * SECONDS, or at SIGTERM, and says last how long the worker took to stop and whether it did;
 * its exit status is 0 if so. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/message.h"
#include "base/ring.h"
#include "host/process.h"
#include "host/signals.h"
#include "wire/worker.h"

enum { ANSWERS_MS = 60000 };

struct options {
    size_t slots;
    int slow_ms, stop_ms, answers;
    double seconds;
};

static const char *const kinds[] = {
    [MESSAGE_HEADLINE] = "headline", [MESSAGE_FETCHED] = "fetched",
    [MESSAGE_CACHED] = "cached",     [MESSAGE_UNCHANGED] = "unchanged",
    [MESSAGE_FAILED] = "failed",     [MESSAGE_PICTURE] = "picture",
    [MESSAGE_CONFIG] = "config",
};

static void print_fault(void *user, const struct config_fault *fault)
{
    (void)user;
    fprintf(stderr, "%s:%zu: %s\n", fault->file, fault->line, fault->text);
}

static void print_json(json_t *line)
{
    json_dumpf(line, stdout, JSON_COMPACT);
    putchar('\n');
    fflush(stdout);
    json_decref(line);
}

static void print(const struct message *message, int64_t began_ms)
{
    json_t *line =
        json_pack("{s:s,s:i,s:i,s:I,s:I}", "kind", kinds[message->kind], "source",
                  (int)message->source, "count", (int)message->count, "at",
                  (json_int_t)message->at, "ms", (json_int_t)(clock_ms() - began_ms));
    if (message->kind == MESSAGE_HEADLINE) {
        const struct headline *h = &message->headline;
        json_object_set_new(line, "count", json_null());
        json_object_set_new(line, "text", json_string(headline_get(h, HEADLINE_TEXT)));
        json_object_set_new(line, "name", json_string(headline_get(h, HEADLINE_SOURCE)));
        json_object_set_new(line, "link", json_string(headline_get(h, HEADLINE_LINK)));
        json_object_set_new(line, "identity", json_integer((json_int_t)h->identity));
        json_object_set_new(line, "first_seen", json_integer(h->first_seen));
        json_object_set_new(line, "cached", json_boolean(message->cached));
        json_object_set_new(line, "flash", json_boolean(h->flash));
        json_object_set_new(line, "index", json_integer(h->source));
    }
    print_json(line);
}

static int read_options(struct options *options, struct config *config, int argc,
                        char **argv)
{
    int i = 1;
    for (; i + 1 < argc && argv[i][0] == '-'; i += 2) {
        long value = strtol(argv[i + 1], NULL, 10);
        if (strcmp(argv[i], "-c") == 0) {
            config_load(config, argv[i + 1], print_fault, NULL);
        } else if (strcmp(argv[i], "--slots") == 0) {
            options->slots = (size_t)value;
        } else if (strcmp(argv[i], "--slow") == 0) {
            options->slow_ms = (int)value;
        } else if (strcmp(argv[i], "--stop-ms") == 0) {
            options->stop_ms = (int)value;
        } else if (strcmp(argv[i], "--answers") == 0) {
            options->answers = (int)value;
        }
    }
    options->seconds = i < argc ? strtod(argv[i++], NULL) : 1;
    if (i < argc) {
        config_drop_sources(config);
    }
    for (; i < argc; i++) {
        config_add_source(config, argv[i]);
    }
    return 0;
}

static bool is_answer(const struct message *message)
{
    return message->kind == MESSAGE_FETCHED || message->kind == MESSAGE_UNCHANGED ||
           message->kind == MESSAGE_FAILED;
}

static void drain(struct ring *ring, const struct options *options, int64_t began_ms)
{
    int64_t rest_ms = (int64_t)(options->seconds * 1000);
    int64_t end_ms = began_ms + rest_ms + (options->answers ? ANSWERS_MS : 0);
    int missing = options->answers;
    while (clock_ms() < end_ms && !signals_stop_requested()) {
        const struct message *message = ring_peek(ring);
        if (message) {
            print(message, began_ms);
            if (is_answer(message) && --missing == 0) {
                end_ms = clock_ms() + rest_ms;
            }
            ring_release(ring);
        }
        if (!message || options->slow_ms) {
            clock_sleep_until(clock_us() + (message ? options->slow_ms : 2) * 1000);
        }
    }
}

int main(int argc, char **argv)
{
    struct options options = {.slots = 256, .stop_ms = 1000};
    struct config config;
    struct ring ring;
    struct process_cost cost;
    signals_install();
    if (!config_init(&config) || read_options(&options, &config, argc, argv) ||
        !ring_init(&ring, options.slots, sizeof(struct message))) {
        return 2;
    }
    int64_t began_ms = clock_ms();
    struct worker *worker =
        worker_start(&(struct worker_setup){.config = &config, .ring = &ring});
    if (!worker) {
        return 1;
    }
    drain(&ring, &options, began_ms);
    process_measure(&cost);
    int64_t stop_ms = clock_ms();
    bool stopped = worker_stop(worker, options.stop_ms);
    print_json(json_pack("{s:s,s:b,s:I,s:I,s:I}", "kind", "stopped", "in_time", stopped,
                         "ms", (json_int_t)(clock_ms() - stop_ms), "rss_kib",
                         (json_int_t)cost.rss_kib, "cpu_ms", (json_int_t)cost.cpu_ms));
    if (!stopped) {
        _exit(1);
    }
    ring_fini(&ring);
    config_fini(&config);
    return 0;
}
