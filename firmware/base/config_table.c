/* Order is that of the printed file. Presets are texts and pass the same reader as what the
 * operator writes, so a preset that its own option would refuse cannot go unnoticed. */
#include "base/config_table.h"

#include <stdio.h>
#include <string.h>

#include "base/config.h"
#include "base/headline.h"

enum {
    MINUTE = 60,
    HOUR = 60 * MINUTE,
    DAY = 24 * HOUR,
    KIB = 1 << 10,
    GIB = 1 << 30,
};

/* Braces of an option: key, type, where, preset, words, low, high, meaning. */
#define AT(member)        offsetof(struct config, member)
#define LANE_AT(member)   offsetof(struct config_lane, member)
#define SOURCE_AT(member) offsetof(struct config_source, member)

/* clang-format off */
static const struct config_option display[] = {
    {"layout", CONFIG_WORD, AT(display.layout), "newsroom",
     "newsroom tape wall lower-third", 0, 0,
     "The arrangement of the screen; [lane] sections replace it"},
    {"output", CONFIG_TEXT, AT(display.output), "auto", NULL, 0, 0,
     "The connector to draw on, such as HDMI-A-1; on a desktop a display's name"},
    {"mode", CONFIG_MODE, AT(display.mode), "auto", NULL, 0, 0,
     "Resolution and refresh rate, such as 1920x1080@60"},
    {"rotation", CONFIG_INT, AT(display.rotation), "0", "0 90 180 270", 0, 270,
     "Degrees clockwise by which the picture is turned"},
    {"safe-area", CONFIG_SIDES, AT(display.safe_area), "0", NULL, 0, 25,
     "Margin kept free, for screens that hide their edges"},
    {"title", CONFIG_TEXT, AT(display.title), "", NULL, 0, 0,
     "A name shown on the screen"},
    {"logo", CONFIG_TEXT, AT(display.logo), "", NULL, 0, 0,
     "A picture beside the clock: a PNG, JPEG or WebP file, or its URL"},
    {"clock", CONFIG_BOOL, AT(display.clock), "on", NULL, 0, 0,
     "Whether the time of day is shown"},
    {"timezone", CONFIG_TEXT, AT(display.timezone), "system", NULL, 0, 0,
     "The clock's zone, such as Europe/Berlin"},
    {"locale", CONFIG_TEXT, AT(display.locale), "system", NULL, 0, 0,
     "The language of dates and ages, such as de_DE"},
    {"pixel-shift", CONFIG_BOOL, AT(display.pixel_shift), "on", NULL, 0, 0,
     "Whether still parts move a little now and then, against burn-in"},
    {"theme", CONFIG_NAME, AT(display.theme), "night",
     "night day contrast broadcast", 0, 0,
     "Colours and sizes; also a file of your own, such as /etc/motograph/theme.conf"},
};

static const struct config_option lane[] = {
    {"area", CONFIG_AREA, LANE_AT(area), "0 88.9 100 11.1", NULL, 0, 0,
     "The lane's rectangle"},
    {"motion", CONFIG_ENUM, LANE_AT(motion), "crawl", "crawl roll flip card clock", 0,
     0,
     "How headlines come and go"},
    {"sources", CONFIG_TEXT, LANE_AT(sources), "*", NULL, 0, 0,
     "Names of the sources that air here, between commas; * is all"},
    {"categories", CONFIG_TEXT, LANE_AT(categories), "*", NULL, 0, 0,
     "Categories that air here, between commas; * is all"},
    {"speed", CONFIG_SPEED, LANE_AT(speed), "auto", NULL, 0, 0,
     "Reading speed; auto is about 130 words a minute on every screen"},
    {"direction", CONFIG_ENUM, LANE_AT(direction), "auto", "auto left right", 0, 0,
     "Where the text moves; auto is as most of its sources are read"},
    {"text", CONFIG_HEIGHT, LANE_AT(text), "auto", NULL, 0, 0,
     "Size of the text, in pixels or per cent of the lane's height"},
    {"hold", CONFIG_MILLISECONDS, LANE_AT(hold_ms), "10s", NULL, 1, HOUR,
     "How long a headline stays where it does not crawl"},
    {"label", CONFIG_WORD, LANE_AT(label), "source", "source category none", 0, 0,
     "What is shown beside each headline"},
};

static const struct config_option source[] = {
    {"url", CONFIG_TEXT, SOURCE_AT(url), "", NULL, 0, 0,
     "Feed, page, file or folder: http://, https://, or a path"},
    {"every", CONFIG_SECONDS, SOURCE_AT(every_s), "5m", NULL, 10, 30 * DAY,
     "How often it is fetched; where flash = yes and this is not given, 1m"},
    {"weight", CONFIG_INT, SOURCE_AT(weight), "1", NULL, 1, 100,
     "Its share: of weight 2 it airs twice as often as of 1; also whose story is kept"},
    {"keep", CONFIG_INT, SOURCE_AT(keep), "20", NULL, 1, HEADLINE_ITEMS,
     "Headlines it may have on the air, the newest that no rule hides"},
    {"max-age", CONFIG_SECONDS, SOURCE_AT(max_age_s), "72h", NULL, MINUTE, 3650LL * DAY,
     "Older headlines do not air, except the newest few ([desk] keep-newest)"},
    {"label", CONFIG_TEXT, SOURCE_AT(label), "", NULL, 0, 0,
     "The name shown; empty is the NAME of this section"},
    {"colour", CONFIG_COLOUR, SOURCE_AT(colour), "", NULL, 0, 0,
     "The label's colour; empty is the theme's"},
    {"logo", CONFIG_TEXT, SOURCE_AT(logo), "", NULL, 0, 0,
     "A picture in place of the label: a file, or its URL"},
    {"include", CONFIG_LIST, SOURCE_AT(include), "", NULL, 0, 0,
     "Only headlines that match one of these rules air: word:, phrase:, regex:, category:"},
    {"exclude", CONFIG_LIST, SOURCE_AT(exclude), "", NULL, 0, 0,
     "Headlines that match one of these rules do not air: word:, phrase:, regex:, category:"},
    {"flash", CONFIG_BOOL, SOURCE_AT(flash), "no", NULL, 0, 0,
     "Whether its headlines are breaking news"},
    {"lang", CONFIG_TEXT, SOURCE_AT(lang), "auto", NULL, 0, 0,
     "The language of its text, such as zh-Hant"},
    {"user", CONFIG_TEXT, SOURCE_AT(user), "", NULL, 0, 0,
     "The user name to log in with"},
    {"password-file", CONFIG_TEXT, SOURCE_AT(password_file), "", NULL, 0, 0,
     "A file that holds the password"},
    {"header", CONFIG_LIST, SOURCE_AT(header), "", NULL, 0, 0,
     "An HTTP header to send, Name: value"},
    {"proxy", CONFIG_TEXT, SOURCE_AT(proxy), "", NULL, 0, 0,
     "The proxy's URL"},
    {"ca-file", CONFIG_TEXT, SOURCE_AT(ca_file), "", NULL, 0, 0,
     "Certificates to trust instead of the system's"},
    {"user-agent", CONFIG_TEXT, SOURCE_AT(user_agent), "", NULL, 0, 0,
     "What to call ourselves; empty is motograph and its version"},
    {"http", CONFIG_WORD, SOURCE_AT(http), "1.1", "1.1 2", 0, 0,
     "The version of HTTP"},
    {"lan", CONFIG_BOOL, SOURCE_AT(lan), "no", NULL, 0, 0,
     "Whether the URL may point into the local network"},
};

static const struct config_option desk[] = {
    {"duplicates", CONFIG_SECONDS, AT(desk.duplicates_s), "48h", NULL, 0, 30 * DAY,
     "For how long the same story from another source is left out"},
    {"lap", CONFIG_SECONDS, AT(desk.lap_s), "10m", NULL, 10, DAY,
     "How long one lap through all headlines may take"},
    {"stale-after", CONFIG_SECONDS, AT(desk.stale_after_s), "1h", NULL, MINUTE, 30 * DAY,
     "Without news for so long, the screen says so"},
    {"keep-newest", CONFIG_INT, AT(desk.keep_newest), "3", NULL, 0, HEADLINE_ITEMS,
     "Headlines each source airs however old they are"},
    {"include", CONFIG_LIST, AT(desk.include), "", NULL, 0, 0,
     "Only headlines that match one of these rules air: word:, phrase:, regex:, category:"},
    {"exclude", CONFIG_LIST, AT(desk.exclude), "", NULL, 0, 0,
     "Headlines that match one of these rules do not air: word:, phrase:, regex:, category:"},
};

static const struct config_option flash[] = {
    {"expires", CONFIG_SECONDS, AT(flash.expires_s), "15m", NULL, 5, 7 * DAY,
     "How long a flash airs that names no time"},
    {"max-expires", CONFIG_SECONDS, AT(flash.max_expires_s), "12h", NULL, 5, 7 * DAY,
     "The longest that any flash airs"},
    {"style", CONFIG_WORD, AT(flash.style), "banner", "inline banner takeover", 0, 0,
     "How a flash that names no style looks"},
    {"keyword", CONFIG_LIST, AT(flash.keyword), "", NULL, 0, 0,
     "A headline that holds one of these is a flash; also regex:"},
};

static const struct config_option cache[] = {
    {"every", CONFIG_SECONDS, AT(cache.every_s), "5m", NULL, 10, DAY,
     "How often what is new is written to the card"},
    {"size", CONFIG_BYTES, AT(cache.size_bytes), "8M", NULL, 64 * KIB, GIB,
     "The most it may take there"},
};

static const struct config_option power[] = {
    {"on", CONFIG_HOURS, AT(power.on), "", NULL, 0, 0,
     "When the display is on, in local time; empty is always"},
    {"method", CONFIG_WORD, AT(power.method), "auto", "auto dpms backlight cec black", 0, 0,
     "How the display is switched off; auto takes the first that works"},
};

static const struct config_option web[] = {
    {"listen", CONFIG_TEXT, AT(web.listen), "", NULL, 0, 0,
     "Address and port of the web page, such as 0.0.0.0:1928; empty is off, "
     "but 127.0.0.1:1928 where no source is configured"},
    {"pin-file", CONFIG_TEXT, AT(web.pin_file), "", NULL, 0, 0,
     "A file whose first line is the PIN for changes; empty: the token in "
     "web-token of the state folder"},
    {"hosts", CONFIG_TEXT, AT(web.hosts), "", NULL, 0, 0,
     "Further host names the page is reached by, between commas"},
};

static const struct config_option mqtt[] = {
    {"broker", CONFIG_BROKER, AT(mqtt.broker), "", NULL, 0, 0,
     "The broker that commands come from and status goes to; mqtts:// is with TLS; empty is off"},
    {"user", CONFIG_TEXT, AT(mqtt.user), "", NULL, 0, 0,
     "The user name to log in with"},
    {"password-file", CONFIG_TEXT, AT(mqtt.password_file), "", NULL, 0, 0,
     "A file that holds the password"},
    {"ca-file", CONFIG_TEXT, AT(mqtt.ca_file), "", NULL, 0, 0,
     "Certificates to trust instead of the system's; a file here means TLS, too"},
    {"device", CONFIG_LEVEL, AT(mqtt.device), "hostname", NULL, 0, 0,
     "The name of this board, for motograph/DEVICE/status and .../do; hostname is its own"},
    {"group", CONFIG_LEVEL, AT(mqtt.group), "", NULL, 0, 0,
     "A name for boards that are commanded together, by motograph/group/GROUP/do"},
};

static const struct config_option log_options[] = {
    {"aired", CONFIG_SECONDS, AT(log.aired_s), "7d", NULL, 0, 3650LL * DAY,
     "For how long the record of what was shown is kept"},
    {"level", CONFIG_WORD, AT(log.level), "info", "error warning info debug", 0, 0,
     "How much is logged"},
};
/* clang-format on */

#define OPTIONS(table) (table), sizeof(table) / sizeof *(table)

const struct config_section config_sections[CONFIG_SECTIONS] = {
    [SECTION_DISPLAY] = {"display", false, "The screen.", OPTIONS(display)},
    [SECTION_LANE] = {"lane", true,
                      "A part of the screen that airs headlines; one section for each.",
                      OPTIONS(lane)},
    [SECTION_SOURCE] = {"source", true,
                        "Where headlines come from; one section for each. Two lines are "
                        "enough. What [source \"*\"] says counts for all below it.",
                        OPTIONS(source)},
    [SECTION_DESK] = {"desk", false, "What airs, and in what order.", OPTIONS(desk)},
    [SECTION_FLASH] = {"flash", false, "Breaking news.", OPTIONS(flash)},
    [SECTION_CACHE] = {"cache", false, "Headlines kept for a start without network.",
                       OPTIONS(cache)},
    [SECTION_POWER] = {"power", false, "When the display is switched off.",
                       OPTIONS(power)},
    [SECTION_WEB] = {"web", false, "The web page.", OPTIONS(web)},
    [SECTION_MQTT] = {"mqtt", false, "Status and commands over MQTT.", OPTIONS(mqtt)},
    [SECTION_LOG] = {"log", false, "What is written down.", OPTIONS(log_options)},
};

static bool same(const char *name, const char *text, size_t length)
{
    return strlen(name) == length && memcmp(name, text, length) == 0;
}

const struct config_section *config_table_section(const char *text, size_t length)
{
    for (size_t i = 0; i < CONFIG_SECTIONS; i++) {
        if (same(config_sections[i].name, text, length)) {
            return &config_sections[i];
        }
    }
    return NULL;
}

const struct config_option *config_table_option(const struct config_section *section,
                                                const char *text, size_t length)
{
    for (size_t i = 0; i < section->count; i++) {
        if (same(section->options[i].key, text, length)) {
            return &section->options[i];
        }
    }
    return NULL;
}

static void print_option(FILE *out, const struct config_option *option, const char *lead)
{
    char allowed[160];
    config_value_allowed(option, allowed, sizeof allowed);
    fprintf(out, "; %s", option->meaning);
    if (allowed[0]) {
        fprintf(out, " (%s)", allowed);
    }
    fprintf(out, "%s.\n", config_is_list(option->type) ? "; may be given again" : "");
    fprintf(out, "%s%s =%s%s\n", lead, option->key, option->preset[0] ? " " : "",
            option->preset);
}

void config_print(FILE *out)
{
    fputs("; Motograph: every option with its default and what it means.\n"
          "; A line that begins with ; or # is a comment. `motograph check` finds "
          "mistakes.\n"
          ";\n"
          "; To begin, add a source; its name is what the screen shows:\n"
          ";\n"
          ";[source \"World news\"]\n"
          ";url = https://example.org/feed.xml\n",
          out);
    for (size_t i = 0; i < CONFIG_SECTIONS; i++) {
        const struct config_section *section = &config_sections[i];
        /* A named section would be one more lane or source if it were not a comment. */
        const char *lead = section->named ? ";" : "";
        fprintf(out, "\n; %s\n%s[%s%s]\n", section->meaning, lead, section->name,
                section->named ? " \"NAME\"" : "");
        for (size_t j = 0; j < section->count; j++) {
            print_option(out, &section->options[j], lead);
        }
    }
}
