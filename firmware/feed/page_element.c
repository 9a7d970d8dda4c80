/* One walk over the tree, and what readers see: headings, times, what microdata marks. */
#include <string.h>
#include <strings.h>

#include "feed/link.h"
#include "feed/page_facts.h"

/* --- Elements --- */

static void add_element_title(struct page *page, int weight, const struct page_node *node)
{
    enum { MOST = 4096 };
    struct buffer text = {0};
    page_text_within(node, MOST, &text);
    if (text.length && !text.failed) {
        page_add_title(page, weight, text.bytes, text.length);
    }
    buffer_fini(&text);
}

static bool is_headline_class(const struct page_node *node)
{
    static const char *const classes[] = {
        "entry-title",  "post-title",     "article-title", "headline",
        "articletitle", "article__title", "posttitle",     "article-headline",
        "story-title",  "p-name",         "article_title", "news-title",
    };
    const char *class = page_attribute(node, "class");
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (page_says_word(class, classes[i])) {
            return true;
        }
    }
    return false;
}

static bool is_within(const struct page_node *node, const char *name)
{
    while ((node = page_parent(node))) {
        if (page_is(node, name)) {
            return true;
        }
    }
    return false;
}

static void read_heading(struct page *page, const struct page_node *node)
{
    const char *property = page_attribute(node, "itemprop");
    bool headline = page_says_word(property, "headline");
    bool first = page_is(node, "h1");
    if (first && !page->heading) {
        page->heading = node;
    }
    if (first) {
        bool apart = is_within(node, "nav") || is_within(node, "footer") ||
                     is_within(node, "aside");
        bool marked = headline || is_headline_class(node);
        size_t before = page->title_count;
        add_element_title(page, apart ? 8 : marked ? 31 : 22, node);
        if (page->title_count > before) {
            /* One that nothing follows may be cut, with half of its end tag as text. */
            page->titles[before].heading =
                !apart && page_next(node, page_tree_root(&page->tree), false);
        }
    } else if (headline || is_headline_class(node)) {
        add_element_title(page, page_is(node, "h2") ? 19 : 17, node);
    }
}

/* A date in an attribute, else in the text. */
static void offer_date(struct page *page, enum item_time which, int rank,
                       const struct page_node *node)
{
    static const char *const attributes[] = {"content", "datetime", "title"};
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        const char *text = page_attribute(node, attributes[i]);
        if (text) {
            page_offer_time(page, which, rank, text, strlen(text));
        }
    }
    struct buffer text = {0};
    page_text_within(node, 100, &text);
    if (text.length && !text.failed) {
        page_offer_time(page, which, rank - 3, text.bytes, text.length);
    }
    buffer_fini(&text);
}

static void read_time(struct page *page, const struct page_node *node)
{
    const char *class = page_attribute(node, "class");
    bool updated = page_says(class, "updated") || page_says(class, "modified");
    bool published = page_says(class, "publish") || page_attribute(node, "pubdate");
    bool near = page->heading && !is_within(node, "aside");
    bool side = is_within(node, "aside") || is_within(node, "footer") ||
                is_within(node, "blockquote");
    if (updated && !published) {
        offer_date(page, ITEM_UPDATED, 48, node);
    }
    offer_date(page, ITEM_PUBLISHED,
               published ? 56
               : updated ? 44
               : side    ? 38
               : near    ? 52
                         : 50,
               node);
}

static void read_property(struct page *page, const struct page_node *node,
                          const char *property)
{
    if (page_says_word(property, "datePublished")) {
        offer_date(page, ITEM_PUBLISHED, 87, node);
    } else if (page_says_word(property, "dateModified")) {
        offer_date(page, ITEM_UPDATED, 82, node);
    } else if (page_says_word(property, "dateCreated")) {
        offer_date(page, ITEM_PUBLISHED, 70, node);
    } else if (page_says_word(property, "headline") && page_name(node)[0] != 'h') {
        add_element_title(page, 18, node);
    }
}

static void read_element(struct page *page, const struct page_node *node)
{
    const char *name = page_name(node);
    const char *property = page_attribute(node, "itemprop");
    const char *class = page_attribute(node, "class");
    if (strcmp(name, "meta") == 0) {
        page_read_meta(page, node);
        return;
    }
    if (strcmp(name, "link") == 0) {
        page_read_link(page, node);
    } else if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6') {
        read_heading(page, node);
    } else if (strcmp(name, "input") == 0) {
        const char *type = page_attribute(node, "type");
        page->password = page->password || page_says(type, "password");
        page->checkbox = page->checkbox || page_says(type, "checkbox");
    } else if (strcmp(name, "time") == 0) {
        read_time(page, node);
    } else if (strcmp(name, "abbr") == 0 && page_says(class, "publish")) {
        offer_date(page, ITEM_PUBLISHED, 58, node);
    }
    if (property) {
        read_property(page, node, property);
    }
}

/* --- The document --- */

static void read_title(struct page *page, const struct page_node *node)
{
    const struct page_node *text = page_next(node, node, true);
    const char *title = text ? page_text(text) : NULL;
    if (title && page->title.length == 0) {
        size_t before = page->title_count;
        page_add_title(page, 20, title, strlen(title));
        if (page->title_count > before) {
            page->title = page->titles[before];
        }
    }
}

static void read_base(struct page *page, const struct page_node *node)
{
    const char *href = page_attribute(node, "href");
    struct buffer out = {0};
    if (href &&
        link_resolve(href, strlen(href), page->base.bytes, page->base.length, &out) &&
        link_is_web(out.bytes, out.length)) {
        page->base.length = 0;
        buffer_append(&page->base, out.bytes, out.length);
    }
    buffer_fini(&out);
}

/* Text of paragraphs, without that of their links, and all that could not be a menu's. */
static void count_text(struct page *page, const struct page_node *text)
{
    const struct page_node *outer = page_parent(text);
    bool link = false, paragraph = false;
    size_t bytes = 0;
    for (const char *p = page_text(text); *p; p++) {
        bytes += (unsigned char)*p > ' ';
    }
    for (int i = 0; outer && i < 4; i++, outer = page_parent(outer)) {
        link = link || page_is(outer, "a");
        paragraph = paragraph || page_is(outer, "p");
    }
    page->prose += paragraph && !link ? strlen(page_text(text)) : 0;
    page->links += link && !paragraph && bytes;
    page->unlinked += link && !paragraph ? 0 : bytes;
}

void page_collect(struct page *page)
{
    const struct page_node *root = page_tree_root(&page->tree);
    const char *lang = root ? page_attribute(root, "lang") : NULL;
    if (lang) {
        outlet_lang(page->outlet, lang, strlen(lang));
    }
    bool based = false;
    for (const struct page_node *n = root; n; n = page_next(n, root, true)) {
        if (page_text(n)) {
            count_text(page, n);
        } else if (page_is(n, "title")) {
            read_title(page, n);
        } else if (page_is(n, "base") && !based) {
            read_base(page, n);
            based = true;
        } else {
            read_element(page, n);
        }
    }
    if (root) {
        page_text_within(root, PAGE_VISIBLE_BYTES, &page->visible);
    }
    const char *address = page->outlet->input->base_url;
    if (address) {
        item_offer_link(&page->item, ITEM_LINK, 10, address, strlen(address), "", 0);
    }
}
