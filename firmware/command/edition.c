/* The texts are hashed: what has been read, or refused, once is not read, or reported, again until
 * it differs, however often somebody asks. */
#define LOG_MODULE "config"
#include "command/edition.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/config_same.h"
#include "base/log.h"
#include "desk/filter.h"
#include "show/arrangement.h"
#include "base/statedir.h"

#define HASH_BASIS 0xcbf29ce484222325u /* FNV-1a, 64 bits */

/* Where faults go while a text is read. */
struct desk_of_faults {
    struct config_faults *kept; /* */
    config_fault_fn *report;    /* or NULL */
    void *user;
    const char *web;               /* faults of this file refuse nothing, */
    const struct fault_set *known; /* nor do these */
    struct fault_set *seen;
    size_t grave;
};

static uint64_t mix(uint64_t state, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        state = (state ^ (unsigned char)bytes[i]) * 0x100000001b3u;
    }
    return state;
}

static bool is_in(const struct fault_set *set, uint64_t hash)
{
    for (size_t i = 0; i < set->count; i++) {
        if (set->hashes[i] == hash) {
            return true;
        }
    }
    return false;
}

static void take_fault(void *user, const struct config_fault *fault)
{
    struct desk_of_faults *faults = user;
    uint64_t hash = mix(HASH_BASIS, fault->file, strlen(fault->file) + 1);
    hash = mix(hash, fault->text, strlen(fault->text));
    config_faults_add(faults->kept, fault);
    if (faults->seen->count < EDITION_FAULTS) {
        faults->seen->hashes[faults->seen->count++] = hash;
    }
    faults->grave += strcmp(fault->file, faults->web) != 0 && !is_in(faults->known, hash);
    if (faults->report) {
        faults->report(faults->user, fault);
    }
}

/* --- Reading ------------------------------------------------------------------------------- */

/* Reads PATH over CONFIG and into STATE; false with errno. */
static bool read_text(struct config *config, const char *path, uint64_t *state,
                      struct desk_of_faults *faults)
{
    char *text;
    size_t length;
    if (!config_slurp(path, &text, &length)) {
        return false;
    }
    *state = mix(*state, text, length);
    config_read(config, path, text, length, take_fault, faults);
    free(text);
    return true;
}

static void note_file(struct config_news *news, size_t i, const char *path)
{
    snprintf(news->files[i], CONFIG_NEWS_FILE_BYTES, "%.*s", CONFIG_NEWS_FILE_BYTES - 1,
             path);
}

/* What stands in for the program's own defaults. Where it is named it has to be there. */
static void read_defaults(const struct library *library, struct edition *edition,
                          struct desk_of_faults *faults)
{
    const char *path = library->defaults;
    if (path && !read_text(&edition->config, path, &edition->state, faults)) {
        char text[CONFIG_NEWS_BYTES];
        snprintf(text, sizeof text,
                 "cannot be read (%s); the program's own defaults count",
                 strerror(errno));
        take_fault(faults, &(struct config_fault){path, 0, text});
    }
}

/* web.conf need not be there, and never stops the operator's file from counting. */
static void read_web(const struct library *library, struct edition *edition,
                     struct desk_of_faults *faults)
{
    const char *path = library->web;
    if (!*path || library->source_count > 0) {
        return;
    }
    edition->state = mix(edition->state, "", 1);
    if (read_text(&edition->config, path, &edition->state, faults)) {
        note_file(&edition->change.news, 1, path);
    } else if (errno != ENOENT && errno != ENOTDIR) {
        char text[CONFIG_NEWS_BYTES];
        snprintf(text, sizeof text, "cannot be read (%s); its sources are left out",
                 strerror(errno));
        take_fault(faults, &(struct config_fault){path, 0, text});
    }
}

static void add_typed(const struct library *library, struct config *config)
{
    if (library->source_count > 0) {
        config_drop_sources(config);
    }
    for (int i = 0; i < library->source_count; i++) {
        if (!config_add_source(config, library->sources[i])) {
            log_warning("%s: left out: at most %d sources", library->sources[i],
                        CONFIG_SOURCES);
        }
    }
}

/* All that `motograph check` finds, too. *ERROR: the operator's file could not be read. */
static bool read_all(const struct library *library, struct edition *edition,
                     struct desk_of_faults *faults, int *error)
{
    const char *path = library_path(library);
    edition->state = HASH_BASIS;
    *error = 0;
    if (!config_init(&edition->config)) {
        return false;
    }
    read_defaults(library, edition, faults);
    if (read_text(&edition->config, path, &edition->state, faults)) {
        note_file(&edition->change.news, 0, path);
    } else {
        *error = errno;
    }
    read_web(library, edition, faults);
    if (library->source_count == 0) {
        arrangement_judge(&edition->config, path, take_fault, faults);
        filter_check(&edition->config, path, take_fault, faults);
    }
    theme_open(&edition->theme, edition->config.display.theme, take_fault, faults);
    add_typed(library, &edition->config);
    return true;
}

static struct edition *make(const struct library *library, struct desk_of_faults *faults,
                            int *error)
{
    struct edition *edition = calloc(1, sizeof *edition);
    if (!edition) {
        return NULL;
    }
    faults->kept = &edition->change.news.loaded;
    faults->seen = &edition->faults;
    faults->known = &library->known;
    faults->web = library->web;
    if (!read_all(library, edition, faults, error)) {
        edition_free(edition);
        return NULL;
    }
    edition->change.news.loaded_at = clock_wall();
    stamp_init(&edition->stamp, &edition->config);
    edition->change.config = &edition->config;
    edition->change.stamp = (struct message_stamp){stamp_message, &edition->stamp};
    return edition;
}

void edition_free(struct edition *edition)
{
    if (edition) {
        stamp_fini(&edition->stamp);
        config_fini(&edition->config);
        free(edition);
    }
}

/* --- Again --------------------------------------------------------------------------------- */

static void log_fault(void *user, const struct config_fault *fault)
{
    (void)user;
    log_warning("%s:%zu: %s", fault->file, fault->line, fault->text);
}

/* Only the news cross the ring. */
static struct config_change *tell(struct library *library)
{
    struct edition *edition = calloc(1, sizeof *edition);
    if (edition) {
        edition->change.news = library->news;
    }
    return edition ? &edition->change : NULL;
}

static struct config_change *refuse(struct library *library,
                                    const struct edition *edition)
{
    struct config_news *news = &library->news;
    for (size_t i = 0; i < CONFIG_NEWS_FAULTS && i < news->faults.count; i++) {
        log_fault(NULL, &(struct config_fault){news->faults.kept[i].file,
                                               news->faults.kept[i].line,
                                               news->faults.kept[i].text});
    }
    log_warning("%s: change %u is not taken, because of %zu fault%s: what was read "
                "before goes on",
                library_path(library), ++library->changes, news->faults.count,
                news->faults.count == 1 ? "" : "s");
    news->refused = true;
    news->at = clock_wall();
    library->refused = edition->state;
    return tell(library);
}

/* The file has vanished, or cannot be read. */
static struct config_change *miss(struct library *library, int error)
{
    struct config_news *news = &library->news;
    const char *path = library_path(library);
    if (library->error == error) {
        return NULL;
    }
    char text[CONFIG_NEWS_BYTES];
    snprintf(text, sizeof text, "cannot be read (%s); what was read before goes on",
             strerror(error));
    library->error = error;
    library->refused = 0;
    log_warning("%s: %s", path, text);
    news->refused = true;
    news->at = clock_wall();
    news->faults = (struct config_faults){0};
    config_faults_add(&news->faults, &(struct config_fault){path, 0, text});
    return tell(library);
}

/* What the program looks at only when it starts stays that of the first. */
static void keep_first(const struct library *library, struct edition *edition)
{
    static const enum config_section_id fixed[] = {SECTION_WEB, SECTION_MQTT};
    const struct config *first = &library->first->config;
    struct config *config = &edition->config;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        if (!config_section_same(fixed[i], first, config)) {
            log_info("[%s] has changed: that counts from the next start",
                     config_sections[fixed[i]].name);
            edition->change.news.waits |= 1u << fixed[i];
        }
    }
    config->web = first->web;
    config->mqtt = first->mqtt;
}

static bool is_in_use(const struct library *library, const struct edition *edition)
{
    return edition->state == library->state &&
           memcmp(&edition->theme, &library->theme, sizeof edition->theme) == 0;
}

static void take_over(struct library *library, struct edition *edition)
{
    keep_first(library, edition);
    for (size_t i = 0; i < CONFIG_NEWS_FAULTS && i < edition->change.news.loaded.count;
         i++) { /* those that refuse nothing */
        log_fault(NULL, &(struct config_fault){edition->change.news.loaded.kept[i].file,
                                               edition->change.news.loaded.kept[i].line,
                                               edition->change.news.loaded.kept[i].text});
    }
    library->news = edition->change.news;
    library->state = edition->state;
    library->theme = edition->theme;
    library->known = edition->faults;
    library->refused = 0;
    log_info("%s: change %u is in use: %zu source%s", library_path(library),
             ++library->changes, edition->config.source_count,
             edition->config.source_count == 1 ? "" : "s");
}

/* The files are what is in use again, after they were not. */
static struct config_change *settle(struct library *library)
{
    bool was_refused = library->news.refused;
    library->news.refused = false;
    library->news.faults = (struct config_faults){0};
    library->refused = 0;
    if (was_refused) {
        log_info("%s: change %u is what is in use already", library_path(library),
                 ++library->changes);
    }
    return was_refused ? tell(library) : NULL;
}

static struct config_change *read_again(void *user)
{
    struct library *library = user;
    struct desk_of_faults faults = {0};
    struct config_change *told = NULL;
    int error;
    struct edition *edition = make(library, &faults, &error);
    if (!edition) {
        log_error("not enough memory to read %s again", library_path(library));
        return NULL;
    }
    bool absent = !library->named && error == ENOENT && !*library->news.files[0];
    if (error && !absent) {
        told = miss(library, error);
    } else if (faults.grave > 0 && edition->state != library->refused) {
        library->error = 0;
        library->news.faults = edition->change.news.loaded;
        told = refuse(library, edition);
    } else if (faults.grave == 0 && is_in_use(library, edition)) {
        library->error = 0;
        told = settle(library);
    } else if (faults.grave == 0) {
        library->error = 0;
        take_over(library, edition);
        return &edition->change;
    }
    edition_free(edition);
    return told;
}

static void give_up(void *user, struct config_change *change)
{
    struct library *library = user;
    log_error("not enough memory for the configuration: it is read at the next change");
    library->state = 0;
    edition_free((struct edition *)change);
}

/* --- The library --------------------------------------------------------------------------- */

const char *library_path(const struct library *library)
{
    return library->named ? library->named : CONFIG_PATH;
}

const char *library_defaults(void)
{
    const char *named = getenv("MOTOGRAPH_DEFAULTS");
    return named && *named ? named : NULL;
}

void library_init(struct library *library, const char *named, char **sources,
                  int source_count)
{
    *library = (struct library){
        .named = named, .sources = sources, .source_count = source_count};
    library->defaults = library_defaults();
    statedir_path("web.conf", library->web, sizeof library->web);
    library->reader = (struct reload_reader){
        .paths = {library_path(library), *library->web ? library->web : NULL},
        .read = read_again,
        .refuse = give_up,
        .user = library};
}

struct edition *library_open(struct library *library, config_fault_fn *report, void *user,
                             int *error)
{
    struct desk_of_faults faults = {.report = report, .user = user};
    struct edition *edition = make(library, &faults, error);
    if (edition) {
        library->first = edition;
        library->news = edition->change.news;
        library->state = edition->state;
        library->theme = edition->theme;
        library->known = edition->faults;
        library->error = *error;
    }
    return edition;
}

const struct reload_reader *library_reader(struct library *library)
{
    return &library->reader;
}
