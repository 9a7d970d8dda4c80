/* Everything that is allowed is taken from the table, so a message cannot be out of date. */
#include "base/config_fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/spelling.h"
#include "base/utf8.h"

enum { ALLOWED_BYTES = 360, HINT_BYTES = 80, QUOTE_BYTES = 60 };

/* Words of the table, put together with ", " between two. */
struct words {
    char text[ALLOWED_BYTES];
    size_t used;
};

static void add(struct words *words, const char *before, const char *word,
                const char *after)
{
    size_t room = sizeof words->text - words->used;
    int length = snprintf(words->text + words->used, room, "%s%s%s%s",
                          words->used ? ", " : "", before, word, after);
    words->used += (size_t)length < room ? (size_t)length : room - 1;
}

void config_fault_text(char out[CONFIG_FAULT_BYTES], const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(out, CONFIG_FAULT_BYTES, format, args);
    va_end(args);
    if (length >= CONFIG_FAULT_BYTES) {
        out[utf8_floor(out, CONFIG_FAULT_BYTES - 1)] = '\0';
    }
    /* What is quoted may hold anything; a message is one line. */
    for (char *p = out; *p; p++) {
        *p = (unsigned char)*p < ' ' || *p == 0x7F ? '?' : *p;
    }
}

int config_fault_quoted(struct ini_text text)
{
    return (int)(text.length > QUOTE_BYTES ? utf8_floor(text.bytes, QUOTE_BYTES)
                                           : text.length);
}

void config_fault_unknown_section(char out[CONFIG_FAULT_BYTES], struct ini_text section)
{
    struct words allowed = {"", 0};
    struct spelling near = {NULL, 0};
    for (size_t i = 0; i < CONFIG_SECTIONS; i++) {
        const struct config_section *one = &config_sections[i];
        spelling_try(&near, section.bytes, section.length, one->name);
        add(&allowed, "[", one->name, one->named ? " \"NAME\"]" : "]");
    }
    char hint[HINT_BYTES] = "";
    if (near.word) {
        snprintf(hint, sizeof hint, "; did you mean [%s]?", near.word);
    }
    config_fault_text(out, "unknown section [%.*s]; allowed: %s%s",
                      config_fault_quoted(section), section.bytes, allowed.text, hint);
}

void config_fault_unknown_key(char out[CONFIG_FAULT_BYTES],
                              const struct config_section *section, struct ini_text key)
{
    struct words allowed = {"", 0};
    struct spelling near = {NULL, 0};
    for (size_t i = 0; i < section->count; i++) {
        spelling_try(&near, key.bytes, key.length, section->options[i].key);
        add(&allowed, "", section->options[i].key, "");
    }
    char hint[HINT_BYTES] = "";
    if (near.word) {
        snprintf(hint, sizeof hint, "; did you mean \"%s\"?", near.word);
    }
    for (size_t i = 0; i < CONFIG_SECTIONS && !hint[0]; i++) {
        if (config_table_option(&config_sections[i], key.bytes, key.length)) {
            snprintf(hint, sizeof hint, "; did you mean it for [%s]?",
                     config_sections[i].name);
        }
    }
    config_fault_text(out, "unknown key \"%.*s\" in [%s]; allowed: %s%s",
                      config_fault_quoted(key), key.bytes, section->name, allowed.text,
                      hint);
}

void config_fault_bad_value(char out[CONFIG_FAULT_BYTES],
                            const struct config_option *option, struct ini_text value)
{
    char allowed[ALLOWED_BYTES], near[32], hint[HINT_BYTES] = "";
    config_value_allowed(option, allowed, sizeof allowed);
    if (config_value_nearest(option, value.bytes, value.length, near, sizeof near)) {
        snprintf(hint, sizeof hint, "; did you mean \"%s\"?", near);
    }
    config_fault_text(out, "%s cannot be \"%.*s\"; allowed: %s%s", option->key,
                      config_fault_quoted(value), value.bytes, allowed, hint);
}
