/* A configuration that takes the place of another while the program runs, and what is told of
 * it. The worker reads it, and from one moment on speaks by its numbers of sources; the message
 * that hands it over stands at that moment in the ring. Plain data. */
#ifndef MOTOGRAPH_BASE_CONFIG_CHANGE_H
#define MOTOGRAPH_BASE_CONFIG_CHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"
#include "base/message.h"

enum { CONFIG_NEWS_FAULTS = 16, CONFIG_NEWS_FILE_BYTES = 256, CONFIG_NEWS_BYTES = 400 };

/* What was wrong with a text: the first few faults, and how many there were. */
struct config_faults {
    size_t count;
    struct {
        char file[CONFIG_NEWS_FILE_BYTES];
        size_t line;
        char text[CONFIG_NEWS_BYTES];
    } kept[CONFIG_NEWS_FAULTS];
};

/* How the configuration stands, for the web page and MQTT. */
struct config_news {
    char files[2][CONFIG_NEWS_FILE_BYTES]; /* the operator's and web.conf; "" = none */
    int64_t loaded_at;                     /* UTC seconds: what is in use was read then */
    struct config_faults loaded;           /* of what is in use */
    unsigned waits; /* a bit for each section of it that counts from the next start */
    bool refused;   /* the files as they are now are not in use */
    int64_t at;     /* since when */
    struct config_faults faults; /* and why */
};

/* A source that the new configuration has not. */
#define CONFIG_GONE UINT16_MAX

struct config_change {
    const struct config *config; /* NULL: what is in use stays, only the news are new */
    size_t before;               /* sources of the one before */
    uint16_t to[CONFIG_SOURCES]; /* for each of them its new number, or CONFIG_GONE */
    struct message_stamp stamp;  /* for what the worker sends from then on */
    struct config_news news;
};

/* The new number of source OLD, or CONFIG_GONE. Numbers past the sources (what was pushed) stay
 * just as far past them. Pure. */
uint16_t config_change_of(const struct config_change *change, size_t old);

/* Notes FAULT in FAULTS. Pure. */
void config_faults_add(struct config_faults *faults, const struct config_fault *fault);

/* Sets change->to, whose config and BEFORE's differ: a source is the same if its address is, and
 * where several have one, the one of the same name before others. Pure. */
void config_change_match(struct config_change *change, const struct config *before);

#endif
