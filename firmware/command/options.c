/* getopt_long does the reading; each value is checked where it is read. */
#include "command/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

enum { SIDE_MIN_PX = 16, SIDE_MAX_PX = 16384 };

enum {
    O_WINDOW = 1,
    O_FULLSCREEN,
    O_HEADLESS,
    O_SECONDS,
    O_FRAMES,
    O_SCREENSHOT,
    O_AT,
    O_STATS
};

static const struct option table[] = {
    {"window", optional_argument, NULL, O_WINDOW},
    {"fullscreen", no_argument, NULL, O_FULLSCREEN},
    {"headless", optional_argument, NULL, O_HEADLESS},
    {"seconds", required_argument, NULL, O_SECONDS},
    {"frames", required_argument, NULL, O_FRAMES},
    {"screenshot", required_argument, NULL, O_SCREENSHOT},
    {"at", required_argument, NULL, O_AT},
    {"stats", required_argument, NULL, O_STATS},
    {"config", required_argument, NULL, 'c'},
    {0},
};

static bool complain(const char *option, const char *value, const char *allowed)
{
    fprintf(stderr, "motograph: %s %s: allowed is %s\n", option, value, allowed);
    return false;
}

static bool parse_size(const char *text, int *w, int *h)
{
    char *end;
    long width = strtol(text, &end, 10);
    if (end == text || *end != 'x') {
        return false;
    }
    const char *second = end + 1;
    long height = strtol(second, &end, 10);
    if (end == second || *end || width < SIDE_MIN_PX || width > SIDE_MAX_PX ||
        height < SIDE_MIN_PX || height > SIDE_MAX_PX) {
        return false;
    }
    *w = (int)width;
    *h = (int)height;
    return true;
}

/* "--window 800x480": the size may follow as a word of its own, "8x8" too, wrong as it is. */
static bool is_size(const char *word)
{
    size_t digits = strspn(word, "0123456789");
    return digits > 0 && word[digits] == 'x' &&
           strspn(word + digits + 1, "0123456789") == strlen(word + digits + 1);
}

static bool read_size(struct options *options, const char *name, int argc, char **argv)
{
    const char *text = optarg;
    if (!text && optind < argc && is_size(argv[optind])) {
        text = argv[optind++];
    }
    if (text && !parse_size(text, &options->screen.w, &options->screen.h)) {
        return complain(name, text, "WIDTHxHEIGHT in pixels, 16 to 16384 each");
    }
    return true;
}

static bool read_count(const char *name, double max, double *value)
{
    char *end;
    errno = 0;
    *value = strtod(optarg, &end);
    if (errno || end == optarg || *end || !(*value > 0) || *value > max) {
        return complain(name, optarg, "a number above 0");
    }
    return true;
}

static bool read_one(struct options *options, int option, int argc, char **argv)
{
    double count;
    switch (option) {
    case 'c':
        options->config = optarg;
        return true;
    case O_WINDOW:
        options->screen.shape = SCREEN_WINDOW;
        return read_size(options, "--window", argc, argv);
    case O_FULLSCREEN:
        options->screen.shape = SCREEN_FULL;
        return true;
    case O_HEADLESS:
        options->screen.headless = true;
        return read_size(options, "--headless", argc, argv);
    case O_SECONDS:
        return read_count("--seconds", 1e9, &options->seconds);
    case O_FRAMES:
        if (!read_count("--frames", 1e12, &count)) {
            return false;
        }
        if (count != (double)(int64_t)count) {
            return complain("--frames", optarg, "a whole number above 0");
        }
        options->frames = (int64_t)count;
        return true;
    case O_SCREENSHOT:
        options->screenshot = optarg;
        return true;
    case O_STATS:
        options->stats = optarg;
        return true;
    case O_AT:
        options->frozen = true;
        return clock_parse(optarg, &options->at) == 0 ||
               complain("--at", optarg, "a time such as 2026-11-23T12:00:00Z");
    default:
        fputs("motograph: see `motograph help run` for the options\n", stderr);
        return false;
    }
}

bool options_read(struct options *options, int argc, char **argv)
{
    *options = (struct options){0};
    /* getopt's own messages begin with this name. */
    char name[] = "motograph";
    char *first = argv[0];
    argv[0] = name;
    optind = 1;
    bool good = true;
    for (int option;
         good && (option = getopt_long(argc, argv, "c:", table, NULL)) != -1;) {
        good = read_one(options, option, argc, argv);
    }
    argv[0] = first;
    if (good && options->screen.headless && options->screen.shape != SCREEN_AUTO) {
        fputs("motograph: --headless and --window or --fullscreen exclude each other\n",
              stderr);
        return false;
    }
    options->sources = argv + optind;
    options->source_count = argc - optind;
    return good;
}
