/* Bytes in, headlines out: whatever a source sends, sniffed and parsed. Pure: no I/O, no
 * clock, no state kept; safe on hostile input. Any thread, several at once. */
#ifndef MOTOGRAPH_FEED_FEED_H
#define MOTOGRAPH_FEED_FEED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/headline.h"

enum {
    FEED_BODY_BYTES = 8 << 20,
    FEED_TITLE_BYTES = 512,
    FEED_REASON_BYTES = 160,
    FEED_ENCODING_BYTES = 40
};

enum feed_kind {
    FEED_UNKNOWN,
    FEED_RSS,
    FEED_RDF,
    FEED_ATOM,
    FEED_JSON,
    FEED_CAP,
    FEED_HTML,
    FEED_TEXT
};

struct feed_input {
    const char *bytes;        /* borrowed; need not end in '\0' */
    size_t length;            /* what passes FEED_BODY_BYTES is not looked at */
    const char *content_type; /* the HTTP header's value, or NULL */
    const char
        *base_url;      /* address the document came from, or NULL: links resolve on it */
    size_t max_items;   /* 0 = HEADLINE_ITEMS */
    bool keep_textless; /* hand over items too that have no text at all (to list them);
                             otherwise they are passed over, since nothing of them can air */
};

/* What the document was. */
struct feed_info {
    enum feed_kind kind;
    char title[FEED_TITLE_BYTES]; /* the channel's or site's name, clean; "" if none */
    char encoding
        [FEED_ENCODING_BYTES]; /* what it was read as, e.g. UTF-8; "" = not read */
    size_t items;              /* headlines handed to the sink */
    bool partial;              /* broken or cut: the items before the fault were kept */
    char reason[FEED_REASON_BYTES]; /* why it is FEED_UNKNOWN, or partial; for a person */
    /* Of a web page: the absolute http(s) address of the feed that it offers, "" if it offers
     * none. Set too where the page itself is refused. Vet it before it is followed. */
    char feed_url[HEADLINE_LINK_BYTES + 1];
};

/* Gets each headline in the order of the document, with its identity set. HEADLINE is the
 * parser's own and valid during the call. False ends the parse. */
typedef bool feed_sink_fn(void *user, const struct headline *headline);

/* Parses INPUT. True if the content was recognised as one of the kinds, even with no item in
 * it; false leaves info->kind FEED_UNKNOWN and says why in info->reason. */
bool feed_parse(const struct feed_input *input, feed_sink_fn *sink, void *user,
                struct feed_info *info);

/* "rss", "rdf", "atom", "jsonfeed", "cap", "html", "text"; "unknown". */
const char *feed_kind_name(enum feed_kind kind);

#endif
