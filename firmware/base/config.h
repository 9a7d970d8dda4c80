/* The configuration: what the operator wrote, as plain data, with every fault of the text
 * named by file and line. One table (config_table.c) lists section, key, type, default, range and
 * meaning of each option; it drives reading, `motograph help config`, and the tests. */
#ifndef MOTOGRAPH_BASE_CONFIG_H
#define MOTOGRAPH_BASE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Where the operator's file is if no other is named. */
#define CONFIG_PATH "/etc/motograph.conf"

enum {
    CONFIG_SOURCES = 256, /* at most; so too the next two */
    CONFIG_LANES = 32,
    CONFIG_VALUES = 64, /* of one repeatable key */
    CONFIG_FILE_BYTES = 1 << 20
};

/* A repeatable key's values, in the order of the file. */
struct config_list {
    const char *file; /* that it was read from last; NULL = none */
    const char **values;
    size_t *lines; /* of each, in the text that it was read from */
    size_t count;
};

struct config_display {
    const char *layout, *output, *mode, *title, *logo, *timezone, *locale, *theme;
    int rotation;        /* 0, 90, 180, 270 degrees clockwise */
    double safe_area[4]; /* top, right, bottom, left; per cent of the screen's side */
    bool clock, pixel_shift;
};

enum config_motion { MOTION_CRAWL, MOTION_ROLL, MOTION_FLIP, MOTION_CARD, MOTION_CLOCK };
enum config_direction { DIRECTION_AUTO, DIRECTION_LEFT, DIRECTION_RIGHT };
enum config_unit { UNIT_AUTO, UNIT_WPM, UNIT_PX_PER_S, UNIT_PX, UNIT_PERCENT };

/* "auto", "130 wpm", "240 px/s", "64 px" or "64", "60 %". */
struct config_measure {
    double value; /* 0 with UNIT_AUTO */
    enum config_unit unit;
};

struct config_lane {
    const char *name;
    const char *file; /* the text read last that has it, and its section's line there */
    size_t line;
    double area[4]; /* x y w h, per cent of the screen */
    const char *sources, *categories, *label;
    enum config_motion motion;
    enum config_direction direction;
    struct config_measure speed; /* UNIT_AUTO, UNIT_WPM, UNIT_PX_PER_S */
    struct config_measure text;  /* UNIT_AUTO, UNIT_PX, UNIT_PERCENT of the lane */
    int64_t hold_ms;
};

struct config_source {
    const char *name,
        *url;        /* url: http, https, or a path (a leading "file:" is allowed) */
    int64_t every_s; /* 0 = not given: 5 minutes, 1 minute for flash */
    int64_t max_age_s;
    int weight, keep;
    const char *label, *colour, *logo, *lang, *user, *password_file, *proxy, *ca_file,
        *user_agent, *http; /* http: "1.1" or "2" */
    struct config_list include, exclude, header;
    bool flash, lan;
    const char
        *file;  /* the text read first that has it; NULL = given on the command line */
    bool typed; /* given on the command line: it may point anywhere (contract.md) */
};

struct config_desk {
    int64_t duplicates_s, lap_s, stale_after_s;
    int keep_newest;
    struct config_list include, exclude;
};

struct config_flash {
    int64_t expires_s, max_expires_s;
    const char *style; /* inline, banner, takeover */
    struct config_list keyword;
};

struct config {
    struct config_display display;
    struct config_lane *lanes;
    size_t lane_count;
    struct config_source *sources;
    size_t source_count;
    struct config_source every_source; /* [source "*"]: what new sources begin with */
    struct config_desk desk;
    struct config_flash flash;
    struct {
        int64_t every_s, size_bytes;
        bool dry; /* by no key: it is read and left as it is */
    } cache;
    struct {
        struct config_list on;
        const char *method;
    } power;
    struct {
        const char *listen, *pin_file, *hosts;
    } web;
    struct {
        const char *broker, *user, *password_file, *ca_file, *device, *group;
    } mqtt;
    struct {
        int64_t aired_s;
        const char *level; /* error, warning, info, debug */
    } log;
    struct config_arena *arena; /* owns every string and list above */
};

/* One fault: `line` of `file` (1-based; 0 = the file as a whole), and in `text` what is
 * wrong, what is allowed, and the nearest spelling where one is near. */
struct config_fault {
    const char *file;
    size_t line;
    const char *text;
};

/* Called once per fault, in the order of the lines; FAULT is valid during the call. */
typedef void config_fault_fn(void *user, const struct config_fault *fault);

/* A configuration with every default and no source. False if memory is short. */
bool config_init(struct config *config);

/* Frees all and zeroes; NULL and a zeroed struct are fine. */
void config_fini(struct config *config);

/* Reads LENGTH bytes of INI text (UTF-8; FILE is only its name for messages) over CONFIG:
 * every valid key counts, every fault goes to REPORT. Returns the number of faults. A second
 * text read over the first wins key by key; a repeatable key given in it replaces all values
 * of the first, and given empty it drops them. REPORT may be NULL. Pure. */
size_t config_read(struct config *config, const char *file, const char *text,
                   size_t length, config_fault_fn *report, void *user);

/* The same for the file at PATH, at most CONFIG_FILE_BYTES. Returns the number of faults, or
 * -1 with errno if it cannot be read. */
long config_load(struct config *config, const char *path, config_fault_fn *report,
                 void *user);

/* Reads the file at PATH, at most CONFIG_FILE_BYTES of it, into *TEXT, which is the caller's to
 * free. What is no file and not below /dev is refused (EINVAL) and never waited for. False with
 * errno. */
bool config_slurp(const char *path, char **text, size_t *length);

/* Adds a source with the defaults of [source], or of [source "*"], and the given URL or path, marked as typed;
 * its name is the URL. Returns it, or NULL at CONFIG_SOURCES. The pointer is valid until the
 * next source is added. */
struct config_source *config_add_source(struct config *config, const char *url);

/* Removes all sources (those of the command line replace the configured ones). */
void config_drop_sources(struct config *config);

/* Writes the whole table as a commented configuration file with its defaults. */
void config_print(FILE *out);

/* The source's interval in seconds, its default applied. */
int64_t config_source_every_s(const struct config_source *source);

#endif
