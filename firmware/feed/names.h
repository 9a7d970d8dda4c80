/* The XML vocabularies that feeds speak. Pure. */
#ifndef MOTOGRAPH_FEED_NAMES_H
#define MOTOGRAPH_FEED_NAMES_H

#include <stddef.h>

enum vocabulary {
    VOCABULARY_NONE, /* no namespace, or one that RSS itself has been given */
    VOCABULARY_ATOM,
    VOCABULARY_DC,
    VOCABULARY_CONTENT,
    VOCABULARY_MEDIA,
    VOCABULARY_ITUNES,
    VOCABULARY_XHTML,
    VOCABULARY_RDF,
    VOCABULARY_CAP,
    VOCABULARY_OTHER /* a namespace we do not know */
};

/* By the namespace's name; VOCABULARY_OTHER if it is not known. */
enum vocabulary names_by_uri(const char *uri);

/* By the prefix that feeds use for it by habit, for those who forget to declare it. */
enum vocabulary names_by_prefix(const char *prefix, size_t length);

#endif
