/* From a source's bytes to messages in the outbox: parsing, and what only this board
 * knows about a headline (whose it is, when it came). Worker thread. */
#ifndef MOTOGRAPH_WIRE_DELIVERY_H
#define MOTOGRAPH_WIRE_DELIVERY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/config.h"
#include "feed/feed.h"
#include "wire/failure.h"
#include "wire/outbox.h"

/* What is delivered; all is borrowed. */
struct delivery {
    const struct config_source *source;
    uint16_t index;             /* of the source */
    const char *label;          /* its name if neither operator nor content gives one */
    int64_t at;                 /* now, UTC seconds */
    const atomic_bool *quit;    /* set: break off */
    struct message_stamp stamp; /* called for each headline */
    int64_t since;              /* when the file was written, of a flash; else 0 */
    bool flash;                 /* all of it is breaking news */
    bool web;                   /* came over the network: a page is no headline there */
    bool found;          /* at the address that a page named: only a feed will do there */
    bool was_feed;       /* it has been a feed before: then plain text is none either */
    enum failure broken; /* why the bytes ended too soon, or FAILURE_NONE */
};

struct delivery_result {
    enum failure failure; /* failure_airs(): content whole, say MESSAGE_FETCHED. Else say
                             MESSAGE_FAILED, after the headlines that came */
    char detail[FAILURE_DETAIL_BYTES];
    uint16_t count; /* headlines put into the outbox */
    bool feed;      /* it was one of the feed formats */
    enum feed_kind kind;
    char encoding[FEED_ENCODING_BYTES]; /* what it was read as; "" = not at all */
    char feed_url[HEADLINE_LINK_BYTES +
                  1]; /* of a page from the network: the feed it offers */
};

/* The name that the operator gave the source, "" if none. */
const char *delivery_name(const struct config_source *source);

/* Parses INPUT and puts its headlines into OUTBOX, where only this
 * delivery may stand. A document that
 * was broken off but is whole in itself counts as whole; of a feed cut in the middle the
 * complete headlines are kept; cut text is not shown at all. */
void delivery_parse(const struct delivery *delivery, const struct feed_input *input,
                    struct outbox *outbox, struct delivery_result *result);

/* The message KIND (not MESSAGE_HEADLINE) of source INDEX. False if memory is short. */
bool delivery_say(struct outbox *outbox, enum message_kind kind, uint16_t index,
                  uint16_t count, int64_t at);

#endif
