/* The one file that knows the HTML parser. Errors are not collected: a page of errors only would
 * fill memory with them. */
#include "feed/page_tree.h"

#include <gumbo.h>
#include <string.h>

static const GumboNode *of(const struct page_node *node)
{
    return (const GumboNode *)node;
}

static const struct page_node *as_node(const GumboNode *node)
{
    return (const struct page_node *)node;
}

bool page_tree_read(struct page_tree *tree, const char *html, size_t length)
{
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    tree->output = gumbo_parse_with_options(&options, html, length);
    return tree->output != NULL;
}

const struct page_node *page_tree_root(const struct page_tree *tree)
{
    return as_node(((const GumboOutput *)tree->output)->root);
}

static const GumboVector *children_of(const GumboNode *node)
{
    bool element = node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
    return element ? &node->v.element.children : NULL;
}

const struct page_node *page_next(const struct page_node *node,
                                  const struct page_node *top, bool into)
{
    const GumboNode *at = of(node);
    const GumboVector *children = children_of(at);
    if (into && children && children->length) {
        return as_node(children->data[0]);
    }
    while (as_node(at) != top && at->parent) {
        const GumboVector *siblings = children_of(at->parent);
        size_t next = at->index_within_parent + 1;
        if (siblings && next < siblings->length) {
            return as_node(siblings->data[next]);
        }
        at = at->parent;
    }
    return NULL;
}

const struct page_node *page_parent(const struct page_node *node)
{
    const GumboNode *parent = of(node)->parent;
    return parent && parent->type == GUMBO_NODE_ELEMENT ? as_node(parent) : NULL;
}

const char *page_name(const struct page_node *node)
{
    return of(node)->type == GUMBO_NODE_ELEMENT
               ? gumbo_normalized_tagname(of(node)->v.element.tag)
               : "";
}

bool page_is(const struct page_node *node, const char *name)
{
    return strcmp(page_name(node), name) == 0;
}

const char *page_attribute(const struct page_node *node, const char *name)
{
    if (of(node)->type != GUMBO_NODE_ELEMENT) {
        return NULL;
    }
    const GumboAttribute *attribute =
        gumbo_get_attribute(&of(node)->v.element.attributes, name);
    return attribute ? attribute->value : NULL;
}

const char *page_text(const struct page_node *node)
{
    bool text = of(node)->type == GUMBO_NODE_TEXT ||
                of(node)->type == GUMBO_NODE_WHITESPACE ||
                of(node)->type == GUMBO_NODE_CDATA;
    return text ? of(node)->v.text.text : NULL;
}

static bool is_inline(const struct page_node *node)
{
    return page_is(node, "span") || page_is(node, "a") || page_is(node, "time") ||
           page_is(node, "abbr") || page_is(node, "img");
}

/* Whether a block ends just before NODE: what follows it is no part of its last word. */
static bool follows_block(const struct page_node *node)
{
    const GumboNode *parent = of(node)->parent;
    size_t index = of(node)->index_within_parent;
    if (index == 0 || !parent || parent->type != GUMBO_NODE_ELEMENT) {
        return false;
    }
    const GumboNode *before = parent->v.element.children.data[index - 1];
    return before->type == GUMBO_NODE_ELEMENT &&
           !is_inline((const struct page_node *)before);
}

void page_text_within(const struct page_node *top, size_t most, struct buffer *out)
{
    bool into = true;
    for (const struct page_node *n = top; n && out->length < most;
         n = page_next(n, top, into)) {
        const char *text = page_text(n);
        into = n == top || (!page_is(n, "noscript") && !page_is(n, "title"));
        if (n != top && follows_block(n)) {
            buffer_byte(out, ' ');
        }
        if (text) {
            buffer_text(out, text);
        } else if (!is_inline(n)) {
            buffer_byte(out, ' ');
        }
    }
}

void page_tree_fini(struct page_tree *tree)
{
    if (tree->output) {
        gumbo_destroy_output(&kGumboDefaultOptions, tree->output);
        tree->output = NULL;
    }
}
