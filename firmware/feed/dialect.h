/* What each element of each feed vocabulary means to a ticker: one table, one look-up. Pure. */
#ifndef MOTOGRAPH_FEED_DIALECT_H
#define MOTOGRAPH_FEED_DIALECT_H

#include "feed/clean.h"
#include "feed/names.h"

enum dialect_place {
    PLACE_FEED = 1, /* a child of the root or of its channel */
    PLACE_ITEM = 2  /* a child of an item or entry */
};

enum dialect_use {
    USE_FEED,   /* holds what describes the feed, and items */
    USE_ITEM,   /* holds an item */
    USE_INSIDE, /* in an item: its children count as the item's */
    USE_TITLE,  /* text; so too all down to USE_EXPIRES */
    USE_SUMMARY,
    USE_LINK,
    USE_GUID, /* id, and a link unless isPermaLink="false" */
    USE_ID,
    USE_CATEGORY,
    USE_LANG,
    USE_PUBLISHED,
    USE_UPDATED,
    USE_EXPIRES,
    USE_ATOM_LINK, /* attributes; so too the rest */
    USE_ENCLOSURE,
    USE_PICTURE,
    USE_TERM
};

/* How a text element's content is to be read. */
enum dialect_form {
    FORM_HTML,  /* nothing says what it is: taken for HTML, as everyone does */
    FORM_TYPED, /* its attributes type and mode say (Atom) */
    FORM_PLAIN, /* its child elements are the mark-up */
    FORM_TEXT   /* never mark-up */
};

struct dialect_row {
    const char *name; /* lower case */
    enum vocabulary vocabulary;
    enum dialect_use use;
    unsigned char places;
    unsigned char rank; /* among the elements of the same use */
    enum dialect_form form;
};

/* The row for NAME (any case) of VOCABULARY in PLACE, or NULL: it says nothing to us. */
const struct dialect_row *dialect_find(enum vocabulary vocabulary, const char *name,
                                       enum dialect_place place);

#endif
