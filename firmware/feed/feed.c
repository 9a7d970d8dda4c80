/* The order of the rooms a document passes: binary junk is turned away by its first bytes, the
 * rest becomes UTF-8, is sniffed, and goes to the parser of its kind. */
#include "feed/feed.h"

#include <stdio.h>
#include <string.h>

#include "feed/cap.h"
#include "feed/charset.h"
#include "feed/jsonfeed.h"
#include "feed/outlet.h"
#include "feed/page.h"
#include "feed/plain.h"
#include "feed/sniff.h"
#include "feed/xmlfeed.h"

const char *feed_kind_name(enum feed_kind kind)
{
    static const char *const names[] = {
        [FEED_UNKNOWN] = "unknown", [FEED_RSS] = "rss",       [FEED_RDF] = "rdf",
        [FEED_ATOM] = "atom",       [FEED_JSON] = "jsonfeed", [FEED_CAP] = "cap",
        [FEED_HTML] = "html",       [FEED_TEXT] = "text",
    };
    return (size_t)kind < sizeof names / sizeof *names ? names[kind] : "unknown";
}

static bool parse_text(const char *text, size_t length, struct outlet *outlet)
{
    const char *reason = "";
    bool known = false;
    switch (sniff_text(text, length, outlet->input->content_type, &reason)) {
    case SNIFF_XML:
        known = cap_is(text, length) ? cap_parse(text, length, outlet)
                                     : xmlfeed_parse(text, length, outlet);
        break;
    case SNIFF_JSON:
        known = jsonfeed_parse(text, length, outlet);
        break;
    case SNIFF_TEXT:
        known = plain_parse(text, length, outlet);
        break;
    case SNIFF_HTML:
        known = page_parse(text, length, outlet);
        break;
    case SNIFF_NOTHING:
        break;
    }
    if (*reason) {
        snprintf(outlet->info->reason, sizeof outlet->info->reason, "%s", reason);
    }
    return known;
}

static bool parse_bytes(const struct feed_input *input, size_t length, feed_sink_fn *sink,
                        void *user, struct feed_info *info)
{
    struct charset_text text = {.text = NULL};
    struct outlet outlet;
    bool known = false;
    if (outlet_init(&outlet, input, sink, user, info) &&
        charset_read(input->bytes, length, input->content_type, &text)) {
        snprintf(info->encoding, sizeof info->encoding, "%s", text.encoding);
        known = parse_text(text.text, text.length, &outlet);
    } else {
        snprintf(info->reason, sizeof info->reason, "not enough memory");
    }
    buffer_fini(&text.converted);
    outlet_fini(&outlet);
    return known;
}

bool feed_parse(const struct feed_input *input, feed_sink_fn *sink, void *user,
                struct feed_info *info)
{
    *info = (struct feed_info){.kind = FEED_UNKNOWN};
    bool cut = input->length > FEED_BODY_BYTES;
    const char *binary = sniff_binary(input->bytes, input->length);
    bool known = false;
    if (input->length == 0) {
        snprintf(info->reason, sizeof info->reason, "the document is empty");
    } else if (binary) {
        snprintf(info->reason, sizeof info->reason, "not a feed: %s", binary);
    } else {
        known =
            parse_bytes(input, cut ? FEED_BODY_BYTES : input->length, sink, user, info);
    }
    if (!known) {
        info->kind = FEED_UNKNOWN;
        info->partial = false;
        if (info->reason[0] == '\0') {
            snprintf(info->reason, sizeof info->reason, "not a feed");
        }
    } else if (cut && !info->reason[0]) {
        info->partial = true;
        snprintf(info->reason, sizeof info->reason, "only the first %d MiB were read",
                 FEED_BODY_BYTES >> 20);
    }
    return known;
}
