/* The order in which a page is asked: what it says of itself, whether that is content at all,
 * whether it is a list, and only then which headline it is. */
#include "feed/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "feed/page_facts.h"

static void read_page(struct page *page)
{
    const char *base = page->outlet->input->base_url;
    if (base) {
        buffer_text(&page->base, base);
    }
    item_clear(&page->item);
    page_collect(page);
    page_read_data(page);
    page_choose_names(page);
}

/* An article, unless only the address of a front page was given. */
static void put_article(struct page *page)
{
    struct item *item = &page->item;
    bool front = page_is_front(page) && !page->article;
    if (item->fields[ITEM_TITLE].rank == 0) {
        item->fields[ITEM_LINK].rank = 0; /* an address is no headline of a page */
        front = front ||
                (!item->fields[ITEM_SUMMARY].rank && !item->time_ranks[ITEM_PUBLISHED]);
    }
    if (!front) {
        page_read_dates(page);
        outlet_item(page->outlet, item);
    }
}

static bool judge(struct page *page)
{
    struct feed_info *info = page->outlet->info;
    read_page(page);
    const char *refusal = page_refusal(page);
    if (!refusal) {
        info->kind = FEED_HTML;
        if (page_list(page)) {
            return true;
        }
        refusal = page_is_front(page) ? NULL : page_menu_refusal(page);
    }
    if (refusal) {
        info->kind = FEED_UNKNOWN;
        snprintf(info->reason, sizeof info->reason, "%s", refusal);
        return false;
    }
    put_article(page);
    return true;
}

bool page_parse(const char *text, size_t length, struct outlet *outlet)
{
    struct page *page = calloc(1, sizeof *page);
    bool known = false;
    if (page && page_fence_read(&page->fence, text, length) &&
        page_tree_read(&page->tree, page->fence.html.bytes, page->fence.html.length)) {
        page->outlet = outlet;
        known = judge(page);
    } else {
        snprintf(outlet->info->reason, sizeof outlet->info->reason, "not enough memory");
    }
    if (page) {
        page_tree_fini(&page->tree);
        page_fence_fini(&page->fence);
        item_fini(&page->item);
        buffer_fini(&page->base);
        buffer_fini(&page->texts);
        buffer_fini(&page->visible);
        buffer_fini(&page->list);
        free(page);
    }
    return known;
}
