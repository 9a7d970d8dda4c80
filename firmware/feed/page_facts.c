/* The ways into a page's facts: every text is cleaned on the way in, every list is bounded. */
#include "feed/page_facts.h"

#include <string.h>
#include <strings.h>

#include "feed/clean.h"

void page_add_title(struct page *page, int weight, const char *text, size_t length)
{
    enum { TITLE_CODES = 500 };
    size_t at = page->texts.length;
    if (page->title_count < PAGE_TITLES) {
        size_t bytes = clean_text(text, length, CLEAN_TEXT, TITLE_CODES, &page->texts);
        if (bytes && !page->texts.failed) {
            page->titles[page->title_count++] =
                (struct page_name){.at = at, .length = bytes, .weight = weight};
        }
    }
}

void page_add_site(struct page *page, int weight, const char *text, size_t length)
{
    enum { SITE_CODES = 120 };
    size_t at = page->texts.length;
    if (page->site_count < PAGE_SITES) {
        size_t bytes = clean_text(text, length, CLEAN_TEXT, SITE_CODES, &page->texts);
        if (bytes && !page->texts.failed) {
            page->sites[page->site_count++] =
                (struct page_name){.at = at, .length = bytes, .weight = weight};
        }
    }
}

void page_offer_link(struct page *page, enum item_field field, int rank, const char *text)
{
    item_offer_link(&page->item, field, rank, text, strlen(text), page->base.bytes,
                    page->base.length);
}

void page_offer_time(struct page *page, enum item_time which, int rank, const char *text,
                     size_t length)
{
    enum { SECONDS = 10, MILLISECONDS = 13 };
    int64_t at = 0;
    size_t digits = strspn(text, "0123456789");
    if (digits != length || (length != SECONDS && length != MILLISECONDS)) {
        item_offer_time(&page->item, which, rank, text, length);
    } else if (rank > page->item.time_ranks[which]) {
        for (size_t i = 0; i < SECONDS; i++) {
            at = at * 10 + (text[i] - '0');
        }
        page->item.times[which] = at;
        page->item.time_ranks[which] = rank;
    }
}

bool page_says(const char *text, const char *what)
{
    return text && strcasestr(text, what);
}

/* Whether WORD is one of TEXT's words. */
bool page_says_word(const char *text, const char *word)
{
    size_t n = strlen(word);
    while (text && *text) {
        text += strspn(text, " \t\r\n");
        size_t length = strcspn(text, " \t\r\n");
        if (length == n && strncasecmp(text, word, n) == 0) {
            return true;
        }
        text += length;
    }
    return false;
}
