/* Reading is a walk over the events of the INI text: a header chooses a section of the table
 * and the struct it fills, a value finds its option there. Defaults are the table's presets,
 * read the same way. Lanes and sources are arrays that double; strings live in the arena. */
#include "base/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/config_fault.h"
#include "base/config_table.h"
#include "base/ini.h"

struct reading {
    struct config *config;
    const char *file;
    const char *name; /* a copy of it that the configuration owns */
    config_fault_fn *report;
    void *user;
    size_t faults;
    size_t last_line;                     /* with a header or a value on it */
    const struct config_section *section; /* NULL before the first, and in a faulty one */
    bool skip; /* what follows a faulty header: it was reported, its values need not be */
    void *target; /* what the section's offsets count from */
    uint64_t
        listed; /* lists that this section has begun: a bit for each of its options */
    bool seen[CONFIG_SECTIONS];
    bool seen_lanes[CONFIG_LANES];
    bool seen_sources[CONFIG_SOURCES];
    bool seen_every_source;
};

/* --- Defaults --------------------------------------------------------------------------- */

static bool set_defaults(struct config *config, const struct config_section *section,
                         void *target)
{
    for (size_t i = 0; i < section->count; i++) {
        const struct config_option *option = &section->options[i];
        if (config_value_read(option, (char *)target + option->offset, option->preset,
                              strlen(option->preset), false,
                              config->arena) != CONFIG_DONE) {
            return false;
        }
    }
    return true;
}

bool config_init(struct config *config)
{
    *config = (struct config){0};
    config->arena = config_arena_new();
    bool done = config->arena != NULL;
    for (size_t i = 0; i < CONFIG_SECTIONS && done; i++) {
        if (!config_sections[i].named) {
            done = set_defaults(config, &config_sections[i], config);
        }
    }
    done = done &&
           set_defaults(config, &config_sections[SECTION_SOURCE], &config->every_source);
    config->every_source.every_s = 0; /* its default waits for `flash` */
    if (!done) {
        config_fini(config);
    }
    return done;
}

void config_fini(struct config *config)
{
    if (config) {
        free(config->lanes);
        free(config->sources);
        config_arena_free(config->arena);
        *config = (struct config){0};
    }
}

/* Room for one element more; NULL, and ARRAY as it was, if memory is short. An array of COUNT
 * has room up to the next power of two. */
static void *grown(void *array, size_t count, size_t bytes)
{
    if ((count & (count - 1)) != 0) {
        return array;
    }
    return realloc(array, (count ? 2 * count : 1) * bytes);
}

static struct config_source *add_source(struct config *config, const char *name,
                                        size_t length)
{
    if (config->source_count >= CONFIG_SOURCES) {
        return NULL;
    }
    struct config_source *sources =
        grown(config->sources, config->source_count, sizeof *sources);
    if (!sources) {
        return NULL;
    }
    config->sources = sources;
    struct config_source *source = &sources[config->source_count];
    *source = config->every_source;
    source->file = NULL;
    source->name = config_arena_text(config->arena, name, length);
    if (!source->name) {
        return NULL;
    }
    config->source_count++;
    return source;
}

static struct config_lane *add_lane(struct config *config, const char *name,
                                    size_t length)
{
    if (config->lane_count >= CONFIG_LANES) {
        return NULL;
    }
    struct config_lane *lanes = grown(config->lanes, config->lane_count, sizeof *lanes);
    if (!lanes) {
        return NULL;
    }
    config->lanes = lanes;
    struct config_lane *lane = &lanes[config->lane_count];
    *lane = (struct config_lane){.name = config_arena_text(config->arena, name, length)};
    if (!lane->name || !set_defaults(config, &config_sections[SECTION_LANE], lane)) {
        return NULL;
    }
    config->lane_count++;
    return lane;
}

struct config_source *config_add_source(struct config *config, const char *url)
{
    struct config_source *source = add_source(config, url, strlen(url));
    if (source) {
        source->url = source->name;
        source->typed = true;
    }
    return source;
}

void config_drop_sources(struct config *config)
{
    free(config->sources);
    config->sources = NULL;
    config->source_count = 0;
}

int64_t config_source_every_s(const struct config_source *source)
{
    if (source->every_s > 0) {
        return source->every_s;
    }
    return source->flash ? 60 : 300;
}

/* --- Reading ---------------------------------------------------------------------------- */

static void report(struct reading *reading, size_t line, const char *text)
{
    reading->faults++;
    if (reading->report) {
        struct config_fault fault = {reading->file, line, text};
        reading->report(reading->user, &fault);
    }
}

static bool named(const char *name, struct ini_text text)
{
    return strlen(name) == text.length && memcmp(name, text.bytes, text.length) == 0;
}

/* The lane of that name, new if need be; SEEN is its mark. NULL if there are too many. */
static void *open_lane(struct reading *reading, struct ini_text name, bool **seen)
{
    struct config *config = reading->config;
    size_t i = 0;
    while (i < config->lane_count && !named(config->lanes[i].name, name)) {
        i++;
    }
    if (i == config->lane_count && !add_lane(config, name.bytes, name.length)) {
        return NULL;
    }
    *seen = &reading->seen_lanes[i];
    return &config->lanes[i];
}

static void *open_source(struct reading *reading, struct ini_text name, bool **seen)
{
    struct config *config = reading->config;
    size_t i = 0;
    if (named("*", name)) {
        *seen = &reading->seen_every_source;
        return &config->every_source;
    }
    while (i < config->source_count && !named(config->sources[i].name, name)) {
        i++;
    }
    if (i == config->source_count && !add_source(config, name.bytes, name.length)) {
        return NULL;
    }
    *seen = &reading->seen_sources[i];
    return &config->sources[i];
}

static void open_section(struct reading *reading, size_t line,
                         const struct config_section *section, struct ini_text name)
{
    char text[CONFIG_FAULT_BYTES];
    bool *seen = &reading->seen[section - config_sections];
    void *target = reading->config;
    bool is_lane = section == &config_sections[SECTION_LANE];
    if (section->named) {
        target =
            is_lane ? open_lane(reading, name, &seen) : open_source(reading, name, &seen);
    }
    if (!target) {
        config_fault_text(text, "too many [%s] sections, or memory is short; allowed: %d",
                          section->name, is_lane ? CONFIG_LANES : CONFIG_SOURCES);
        report(reading, line, text);
        return;
    }
    if (*seen) {
        config_fault_text(text, "section [%s%s%.*s%s] for the second time; allowed: once",
                          section->name, section->named ? " \"" : "",
                          config_fault_quoted(name), name.bytes ? name.bytes : "",
                          section->named ? "\"" : "");
        report(reading, line, text);
    }
    if (is_lane) {
        ((struct config_lane *)target)->file = reading->name;
        ((struct config_lane *)target)->line = line;
    }
    if (section == &config_sections[SECTION_SOURCE]) {
        struct config_source *source = target;
        source->file = source->file ? source->file : reading->name;
    }
    *seen = true;
    reading->section = section;
    reading->target = target;
    reading->skip = false;
}

static bool is_every_source(const struct reading *reading)
{
    return reading->target == &reading->config->every_source;
}

/* A source that has no URL would be silent for ever. */
static void close_section(struct reading *reading)
{
    if (reading->section == &config_sections[SECTION_SOURCE] &&
        !is_every_source(reading)) {
        const struct config_source *source = reading->target;
        if (!source->url[0]) {
            char text[CONFIG_FAULT_BYTES];
            struct ini_text name = {source->name, strlen(source->name)};
            config_fault_text(text,
                              "[source \"%.*s\"] ends without a URL; allowed: url = ...",
                              config_fault_quoted(name), name.bytes);
            report(reading, reading->last_line, text);
        }
    }
    reading->section = NULL;
    reading->skip = true;
    reading->listed = 0;
}

static void on_section(void *user, size_t line, struct ini_text text,
                       struct ini_text name)
{
    struct reading *reading = user;
    char words[CONFIG_FAULT_BYTES] = "";
    close_section(reading);
    reading->last_line = line;
    if (!text.bytes) {
        return; /* reported by the INI reader */
    }
    const struct config_section *section = config_table_section(text.bytes, text.length);
    if (!section) {
        config_fault_unknown_section(words, text);
    } else if (section->named && name.length == 0) {
        config_fault_text(words, "[%s] without a name; allowed: [%s \"NAME\"]",
                          section->name, section->name);
    } else if (!section->named && name.bytes) {
        config_fault_text(words, "[%s] takes no name; allowed: [%s]", section->name,
                          section->name);
    } else {
        open_section(reading, line, section, name);
    }
    if (words[0]) {
        report(reading, line, words);
    }
}

static void set_value(struct reading *reading, size_t line,
                      const struct config_option *option, struct ini_text value)
{
    char text[CONFIG_FAULT_BYTES] = "";
    uint64_t bit = (uint64_t)1 << (option - reading->section->options);
    char *field = (char *)reading->target + option->offset;
    switch (config_value_read(option, field, value.bytes, value.length,
                              (reading->listed & bit) != 0, reading->config->arena)) {
    case CONFIG_DONE:
        reading->listed |= bit;
        if (config_is_list(option->type) && value.length > 0) {
            struct config_list *list = (struct config_list *)(void *)field;
            list->lines[list->count - 1] = line;
            list->file = reading->name;
        }
        return;
    case CONFIG_WRONG:
        config_fault_bad_value(text, option, value);
        break;
    case CONFIG_TOO_MANY:
        config_fault_text(text, "too many values of \"%s\"; allowed: %d", option->key,
                          CONFIG_VALUES);
        break;
    case CONFIG_NO_MEMORY:
        config_fault_text(text, "memory is short; \"%s\" is left as it was", option->key);
        break;
    }
    report(reading, line, text);
}

static void on_value(void *user, size_t line, struct ini_text key, struct ini_text value)
{
    struct reading *reading = user;
    char text[CONFIG_FAULT_BYTES];
    reading->last_line = line;
    if (!reading->section) {
        if (!reading->skip) {
            config_fault_text(
                text, "key \"%.*s\" outside a section; allowed: after a [section]",
                config_fault_quoted(key), key.bytes);
            report(reading, line, text);
        }
        return;
    }
    const struct config_option *option =
        config_table_option(reading->section, key.bytes, key.length);
    if (option && is_every_source(reading) && strcmp(option->key, "url") == 0) {
        report(reading, line,
               "url cannot be of all sources; allowed: in a section of its own");
    } else if (option) {
        set_value(reading, line, option, value);
    } else {
        config_fault_unknown_key(text, reading->section, key);
        report(reading, line, text);
    }
}

static void on_fault(void *user, size_t line, const char *text)
{
    struct reading *reading = user;
    reading->last_line = line;
    report(reading, line, text);
}

size_t config_read(struct config *config, const char *file, const char *text,
                   size_t length, config_fault_fn *to, void *user)
{
    static const struct ini_handler handler = {on_section, on_value, on_fault};
    struct reading reading = {.config = config, .file = file, .report = to, .user = user};
    reading.name = config_arena_text(config->arena, file, strlen(file));
    ini_parse(text, length, &handler, &reading);
    close_section(&reading);
    return reading.faults;
}

/* All of the file, in *TEXT, to be freed; -1 with errno. */
static ssize_t slurp(int file, char **text)
{
    size_t used = 0;
    *text = malloc(CONFIG_FILE_BYTES + 1);
    while (*text && used <= CONFIG_FILE_BYTES) {
        ssize_t got = read(file, *text + used, CONFIG_FILE_BYTES + 1 - used);
        if (got == 0) {
            return (ssize_t)used;
        }
        if (got < 0 && errno != EINTR) {
            return -1;
        }
        used += got > 0 ? (size_t)got : 0;
    }
    if (*text) {
        errno = EFBIG;
    }
    return -1;
}

/* A FIFO would hold the start up until somebody writes; only those that a shell hands over
 * (/dev/fd/63, /dev/stdin) have a writer. */
static int open_text(const char *path)
{
    struct stat st;
    bool device = strncmp(path, "/dev/", 5) == 0;
    int file = open(path, O_RDONLY | O_CLOEXEC | (device ? 0 : O_NONBLOCK));
    if (file >= 0 && !device && fstat(file, &st) == 0 && !S_ISREG(st.st_mode)) {
        close(file);
        errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
        return -1;
    }
    return file;
}

bool config_slurp(const char *path, char **text, size_t *length)
{
    *text = NULL;
    int file = open_text(path);
    if (file < 0) {
        return false;
    }
    ssize_t got = slurp(file, text);
    int saved = errno;
    close(file);
    if (got < 0) {
        free(*text);
        *text = NULL;
        errno = saved;
        return false;
    }
    *length = (size_t)got;
    return true;
}

long config_load(struct config *config, const char *path, config_fault_fn *to, void *user)
{
    char *text;
    size_t length;
    if (!config_slurp(path, &text, &length)) {
        return -1;
    }
    long faults = (long)config_read(config, path, text, length, to, user);
    free(text);
    return faults;
}
