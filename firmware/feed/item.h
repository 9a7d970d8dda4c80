/* One item of a feed while it is being read. Feeds say the same thing several times in
 * several vocabularies; each saying is a candidate with a rank, and the best, the first among
 * equals, is kept. All text lies in one buffer that is cleared between items. */
#ifndef MOTOGRAPH_FEED_ITEM_H
#define MOTOGRAPH_FEED_ITEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "feed/buffer.h"
#include "feed/clean.h"

enum item_field {
    ITEM_TITLE,
    ITEM_SUMMARY,
    ITEM_LINK, /* absolute, http or https */
    ITEM_ID,
    ITEM_IMAGE, /* absolute, http or https */
    ITEM_LANG,
    ITEM_FIELDS
};

enum item_time { ITEM_PUBLISHED, ITEM_UPDATED, ITEM_EXPIRES, ITEM_TIMES };

struct item_text {
    size_t at, length; /* in item.text */
    int rank;          /* 0 = none */
    enum clean_form form;
};

/* Start it zeroed, then item_clear. */
struct item {
    struct buffer text;
    struct buffer categories; /* clean, one a line */
    struct item_text fields[ITEM_FIELDS];
    int64_t times[ITEM_TIMES];
    int time_ranks[ITEM_TIMES];
    int unreadable_times;
};

/* Makes it an item of which nothing is known. */
void item_clear(struct item *item);

/* Offers what stands in item->text from AT on; it is taken off again if it is blank or FIELD
 * has better. RANK is above 0. */
void item_keep(struct item *item, enum item_field field, int rank, enum clean_form form,
               size_t at);

/* Offers LENGTH bytes of TEXT, which are copied. */
void item_offer(struct item *item, enum item_field field, int rank, enum clean_form form,
                const char *text, size_t length);

/* Offers a link or picture: resolved against BASE, dropped if it is not for the web. */
void item_offer_link(struct item *item, enum item_field field, int rank, const char *text,
                     size_t length, const char *base, size_t base_length);

/* Offers a date as it is written. */
void item_offer_time(struct item *item, enum item_time which, int rank, const char *text,
                     size_t length);

/* Adds a category unless it is there. */
void item_add_category(struct item *item, enum clean_form form, const char *text,
                       size_t length);

/* Frees all and zeroes. */
void item_fini(struct item *item);

#endif
