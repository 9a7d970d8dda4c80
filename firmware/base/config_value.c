/* One switch over the types for reading and one for saying what is allowed; numbers have
 * their own file. */
#include "base/config_value.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/broker.h"
#include "base/config.h"
#include "base/config_number.h"
#include "base/hours.h"
#include "base/resolution.h"
#include "base/spelling.h"

enum { WORD_BYTES = 32 };

/* The words of CONFIG_BOOL; those at even places mean yes. */
static const char truths[] = "on off yes no true false";

/* Copies the next of WORDS to OUT and returns what is after it, NULL when none is left. */
static const char *next_word(const char *words, char out[WORD_BYTES])
{
    size_t length = strcspn(words, " ");
    if (length == 0 || length >= WORD_BYTES) {
        return NULL;
    }
    memcpy(out, words, length);
    out[length] = '\0';
    return words + length + (words[length] == ' ');
}

/* Which of WORDS the text is, in any case, also copied to WORD; -1 if none. */
static int word_of(const char *words, const char *text, size_t length,
                   char word[WORD_BYTES])
{
    int index = 0;
    for (const char *p = words; (p = next_word(p, word)); index++) {
        if (strlen(word) == length && strncasecmp(text, word, length) == 0) {
            return index;
        }
    }
    return -1;
}

static const char *words_of(const struct config_option *option)
{
    return option->type == CONFIG_BOOL ? truths : option->words;
}

static enum config_result read_text(const char **field, const char *text, size_t length,
                                    struct config_arena *arena)
{
    const char *copy = config_arena_text(arena, text, length);
    if (!copy) {
        return CONFIG_NO_MEMORY;
    }
    *field = copy;
    return CONFIG_DONE;
}

static enum config_result read_word(const struct config_option *option, void *field,
                                    const char *text, size_t length,
                                    struct config_arena *arena)
{
    char word[WORD_BYTES];
    int index = word_of(words_of(option), text, length, word);
    if (index < 0) {
        return CONFIG_WRONG;
    }
    if (option->type == CONFIG_WORD || option->type == CONFIG_NAME) {
        return read_text(field, word, strlen(word), arena);
    }
    if (option->type == CONFIG_BOOL) {
        *(bool *)field = index % 2 == 0;
        return CONFIG_DONE;
    }
    /* An enum may be unsigned to the compiler, but has the size of an int. */
    memcpy(field, &index, sizeof index);
    return CONFIG_DONE;
}

static enum config_result read_colour(const char **field, const char *text, size_t length,
                                      struct config_arena *arena)
{
    bool form = length == 0 || ((length == 4 || length == 7) && text[0] == '#');
    for (size_t i = 1; i < length && form; i++) {
        form = isxdigit((unsigned char)text[i]);
    }
    return form ? read_text(field, text, length, arena) : CONFIG_WRONG;
}

static enum config_result read_mode(void *field, const char *text, size_t length,
                                    struct config_arena *arena)
{
    struct resolution mode;
    return resolution_parse(text, length, &mode) ? read_text(field, text, length, arena)
                                                 : CONFIG_WRONG;
}

/* The address of a broker, or a name in its topics. */
static enum config_result read_broker(const struct config_option *option,
                                      const char **field, const char *text, size_t length,
                                      struct config_arena *arena)
{
    struct broker broker;
    bool right = option->type == CONFIG_BROKER ? broker_parse(text, length, &broker)
                                               : broker_is_level(text, length);
    bool none = length == 0 && !*option->preset;
    return right || none ? read_text(field, text, length, arena) : CONFIG_WRONG;
}

static enum config_result read_list(struct config_list *field, const char *text,
                                    size_t length, bool append,
                                    struct config_arena *arena)
{
    if (length == 0) {
        field->count = 0;
        return CONFIG_DONE;
    }
    if (append && field->count >= CONFIG_VALUES) {
        return CONFIG_TOO_MANY;
    }
    /* One size for all keeps it simple: there are few lists. */
    const char **values =
        append && field->values
            ? field->values
            : config_arena_take(arena, CONFIG_VALUES * sizeof *field->values);
    size_t *lines = append && field->lines
                        ? field->lines
                        : config_arena_take(arena, CONFIG_VALUES * sizeof *field->lines);
    const char *copy = config_arena_text(arena, text, length);
    if (!values || !lines || !copy) {
        return CONFIG_NO_MEMORY;
    }
    size_t count = append ? field->count : 0;
    values[count] = copy;
    lines[count] = 0;
    *field = (struct config_list){field->file, values, lines, count + 1};
    return CONFIG_DONE;
}

static bool read_int(const struct config_option *option, int *field, const char *text,
                     size_t length)
{
    char word[WORD_BYTES];
    if (option->words && word_of(option->words, text, length, word) < 0) {
        return false;
    }
    struct config_range range = {option->low, option->high};
    return config_number_whole(text, length, range, field);
}

static bool read_milliseconds(struct config_range range, int64_t *field, const char *text,
                              size_t length)
{
    int64_t seconds;
    if (!config_number_amount(text, length, config_durations, range, &seconds)) {
        return false;
    }
    *field = seconds * 1000;
    return true;
}

enum config_result config_value_read(const struct config_option *option, void *field,
                                     const char *text, size_t length, bool append,
                                     struct config_arena *arena)
{
    struct config_range range = {option->low, option->high};
    struct hours_span hours;
    bool right = false;
    switch (option->type) {
    case CONFIG_TEXT:
        return read_text(field, text, length, arena);
    case CONFIG_NAME:
        return memchr(text, '/', length) ? read_text(field, text, length, arena)
                                         : read_word(option, field, text, length, arena);
    case CONFIG_LIST:
        return read_list(field, text, length, append, arena);
    case CONFIG_HOURS:
        return length == 0 || hours_parse(text, length, &hours)
                   ? read_list(field, text, length, append, arena)
                   : CONFIG_WRONG;
    case CONFIG_BROKER:
    case CONFIG_LEVEL:
        return read_broker(option, field, text, length, arena);
    case CONFIG_MODE:
        return read_mode(field, text, length, arena);
    case CONFIG_COLOUR:
        return read_colour(field, text, length, arena);
    case CONFIG_BOOL:
    case CONFIG_WORD:
    case CONFIG_ENUM:
        return read_word(option, field, text, length, arena);
    case CONFIG_INT:
        right = read_int(option, field, text, length);
        break;
    case CONFIG_SECONDS:
        right = config_number_amount(text, length, config_durations, range, field);
        break;
    case CONFIG_MILLISECONDS:
        right = read_milliseconds(range, field, text, length);
        break;
    case CONFIG_BYTES:
        right = config_number_amount(text, length, config_sizes, range, field);
        break;
    case CONFIG_SIDES:
        right = config_number_sides(text, length, range, field);
        break;
    case CONFIG_AREA:
        right = config_number_area(text, length, field);
        break;
    case CONFIG_SPEED:
        right = config_number_measure(text, length, config_speeds, field);
        break;
    case CONFIG_HEIGHT:
        right = config_number_measure(text, length, config_heights, field);
        break;
    }
    return right ? CONFIG_DONE : CONFIG_WRONG;
}

static void show_words(const char *words, char *out, size_t room)
{
    char word[WORD_BYTES];
    size_t used = 0;
    for (const char *p = words; (p = next_word(p, word)) && used < room;) {
        used += (size_t)snprintf(out + used, room - used, "%s%s", used ? ", " : "", word);
    }
}

void config_value_allowed(const struct config_option *option, char *out, size_t room)
{
    struct config_range range = {option->low, option->high};
    char amount[64];
    out[0] = '\0';
    if (words_of(option)) {
        show_words(words_of(option), out, room);
        size_t used = strlen(out);
        if (option->type == CONFIG_NAME) {
            snprintf(out + used, room - used, ", or a path with a '/'");
        }
        return;
    }
    switch (option->type) {
    case CONFIG_BROKER:
        snprintf(out, room, "HOST, HOST:PORT, mqtt://HOST:PORT, mqtts://HOST:PORT");
        break;
    case CONFIG_LEVEL:
        snprintf(out, room, "at most %d bytes, without / + #", BROKER_LEVEL_BYTES);
        break;
    case CONFIG_HOURS:
        snprintf(out, room, "Mon-Fri 06:30-22:00, Sat,Sun 9:00-02:00, daily 08:00-24:00");
        break;
    case CONFIG_MODE:
        snprintf(out, room, "auto, WIDTHxHEIGHT, WIDTHxHEIGHT@HZ");
        break;
    case CONFIG_COLOUR:
        snprintf(out, room, "#RGB, #RRGGBB, or nothing");
        break;
    case CONFIG_INT:
        snprintf(out, room, "%d to %d", (int)range.low, (int)range.high);
        break;
    case CONFIG_SECONDS:
    case CONFIG_MILLISECONDS:
        config_number_show_amount(config_durations, range, amount, sizeof amount);
        snprintf(out, room, "%s, in s, m, h or d", amount);
        break;
    case CONFIG_BYTES:
        config_number_show_amount(config_sizes, range, amount, sizeof amount);
        snprintf(out, room, "%s, in K, M or G", amount);
        break;
    case CONFIG_SIDES:
        snprintf(out, room, "%d to %d per cent, for all sides or top right bottom left",
                 (int)range.low, (int)range.high);
        break;
    case CONFIG_AREA:
        snprintf(out, room, "x y w h in per cent, within the screen");
        break;
    case CONFIG_SPEED:
        config_number_show_measure(config_speeds, out, room);
        break;
    case CONFIG_HEIGHT:
        config_number_show_measure(config_heights, out, room);
        break;
    default: /* any text */
        break;
    }
}

bool config_value_nearest(const struct config_option *option, const char *text,
                          size_t length, char *out, size_t room)
{
    struct spelling best = {NULL, 0};
    char word[WORD_BYTES];
    size_t nearest = SIZE_MAX;
    for (const char *p = words_of(option); p && (p = next_word(p, word));) {
        spelling_try(&best, text, length, word);
        if (best.word && best.distance < nearest) {
            nearest = best.distance;
            snprintf(out, room, "%s", word);
        }
    }
    return nearest != SIZE_MAX;
}
