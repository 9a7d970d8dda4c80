/* The address tells the day best of all: it was made when the article was, and no later redesign
 * touches it. Only where nothing marked is found is the visible text read: what is marked as a
 * date and stands next to the headline, then what is said next to it, then what is said of a
 * date anywhere. */
#include <string.h>
#include <strings.h>

#include "feed/date_names.h"
#include "feed/page_facts.h"
#include "feed/page_when.h"

enum {
    DAY_S = 86400,
    RANK_ADDRESS = 54,
    RANK_SAID = 53, /* marked as the day of publication */
    RANK_MARKED = 46,
    RANK_TITLE = 40,
    RANK_NEAR = 30,
    RANK_LABELLED = 25
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* --- The address --- */

static int number_at(const char **p, const char *end, int most)
{
    int value = 0, digits = 0;
    while (*p < end && is_digit(**p) && digits < most) {
        value = value * 10 + (**p - '0');
        (*p)++;
        digits++;
    }
    return digits ? value : -1;
}

static int month_at(const char **p, const char *end)
{
    size_t n = 0;
    int value;
    if (*p < end && is_digit(**p)) {
        return number_at(p, end, 2);
    }
    while (*p + n < end && ((*p)[n] | 0x20) >= 'a' && ((*p)[n] | 0x20) <= 'z') {
        n++;
    }
    if (n < 3 || date_word_find(*p, n, &value) != DATE_MONTH) {
        return -1;
    }
    *p += n;
    return value;
}

/* "2024/05/30", "2024-05-30", "20240530", "2024/may/30" at P. */
static bool address_date(const char *p, const char *end, int64_t *at)
{
    int year = number_at(&p, end, 4);
    if (year < 1000 || p == end) {
        return false;
    }
    char mark = strchr("/-_.", *p) ? *p : '\0';
    p += mark != '\0';
    int month = mark ? month_at(&p, end) : number_at(&p, end, 2);
    if (month < 1 || p == end || (mark && *p != mark)) {
        return false;
    }
    p += mark != '\0';
    const char *before = p;
    int day = number_at(&p, end, 2);
    bool whole = p == end || !is_digit(*p);
    return day > 0 && whole && (mark || p - before == 2) &&
           page_when_day(year, month, day, at);
}

static bool find_in_address(const char *url, size_t length, int64_t *at)
{
    const char *end = url + length;
    const char *path = memmem(url, length, "://", 3);
    path = path ? memchr(path + 3, '/', (size_t)(end - path - 3)) : NULL;
    bool found = false;
    /* The last one: an archive's address begins with the day of the copy. */
    for (const char *p = path; p && p < end && *p != '?'; p++) {
        int64_t day;
        bool starts = is_digit(*p) && (p == url || !is_digit(p[-1]));
        if (starts && address_date(p, end, &day)) {
            *at = day;
            found = true;
        }
    }
    return found;
}

/* --- The page --- */

/* 2 marked as the day of publication, 1 as some date, 0 not at all. */
static int mark_of(const struct page_node *node)
{
    static const char *const marks[] = {
        "date", "posted", "timestamp", "datum",     "fecha", "dato",  "pubtime", "time",
        "meta", "byline", "created",   "submitted", "auth",  "autor", "info"};
    static const char *const attributes[] = {"class", "id"};
    int mark = 0;
    for (size_t a = 0; a < 2; a++) {
        const char *value = page_attribute(node, attributes[a]);
        if (value && strcasestr(value, "publish")) {
            return 2;
        }
        for (size_t i = 0; value && !mark && i < sizeof marks / sizeof *marks; i++) {
            mark = strcasestr(value, marks[i]) != NULL;
        }
    }
    return mark;
}

/* English of the United States, or of nobody in particular. */
static bool writes_month_first(const struct page *page)
{
    const char *lang = page->outlet->lang;
    return lang[0] == '\0' || strcasecmp(lang, "en") == 0 ||
           strcasecmp(lang, "en-US") == 0;
}

/* The heading that says the headline, else the first one. */
static const struct page_node *find_heading(const struct page *page)
{
    const struct item_text *title = &page->item.fields[ITEM_TITLE];
    const char *text = title->rank ? page->item.text.bytes + title->at : "";
    const struct page_node *root = page_tree_root(&page->tree), *found = NULL;
    struct buffer raw = {0}, clean = {0};
    for (const struct page_node *n = root; n && !found; n = page_next(n, root, true)) {
        const char *name = page_name(n);
        if (name[0] == 'h' && name[1] >= '1' && name[1] <= '4') {
            raw.length = clean.length = 0;
            page_text_within(n, 2048, &raw);
            size_t bytes = clean_text(raw.bytes, raw.length, CLEAN_TEXT,
                                      HEADLINE_TEXT_CODES, &clean);
            found =
                bytes && bytes == title->length && memcmp(clean.bytes, text, bytes) == 0
                    ? n
                    : NULL;
        }
    }
    buffer_fini(&raw);
    buffer_fini(&clean);
    return found ? found : page->heading;
}

/* Bytes of text before NODE. */
static size_t place_of(const struct page *page, const struct page_node *node)
{
    const struct page_node *root = page_tree_root(&page->tree);
    size_t place = 0;
    for (const struct page_node *n = root; n && n != node; n = page_next(n, root, true)) {
        place += page_text(n) ? strlen(page_text(n)) : 0;
    }
    return place;
}

static bool read_marked(const struct page *page, const struct page_node *node,
                        struct buffer *text, int64_t *at)
{
    enum { SHORT_BYTES = 240 };
    text->length = 0;
    page_text_within(node, SHORT_BYTES, text);
    return !text->failed && text->length && text->length < SHORT_BYTES &&
           page_when_find(text->bytes, text->length, writes_month_first(page), at);
}

/* The marked date next to the headline; below it is nearer than above it. Returns the mark. */
static int find_marked(const struct page *page, int64_t *at)
{
    enum { ABOVE = 2, MARK_2_NEARER = 4 };
    const struct page_node *root = page_tree_root(&page->tree);
    const struct page_node *heading = find_heading(page);
    size_t home = heading ? place_of(page, heading) : 0, place = 0;
    size_t nearest = SIZE_MAX;
    struct buffer text = {0};
    int best = 0;
    for (const struct page_node *n = root; n; n = page_next(n, root, true)) {
        bool body = page_is(n, "body") || page_is(n, "html");
        int mark = page_text(n) || body ? 0 : mark_of(n);
        size_t far = place >= home ? place - home : ABOVE * (home - place);
        far = mark == 2 ? far / MARK_2_NEARER : far;
        int64_t found;
        if (mark && far < nearest && read_marked(page, n, &text, &found)) {
            nearest = far;
            best = mark;
            *at = found;
        }
        place += page_text(n) ? strlen(page_text(n)) : 0;
    }
    buffer_fini(&text);
    return best;
}

/* In what is read just after the headline. */
static bool find_near(const struct page *page, int64_t *at)
{
    enum { AFTER_BYTES = 1500 };
    const struct item_text *title = &page->item.fields[ITEM_TITLE];
    const struct buffer *all = &page->visible;
    if (title->rank == 0 || all->length == 0 || all->failed) {
        return false;
    }
    const char *text = page->item.text.bytes + title->at;
    const char *place = memmem(all->bytes, all->length, text, title->length);
    size_t from = place ? (size_t)(place - all->bytes) + title->length : 0;
    size_t left = all->length - from;
    return page_when_find(all->bytes + from, left < AFTER_BYTES ? left : AFTER_BYTES,
                          writes_month_first(page), at);
}

/* Behind a word that says what the date is: "last edited 2019-11-10". */
static bool find_labelled(const struct page *page, int64_t *at)
{
    enum { BEHIND_BYTES = 48 };
    static const char *const labels[] = {
        "ublished",  "osted on",      "last edited", "ast updated", "ast modified",
        "pdated on", "eröffentlicht", "Stand:",      "tand vom",    "ublié le",
        "ublicado",  "ubblicato",     "epubliceerd", "ublicerad",   "Date:",
        "Datum:",    "Fecha:",        "Data:",       "发布时间",    "発表日",
    };
    const struct buffer *all = &page->visible;
    for (size_t i = 0; !all->failed && i < sizeof labels / sizeof *labels; i++) {
        const char *p =
            all->length ? memmem(all->bytes, all->length, labels[i], strlen(labels[i]))
                        : NULL;
        if (p) {
            p += strlen(labels[i]);
            size_t left = (size_t)(all->bytes + all->length - p);
            left = left < BEHIND_BYTES ? left : BEHIND_BYTES;
            if (page_when_find(p, left, writes_month_first(page), at)) {
                return true;
            }
        }
    }
    return false;
}

static void offer(struct page *page, int rank, int64_t at)
{
    if (rank > page->item.time_ranks[ITEM_PUBLISHED]) {
        page->item.times[ITEM_PUBLISHED] = at;
        page->item.time_ranks[ITEM_PUBLISHED] = rank;
    }
}

/* Whether AT tells the clock of DAY, as seen from any zone. */
static bool is_clock_of(int64_t day, int64_t at)
{
    return at % DAY_S != 0 && at > day - DAY_S && at < day + 2 * DAY_S;
}

static void read_address(struct page *page)
{
    const char *base = page->outlet->input->base_url;
    const struct item *item = &page->item;
    const struct item_text *link = &item->fields[ITEM_LINK];
    int64_t at;
    if ((link->rank && find_in_address(item->text.bytes + link->at, link->length, &at)) ||
        (base && find_in_address(base, strlen(base), &at))) {
        int64_t said = item->times[ITEM_PUBLISHED];
        bool later = item->time_ranks[ITEM_PUBLISHED] && said - at > 2 * DAY_S;
        /* A page that was moved or dusted off says a later day than its address. */
        offer(page, later ? INT16_MAX : RANK_ADDRESS, at);
    }
}

void page_read_dates(struct page *page)
{
    const int *rank = &page->item.time_ranks[ITEM_PUBLISHED];
    int64_t at;
    read_address(page);
    bool clockless = *rank && page->item.times[ITEM_PUBLISHED] % DAY_S == 0;
    if (*rank < RANK_SAID || clockless) {
        int mark = find_marked(page, &at);
        if (mark && clockless && is_clock_of(page->item.times[ITEM_PUBLISHED], at)) {
            page->item.times[ITEM_PUBLISHED] = at;
        } else if (mark) {
            offer(page, mark == 2 ? RANK_SAID : RANK_MARKED, at);
        }
    }
    if (*rank < RANK_TITLE && page->title.length &&
        page_when_find(page->texts.bytes + page->title.at, page->title.length,
                       writes_month_first(page), &at)) {
        offer(page, RANK_TITLE, at);
    }
    if (*rank < RANK_NEAR && find_near(page, &at)) {
        offer(page, RANK_NEAR, at);
    }
    if (*rank < RANK_LABELLED && find_labelled(page, &at)) {
        offer(page, RANK_LABELLED, at);
    }
}
