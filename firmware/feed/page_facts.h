/* What has been found out about a page: page_meta.c and page_ld.c collect, page_title.c,
 * page_date.c and page_block.c judge. Only the page_*.c include it. */
#ifndef MOTOGRAPH_FEED_PAGE_FACTS_H
#define MOTOGRAPH_FEED_PAGE_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "feed/buffer.h"
#include "feed/item.h"
#include "feed/outlet.h"
#include "feed/page_fence.h"
#include "feed/page_tree.h"

enum { PAGE_TITLES = 32, PAGE_SITES = 12, PAGE_VISIBLE_BYTES = 64 << 10 };

/* A text that may be the headline, or the site's name; clean. */
struct page_name {
    size_t at, length; /* in page->texts */
    int weight;        /* above 0; how far its place is to be believed */
    bool heading;      /* an <h1>: what readers of the page see */
};

struct page {
    struct outlet *outlet;
    struct fence fence;
    struct page_tree tree;
    struct buffer base;     /* where links resolve; may be empty */
    struct buffer texts;    /* of titles and sites */
    struct page_name title; /* the <title>; length 0 = none */
    struct page_name titles[PAGE_TITLES];
    size_t title_count;
    struct page_name sites[PAGE_SITES];
    size_t site_count;
    struct item item;
    const struct page_node *heading; /* the first <h1> */
    bool article;                    /* it says that it is one */
    bool website;                    /* og:type says so */
    bool checkbox;                   /* something to agree to */
    bool password, refresh;          /* a field for one; it sends the reader elsewhere */
    size_t prose;          /* bytes of text in paragraphs, without their links */
    size_t unlinked;       /* bytes of text that stands in no link of a menu */
    size_t links;          /* with a text, outside of paragraphs */
    struct buffer visible; /* the first PAGE_VISIBLE_BYTES of the text */
    struct buffer list;    /* of structured data: headline, '\0', link, '\0', ... */
    size_t list_count;
    size_t feed_rank; /* of info->feed_url */
};

/* Adds a candidate, cleaned; blank ones and those beyond the arrays are passed over. */
void page_add_title(struct page *page, int weight, const char *text, size_t length);
void page_add_site(struct page *page, int weight, const char *text, size_t length);

/* Offers a link (or picture) that stands in the page. */
void page_offer_link(struct page *page, enum item_field field, int rank,
                     const char *text);

/* Offers a date as it is written; seconds or milliseconds since 1970 too. */
void page_offer_time(struct page *page, enum item_time which, int rank, const char *text,
                     size_t length);

/* Whether TEXT (NULL is nothing) contains WHAT in any case; whether WORD is one of its words. */
bool page_says(const char *text, const char *what);
bool page_says_word(const char *text, const char *word);

/* Collects what a <meta> or <link> says. */
void page_read_meta(struct page *page, const struct page_node *node);
void page_read_link(struct page *page, const struct page_node *node);

/* Collects what elements and attributes say. */
void page_collect(struct page *page);

/* Adds what structured data says (schema.org as JSON-LD), of which the best article is the one
 * whose headline agrees with the <title>. */
void page_read_data(struct page *page);

/* Adds what the JSON of one <meta name="parsely-page"> says. */
void page_read_parsely(struct page *page, const char *json);

/* How far LENGTH bytes of TEXT agree with the <title>: 3 it is one of its parts, 2 it holds
 * most of it, 0 not at all. */
int page_agreement(const struct page *page, const char *text, size_t length);

/* Chooses the site's name, given to the outlet, and the headline, given to the item. */
void page_choose_names(struct page *page);

/* Adds the dates of the address and, where nothing better is known, of the visible text. */
void page_read_dates(struct page *page);

/* Why the page is no content at all (a login, an error, a robot check ...) with the cure, or
 * NULL. Asked after page_choose_names. */
const char *page_refusal(const struct page *page);

/* Why a page that is no list is no article either: a title above a menu. NULL if it may be one. */
const char *page_menu_refusal(const struct page *page);

/* Hands out the list of headlines if the page is a front page marked up as one. False if it is
 * none. */
bool page_list(struct page *page);

/* Whether the page is its site's first one, by its address. */
bool page_is_front(const struct page *page);

#endif
