/* What the two halves of the XML reader share: xmlfeed.c walks the elements, xmltext.c collects
 * the text of one of them. Nobody else includes it. */
#ifndef MOTOGRAPH_FEED_XMLREADER_H
#define MOTOGRAPH_FEED_XMLREADER_H

#include <stdbool.h>

#include "feed/dialect.h"
#include "feed/outlet.h"
#include "feed/xml.h"

enum inside { INSIDE_OTHER, INSIDE_FEED, INSIDE_ITEM };

/* Reading one document. */
struct reader {
    struct outlet *outlet;
    struct item item;
    enum vocabulary native; /* that of elements without prefix and known namespace */
    bool native_other;      /* the root has a default namespace that nobody knows */
    enum inside inside[XML_DEPTH + 1];
    int item_depth;                /* 0 = not in an item */
    const struct dialect_row *row; /* whose text is being collected, or NULL */
    int row_depth, mute_depth;
    enum clean_form form;
    bool base64, media, permalink;
    struct buffer text;
    struct buffer base; /* of the element being collected */
    struct buffer home; /* the feed's own page: base of last resort */
    int title_rank;
    char root[40]; /* of a document that is no feed */
};

/* Collects what ELEMENT holds, which ROW gives a meaning to, until xmltext_end. */
void xmltext_begin(struct reader *reader, const struct dialect_row *row,
                   const struct xml_element *element);

/* An element within the text that is being collected: mark-up that came as XML. */
void xmltext_markup(struct reader *reader, const struct xml_element *element);

/* A piece of text; passed over unless one is being collected. */
void xmltext_add(struct reader *reader, const char *text, size_t length);

/* Gives the text to the item, or outside items to the feed. */
void xmltext_end(struct reader *reader);

/* Whether TEXT (NULL is nothing) contains WHAT, or is it, in any case. */
bool xmltext_has(const char *text, const char *what);
bool xmltext_is(const char *text, const char *what);

#endif
