/* What pages that are no content call themselves: a table, in many languages. Only page_block.c
 * includes it. */
#ifndef MOTOGRAPH_FEED_PAGE_PHRASES_H
#define MOTOGRAPH_FEED_PAGE_PHRASES_H

#include <stddef.h>

enum page_kind {
    PAGE_LOGIN,
    PAGE_ERROR,
    PAGE_CHALLENGE,
    PAGE_PORTAL,
    PAGE_CONSENT,
    PAGE_SERVER,
    PAGE_INDEX,
    PAGE_SCRIPT,
    PAGE_PARKED,
    PAGE_FORM,
    PAGE_KINDS
};

enum page_where {
    PAGE_IS,     /* it is a part of the title, or the first heading */
    PAGE_BEGINS, /* one of them begins so */
    PAGE_HOLDS   /* the page's first words hold it, and it has little else */
};

struct page_phrase {
    const char *words; /* lower case, one space between, no marks */
    enum page_where where;
    enum page_kind kind;
};

extern const struct page_phrase page_phrases[];
extern const size_t page_phrase_count;

#endif
