/* Expat behind a fence: no entity is ever expanded, nothing is fetched, memory, depth and
 * attributes are capped. Namespaces and xml:base are resolved here, leniently, which is why
 * Expat's own namespace mode (an undeclared prefix is fatal there) is not used. */
#ifndef MOTOGRAPH_FEED_XML_H
#define MOTOGRAPH_FEED_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "feed/names.h"

enum { XML_DEPTH = 64, XML_REASON_BYTES = 120 };

struct xml_element {
    enum vocabulary vocabulary;
    bool prefixed;
    const char *name;        /* the local one */
    int depth;               /* the root's is 1 */
    const char **attributes; /* name, value, ..., NULL; names with their prefix */
    const char *base;        /* where its links resolve, not '\0'-terminated */
    size_t base_length;
};

/* Elements deeper than XML_DEPTH are not reported, nor is their text. NAME and attributes are
 * valid during the call. START and END return false to stop. */
struct xml_handler {
    bool (*start)(void *user, const struct xml_element *element);
    void (*text)(void *user, const char *text, size_t length);
    bool (*end)(void *user, int depth);
};

enum xml_end {
    XML_WHOLE,   /* to the end of the root element and the document */
    XML_STOPPED, /* the handler asked for it */
    XML_SHORT,   /* well formed as far as it goes, but it ends too early */
    XML_FAULTY,  /* not well formed: a repaired text may fare better */
    XML_REFUSED  /* entity declarations, or too much memory: not to be tried again */
};

struct xml_document {
    const char *text; /* valid UTF-8 */
    size_t length;
    const char *base; /* its address, or "" */
    /* Plain elements, and texts from so many bytes on, pass Expat by; XML_LONG_TEXT is a good
     * number, SIZE_MAX gives all to Expat. The outcome is the same, only the time is not. */
    size_t long_text;
};

enum { XML_LONG_TEXT = 128 };

/* Reads DOCUMENT. REASON says why the end is not XML_WHOLE or XML_STOPPED. */
enum xml_end xml_read(const struct xml_document *document,
                      const struct xml_handler *handler, void *user,
                      char reason[XML_REASON_BYTES]);

/* The value of the attribute called NAME as written, prefix and all, or NULL. */
const char *xml_attribute(const struct xml_element *element, const char *name);

#endif
