/* The words of `motograph run`, read and checked. */
#ifndef MOTOGRAPH_COMMAND_OPTIONS_H
#define MOTOGRAPH_COMMAND_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "show/screen.h"

struct options {
    const char *config; /* -c; NULL = the default place */
    struct screen_setup screen;
    double seconds; /* 0 = no bound; so too frames */
    int64_t frames;
    const char *screenshot, *stats; /* paths or NULL */
    bool frozen;                    /* --at */
    int64_t at;
    char **sources;
    int source_count;
};

/* Reads ARGV[1..]; the texts stay ARGV's. False after one line on stderr that names the word
 * and the cure. */
bool options_read(struct options *options, int argc, char **argv);

#endif
