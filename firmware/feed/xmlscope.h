/* What the elements that are open declare for all within them: namespaces and xml:base. Lenient:
 * an undeclared prefix has the meaning that feeds commonly give it. Pure. Sources: Namespaces in
 * XML 1.0, XML Base. */
#ifndef MOTOGRAPH_FEED_XMLSCOPE_H
#define MOTOGRAPH_FEED_XMLSCOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "feed/buffer.h"
#include "feed/names.h"

enum {
    XMLSCOPE_DEPTH = 64, /* no declarations are taken from elements deeper than that */
    XMLSCOPE_ATTRIBUTES = 64, /* nor attributes after so many */
    XMLSCOPE_BINDINGS = 128,
    XMLSCOPE_PREFIX_BYTES = 20
};

/* A namespace declaration in force. */
struct xmlscope_binding {
    char prefix[XMLSCOPE_PREFIX_BYTES]; /* "" = the default one */
    enum vocabulary vocabulary;
    int depth; /* of the element that carries it */
};

struct xmlscope_base {
    size_t at, length; /* in bases */
    int depth;
};

struct xmlscope {
    enum vocabulary vocabulary; /* of names without a prefix */
    int binding_count, base_count;
    struct xmlscope_binding bindings[XMLSCOPE_BINDINGS];
    struct xmlscope_base base[XMLSCOPE_DEPTH + 1]; /* [0] is the document's */
    struct buffer bases;
};

/* Nothing is open yet; BASE is the document's address, or "". False if memory is short. */
bool xmlscope_init(struct xmlscope *scope, const char *base);
void xmlscope_fini(struct xmlscope *scope);

/* Takes what the start tag of the element at DEPTH declares; ATTRIBUTES (name, value, ..., NULL)
 * are cut to XMLSCOPE_ATTRIBUTES. */
void xmlscope_enter(struct xmlscope *scope, const char **attributes, int depth);

/* Forgets it at the element's end. */
void xmlscope_leave(struct xmlscope *scope, int depth);

/* The vocabulary that PREFIX, of LENGTH bytes, stands for. */
enum vocabulary xmlscope_vocabulary(const struct xmlscope *scope, const char *prefix,
                                    size_t length);

/* Where links resolve now, *LENGTH bytes; not '\0'-terminated, valid until the next enter. */
const char *xmlscope_base(const struct xmlscope *scope, size_t *length);

#endif
