/* A front page is known by its address, or by saying nothing of an article while it repeats
 * headings that are links. Its list comes from structured data, else from those headings. */
#include <string.h>
#include <strings.h>

#include "feed/link.h"
#include "feed/page_facts.h"

enum {
    LEAST_FRONT = 3, /* headlines that make a list on a front page ... */
    LEAST_ELSE = 8,  /* ... and on any other that is no article */
    MOST = 200,
    SHORT_BYTES = 18, /* a shorter heading is a section's name */
    LONG_BYTES = 400,
    STORY_BYTES = 1000 /* of prose below a heading: an article */
};

bool page_is_front(const struct page *page)
{
    static const char *const names[] = {"",          "index.html",  "index.htm",
                                        "index.php", "home",        "index",
                                        "home.html", "default.aspx"};
    const char *url = page->outlet->input->base_url;
    const char *host = url ? strstr(url, "://") : NULL;
    if (!host) {
        return false;
    }
    const char *path = host + 3 + strcspn(host + 3, "/?#");
    path += *path == '/';
    size_t length = strcspn(path, "?#");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strlen(names[i]) == length && strncasecmp(path, names[i], length) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_heading(const struct page_node *node)
{
    const char *name = page_name(node);
    return name[0] == 'h' && name[1] >= '1' && name[1] <= '4' && name[2] == '\0';
}

static const struct page_node *link_within(const struct page_node *top)
{
    for (const struct page_node *n = top; n; n = page_next(n, top, true)) {
        if (page_is(n, "a") && page_attribute(n, "href")) {
            return n;
        }
    }
    return NULL;
}

/* The link that a heading is, holds, or stands in. */
static const struct page_node *link_of(const struct page_node *heading)
{
    enum { UP = 3 };
    const struct page_node *node = heading;
    for (int i = 0; i < UP && (node = page_parent(node)); i++) {
        if (page_is(node, "a")) {
            return page_attribute(node, "href") ? node : NULL;
        }
    }
    return link_within(heading);
}

static bool is_aside(const struct page_node *node)
{
    while ((node = page_parent(node))) {
        if (page_is(node, "nav") || page_is(node, "footer") || page_is(node, "aside")) {
            return true;
        }
    }
    return false;
}

/* The card that the heading stands in. */
static const struct page_node *card_of(const struct page_node *node)
{
    enum { UP = 6 };
    for (int i = 0; i < UP && (node = page_parent(node)); i++) {
        if (page_is(node, "article") || page_is(node, "li")) {
            return node;
        }
    }
    return NULL;
}

static void read_card(struct page *page, struct item *item, const struct page_node *card)
{
    enum { SUMMARY_BYTES = 4096 };
    for (const struct page_node *n = card; n; n = page_next(n, card, true)) {
        const char *date = page_is(n, "time") ? page_attribute(n, "datetime") : NULL;
        const char *image = page_is(n, "img") ? page_attribute(n, "src") : NULL;
        if (date) {
            item_offer_time(item, ITEM_PUBLISHED, 1, date, strlen(date));
        } else if (image) {
            item_offer_link(item, ITEM_IMAGE, 1, image, strlen(image), page->base.bytes,
                            page->base.length);
        } else if (page_is(n, "p") && item->fields[ITEM_SUMMARY].rank == 0) {
            struct buffer text = {0};
            page_text_within(n, SUMMARY_BYTES, &text);
            item_offer(item, ITEM_SUMMARY, 1, CLEAN_PLAIN, text.bytes, text.length);
            buffer_fini(&text);
        }
    }
}

/* Reads the headline at HEADING into ITEM; false if it is none. */
static bool read_headline(struct page *page, const struct page_node *heading,
                          struct item *item, struct buffer *text)
{
    const struct page_node *link = is_heading(heading) ? link_of(heading) : NULL;
    if (!link || is_aside(heading)) {
        return false;
    }
    text->length = 0;
    size_t clean = 0;
    struct buffer raw = {0};
    page_text_within(heading, LONG_BYTES, &raw);
    if (!raw.failed && raw.length) {
        clean = clean_text(raw.bytes, raw.length, CLEAN_PLAIN, HEADLINE_TEXT_CODES, text);
    }
    buffer_fini(&raw);
    if (clean < SHORT_BYTES || text->failed) {
        return false;
    }
    const char *href = page_attribute(link, "href");
    const struct page_node *card = card_of(heading);
    item_clear(item);
    item_offer(item, ITEM_TITLE, 1, CLEAN_PLAIN, text->bytes, text->length);
    item_offer_link(item, ITEM_LINK, 1, href, strlen(href), page->base.bytes,
                    page->base.length);
    if (card) {
        read_card(page, item, card);
    }
    return page->base.length == 0 || item->fields[ITEM_LINK].rank > 0;
}

/* Counts the headlines, or hands them out. */
static size_t walk(struct page *page, bool put)
{
    const struct page_node *root = page_tree_root(&page->tree);
    struct item item = {.times = {0}};
    struct buffer text = {0};
    size_t count = 0;
    bool more = true;
    for (const struct page_node *n = root; n && more && count < MOST;
         n = page_next(n, root, true)) {
        if (!page_text(n) && read_headline(page, n, &item, &text)) {
            count++;
            more = !put || outlet_item(page->outlet, &item);
        }
    }
    item_fini(&item);
    buffer_fini(&text);
    return count;
}

static void put_data(struct page *page)
{
    struct item item = {.times = {0}};
    const char *p = page->list.bytes;
    bool more = true;
    for (size_t i = 0; i < page->list_count && more; i++) {
        const char *link = p + strlen(p) + 1;
        item_clear(&item);
        item_offer(&item, ITEM_TITLE, 1, CLEAN_HTML, p, strlen(p));
        item_offer_link(&item, ITEM_LINK, 1, link, strlen(link), page->base.bytes,
                        page->base.length);
        more = outlet_item(page->outlet, &item);
        p = link + strlen(link) + 1;
    }
    item_fini(&item);
}

bool page_list(struct page *page)
{
    bool front = page_is_front(page);
    bool told = page->heading && page->prose >= STORY_BYTES;
    if (!front && (page->article || told || page->item.time_ranks[ITEM_PUBLISHED] > 60)) {
        return false;
    }
    size_t least = front ? LEAST_FRONT : LEAST_ELSE;
    if (page->list_count >= LEAST_FRONT && !page->list.failed) {
        put_data(page);
        return true;
    }
    if (walk(page, false) < least) {
        return false;
    }
    walk(page, true);
    return true;
}
