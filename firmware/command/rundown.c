/* `motograph rundown`: the dry run. Sources are fetched as `run` fetches them, by the same worker,
 * until each has answered; then every lane walks through one lap, without a picture. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/log.h"
#include "base/message.h"
#include "command/command.h"
#include "command/edition.h"
#include "command/headline_json.h"
#include "command/recalled.h"
#include "desk/desk.h"
#include "desk/stamp.h"
#include "desk/view.h"
#include "host/signals.h"
#include "show/arrangement.h"
#include "base/statedir.h"
#include "wire/worker.h"

enum {
    RING_SLOTS = 64,
    WAIT_MS = 45000,
    LOOK_US = 2000,
    STOP_MS = 400,
    W = 1920,
    H = 1080
};

struct rundown {
    const char *config_path; /* of -c, or NULL */
    bool json;
    int64_t at;
    bool asked; /* for that time */
    struct recalled recalled;
    struct config config;
    struct config layout; /* whose lanes are the layout's */
    const struct config *lanes;
    struct stamp stamp;
    struct desk *desk;
    bool delivered;                /* any source delivered a headline */
    bool failed;                   /* the output cannot be written */
    const struct headline **aired; /* owned: those that air in some lane */
    size_t aired_count, aired_room;
    char heading[64]; /* printed last, of the table for people */
};

static const struct option table[] = {
    {"config", required_argument, NULL, 'c'},
    {"at", required_argument, NULL, 'a'},
    {"json", no_argument, NULL, 'j'},
    {0},
};

/* --- Getting the headlines ----------------------------------------------------------------- */

static bool read_words(struct rundown *rundown, int argc, char **argv)
{
    optind = 1;
    rundown->at = clock_wall();
    for (int option; (option = getopt_long(argc, argv, "c:", table, NULL)) != -1;) {
        if (option == 'c') {
            rundown->config_path = optarg;
        } else if (option == 'j') {
            rundown->json = true;
        } else if (option == 'a' && clock_parse(optarg, &rundown->at) == 0) {
            clock_freeze(rundown->at);
            rundown->asked = true;
        } else {
            fputs(option == 'a'
                      ? "motograph: --at takes a time such as 2026-11-23T12:00:00Z\n"
                      : "motograph: see `motograph help rundown` for the options\n",
                  stderr);
            return false;
        }
    }
    return true;
}

static void print_fault(void *user, const struct config_fault *fault)
{
    (void)user;
    fprintf(stderr, "%s:%zu: %s\n", fault->file, fault->line, fault->text);
}

/* False after a line on stderr. */
static bool configure(struct rundown *rundown, int count, char **words)
{
    const char *path = rundown->config_path ? rundown->config_path : CONFIG_PATH;
    struct config *config = &rundown->config;
    if (!config_init(config) || !config_init(&rundown->layout)) {
        fputs("motograph: memory is short\n", stderr);
        return false;
    }
    const char *defaults = library_defaults();
    if (defaults && config_load(config, defaults, print_fault, NULL) < 0) {
        fprintf(stderr, "motograph: %s: cannot be read (%s)\n", defaults,
                strerror(errno));
    }
    if (config_load(config, path, print_fault, NULL) < 0 &&
        (rundown->config_path || errno != ENOENT)) {
        fprintf(stderr, "motograph: %s: cannot be read (%s)\n", path, strerror(errno));
        return false;
    }
    char web[EDITION_PATH_BYTES];
    if (count == 0 && statedir_path("web.conf", web, sizeof web)) {
        config_load(config, web, print_fault, NULL);
    }
    filter_check(config, path, print_fault, NULL);
    if (count > 0) {
        config_drop_sources(config);
        setenv("CACHE_DIRECTORY", "", 1); /* what was only tried leaves no trace */
    }
    for (int i = 0; i < count; i++) {
        if (!config_add_source(config, words[i])) {
            fprintf(stderr, "motograph: %s: left out: at most %d sources\n", words[i],
                    CONFIG_SOURCES);
        }
    }
    if (config->source_count == 0) {
        fprintf(stderr,
                "motograph: no source: name one, e.g. `motograph rundown feed.xml`, or "
                "configure one in %s\n",
                path);
        return false;
    }
    config->cache.dry = true;
    rundown->lanes = config;
    if (config->lane_count == 0) {
        rundown->layout.display.layout = config->display.layout;
        arrangement_choose(&rundown->layout, W, H);
        rundown->lanes = &rundown->layout;
    }
    return true;
}

/* Takes what the worker says until each source has had its say. */
static void collect(struct rundown *rundown, struct ring *ring)
{
    bool told[CONFIG_SOURCES] = {false};
    size_t waiting = rundown->config.source_count;
    int64_t deadline = clock_ms() + WAIT_MS;
    while (waiting > 0 && clock_ms() < deadline && !signals_stop_requested()) {
        const struct message *message = ring_peek(ring);
        if (!message) {
            clock_sleep_until(clock_us() + LOOK_US);
            continue;
        }
        if (message->kind == MESSAGE_HEADLINE) {
            rundown->delivered = true;
        } else if (message->kind != MESSAGE_CACHED) {
            /* Nothing new: what the disk held is what the source holds. */
            rundown->delivered |= message->kind == MESSAGE_UNCHANGED;
            waiting -= !told[message->source];
            told[message->source] = true;
        }
        if (message->kind != MESSAGE_HEADLINE ||
            recalled_take(&rundown->recalled, message,
                          rundown->asked ? rundown->at : HEADLINE_NO_TIME)) {
            desk_take(rundown->desk, message, rundown->at);
        }
        ring_release(ring);
    }
}

static bool fetch(struct rundown *rundown)
{
    struct ring ring;
    rundown->desk = desk_new(rundown->config.source_count);
    if (!rundown->desk || !ring_init(&ring, RING_SLOTS, sizeof(struct message))) {
        fputs("motograph: memory is short\n", stderr);
        return false;
    }
    stamp_init(&rundown->stamp, &rundown->config);
    desk_set_rules(rundown->desk, &rundown->config);
    struct message_stamp stamp = {stamp_message, &rundown->stamp};
    struct worker_setup setup = {
        .config = &rundown->config, .ring = &ring, .stamp = stamp};
    struct worker *worker = worker_start(&setup);
    if (worker) {
        collect(rundown, &ring);
    }
    if (!worker_stop(worker, STOP_MS)) {
        /* It still uses what would be freed. */
        fflush(NULL);
        _Exit(EXIT_FAILED);
    }
    ring_fini(&ring);
    return true;
}

/* --- Telling ------------------------------------------------------------------------------- */

/* What a headline is told by, where another is said to be the same. */
static const char *name_of(const struct headline *headline)
{
    const char *id = headline_get(headline, HEADLINE_ID);
    const char *link = headline_get(headline, HEADLINE_LINK);
    return *id ? id : *link ? link : headline_get(headline, HEADLINE_TEXT);
}

static void head(struct rundown *rundown, const char *heading)
{
    if (strncmp(rundown->heading, heading, sizeof rundown->heading - 1) != 0) {
        printf("%s%s\n", rundown->heading[0] ? "\n" : "", heading);
        snprintf(rundown->heading, sizeof rundown->heading, "%s", heading);
    }
}

static void print_row(const char *first, const struct headline *headline)
{
    printf("  %-10s %-20.60s %s", first, headline_get(headline, HEADLINE_SOURCE),
           headline_get(headline, HEADLINE_TEXT));
}

static void tell_aired(struct rundown *rundown, const char *lane, int64_t at,
                       const struct headline *headline)
{
    char time[CLOCK_TEXT_BYTES];
    clock_format(at, time);
    if (rundown->json) {
        json_t *line =
            json_pack("{s:s,s:s,s:s}", "state", "airs", "lane", lane, "at", time);
        json_object_set_new(line, "headline", headline_json(headline, ""));
        rundown->failed |= !headline_json_line(line);
        return;
    }
    char heading[64];
    snprintf(heading, sizeof heading, "lane \"%s\" (UTC)", lane);
    head(rundown, heading);
    print_row(strlen(time) > 11 ? (time[19] = '\0', time + 11) : time, headline);
    puts(headline->flash ? "  [flash]" : "");
}

static void tell_hidden(struct rundown *rundown, const struct desk_report *told,
                        const char *reason, const char *rule)
{
    if (rundown->json) {
        json_t *line = json_pack("{s:s,s:s}", "state", "hidden", "reason", reason);
        if (told->of) {
            json_object_set_new(line, "of", json_string(name_of(told->of)));
        }
        if (rule) {
            json_object_set_new(line, "rule", json_string(rule));
        }
        json_object_set_new(line, "headline", headline_json(told->headline, ""));
        rundown->failed |= !headline_json_line(line);
        return;
    }
    head(rundown, "hidden");
    print_row(reason, told->headline);
    if (told->of) {
        printf("  [as told by %s: %s]", headline_get(told->of, HEADLINE_SOURCE),
               headline_get(told->of, HEADLINE_TEXT));
    }
    printf(rule ? "  [%s]\n" : "\n", rule);
}

/* --- One lap of every lane ----------------------------------------------------------------- */

static int by_address(const void *a, const void *b)
{
    const struct headline *x = *(const struct headline *const *)a;
    const struct headline *y = *(const struct headline *const *)b;
    return (x > y) - (x < y);
}

static void note_aired(struct rundown *rundown, const struct headline *headline)
{
    if (rundown->aired_count == rundown->aired_room) {
        size_t room = rundown->aired_room ? 2 * rundown->aired_room : 256;
        const struct headline **more =
            realloc(rundown->aired, room * sizeof(const struct headline *));
        if (!more) {
            rundown->failed = true;
            return;
        }
        rundown->aired = more;
        rundown->aired_room = room;
    }
    rundown->aired[rundown->aired_count++] = headline;
}

static bool takes_turns(const struct config_lane *lane)
{
    return lane->motion == MOTION_FLIP || lane->motion == MOTION_ROLL;
}

/* The next headline of this lap, NULL at its end. */
static const struct headline *next_of_lap(struct rundown *rundown,
                                          const struct desk_view *view,
                                          struct desk_cursor *cursor)
{
    const struct headline *headline = NULL;
    size_t tries = desk_count(rundown->desk) / VIEW_PASSED + 2;
    for (size_t i = 0; i < tries && !headline && cursor->lap == 0; i++) {
        headline = view_next(view, rundown->desk, cursor);
    }
    return cursor->lap == 0 ? headline : NULL;
}

/* One lap of lane FIRST, and of those after it that take turns with it: each takes the next
 * headline when it has shown its last. */
static void walk_lanes(struct rundown *rundown, size_t first, bool *walked)
{
    const struct config_lane *lanes = rundown->lanes->lanes;
    struct desk_view view = view_of(&rundown->config, &lanes[first]);
    struct desk_cursor cursor = {0};
    int64_t free_ms[CONFIG_LANES];
    bool shares[CONFIG_LANES] = {false};
    for (size_t i = first; i < rundown->lanes->lane_count; i++) {
        struct desk_view other = view_of(&rundown->config, &lanes[i]);
        shares[i] = i == first || (takes_turns(&lanes[first]) && takes_turns(&lanes[i]) &&
                                   view_same(&view, &other));
        free_ms[i] = 0;
        walked[i] |= shares[i];
    }
    const struct headline *headline;
    int64_t spent_ms = 0;
    while ((headline = next_of_lap(rundown, &view, &cursor))) {
        size_t lane = first;
        for (size_t i = first; i < rundown->lanes->lane_count; i++) {
            lane = shares[i] && free_ms[i] < free_ms[lane] ? i : lane;
        }
        note_aired(rundown, headline);
        tell_aired(rundown, lanes[lane].name, rundown->at + free_ms[lane] / 1000,
                   headline);
        free_ms[lane] += cursor.spent_ms - spent_ms;
        spent_ms = cursor.spent_ms;
    }
    desk_leave(rundown->desk, &cursor);
}

/* Whether any lane would air HEADLINE if it had the time. */
static bool has_lane(const struct rundown *rundown, const struct headline *headline)
{
    for (size_t i = 0; i < rundown->lanes->lane_count; i++) {
        const struct config_lane *lane = &rundown->lanes->lanes[i];
        struct desk_view view = view_of(&rundown->config, lane);
        if (lane->motion != MOTION_CLOCK && view_shows(&view, headline)) {
            return true;
        }
    }
    return false;
}

static void tell_rest(void *user, const struct desk_report *told)
{
    struct rundown *rundown = user;
    const char *reason = desk_reason(told->state), *rule = NULL;
    recalled_note(&rundown->recalled, told->headline);
    if (told->state == DESK_FILTER) {
        rule = filter_rule(rundown->stamp.filter, told->rule);
    } else if (told->state == DESK_AIRS) {
        if (rundown->aired_count > 0 &&
            bsearch(&told->headline, rundown->aired, rundown->aired_count,
                    sizeof(const struct headline *), by_address)) {
            return;
        }
        if (told->headline->flash) {
            /* Over the screen, where no lane airs it. */
            tell_aired(rundown, "flash", rundown->at, told->headline);
            return;
        }
        /* The lap has no time for it, or no lane wants it. */
        if (!has_lane(rundown, told->headline)) {
            reason = "filter";
            rule = "[lane] sources, categories";
        }
    }
    tell_hidden(rundown, told, reason, rule);
}

/* What the desk does not hold of what the disk held. */
static void tell_gone(struct rundown *rundown)
{
    for (size_t i = 0; i < rundown->recalled.count; i++) {
        const struct recalled_item *item = &rundown->recalled.items[i];
        struct desk_report told = {.headline = item->headline};
        if (!item->present) {
            tell_hidden(rundown, &told, item->future ? "future" : "withdrawn", NULL);
        }
    }
}

/* Rules that leave nothing of a source are seldom meant so. */
struct tally {
    size_t all[CONFIG_SOURCES], hidden[CONFIG_SOURCES];
    uint16_t rule[CONFIG_SOURCES];
};

static void count_hidden(void *user, const struct desk_report *told)
{
    struct tally *tally = user;
    size_t i = told->headline->source;
    bool filtered = told->state == DESK_FILTER;
    bool first = tally->all[i] == 0;
    tally->all[i]++;
    tally->rule[i] = first && filtered ? told->rule : tally->rule[i];
    tally->hidden[i] += filtered && told->rule == tally->rule[i];
}

static void warn_of_rules(struct rundown *rundown)
{
    struct tally tally = {.all = {0}};
    desk_report(rundown->desk, count_hidden, &tally);
    for (size_t i = 0; i < rundown->config.source_count; i++) {
        if (tally.all[i] > 0 && tally.hidden[i] == tally.all[i]) {
            fprintf(stderr,
                    "motograph: %s: the rule \"%s\" hides all of its %zu headlines\n",
                    rundown->config.sources[i].name,
                    filter_rule(rundown->stamp.filter, tally.rule[i]), tally.all[i]);
        }
    }
}

static void tell_all(struct rundown *rundown)
{
    bool walked[CONFIG_LANES] = {false};
    for (size_t i = 0; i < rundown->lanes->lane_count; i++) {
        if (!walked[i] && rundown->lanes->lanes[i].motion != MOTION_CLOCK) {
            walk_lanes(rundown, i, walked);
        }
    }
    if (rundown->aired_count > 0) {
        qsort(rundown->aired, rundown->aired_count, sizeof(const struct headline *),
              by_address);
    }
    desk_report(rundown->desk, tell_rest, rundown);
    tell_gone(rundown);
    warn_of_rules(rundown);
}

int command_rundown(int argc, char **argv)
{
    struct rundown rundown = {.desk = NULL};
    int status = EXIT_USAGE;
    log_set_level(LOG_WARNING);
    signals_install();
    if (read_words(&rundown, argc, argv) &&
        configure(&rundown, argc - optind, argv + optind)) {
        status = EXIT_FAILED;
        if (fetch(&rundown)) {
            tell_all(&rundown);
            status = rundown.delivered && !rundown.failed ? EXIT_DONE : EXIT_FAILED;
        }
    }
    free(rundown.aired);
    recalled_fini(&rundown.recalled);
    desk_free(rundown.desk);
    stamp_fini(&rundown.stamp);
    config_fini(&rundown.layout);
    config_fini(&rundown.config);
    return status;
}
