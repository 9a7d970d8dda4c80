/* Where a section begins and ends is what the INI reader says, so that both always agree. Blank and
 * comment lines above a header belong to it. */
#include "base/webconf.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/config.h"
#include "base/config_table.h"
#include "base/ini.h"
#include "base/utf8.h"

/* --- The text that grows ------------------------------------------------------------------- */

struct growing {
    char *bytes;
    size_t used, room;
    bool failed;
};

static void add(struct growing *to, const char *bytes, size_t length)
{
    if (to->used + length + 1 > to->room) {
        size_t room = 2 * (to->used + length + 1);
        char *more = to->failed ? NULL : realloc(to->bytes, room);
        if (!more) {
            to->failed = true;
            return;
        }
        to->bytes = more;
        to->room = room;
    }
    if (length > 0) {
        memcpy(to->bytes + to->used, bytes, length);
    }
    to->used += length;
    to->bytes[to->used] = '\0';
}

static void add_text(struct growing *to, const char *text)
{
    add(to, text, strlen(text));
}

/* --- What may be written ------------------------------------------------------------------- */

static bool is_clean(const char *text)
{
    size_t left = strlen(text);
    for (uint32_t code; left > 0;) {
        size_t bytes = utf8_decode(text, left, &code);
        if ((code == UTF8_BAD && !utf8_valid(text, bytes)) || code < 0x20 ||
            (code >= 0x7F && code < 0xA0)) {
            return false;
        }
        text += bytes;
        left -= bytes;
    }
    return true;
}

static bool is_on_the_web(const char *value)
{
    return strncasecmp(value, "http://", 7) == 0 ||
           strncasecmp(value, "https://", 8) == 0;
}

static struct ini_text whole(const char *text)
{
    return (struct ini_text){text, strlen(text)};
}

/* What the table does not know: who may name what. */
static bool is_permitted(const char *key, const char *value, char *error)
{
    bool file = strcmp(key, "password-file") == 0 || strcmp(key, "ca-file") == 0;
    bool url = strcmp(key, "url") == 0;
    bool address = url || (strcmp(key, "logo") == 0 && *value);
    if (file) {
        config_fault_text(error, "%s names a file; allowed: in the operator's file only",
                          key);
    } else if (address && !is_on_the_web(value)) {
        config_fault_text(error,
                          "%s cannot be \"%.*s\"; allowed: http://... or https://...",
                          key, config_fault_quoted(whole(value)), value);
    }
    return !file && (!address || is_on_the_web(value));
}

static bool is_value(const struct config_option *option, const char *value,
                     struct config_arena *arena, char *error)
{
    struct config_source scratch = {0};
    enum config_result result = config_value_read(
        option, (char *)&scratch + option->offset, value, strlen(value), false, arena);
    if (result == CONFIG_WRONG) {
        config_fault_bad_value(error, option, whole(value));
    } else if (result != CONFIG_DONE) {
        config_fault_text(error, "memory is short");
    }
    return result == CONFIG_DONE;
}

static bool check_pair(const struct webconf_pair *pairs, size_t i,
                       struct config_arena *arena, char *error)
{
    const char *key = pairs[i].key, *value = pairs[i].value;
    const struct config_section *section = &config_sections[SECTION_SOURCE];
    const struct config_option *option = config_table_option(section, key, strlen(key));
    size_t same = 0;
    for (size_t j = 0; j < i; j++) {
        same += strcmp(pairs[j].key, key) == 0;
    }
    if (!is_clean(key) || !is_clean(value) || strlen(value) > WEBCONF_VALUE_BYTES) {
        config_fault_text(error,
                          "a value holds a control character, invalid UTF-8 or is "
                          "too long; allowed: text, at most %d bytes",
                          WEBCONF_VALUE_BYTES);
        return false;
    }
    if (!option) {
        config_fault_unknown_key(error, section, whole(key));
        return false;
    }
    if (same >= (config_is_list(option->type) ? (size_t)CONFIG_VALUES : 1)) {
        config_fault_text(error, "too many values of \"%s\"", key);
        return false;
    }
    return is_permitted(key, value, error) && is_value(option, value, arena, error);
}

static bool check(const char *name, const struct webconf_pair *pairs, size_t count,
                  char *error)
{
    size_t length = strlen(name);
    bool blank = length > 0 && (name[0] == ' ' || name[length - 1] == ' ');
    bool all = strcmp(name, "*") == 0; /* that would be the operator's sources, too */
    if (length == 0 || length > WEBCONF_NAME_BYTES || blank || all || !is_clean(name)) {
        config_fault_text(error,
                          "the name cannot be used; allowed: 1 to %d bytes of UTF-8 "
                          "without control characters, no blank at either end, not *",
                          WEBCONF_NAME_BYTES);
        return false;
    }
    struct config_arena *arena = config_arena_new();
    bool good = arena != NULL;
    if (!good) {
        config_fault_text(error, "memory is short");
    }
    for (size_t i = 0; good && i < count; i++) {
        good = check_pair(pairs, i, arena, error);
    }
    config_arena_free(arena);
    return good;
}

/* --- Writing a section --------------------------------------------------------------------- */

/* The reader takes blanks and one pair of quotes off: what would lose them gets a pair. */
static bool needs_quotes(const char *value)
{
    size_t length = strlen(value);
    bool blank = length > 0 && (value[0] == ' ' || value[length - 1] == ' ');
    return blank || (length >= 2 && value[0] == '"' && value[length - 1] == '"');
}

static void add_section(struct growing *to, const char *name,
                        const struct webconf_pair *pairs, size_t count)
{
    add_text(to, "[source \"");
    add_text(to, name);
    add_text(to, "\"]\n");
    for (size_t i = 0; i < count; i++) {
        const char *quote = needs_quotes(pairs[i].value) ? "\"" : "";
        add_text(to, pairs[i].key);
        add_text(to, *pairs[i].value || *quote ? " = " : " =");
        add_text(to, quote);
        add_text(to, pairs[i].value);
        add_text(to, quote);
        add_text(to, "\n");
    }
}

/* --- The walk over the text there is --------------------------------------------------------- */

struct walk {
    const char *text;
    size_t length;
    const char *name;
    const struct webconf_pair *pairs;
    size_t count;
    bool put; /* the section is to stand in the new text; NULL pairs are fine */
    struct growing out;
    size_t line, at; /* a line and where it begins */
    size_t taken;    /* all before has been dealt with */
    size_t last;     /* the end of the last line with a header or value */
    bool inside;     /* one of the sections that go */
    size_t found;
};

/* Where LINE begins, which is not before the one of the last call. */
static size_t begin_of(struct walk *walk, size_t line)
{
    while (walk->line < line) {
        const char *end = memchr(walk->text + walk->at, '\n', walk->length - walk->at);
        walk->at = end ? (size_t)(end - walk->text) + 1 : walk->length;
        walk->line++;
    }
    return walk->at;
}

static size_t end_of(struct walk *walk, size_t line)
{
    size_t begin = begin_of(walk, line);
    const char *end = memchr(walk->text + begin, '\n', walk->length - begin);
    return end ? (size_t)(end - walk->text) + 1 : walk->length;
}

/* The section before has ended with its last line that says something. */
static void leave(struct walk *walk)
{
    if (walk->inside) {
        walk->taken = walk->last;
        walk->inside = false;
    }
}

static void on_section(void *user, size_t line, struct ini_text section,
                       struct ini_text name)
{
    struct walk *walk = user;
    leave(walk);
    size_t begin = begin_of(walk, line);
    bool ours = section.length == 6 && memcmp(section.bytes, "source", 6) == 0 &&
                name.length == strlen(walk->name) &&
                memcmp(name.bytes, walk->name, name.length) == 0;
    if (ours) {
        add(&walk->out, walk->text + walk->taken, begin - walk->taken);
        walk->taken = begin;
        walk->inside = true;
        if (walk->put && walk->found == 0) {
            add_section(&walk->out, walk->name, walk->pairs, walk->count);
        }
        walk->found++;
    }
    walk->last = end_of(walk, line);
}

static void on_value(void *user, size_t line, struct ini_text key, struct ini_text value)
{
    struct walk *walk = user;
    (void)key, (void)value;
    walk->last = end_of(walk, line);
}

static void on_fault(void *user, size_t line, const char *text)
{
    struct walk *walk = user;
    size_t at = begin_of(walk, line);
    (void)text;
    while (at < walk->length && (walk->text[at] == ' ' || walk->text[at] == '\t')) {
        at++;
    }
    if (at == walk->length || walk->text[at] != '[') { /* a header ends it by itself */
        walk->last = end_of(walk, line);
    }
}

static char *write_anew(struct walk *walk, size_t *out, char *error)
{
    static const struct ini_handler handler = {on_section, on_value, on_fault};
    walk->line = 1;
    ini_parse(walk->text, walk->length, &handler, walk);
    leave(walk);
    add(&walk->out, walk->text + walk->taken, walk->length - walk->taken);
    if (walk->put && walk->found == 0) {
        bool ended = walk->out.used == 0 || walk->out.bytes[walk->out.used - 1] == '\n';
        add_text(&walk->out, ended ? "" : "\n");
        add_text(&walk->out, walk->out.used ? "\n" : "");
        add_section(&walk->out, walk->name, walk->pairs, walk->count);
    }
    if (!walk->put && walk->found == 0) {
        config_fault_text(error,
                          "no [source \"%.*s\"]; allowed: the name of one that was "
                          "added here",
                          config_fault_quoted(whole(walk->name)), walk->name);
    } else if (walk->out.failed) {
        config_fault_text(error, "memory is short");
    } else if (walk->out.used > CONFIG_FILE_BYTES) {
        config_fault_text(error, "the file would be too long; allowed: %d bytes",
                          CONFIG_FILE_BYTES);
    } else {
        *out = walk->out.used;
        return walk->out.bytes;
    }
    free(walk->out.bytes);
    return NULL;
}

char *webconf_set(const char *text, size_t length, const char *name,
                  const struct webconf_pair *pairs, size_t count, size_t *out,
                  char error[CONFIG_FAULT_BYTES])
{
    struct walk walk = {.text = text,
                        .length = length,
                        .name = name,
                        .pairs = pairs,
                        .count = count,
                        .put = true};
    return check(name, pairs, count, error) ? write_anew(&walk, out, error) : NULL;
}

char *webconf_remove(const char *text, size_t length, const char *name, size_t *out,
                     char error[CONFIG_FAULT_BYTES])
{
    struct walk walk = {.text = text, .length = length, .name = name};
    return write_anew(&walk, out, error);
}
