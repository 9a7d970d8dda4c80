/* Tags of HTML as far as turning them into text needs it. Pure. */
#ifndef MOTOGRAPH_FEED_TAG_H
#define MOTOGRAPH_FEED_TAG_H

#include <stdbool.h>
#include <stddef.h>

enum tag_kind {
    TAG_NONE,   /* no element of HTML: its '<' is text */
    TAG_INLINE, /* leaves nothing behind */
    TAG_BLOCK,  /* leaves a space behind */
    TAG_DROP    /* its content is no text either: script, style */
};

/* The kind of the element called NAME, in any case. Names with ':' or '-' inside (Word's,
 * custom elements) count as inline. */
enum tag_kind tag_find(const char *name, size_t length);

/* A tag found in text. */
struct tag {
    enum tag_kind kind;
    bool closing;
    const char *name; /* in the text */
    size_t name_length;
    size_t length; /* bytes from '<' to '>' */
};

/* What a scan of one text has learnt is nowhere ahead, so that a search for it is not made
 * again and the whole stays linear. Start it zeroed. */
struct tag_scan {
    bool no_end, no_quote[2], no_comment_end;
};

/* Reads what begins with the '<' at TEXT, LENGTH bytes left: a known tag, a comment, a
 * declaration, a processing instruction, a CDATA bracket. False if the '<' is text. */
bool tag_read(const char *text, size_t length, struct tag_scan *scan, struct tag *tag);

/* Bytes from TEXT to behind the closing tag of an element called NAME, or LENGTH. */
size_t tag_skip_content(const char *text, size_t length, const char *name,
                        size_t name_length);

#endif
