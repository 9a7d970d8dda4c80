/* The way out of every parser: makes a headline of an item and hands it to the sink. Here are
 * the rules that hold whatever the format: what stands in for a missing title, which dates
 * count, the caps, and identities that differ within a document. */
#ifndef MOTOGRAPH_FEED_OUTLET_H
#define MOTOGRAPH_FEED_OUTLET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "feed/buffer.h"
#include "feed/feed.h"
#include "feed/item.h"

struct outlet {
    const struct feed_input *input;
    struct feed_info *info;
    feed_sink_fn *sink;
    void *user;
    size_t max_items;
    size_t again; /* items still to be passed over: an earlier try has handed them out */
    size_t offered; /* items that came, whether handed out or not */
    char lang[36];  /* of the document; "" = unknown */
    struct headline headline;
    struct buffer clean;
    uint64_t *identities;  /* owned; those handed out, a hash table with 0 = free */
    size_t identity_slots; /* more than twice as many as items */
};

/* INFO must be zeroed. False if memory is short. */
bool outlet_init(struct outlet *outlet, const struct feed_input *input,
                 feed_sink_fn *sink, void *user, struct feed_info *info);

/* Sets the document's name, or its language, from uncleaned text, unless it is known. */
void outlet_title(struct outlet *outlet, enum clean_form form, const char *text,
                  size_t length);
void outlet_lang(struct outlet *outlet, const char *text, size_t length);

/* Hands ITEM out. False if no more are wanted. */
bool outlet_item(struct outlet *outlet, const struct item *item);

/* Frees all. */
void outlet_fini(struct outlet *outlet);

#endif
