/* The configuration against the contract's list of options, written down here once more; its
 * faults, its limits, the shipped file, and thousands of ways to spoil that. */
#include "base/config.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/config_table.h"

#define SHIPPED "../assets/motograph.conf"

enum { TEXT_BYTES = 1 << 16, MUTATIONS = 4000 };

/* Every key of the contract with its default. */
static const struct {
    const char *section, *key, *preset;
} contract[] = {
    {"display", "layout", "newsroom"},
    {"display", "output", "auto"},
    {"display", "mode", "auto"},
    {"display", "rotation", "0"},
    {"display", "safe-area", "0"},
    {"display", "title", ""},
    {"display", "logo", ""},
    {"display", "clock", "on"},
    {"display", "timezone", "system"},
    {"display", "locale", "system"},
    {"display", "pixel-shift", "on"},
    {"display", "theme", "night"},
    {"lane", "area", NULL},
    {"lane", "motion", "crawl"},
    {"lane", "sources", "*"},
    {"lane", "categories", "*"},
    {"lane", "speed", "auto"},
    {"lane", "direction", "auto"},
    {"lane", "text", "auto"},
    {"lane", "hold", "10s"},
    {"lane", "label", "source"},
    {"source", "url", ""},
    {"source", "every", "5m"},
    {"source", "weight", "1"},
    {"source", "keep", "20"},
    {"source", "max-age", "72h"},
    {"source", "label", ""},
    {"source", "colour", ""},
    {"source", "logo", ""},
    {"source", "include", ""},
    {"source", "exclude", ""},
    {"source", "flash", "no"},
    {"source", "lang", "auto"},
    {"source", "user", ""},
    {"source", "password-file", ""},
    {"source", "header", ""},
    {"source", "proxy", ""},
    {"source", "ca-file", ""},
    {"source", "user-agent", ""},
    {"source", "http", "1.1"},
    {"source", "lan", "no"},
    {"desk", "duplicates", "48h"},
    {"desk", "lap", "10m"},
    {"desk", "stale-after", "1h"},
    {"desk", "keep-newest", "3"},
    {"desk", "include", ""},
    {"desk", "exclude", ""},
    {"flash", "expires", "15m"},
    {"flash", "max-expires", "12h"},
    {"flash", "style", "banner"},
    {"flash", "keyword", ""},
    {"cache", "every", "5m"},
    {"cache", "size", "8M"},
    {"power", "on", ""},
    {"power", "method", "auto"},
    {"web", "listen", ""},
    {"web", "pin-file", ""},
    {"web", "hosts", ""},
    {"mqtt", "broker", ""},
    {"mqtt", "user", ""},
    {"mqtt", "password-file", ""},
    {"mqtt", "ca-file", ""},
    {"mqtt", "device", "hostname"},
    {"mqtt", "group", ""},
    {"log", "aired", "7d"},
    {"log", "level", "info"},
};

/* The faults of one read, a line each. */
struct faults {
    char text[TEXT_BYTES];
    size_t used, count, last_line;
};

static struct faults faults;

static void take_fault(void *user, const struct config_fault *fault)
{
    struct faults *all = user;
    assert_true(fault->line >= all->last_line);
    all->last_line = fault->line;
    all->count++;
    int length = snprintf(all->text + all->used, sizeof all->text - all->used,
                          "%s:%zu: %s\n", fault->file, fault->line, fault->text);
    all->used += (size_t)length < sizeof all->text - all->used ? (size_t)length : 0;
}

/* Reads TEXT over CONFIG from memory of its own, for the address sanitizer. */
static size_t read_over(struct config *config, const char *text, size_t length)
{
    char *copy = malloc(length ? length : 1);
    assert_non_null(copy);
    memcpy(copy, text, length);
    faults.used = faults.count = faults.last_line = 0;
    faults.text[0] = '\0';
    size_t count = config_read(config, "f", copy, length, take_fault, &faults);
    free(copy);
    assert_int_equal(count, faults.count);
    return count;
}

static void read_clean(struct config *config, const char *text)
{
    if (read_over(config, text, strlen(text)) != 0) {
        fail_msg("%s", faults.text);
    }
}

/* What config_print() writes; to be freed. */
static char *printed(size_t *length)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, length);
    assert_non_null(out);
    config_print(out);
    assert_int_equal(fclose(out), 0);
    return text;
}

static void has_every_key_of_the_contract(void **state)
{
    (void)state;
    size_t total = 0;
    for (size_t i = 0; i < CONFIG_SECTIONS; i++) {
        total += config_sections[i].count;
        assert_true(config_sections[i].count <= 64);
    }
    assert_int_equal(total, sizeof contract / sizeof *contract);
    for (size_t i = 0; i < total; i++) {
        const char *name = contract[i].section, *key = contract[i].key;
        const struct config_section *section = config_table_section(name, strlen(name));
        assert_non_null(section);
        const struct config_option *option =
            config_table_option(section, key, strlen(key));
        assert_non_null(option);
        assert_true(option->meaning[0] != '\0');
        if (contract[i].preset) {
            assert_string_equal(option->preset, contract[i].preset);
        }
    }
}

static void begins_with_the_defaults(void **state)
{
    (void)state;
    struct config config;
    assert_true(config_init(&config));
    assert_string_equal(config.display.layout, "newsroom");
    assert_int_equal(config.display.rotation, 0);
    assert_true(config.display.safe_area[3] == 0);
    assert_true(config.display.clock && config.display.pixel_shift);
    assert_string_equal(config.display.title, "");
    assert_int_equal(config.lane_count, 0);
    assert_int_equal(config.source_count, 0);
    assert_int_equal(config.desk.duplicates_s, 48 * 3600);
    assert_int_equal(config.desk.lap_s, 600);
    assert_int_equal(config.desk.stale_after_s, 3600);
    assert_int_equal(config.desk.keep_newest, 3);
    assert_int_equal(config.desk.include.count, 0);
    assert_int_equal(config.flash.expires_s, 900);
    assert_int_equal(config.flash.max_expires_s, 12 * 3600);
    assert_string_equal(config.flash.style, "banner");
    assert_int_equal(config.cache.every_s, 300);
    assert_int_equal(config.cache.size_bytes, 8 << 20);
    assert_string_equal(config.power.method, "auto");
    assert_string_equal(config.web.listen, "");
    assert_string_equal(config.mqtt.device, "hostname");
    assert_int_equal(config.log.aired_s, 7 * 86400);
    assert_string_equal(config.log.level, "info");
    config_fini(&config);
    config_fini(&config);
    config_fini(NULL);
}

static void new_lanes_and_sources_have_the_defaults(void **state)
{
    (void)state;
    struct config config;
    assert_true(config_init(&config));
    read_clean(&config, "[lane \"l\"]\n[source \"s\"]\nurl = /tmp/x\n");
    assert_int_equal(config.lane_count, 1);
    const struct config_lane *lane = &config.lanes[0];
    assert_string_equal(lane->name, "l");
    assert_int_equal(lane->motion, MOTION_CRAWL);
    assert_int_equal(lane->direction, DIRECTION_AUTO);
    assert_int_equal(lane->speed.unit, UNIT_AUTO);
    assert_int_equal(lane->text.unit, UNIT_AUTO);
    assert_int_equal(lane->hold_ms, 10000);
    assert_string_equal(lane->sources, "*");
    assert_int_equal(config.source_count, 1);
    const struct config_source *source = &config.sources[0];
    assert_string_equal(source->name, "s");
    assert_string_equal(source->url, "/tmp/x");
    assert_int_equal(source->every_s, 0);
    assert_int_equal(config_source_every_s(source), 300);
    assert_int_equal(source->max_age_s, 72 * 3600);
    assert_int_equal(source->weight, 1);
    assert_int_equal(source->keep, 20);
    assert_string_equal(source->http, "1.1");
    assert_false(source->flash || source->lan || source->typed);
    read_clean(&config, "[source \"s\"]\nflash = yes");
    assert_int_equal(config_source_every_s(&config.sources[0]), 60);
    read_clean(&config, "[source \"s\"]\nevery = 2h");
    assert_int_equal(config_source_every_s(&config.sources[0]), 7200);
    config_fini(&config);
}

static const struct {
    const char *section, *key, *value;
    bool valid;
} values[] = {
    {"[display]", "rotation", "90", true},
    {"[display]", "rotation", "45", false},
    {"[display]", "rotation", "", false},
    {"[display]", "rotation", "-90", false},
    {"[display]", "clock", "off", true},
    {"[display]", "clock", "YES", true},
    {"[display]", "clock", "True", true},
    {"[display]", "clock", "1", false},
    {"[display]", "clock", "", false},
    {"[display]", "safe-area", "5", true},
    {"[display]", "safe-area", "5%", true},
    {"[display]", "safe-area", "5 2.5 5 2.5", true},
    {"[display]", "safe-area", "5% 2% 5% 2%", true},
    {"[display]", "safe-area", "5 2", false},
    {"[display]", "safe-area", "26", false},
    {"[display]", "safe-area", "1 2 3 4 5", false},
    {"[display]", "safe-area", "1 2 3 x", false},
    {"[display]", "safe-area", "5x", false},
    {"[display]", "title", "", true},
    {"[lane \"x\"]", "area", "0 0 100 100", true},
    {"[lane \"x\"]", "area", "0 88.9 100 11.1", true},
    {"[lane \"x\"]", "area", "0 0 100", false},
    {"[lane \"x\"]", "area", "50 0 51 10", false},
    {"[lane \"x\"]", "area", "0 50 10 51", false},
    {"[lane \"x\"]", "area", "0 0 0 10", false},
    {"[lane \"x\"]", "area", "-1 0 10 10", false},
    {"[lane \"x\"]", "motion", "Card", true},
    {"[lane \"x\"]", "motion", "crowl", false},
    {"[lane \"x\"]", "direction", "right", true},
    {"[lane \"x\"]", "direction", "up", false},
    {"[lane \"x\"]", "speed", "auto", true},
    {"[lane \"x\"]", "speed", "130 wpm", true},
    {"[lane \"x\"]", "speed", "130wpm", true},
    {"[lane \"x\"]", "speed", "240.5 px/s", true},
    {"[lane \"x\"]", "speed", "240", false},
    {"[lane \"x\"]", "speed", "9 wpm", false},
    {"[lane \"x\"]", "speed", "1e3 wpm", false},
    {"[lane \"x\"]", "speed", "fast", false},
    {"[lane \"x\"]", "text", "64 px", true},
    {"[lane \"x\"]", "text", "64", true},
    {"[lane \"x\"]", "text", "60 %", true},
    {"[lane \"x\"]", "text", "101 %", false},
    {"[lane \"x\"]", "text", "3", false},
    {"[lane \"x\"]", "hold", "1m", true},
    {"[lane \"x\"]", "hold", "0s", false},
    {"[desk]", "lap", "90s", true},
    {"[desk]", "lap", "90 s", true},
    {"[desk]", "lap", "2H", true},
    {"[desk]", "lap", "90", false},
    {"[desk]", "lap", "1.5h", false},
    {"[desk]", "lap", "-5m", false},
    {"[desk]", "lap", "5m 3", false},
    {"[desk]", "lap", "999999999999d", false},
    {"[desk]", "lap", "99999999999999999999999999s", false},
    {"[desk]", "lap", "m", false},
    {"[desk]", "duplicates", "0s", true},
    {"[desk]", "keep-newest", "0", true},
    {"[desk]", "keep-newest", "501", false},
    {"[desk]", "keep-newest", "3.0", false},
    {"[desk]", "keep-newest", "+3", false},
    {"[desk]", "keep-newest", "0x3", false},
    {"[flash]", "style", "takeover", true},
    {"[flash]", "style", "big", false},
    {"[cache]", "size", "64K", true},
    {"[cache]", "size", "1g", true},
    {"[cache]", "size", "2G", false},
    {"[cache]", "size", "8MB", false},
    {"[cache]", "size", "8", false},
    {"[log]", "level", "debug", true},
    {"[log]", "level", "", false},
    {"[log]", "aired", "0s", true},
};

static void takes_values_in_range_and_no_others(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char text[128];
        struct config config;
        int length = snprintf(text, sizeof text, "%s\n%s = %s\n", values[i].section,
                              values[i].key, values[i].value);
        assert_true(config_init(&config));
        size_t count = read_over(&config, text, (size_t)length);
        char expected[128];
        snprintf(expected, sizeof expected,
                 "f:2: %s cannot be \"%s\"; allowed: ", values[i].key, values[i].value);
        if (count != !values[i].valid ||
            (count && strncmp(faults.text, expected, strlen(expected)) != 0)) {
            fail_msg("%s = %s: %s", values[i].key, values[i].value, faults.text);
        }
        config_fini(&config);
    }
}

static void reads_what_is_written(void **state)
{
    (void)state;
    struct config config;
    assert_true(config_init(&config));
    read_clean(&config,
               "[display]\nsafe-area = 1 2.5 3 4\nclock=no\nrotation=270\n"
               "title = \" The Lobby \"\n"
               "[lane \"a b\"]\narea = 1 2 3.25 4\nspeed = 120.5 wpm\ntext = 60%\n"
               "motion = flip\ndirection = right\nhold = 2s\n"
               "[source \"\xC3\xA9\"]\nurl = https://e.org/?a=b;c\ncolour = #C00\n"
               "keep=5\nmax-age = 3d\nhttp = 2\nlan = on\nheader = A: b=c\n"
               "[flash]\nstyle = INLINE\n[cache]\nsize = 64K\n");
    assert_true(config.display.safe_area[1] == 2.5 && config.display.safe_area[3] == 4);
    assert_false(config.display.clock);
    assert_int_equal(config.display.rotation, 270);
    assert_string_equal(config.display.title, " The Lobby ");
    const struct config_lane *lane = &config.lanes[0];
    assert_string_equal(lane->name, "a b");
    assert_true(lane->area[2] == 3.25 && lane->area[3] == 4);
    assert_true(lane->speed.value == 120.5 && lane->speed.unit == UNIT_WPM);
    assert_true(lane->text.value == 60 && lane->text.unit == UNIT_PERCENT);
    assert_int_equal(lane->motion, MOTION_FLIP);
    assert_int_equal(lane->direction, DIRECTION_RIGHT);
    assert_int_equal(lane->hold_ms, 2000);
    const struct config_source *source = &config.sources[0];
    assert_string_equal(source->name, "\xC3\xA9");
    assert_string_equal(source->url, "https://e.org/?a=b;c");
    assert_string_equal(source->colour, "#C00");
    assert_int_equal(source->keep, 5);
    assert_int_equal(source->max_age_s, 3 * 86400);
    assert_string_equal(source->http, "2");
    assert_true(source->lan);
    assert_string_equal(source->header.values[0], "A: b=c");
    assert_string_equal(config.flash.style, "inline");
    assert_int_equal(config.cache.size_bytes, 65536);
    config_fini(&config);
}

static void takes_lines_of_any_length(void **state)
{
    (void)state;
    enum { BYTES = 100000 };
    static const char before[] = "[display]\ntitle = ";
    struct config config;
    assert_true(config_init(&config));
    char *text = malloc(BYTES);
    assert_non_null(text);
    memset(text, 'x', BYTES);
    memcpy(text, before, strlen(before));
    assert_int_equal(read_over(&config, text, BYTES), 0);
    assert_int_equal(strlen(config.display.title), BYTES - strlen(before));
    free(text);
    config_fini(&config);
}

/* The beginning of each fault, in order; what follows a '*' may stand anywhere in it. */
static const struct {
    const char *text, *expected[4];
} mistakes[] = {
    {"x = 1\n[desk]\n", {"f:1: key \"x\" outside a section; allowed: "}},
    {"[dsek]\nlap = 1\n",
     {"f:1: unknown section [dsek]; allowed: *did you mean [desk]?"}},
    {"[Desk]\n", {"f:1: unknown section [Desk]; allowed: *did you mean [desk]?"}},
    {"[nothing]\n",
     {"f:1: unknown section [nothing]; allowed: [display], [lane \"NAME\"], "}},
    {"[desk]\nlpa = 1m\nlap = 2m",
     {"f:2: unknown key \"lpa\" in [desk]; allowed: duplicates, lap, *did you mean "
      "\"lap\"?"}},
    {"[display]\nhold = 3s",
     {"f:2: unknown key \"hold\" in [display]; allowed: *did you mean it for [lane]?"}},
    {"[desk]\nl\tap = 1m\n", {"f:2: unknown key \"l?ap\" in [desk]; allowed: "}},
    {"[display]\n\nclock = onn\n",
     {"f:3: clock cannot be \"onn\"; allowed: on, off, *did you mean \"on\"?"}},
    {"[lane \"x\"]\nmotion = crowl\n",
     {"f:2: motion cannot be \"crowl\"; allowed: crawl, roll, *did you mean \"crawl\"?"}},
    {"[desk]\nlap = 5\n",
     {"f:2: lap cannot be \"5\"; allowed: 10s to 1d, in s, m, h or d"}},
    {"[desk]\nlap\n[desk\n[desk]",
     {"f:2: line without '='; allowed: ",
      "f:3: section header does not end in ']'; allowed: ",
      "f:4: section [desk] for the second time; allowed: once"}},
    {"[source]\nurl = x\n", {"f:1: [source] without a name; allowed: [source \"NAME\"]"}},
    {"[source \"\"]\nurl = x\n", {"f:1: [source] without a name; allowed: "}},
    {"[desk \"x\"]\nlap = 1m\n", {"f:1: [desk] takes no name; allowed: [desk]"}},
    {"[source \"a\"]\nurl=x\n[source \"b\"]\nurl=y\n[source \"a\"]\nkeep=1",
     {"f:5: section [source \"a\"] for the second time; allowed: once"}},
    {"[source \"a\"]\nkeep = 4\n\n\n[desk]\n",
     {"f:2: [source \"a\"] ends without a URL; allowed: "}},
    {"[source \"a\"]\ncolour = red\nurl=x\n",
     {"f:2: colour cannot be \"red\"; allowed: #RGB, #RRGGBB, or nothing"}},
    {"[source \"*\"]\nurl = x\n[source \"*\"]\n",
     {"f:2: url cannot be of all sources; allowed: ",
      "f:3: section [source \"*\"] for the second time; allowed: once"}},
    {"[display]\nmode = 1080p\n",
     {"f:2: mode cannot be \"1080p\"; allowed: auto, WIDTHxHEIGHT, WIDTHxHEIGHT@HZ"}},
    {"[desk]\nlap = \xFF\n= 3\n",
     {"f:2: invalid UTF-8, byte 0xFF at column 7; allowed: UTF-8",
      "f:3: no key before '='"}},
};

static bool fits(const char *line, const char *expected)
{
    const char *star = strchr(expected, '*');
    size_t head = star ? (size_t)(star - expected) : strlen(expected);
    return strncmp(line, expected, head) == 0 && (!star || strstr(line, star + 1));
}

static void names_every_fault_with_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct config config;
        size_t expected = 0;
        assert_true(config_init(&config));
        read_over(&config, mistakes[i].text, strlen(mistakes[i].text));
        for (char *line = faults.text, *end; (end = strchr(line, '\n')); line = end + 1) {
            *end = '\0';
            if (!mistakes[i].expected[expected] ||
                !fits(line, mistakes[i].expected[expected])) {
                fail_msg("%zu: %s", i, line);
            }
            expected++;
        }
        assert_true(expected == 4 || mistakes[i].expected[expected] == NULL);
        config_fini(&config);
    }
}

static void a_fault_leaves_all_else_as_it_was(void **state)
{
    (void)state;
    static const char text[] =
        "[desk]\nlap = 2m\nlap = soon\nlpa = 9m\nkeep-newest = 7\n"
        "[nowhere]\nkeep-newest = 9\n[desk \"x\"]\nkeep-newest = 9\n"
        "[broken\nkeep-newest = 9\n[log]\nlevel = error\n";
    struct config config;
    assert_true(config_init(&config));
    assert_int_equal(read_over(&config, text, sizeof text - 1), 5);
    assert_int_equal(config.desk.lap_s, 120);
    assert_int_equal(config.desk.keep_newest, 7);
    assert_string_equal(config.log.level, "error");
    config_fini(&config);
}

static void a_second_text_wins_key_by_key(void **state)
{
    (void)state;
    struct config config;
    assert_true(config_init(&config));
    read_clean(&config,
               "[source \"a\"]\nurl = u\nkeep = 4\ninclude = 1\ninclude = 2\n"
               "exclude = x\n[source \"b\"]\nurl = v\n[desk]\ninclude = d\nlap=1m\n");
    read_clean(&config,
               "[source \"b\"]\nkeep = 9\ninclude = z\n[source \"a\"]\ninclude = 3\n"
               "[source \"c\"]\nurl=w\n[desk]\ninclude =\n");
    assert_int_equal(config.source_count, 3);
    assert_string_equal(config.sources[0].url, "u");
    assert_int_equal(config.sources[0].keep, 4);
    assert_int_equal(config.sources[0].include.count, 1);
    assert_string_equal(config.sources[0].include.values[0], "3");
    assert_int_equal(config.sources[0].exclude.count, 1);
    assert_int_equal(config.sources[1].keep, 9);
    assert_string_equal(config.sources[1].url, "v");
    assert_int_equal(config.desk.include.count, 0);
    assert_int_equal(config.desk.lap_s, 60);
    config_fini(&config);
}

/* What [source "*"] says new sources begin with, in this text and the next, and typed ones. */
static void what_is_said_of_all_sources_counts_for_each(void **state)
{
    (void)state;
    struct config config;
    assert_true(config_init(&config));
    read_clean(&config,
               "[source \"early\"]\nurl = e\n[source \"*\"]\nproxy = http://p:1\n"
               "keep = 7\nheader = A: 1\n[source \"a\"]\nurl = u\n");
    read_clean(&config,
               "[source \"b\"]\nurl = v\nproxy =\nheader = B: 1\nheader = B: 2\n");
    assert_non_null(config_add_source(&config, "typed"));
    assert_int_equal(config.source_count, 4);
    const struct config_source *sources = config.sources;
    assert_string_equal(sources[0].proxy, "");
    assert_string_equal(sources[1].proxy, "http://p:1");
    assert_int_equal(sources[1].keep, 7);
    assert_int_equal(sources[1].header.count, 1);
    assert_string_equal(sources[2].proxy, "");
    assert_int_equal(sources[2].header.count, 2);
    assert_string_equal(sources[1].header.values[0], "A: 1");
    assert_string_equal(sources[3].proxy, "http://p:1");
    assert_string_equal(sources[3].url, "typed");
    assert_string_equal(sources[1].name, "a");
    config_fini(&config);
}

/* Writes COUNT times FORMAT, which takes the number, and reads it; the number of faults. */
static size_t read_many(struct config *config, int count, const char *before,
                        const char *format)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    fputs(before, out);
    for (int i = 0; i < count; i++) {
        fprintf(out, format, i);
    }
    assert_int_equal(fclose(out), 0);
    size_t result = read_over(config, text, length);
    free(text);
    return result;
}

static void stops_at_its_limits(void **state)
{
    (void)state;
    struct config config;
    assert_true(config_init(&config));
    assert_int_equal(
        read_many(&config, CONFIG_SOURCES, "", "[source \"%d\"]\nurl = x\nkeep = 3\n"),
        0);
    assert_int_equal(
        read_many(&config, 2, "", "[source \"new %d\"]\nurl = x\nkeep = x\n"), 2);
    assert_non_null(strstr(faults.text, "f:1: too many [source] sections"));
    assert_int_equal(config.source_count, CONFIG_SOURCES);
    assert_string_equal(config.sources[CONFIG_SOURCES - 1].name, "255");
    assert_null(config_add_source(&config, "x"));
    assert_int_equal(
        read_many(&config, CONFIG_LANES + 3, "", "[lane \"%d\"]\nspeed=auto\n"), 3);
    assert_int_equal(config.lane_count, CONFIG_LANES);
    assert_int_equal(read_many(&config, CONFIG_VALUES + 2, "[flash]\n", "keyword = %d\n"),
                     2);
    assert_non_null(
        strstr(faults.text, "f:66: too many values of \"keyword\"; allowed: 64"));
    assert_int_equal(config.flash.keyword.count, CONFIG_VALUES);
    assert_string_equal(config.flash.keyword.values[63], "63");
    config_fini(&config);
}

static void takes_sources_from_the_command_line(void **state)
{
    (void)state;
    struct config config;
    assert_true(config_init(&config));
    read_clean(&config, "[source \"a\"]\nurl = u\n");
    config_drop_sources(&config);
    assert_int_equal(config.source_count, 0);
    for (int i = 0; i < CONFIG_SOURCES; i++) {
        char url[32];
        snprintf(url, sizeof url, "http://h/%d", i);
        assert_non_null(config_add_source(&config, url));
    }
    const struct config_source *source = &config.sources[200];
    assert_string_equal(source->url, "http://h/200");
    assert_string_equal(source->name, "http://h/200");
    assert_true(source->typed);
    assert_int_equal(source->keep, 20);
    assert_int_equal(config_source_every_s(source), 300);
    config_fini(&config);
}

/* A file of LENGTH bytes that are all a comment; its path stays valid. */
static const char *comment_file(size_t length)
{
    static char path[32];
    snprintf(path, sizeof path, "/tmp/test_config.XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0);
    char *text = malloc(length);
    assert_non_null(text);
    memset(text, ';', length);
    assert_int_equal(write(file, text, length), length);
    free(text);
    close(file);
    return path;
}

static void loads_files_up_to_its_limit(void **state)
{
    (void)state;
    struct config config;
    assert_true(config_init(&config));
    errno = 0;
    assert_int_equal(config_load(&config, "/nonexistent/x", NULL, NULL), -1);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(config_load(&config, "/tmp", NULL, NULL), -1);
    assert_int_equal(errno, EISDIR);
    assert_int_equal(config_load(&config, "/dev/null", NULL, NULL), 0);
    char fifo[64];
    snprintf(fifo, sizeof fifo, "/tmp/motograph-fifo-%d", (int)getpid());
    assert_int_equal(mkfifo(fifo, 0600), 0);
    alarm(5); /* waiting for a writer would be for ever */
    assert_int_equal(config_load(&config, fifo, NULL, NULL), -1);
    alarm(0);
    assert_int_equal(errno, EINVAL);
    unlink(fifo);
    const char *path = comment_file(CONFIG_FILE_BYTES);
    assert_int_equal(config_load(&config, path, NULL, NULL), 0);
    unlink(path);
    path = comment_file(CONFIG_FILE_BYTES + 1);
    assert_int_equal(config_load(&config, path, NULL, NULL), -1);
    assert_int_equal(errno, EFBIG);
    unlink(path);
    config_fini(&config);
}

static void the_shipped_file_is_what_is_printed(void **state)
{
    (void)state;
    size_t length;
    char *text = printed(&length);
    char *shipped = calloc(1, TEXT_BYTES);
    assert_non_null(shipped);
    FILE *file = fopen(SHIPPED, "r");
    assert_non_null(file);
    assert_int_equal(fread(shipped, 1, TEXT_BYTES - 1, file), length);
    fclose(file);
    assert_string_equal(shipped, text);
    free(shipped);
    free(text);
}

static void assert_same_value(const struct config_option *option, const char *a,
                              const char *b)
{
    switch (option->type) {
    case CONFIG_TEXT:
    case CONFIG_NAME:
    case CONFIG_WORD:
    case CONFIG_COLOUR:
    case CONFIG_MODE:
    case CONFIG_BROKER:
    case CONFIG_LEVEL:
        assert_string_equal(*(const char *const *)(a + option->offset),
                            *(const char *const *)(b + option->offset));
        break;
    case CONFIG_LIST:
    case CONFIG_HOURS:
        assert_int_equal(((const struct config_list *)(a + option->offset))->count, 0);
        assert_int_equal(((const struct config_list *)(b + option->offset))->count, 0);
        break;
    case CONFIG_BOOL:
        assert_memory_equal(a + option->offset, b + option->offset, sizeof(bool));
        break;
    case CONFIG_INT:
    case CONFIG_ENUM:
        assert_memory_equal(a + option->offset, b + option->offset, sizeof(int));
        break;
    default:
        assert_memory_equal(a + option->offset, b + option->offset, sizeof(int64_t));
        break;
    }
}

static void the_shipped_file_equals_the_defaults(void **state)
{
    (void)state;
    struct config plain, shipped;
    assert_true(config_init(&plain));
    assert_true(config_init(&shipped));
    faults.used = faults.last_line = 0;
    assert_int_equal(config_load(&shipped, SHIPPED, take_fault, &faults), 0);
    assert_int_equal(shipped.source_count, 0);
    assert_int_equal(shipped.lane_count, 0);
    for (size_t i = 0; i < CONFIG_SECTIONS; i++) {
        for (size_t j = 0; j < config_sections[i].count && !config_sections[i].named;
             j++) {
            assert_same_value(&config_sections[i].options[j], (const char *)&plain,
                              (const char *)&shipped);
        }
    }
    config_fini(&plain);
    config_fini(&shipped);
}

/* What is a setting behind its ';' may be uncommented as it stands. */
static void the_printed_examples_are_valid(void **state)
{
    (void)state;
    struct config config;
    size_t length, used = 0;
    char *text = printed(&length);
    for (size_t i = 0; i < length; i++) {
        bool begins = i == 0 || text[i - 1] == '\n';
        bool lead = begins && text[i] == ';' && strchr(" \n", text[i + 1]) == NULL;
        if (!lead) {
            text[used++] = text[i];
        }
    }
    assert_true(used < length);
    assert_true(config_init(&config));
    assert_int_equal(read_over(&config, text, used), 1);
    assert_non_null(strstr(faults.text, "[source \"NAME\"] ends without a URL"));
    assert_int_equal(config.source_count, 2);
    assert_int_equal(config.lane_count, 1);
    free(text);
    config_fini(&config);
}

static size_t spoil(char *text, size_t length)
{
    static const char *const scraps[] = {"[",
                                         "]",
                                         "\"",
                                         "=",
                                         "\n",
                                         "\r",
                                         ";",
                                         "\xFF",
                                         " ",
                                         "[source \"",
                                         "\n[lane \"x\"]\n",
                                         "999999999",
                                         "%",
                                         "\xF0\x9F",
                                         "#",
                                         "-",
                                         ".",
                                         "\nurl = x\n"};
    size_t at = (size_t)rand() % length, other = (size_t)rand() % length;
    size_t most = length - (at > other ? at : other);
    const char *scrap = scraps[(size_t)rand() % (sizeof scraps / sizeof *scraps)];
    switch (rand() % 5) {
    case 0:
        text[at] = (char)rand();
        return length;
    case 1:
        text[at] ^= (char)(1 << rand() % 8);
        return length;
    case 2: /* move a piece */
        memmove(text + at, text + other, (size_t)rand() % (most + 1));
        return length;
    case 3: /* put something in */
        if (length + strlen(scrap) >= TEXT_BYTES) {
            return length;
        }
        memmove(text + at + strlen(scrap), text + at, length - at);
        memcpy(text + at, scrap, strlen(scrap));
        return length + strlen(scrap);
    default: /* cut off, seldom */
        return rand() % 20 ? length : at + 1;
    }
}

static void survives_what_is_done_to_the_shipped_file(void **state)
{
    (void)state;
    size_t shipped_length;
    char *shipped = printed(&shipped_length);
    char *text = malloc(TEXT_BYTES);
    assert_non_null(text);
    srand(1928);
    for (int i = 0; i < MUTATIONS; i++) {
        struct config config;
        size_t length = 0;
        /* Half of them with their lanes and sources. */
        for (size_t j = 0; j < shipped_length; j++) {
            if (i % 2 == 0 || shipped[j] != ';') {
                text[length++] = shipped[j];
            }
        }
        for (int times = 1 + rand() % 60; times > 0; times--) {
            length = spoil(text, length);
        }
        assert_true(config_init(&config));
        read_over(&config, text, length);
        read_over(&config, shipped, shipped_length);
        assert_int_equal(faults.count, 0);
        config_fini(&config);
    }
    free(text);
    free(shipped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_every_key_of_the_contract),
        cmocka_unit_test(begins_with_the_defaults),
        cmocka_unit_test(new_lanes_and_sources_have_the_defaults),
        cmocka_unit_test(takes_values_in_range_and_no_others),
        cmocka_unit_test(reads_what_is_written),
        cmocka_unit_test(takes_lines_of_any_length),
        cmocka_unit_test(names_every_fault_with_its_line),
        cmocka_unit_test(a_fault_leaves_all_else_as_it_was),
        cmocka_unit_test(a_second_text_wins_key_by_key),
        cmocka_unit_test(what_is_said_of_all_sources_counts_for_each),
        cmocka_unit_test(stops_at_its_limits),
        cmocka_unit_test(takes_sources_from_the_command_line),
        cmocka_unit_test(loads_files_up_to_its_limit),
        cmocka_unit_test(the_shipped_file_is_what_is_printed),
        cmocka_unit_test(the_shipped_file_equals_the_defaults),
        cmocka_unit_test(the_printed_examples_are_valid),
        cmocka_unit_test(survives_what_is_done_to_the_shipped_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
