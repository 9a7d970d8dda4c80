/* Pages name themselves up to a dozen times, and each place is wrong on some sites: structured
 * data with a tagline, a first heading with the site's name, a share title with a pun. So each
 * place has a weight, and agreeing with the page's <title>, which browsers and search engines
 * have always shown, adds to it. Names are compared by their letters and digits only. */
#include <string.h>
#include <strings.h>

#include "feed/page_facts.h"
#include "feed/page_parts.h"
#include "feed/page_when.h"

enum { HOST_LABELS = 6 };

/* --- The site --- */

struct judge {
    struct page *page;
    struct buffer keys;
    struct part sites[PAGE_SITES + HOST_LABELS]; /* keys */
    bool from_host[PAGE_SITES + HOST_LABELS];
    size_t site_count;
};

static struct part name_text(const struct page *page, const struct page_name *name)
{
    const char *texts = page->texts.bytes;
    return (struct part){texts ? texts + name->at : "", name->length};
}

static void add_site_key(struct judge *judge, struct part text, bool from_host)
{
    size_t at = judge->keys.length;
    size_t length = parts_key(&judge->keys, text.at, text.length);
    const char *key = judge->keys.bytes + at;
    if (length > 4 && memcmp(key, "the", 3) == 0 && !from_host) {
        key += 3;
        length -= 3;
    }
    if (length >= 2 && judge->site_count < PAGE_SITES + HOST_LABELS) {
        judge->from_host[judge->site_count] = from_host;
        judge->sites[judge->site_count++] = (struct part){key, length};
    }
}

/* The labels of the page's host but its last: "newyork" and "cbslocal". */
static void add_host(struct judge *judge)
{
    const char *url = judge->page->base.bytes;
    size_t length = judge->page->base.length;
    const char *host = length ? memmem(url, length, "://", 3) : NULL;
    if (!host) {
        return;
    }
    host += 3;
    const char *end = host;
    while (end < url + length && !strchr("/?#:", *end)) {
        end++;
    }
    add_site_key(judge, (struct part){host, (size_t)(end - host)}, true);
    while (host < end) {
        const char *dot = memchr(host, '.', (size_t)(end - host));
        if (!dot) {
            break;
        }
        struct part label = {host, (size_t)(dot - host)};
        if (label.length > 2 && strncasecmp(label.at, "www", label.length) != 0 &&
            strncasecmp(label.at, "com", label.length) != 0) {
            add_site_key(judge, label, true);
        }
        host = dot + 1;
    }
}

/* Whether TEXT names the site: it is one of its names or part of one; if LOOSELY, it may also
 * hold one and little more ("CNN Politics"). */
static bool is_site(struct judge *judge, struct part text, bool loosely)
{
    enum { MORE = 18, MORE_HOST = 10 };
    size_t at = judge->keys.length;
    struct part key = {NULL, parts_key(&judge->keys, text.at, text.length)};
    key.at = judge->keys.bytes + at;
    bool found = false;
    for (size_t i = 0; i < judge->site_count && !found; i++) {
        struct part site = judge->sites[i];
        size_t more = judge->from_host[i] ? MORE_HOST : MORE;
        found = parts_same(key, site) ||
                (loosely && parts_contain(key, site) && site.length >= 3 &&
                 key.length <= site.length + more) ||
                (parts_contain(site, key) && key.length >= 3 &&
                 key.length * 2 >= site.length);
    }
    judge->keys.length = at;
    return found;
}

/* "23.05.2011" as a part of a title. */
static bool is_day(struct part text)
{
    enum { DAY_BYTES = 20 };
    int64_t at;
    return text.length < DAY_BYTES && page_when_find(text.at, text.length, false, &at);
}

/* Takes names of the site off both ends, and with one off the end the section's name that
 * stood before it. */
static struct part strip_site(struct judge *judge, struct part text)
{
    enum { SECTION_WORDS = 2, WORDS = 4 };
    struct part parts[PARTS_MOST];
    size_t first = 0, count = parts_split(text, parts), last = count;
    while (last - first > 1 &&
           (is_site(judge, parts[last - 1], true) || is_day(parts[last - 1]))) {
        last--;
    }
    while (last - first > 1 && is_site(judge, parts[first], false)) {
        first++;
    }
    while (last < count && last - first > 1 && parts_words(parts[first]) >= WORDS &&
           parts_words(parts[last - 1]) <= SECTION_WORDS) {
        last--;
    }
    const char *end = parts[last - 1].at + parts[last - 1].length;
    return (struct part){parts[first].at, (size_t)(end - parts[first].at)};
}

/* "Harbour Post: Ferry runs again", where another place says the rest: a colon alone is a part
 * of headlines. */
static struct part strip_prefix(struct judge *judge, struct part text)
{
    const struct page *page = judge->page;
    const char *colon = memmem(text.at, text.length, ": ", 2);
    if (!colon ||
        !is_site(judge, (struct part){text.at, (size_t)(colon - text.at)}, false)) {
        return text;
    }
    struct part rest = {colon + 2, (size_t)(text.at + text.length - colon - 2)};
    for (size_t i = 0; i < page->title_count; i++) {
        if (parts_same(name_text(page, &page->titles[i]), rest)) {
            return rest;
        }
    }
    return text;
}

/* A title of which nothing else tells where its site's name begins: the last part goes if
 * enough is left. */
static struct part strip_last(struct part text)
{
    enum { WORDS = 5, PART_WORDS = 6, SECTION_WORDS = 2 };
    struct part parts[PARTS_MOST];
    size_t count = parts_split(text, parts);
    if (count < 2 || parts_words(parts[count - 1]) > PART_WORDS) {
        return text;
    }
    size_t last = count - 2; /* a section may stand before it */
    last -= last > 0 && parts_words(parts[last]) <= SECTION_WORDS;
    const char *end = parts[last].at + parts[last].length;
    struct part rest = {text.at, (size_t)(end - text.at)};
    return parts_words(rest) >= WORDS ? rest : text;
}

/* --- Agreement --- */

/* Whether KEY is a run of PARTS_MOST that is not just a small piece of them. */
static bool is_run(struct buffer *keys, const struct part *parts, size_t count,
                   struct part key, size_t whole)
{
    for (size_t first = 0; first < count; first++) {
        for (size_t last = first; last < count; last++) {
            size_t at = keys->length;
            size_t length = parts_key(
                keys, parts[first].at,
                (size_t)(parts[last].at + parts[last].length - parts[first].at));
            bool found = length && length == key.length && length * 5 >= whole * 2 &&
                         parts_same((struct part){keys->bytes + at, length}, key);
            keys->length = at;
            if (found) {
                return true;
            }
        }
    }
    return false;
}

int page_agreement(const struct page *page, const char *text, size_t length)
{
    struct part parts[PARTS_MOST];
    struct buffer keys = {0};
    if (page->title.length == 0 ||
        !buffer_reserve(&keys, 8 * (length + page->title.length) + 64)) {
        buffer_fini(&keys);
        return 0;
    }
    struct part title = name_text(page, &page->title);
    struct part key = {keys.bytes, parts_key(&keys, text, length)};
    struct part whole = {keys.bytes + key.length, 0};
    whole.length = parts_key(&keys, title.at, title.length);
    int agreement = 0;
    if (key.length &&
        is_run(&keys, parts, parts_split(title, parts), key, whole.length)) {
        agreement = 3;
    } else if ((parts_contain(whole, key) && key.length * 2 >= whole.length) ||
               (parts_contain(key, whole) && whole.length * 2 >= key.length)) {
        agreement = 2;
    }
    buffer_fini(&keys);
    return agreement;
}

/* --- The choice --- */

struct candidate {
    struct part text; /* without the site's name */
    struct part key;
    int weight, score;
    bool stripped, heading;
};

static bool read_candidate(struct judge *judge, const struct page_name *name,
                           struct candidate *candidate)
{
    struct part whole = name_text(judge->page, name);
    candidate->text = strip_prefix(judge, strip_site(judge, whole));
    candidate->stripped = candidate->text.length < whole.length;
    candidate->weight = name->weight;
    candidate->heading = name->heading;
    size_t at = judge->keys.length;
    size_t length = parts_key(&judge->keys, candidate->text.at, candidate->text.length);
    candidate->key = (struct part){judge->keys.bytes + at, length};
    return length > 0;
}

static void score(const struct page *page, struct candidate *all, size_t count)
{
    enum { AGREES = 10, ALIKE = 4, ECHO = 2, ECHOES = 3, SHOWN = 8 };
    for (size_t i = 0; i < count; i++) {
        int agreement = page_agreement(page, all[i].text.at, all[i].text.length);
        int echoes = 0;
        for (size_t k = 0; k < count; k++) {
            echoes += k != i && all[k].weight != all[i].weight &&
                      parts_same(all[i].key, all[k].key);
        }
        all[i].score = all[i].weight +
                       (agreement == 3   ? AGREES
                        : agreement == 2 ? ALIKE
                                         : 0) +
                       (agreement == 3 && all[i].heading ? SHOWN : 0) +
                       ECHO * (echoes < ECHOES ? echoes : ECHOES);
    }
}

/* Whether HEADING says what WHOLE does up to one of its marks: a section or a name follows. */
static bool is_beginning(const struct candidate *heading, const struct candidate *whole)
{
    enum { WORDS = 4, REST_WORDS = 5 };
    struct part parts[PARTS_MOST];
    size_t count = parts_split(whole->text, parts);
    size_t length = heading->key.length;
    if (count < 2 || length >= whole->key.length || parts_words(heading->text) < WORDS ||
        parts_words(parts[count - 1]) > REST_WORDS ||
        memcmp(heading->key.at, whole->key.at, length) != 0) {
        return false;
    }
    struct buffer rest = {0};
    bool found = false;
    for (size_t i = count - 1; i > 0 && !found; i--) {
        rest.length = 0;
        const char *end = whole->text.at + whole->text.length;
        size_t key = parts_key(&rest, parts[i].at, (size_t)(end - parts[i].at));
        found = key == whole->key.length - length;
    }
    buffer_fini(&rest);
    return found;
}

/* The best; of those that say the same, the form that readers of the page see, else one that
 * never had the site's name in it. */
static const struct candidate *best_of(const struct candidate *all, size_t count)
{
    const struct candidate *best = &all[0];
    for (size_t i = 1; i < count; i++) {
        best = all[i].score > best->score ? &all[i] : best;
    }
    const struct candidate *form = best;
    for (size_t i = 0; i < count; i++) {
        if (all[i].heading && is_beginning(&all[i], best)) {
            return &all[i];
        }
        if (parts_same(all[i].key, best->key) && !form->heading &&
            (all[i].heading || (form->stripped && !all[i].stripped))) {
            form = &all[i];
        }
    }
    return form;
}

static void choose_headline(struct judge *judge)
{
    struct page *page = judge->page;
    struct candidate all[PAGE_TITLES];
    size_t count = 0;
    for (size_t i = 0; i < page->title_count; i++) {
        struct part text = strip_site(judge, name_text(page, &page->titles[i]));
        bool site = is_site(judge, text, false) && page->title_count > 1;
        count += !site && read_candidate(judge, &page->titles[i], &all[count]);
    }
    if (count == 0 && page->title_count) {
        count += read_candidate(judge, &page->titles[0], &all[0]);
    }
    if (count == 0) {
        return;
    }
    score(page, all, count);
    const struct candidate *best = best_of(all, count);
    struct part text = best->text;
    bool lone = page->title.length && parts_same(name_text(page, &page->title), text);
    text = lone ? strip_last(text) : text;
    item_offer(&page->item, ITEM_TITLE, 1, CLEAN_PLAIN, text.at, text.length);
}

static bool is_domain(struct part text)
{
    const char *dot = memrchr(text.at, '.', text.length);
    return dot && dot > text.at && !memchr(text.at, ' ', text.length) &&
           (size_t)(text.at + text.length - dot) > 2;
}

/* Without any name of the site, the title's shortest part that is not the headline. */
static void name_by_title(struct page *page, const char *headline, size_t length)
{
    struct part parts[PARTS_MOST];
    struct part title = name_text(page, &page->title);
    size_t count = page->title.length ? parts_split(title, parts) : 0;
    if (count < 2) {
        return;
    }
    struct part last = parts[count - 1], first = parts[0];
    bool ends =
        length && title.length > length && memcmp(title.at, headline, length) == 0;
    struct part name = is_domain(first)                      ? first
                       : ends || last.length <= first.length ? last
                                                             : first;
    if (parts_words(name) <= 5) {
        outlet_title(page->outlet, CLEAN_PLAIN, name.at, name.length);
    }
}

/* An address as a name loses what is not the host's. */
static struct part shorten_address(struct part text)
{
    const char *host = memmem(text.at, text.length, "://", 3);
    if (host && !memchr(text.at, ' ', text.length)) {
        host += 3;
        size_t left = text.length - (size_t)(host - text.at);
        size_t skip = left > 4 && strncasecmp(host, "www.", 4) == 0 ? 4 : 0;
        const char *slash = memchr(host, '/', left);
        size_t length = slash ? (size_t)(slash - host) : left;
        return (struct part){host + skip, length - skip};
    }
    return text;
}

static void choose_site(struct page *page)
{
    const struct page_name *best = NULL;
    const struct item_text *headline = &page->item.fields[ITEM_TITLE];
    const char *text = headline->rank ? page->item.text.bytes + headline->at : "";
    for (size_t i = 0; i < page->site_count; i++) {
        struct part name = name_text(page, &page->sites[i]);
        bool same_text = parts_same(name, (struct part){text, headline->length});
        if (!same_text && (!best || page->sites[i].weight > best->weight)) {
            best = &page->sites[i];
        }
    }
    if (best) {
        struct part name = shorten_address(name_text(page, best));
        outlet_title(page->outlet, CLEAN_PLAIN, name.at, name.length);
    } else {
        name_by_title(page, text, headline->rank ? headline->length : 0);
    }
}

/* Some give the article's headline as the application's name. */
static bool is_headline(const struct page *page, const struct page_name *site)
{
    enum { SURE_SITE = 38, SURE_TITLE = 24 };
    for (size_t i = 0; i < page->title_count && site->weight < SURE_SITE; i++) {
        if (page->titles[i].weight >= SURE_TITLE &&
            parts_same(name_text(page, &page->titles[i]), name_text(page, site))) {
            return true;
        }
    }
    return false;
}

void page_choose_names(struct page *page)
{
    struct judge judge = {.page = page};
    /* Keys are pointed at, so they may not move later. */
    size_t room = 4 * page->base.length + 4096;
    for (size_t i = 0; i < page->site_count; i++) {
        room += 4 * page->sites[i].length;
    }
    for (size_t i = 0; i < page->title_count; i++) {
        room += 8 * page->titles[i].length;
    }
    if (buffer_reserve(&judge.keys, room)) {
        for (size_t i = 0; i < page->site_count; i++) {
            if (!is_headline(page, &page->sites[i])) {
                add_site_key(&judge, name_text(page, &page->sites[i]), false);
            }
        }
        add_host(&judge);
        choose_headline(&judge);
        choose_site(page);
    }
    buffer_fini(&judge.keys);
}
