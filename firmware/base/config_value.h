/* One option of the configuration and the reading of its value. An option names where its
 * value lies by an offset, so that the table of options is plain data. */
#ifndef MOTOGRAPH_BASE_CONFIG_VALUE_H
#define MOTOGRAPH_BASE_CONFIG_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config_arena.h"

/* What is written, and the C type it is read into. */
enum config_type {
    CONFIG_TEXT,   /* anything, const char * */
    CONFIG_NAME,   /* one of words, or a path, which has a '/': const char * */
    CONFIG_LIST,   /* anything, may be given again: struct config_list */
    CONFIG_HOURS,  /* when a display is on, so too */
    CONFIG_BROKER, /* the address of one, or nothing: const char * */
    CONFIG_LEVEL,  /* a name in a topic; nothing where nothing is the default: the same */
    CONFIG_MODE,   /* auto, WxH, WxH@HZ: const char * */
    CONFIG_COLOUR, /* #RGB, #RRGGBB or nothing: const char * */
    CONFIG_BOOL,   /* bool */
    CONFIG_WORD,   /* one of words: const char * */
    CONFIG_ENUM,   /* one of words: int, or an enum, that counts them from 0 */
    CONFIG_INT,    /* int from low to high; one of words where there are words */
    CONFIG_SECONDS,      /* a duration, from low to high seconds: int64_t seconds */
    CONFIG_MILLISECONDS, /* the same: int64_t milliseconds */
    CONFIG_BYTES,        /* a size, from low to high bytes: int64_t */
    CONFIG_SIDES,        /* one or four per cents from low to high: double[4] */
    CONFIG_AREA,         /* x y w h in per cent: double[4] */
    CONFIG_SPEED,        /* auto, N wpm, N px/s: struct config_measure */
    CONFIG_HEIGHT,       /* auto, N px, N, N %: struct config_measure */
};

struct config_option {
    const char *key;
    enum config_type type;
    size_t offset;
    const char *preset; /* the default, as an operator would write it */
    const char *words;  /* with a blank between two, or NULL */
    int64_t low, high;
    const char *meaning; /* one line, for the operator */
};

/* Whether an option of TYPE may be given again. */
static inline bool config_is_list(enum config_type type)
{
    return type == CONFIG_LIST || type == CONFIG_HOURS;
}

enum config_result { CONFIG_DONE, CONFIG_WRONG, CONFIG_TOO_MANY, CONFIG_NO_MEMORY };

/* Reads LENGTH bytes of TEXT as OPTION's value into FIELD; strings are copied to ARENA. A
 * list gets one value more if APPEND, else it begins anew; an empty text leaves it empty.
 * Whatever but CONFIG_DONE is returned, FIELD is as it was. */
enum config_result config_value_read(const struct config_option *option, void *field,
                                     const char *text, size_t length, bool append,
                                     struct config_arena *arena);

/* Writes what OPTION takes ("on, off", "10s to 30d, ...") to OUT; "" where it takes any text. */
void config_value_allowed(const struct config_option *option, char *out, size_t room);

/* The word of OPTION nearest to LENGTH bytes of TEXT, copied to OUT; false if none is near. */
bool config_value_nearest(const struct config_option *option, const char *text,
                          size_t length, char *out, size_t room);

#endif
