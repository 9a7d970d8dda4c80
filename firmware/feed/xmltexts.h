/* The long texts of an XML document, found without reading it as XML: most of a feed's bytes are
 * summaries and articles, and a search for '<' passes them many times faster than a parser. What
 * is found is a guess that the parser must confirm. Pure. */
#ifndef MOTOGRAPH_FEED_XMLTEXTS_H
#define MOTOGRAPH_FEED_XMLTEXTS_H

#include <stdbool.h>
#include <stddef.h>

/* A search through one document. */
struct xmltexts {
    const char *p, *end;     /* what is still to be searched */
    const char *cdata_close; /* the next "]]>"; NULL = not looked for yet, END = none */
    size_t least;            /* bytes from which on a text is long */
};

/* A text that seems to be all that follows a start tag up to the next mark-up. */
struct xmltexts_found {
    const char *before; /* just behind the start tag */
    const char *text;
    size_t length;
    const char *behind; /* where mark-up begins again, or what follows a CDATA section */
    bool cdata;
};

/* Finds the next one; false if there is none. Linear over all calls. */
bool xmltexts_next(struct xmltexts *texts, struct xmltexts_found *found);

/* Whether the text is well formed, valid UTF-8 provided, and refers only to characters that need
 * no declaration. */
bool xmltexts_is_fine(const struct xmltexts_found *found);

/* Hands a text that is fine to SINK, its references replaced, in one piece or more. */
void xmltexts_give(const struct xmltexts_found *found,
                   void (*sink)(void *user, const char *text, int length), void *user);

#endif
