/* What of an XML document can be taken without a parser: plain elements, which have a text and no
 * children, and the long texts of others. They are most of a feed's bytes, and a search for '<'
 * passes them many times faster than a parser does. What is found is a guess that the parser must
 * confirm: that it expects an element or a text there. Pure. Source: XML 1.0, sections 2 to 4. */
#ifndef MOTOGRAPH_FEED_XMLPLAIN_H
#define MOTOGRAPH_FEED_XMLPLAIN_H

#include <stdbool.h>
#include <stddef.h>

enum { XMLPLAIN_ATTRIBUTES = 12, XMLPLAIN_TAG_BYTES = 1024 };

/* A search through one document. */
struct xmlplain {
    const char *p, *end;     /* what is still to be searched */
    const char *cdata_close; /* the next "]]>"; NULL = not looked for yet, END = none */
    size_t least;            /* bytes from which on a text is long */
};

struct xmlplain_word {
    const char *at;
    size_t length;
};

/* A plain element, or a text that seems to be all from a start tag to the next mark-up. */
struct xmlplain_found {
    const char
        *before; /* where it begins: at the element's '<', or just behind the start tag */
    size_t words; /* of the element: its name, then name and value of each attribute; */
    struct xmlplain_word word[1 + 2 * XMLPLAIN_ATTRIBUTES]; /* 0 = it is only a text */
    struct xmlplain_word text; /* to be judged and read by feed/xmldata.h */
    const char *behind; /* what follows the element, or the text with its CDATA section */
    bool cdata;
};

/* The start tag of a plain element as a parser would tell it. */
struct xmlplain_tag {
    const char *name;
    const char *attributes[2 * XMLPLAIN_ATTRIBUTES + 1]; /* name, value, ..., NULL */
    char room[XMLPLAIN_TAG_BYTES];
};

/* Finds the next one; false if there is none. Linear over all calls. */
bool xmlplain_next(struct xmlplain *plain, struct xmlplain_found *found);

/* Copies the start tag of an element to TAG, references in its attributes replaced. */
void xmlplain_tag(const struct xmlplain_found *found, struct xmlplain_tag *tag);

#endif
