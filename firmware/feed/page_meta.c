/* What stands in a page's head (and, misplaced, elsewhere): <meta>, <link>. What the names mean
 * is told by page_vocabulary.c. */
#include <string.h>
#include <strings.h>

#include "feed/link.h"
#include "feed/page_facts.h"
#include "feed/page_vocabulary.h"

/* --- <meta> --- */

static bool is_address(const char *text)
{
    return page_says(text, "://") || page_says(text, "www.");
}

static void add_topics(struct page *page, const char *text, bool list)
{
    enum { TOPICS = 5 };
    for (int i = 0; *text && i < TOPICS; i++) {
        size_t length = list ? strcspn(text, ",;") : strlen(text);
        item_add_category(&page->item, CLEAN_TEXT, text, length);
        text += length + (text[length] != '\0');
    }
}

static void read_kind(struct page *page, const char *text)
{
    page->article =
        page->article || page_says(text, "article") || page_says(text, "blog");
    page->website = page->website || page_says(text, "website");
}

static void read_locale(struct page *page, const char *text)
{
    char tag[16];
    size_t n = strcspn(text, "@.");
    if (n >= 2 && n < sizeof tag && !page->outlet->lang[0]) {
        for (size_t i = 0; i < n; i++) {
            tag[i] = text[i] == '_' ? '-' : text[i];
        }
        outlet_lang(page->outlet, tag, n);
    }
}

static void take(struct page *page, const struct meta_row *row, const char *text)
{
    size_t length = strlen(text);
    switch (row->use) {
    case META_TITLE:
        page_add_title(page, row->rank, text, length);
        break;
    case META_SITE:
        if (row->rank >= 30 || !is_address(text)) {
            page_add_site(page, row->rank, text, length);
        }
        break;
    case META_SUMMARY:
        item_offer(&page->item, ITEM_SUMMARY, row->rank, CLEAN_TEXT, text, length);
        break;
    case META_PUBLISHED:
        page_offer_time(page, ITEM_PUBLISHED, row->rank, text, length);
        page->article = page->article || row->rank >= 84;
        break;
    case META_UPDATED:
        page_offer_time(page, ITEM_UPDATED, row->rank, text, length);
        break;
    case META_EXPIRES:
        page_offer_time(page, ITEM_EXPIRES, row->rank, text, length);
        break;
    case META_IMAGE:
        page_offer_link(page, ITEM_IMAGE, row->rank, text);
        break;
    case META_LINK:
        page_offer_link(page, ITEM_LINK, row->rank, text);
        break;
    case META_TOPIC:
        add_topics(page, text, row->rank == 2);
        break;
    case META_KIND:
        read_kind(page, text);
        break;
    case META_LANG:
        read_locale(page, text);
        break;
    case META_PARSELY:
        page_read_parsely(page, text);
        break;
    }
}

/* Each of the names in LIST that the table has; RDFa allows several. */
static bool take_all(struct page *page, const char *list, const char *text)
{
    bool any = false;
    while (list && *list) {
        list += strspn(list, " \t\r\n");
        size_t length = strcspn(list, " \t\r\n");
        const struct meta_row *row = page_vocabulary_find(list, length);
        if (row) {
            take(page, row, text);
            any = true;
        }
        list += length;
    }
    return any;
}

/* The itemprop of the element that holds NODE. */
static const char *outer_property(const struct page_node *node)
{
    const struct page_node *outer = page_parent(node);
    const char *property = outer ? page_attribute(outer, "itemprop") : NULL;
    return property ? property : "";
}

/* A "name" is that of whatever it stands in. */
static void take_property_name(struct page *page, const struct page_node *node,
                               const char *text)
{
    const struct page_node *outer = page_parent(node);
    if (page_says_word(outer_property(node), "publisher")) {
        page_add_site(page, 35, text, strlen(text));
    } else if (page_is(node, "h1") || (outer && page_is(outer, "head"))) {
        page_add_title(page, 24, text, strlen(text));
    }
}

void page_read_meta(struct page *page, const struct page_node *node)
{
    const char *text = page_attribute(node, "content");
    const char *equiv = page_attribute(node, "http-equiv");
    const char *property = page_attribute(node, "itemprop");
    text = text ? text : page_attribute(node, "value");
    if (!text) {
        return;
    }
    page->refresh = page->refresh || page_says_word(equiv, "refresh");
    bool known = take_all(page, page_attribute(node, "property"), text);
    known = known || take_all(page, page_attribute(node, "name"), text);
    known = known || take_all(page, equiv, text);
    if (!known && property) {
        if (page_says_word(property, "name")) {
            take_property_name(page, node, text);
        } else {
            take_all(page, property, text);
        }
    }
}

/* --- <link> --- */

/* The feed of the article's comments is nobody's news. */
static size_t rank_feed(const struct page_node *node, const char *href)
{
    const char *type = page_attribute(node, "type");
    bool feed = page_says(type, "rss+xml") || page_says(type, "atom+xml") ||
                page_says(type, "feed+json") || page_says(type, "rdf+xml");
    if (!feed || !page_says_word(page_attribute(node, "rel"), "alternate")) {
        return 0;
    }
    return page_says(href, "comment") ||
                   page_says(page_attribute(node, "title"), "comment")
               ? 1
               : 2;
}

void page_read_link(struct page *page, const struct page_node *node)
{
    const char *rel = page_attribute(node, "rel");
    const char *href = page_attribute(node, "href");
    if (!href) {
        return;
    }
    size_t rank = rank_feed(node, href);
    if (rank > page->feed_rank) {
        char *url = page->outlet->info->feed_url;
        struct buffer out = {0};
        size_t bytes =
            link_resolve(href, strlen(href), page->base.bytes, page->base.length, &out);
        if (bytes && link_is_web(out.bytes, bytes)) {
            memcpy(url, out.bytes, bytes);
            url[bytes] = '\0';
            page->feed_rank = rank;
        }
        buffer_fini(&out);
    }
    if (page_says_word(rel, "canonical")) {
        page_offer_link(page, ITEM_LINK, 30, href);
    } else if (page_says_word(rel, "image_src")) {
        page_offer_link(page, ITEM_IMAGE, 12, href);
    }
}
