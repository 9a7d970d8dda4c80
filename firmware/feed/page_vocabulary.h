/* What the names of <meta> and microdata mean to a ticker: one table, one look-up. Pure. */
#ifndef MOTOGRAPH_FEED_PAGE_VOCABULARY_H
#define MOTOGRAPH_FEED_PAGE_VOCABULARY_H

#include <stddef.h>

enum meta_use {
    META_TITLE,
    META_SITE,
    META_SUMMARY,
    META_PUBLISHED,
    META_UPDATED,
    META_EXPIRES,
    META_IMAGE,
    META_LINK,
    META_TOPIC,
    META_KIND, /* og:type */
    META_LANG,
    META_PARSELY /* all of it, as JSON */
};

struct meta_row {
    const char *name; /* lower case */
    enum meta_use use;
    int rank; /* among those of the same use */
};

/* The row for LENGTH bytes of NAME (any case), or NULL: it says nothing to us. */
const struct meta_row *page_vocabulary_find(const char *name, size_t length);

#endif
