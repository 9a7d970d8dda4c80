/* The interval is measured by the clock that never steps and placed by the wall clock as it is at
 * its end: a clock that was set meanwhile makes no headline last for years. */
#include "base/aired.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"

/* A byte becomes at most \u00XX, the four texts are capped by headline.c. */
static_assert(6 * (HEADLINE_TEXT_CODES * 4 + 400 + HEADLINE_LINK_BYTES + 1024 +
                   AIRED_LANE_BYTES) +
                      256 <=
                  AIRED_LINE_BYTES,
              "every line fits");

static void keep(struct headline *to, const struct headline *from,
                 enum headline_field field)
{
    const char *text = headline_get(from, field);
    headline_set(to, field, text, strlen(text));
}

void aired_set(struct aired *aired, const char *lane, const struct headline *headline,
               int64_t until, int64_t shown_us)
{
    size_t length = strlen(lane);
    length = length < AIRED_LANE_BYTES ? length : utf8_floor(lane, AIRED_LANE_BYTES - 1);
    memcpy(aired->lane, lane, length);
    aired->lane[length] = '\0';
    aired->until = until;
    aired->shown_ms = shown_us / 1000;
    aired->at = until - (shown_us + 500000) / 1000000;
    headline_init(&aired->headline);
    aired->headline.identity = headline->identity;
    aired->headline.source = headline->source;
    aired->headline.flash = headline->flash;
    keep(&aired->headline, headline, HEADLINE_TEXT);
    keep(&aired->headline, headline, HEADLINE_SOURCE);
    keep(&aired->headline, headline, HEADLINE_LINK);
    keep(&aired->headline, headline, HEADLINE_ID);
}

size_t aired_bytes(const struct aired *aired)
{
    return offsetof(struct aired, headline) + headline_bytes(&aired->headline);
}

/* Controls, and the three characters besides '\n' and '\r' that some readers take for a line's
 * end: U+0085 (a C1 control), U+2028, U+2029. */
static bool must_escape(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x2028 ||
           code == 0x2029;
}

static char *put_text(char *out, const char *text)
{
    uint32_t code;
    *out++ = '"';
    for (size_t left = strlen(text), bytes; left > 0; text += bytes, left -= bytes) {
        bytes = utf8_decode(text, left, &code);
        if (code == '"' || code == '\\') {
            *out++ = '\\';
            *out++ = (char)code;
        } else if (must_escape(code)) {
            out += snprintf(out, 7, "\\u%04x", (unsigned)code);
        } else {
            out += utf8_encode(code, out);
        }
    }
    *out++ = '"';
    *out = '\0';
    return out;
}

static char *put(char *out, const char *key, const char *text)
{
    if (*text == '\0') {
        return out;
    }
    out += snprintf(out, 16, "%s\"%s\":", out[-1] == '{' ? "" : ",", key);
    return put_text(out, text);
}

size_t aired_json(const struct aired *aired, char *out)
{
    static const struct {
        const char *key;
        enum headline_field field;
    } fields[] = {{"source", HEADLINE_SOURCE},
                  {"headline", HEADLINE_TEXT},
                  {"id", HEADLINE_ID},
                  {"link", HEADLINE_LINK}};
    char time[CLOCK_TEXT_BYTES], *end = out;
    *end++ = '{';
    end = put(end, "at", clock_format(aired->at, time));
    end = put(end, "until", clock_format(aired->until, time));
    end = put(end, "lane", aired->lane);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        end = put(end, fields[i].key, headline_get(&aired->headline, fields[i].field));
    }
    *end++ = '}';
    *end = '\0';
    return (size_t)(end - out);
}
