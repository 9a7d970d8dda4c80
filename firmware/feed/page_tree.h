/* The tree of a page that has been through the fence, and walks over it that need no stack.
 * Nodes live as long as the tree. Pure. */
#ifndef MOTOGRAPH_FEED_PAGE_TREE_H
#define MOTOGRAPH_FEED_PAGE_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "feed/buffer.h"

struct page_node; /* an element, or text */

/* Start it zeroed. */
struct page_tree {
    void *output; /* the parser's own */
};

/* Parses HTML, which must have been through page_fence_read and outlive the tree. */
bool page_tree_read(struct page_tree *tree, const char *html, size_t length);

/* The <html> element; NULL if there is none. */
const struct page_node *page_tree_root(const struct page_tree *tree);

/* The node after NODE in the order of the document, within TOP; NULL behind its end. INTO
 * false passes over what NODE holds. */
const struct page_node *page_next(const struct page_node *node,
                                  const struct page_node *top, bool into);

const struct page_node *page_parent(const struct page_node *node);

/* The element's name in lower case; "" of text. */
const char *page_name(const struct page_node *node);
bool page_is(const struct page_node *node, const char *name);

/* The value of an element's attribute, or NULL. */
const char *page_attribute(const struct page_node *node, const char *name);

/* What a text node says, or NULL of an element. */
const char *page_text(const struct page_node *node);

/* Appends all text within TOP, a space where a block begins; stops at MOST bytes of OUT.
 * <noscript> is passed over. */
void page_text_within(const struct page_node *top, size_t most, struct buffer *out);

/* Frees all. */
void page_tree_fini(struct page_tree *tree);

#endif
