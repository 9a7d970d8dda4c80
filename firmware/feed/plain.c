/* An article copied from a page has the order of a page: the site's name, a kicker, the
 * headline, a deck, who and when, a picture's caption, the body, topics, appeals. So the lines
 * above the first paragraph and those at the end are read for what they are likely to be;
 * nothing else of the text is looked at. */
#include "feed/plain.h"

#include <string.h>

#include "base/utf8.h"
#include "feed/clean.h"
#include "feed/plain_line.h"

enum {
    LIST_LINES = 5,   /* contract.md: at most so many lines ... */
    LIST_CODES = 200, /* ... none longer, are headlines */
    LEAD_LINES = 24,
    TAIL_LINES = 160,
    DECK_CODES = 400,
    TOPICS_CODES = 40
};

struct lines {
    struct plain_line lead[LEAD_LINES];
    size_t lead_count;
    struct plain_line tail[TAIL_LINES]; /* the last ones, from tail_first on, round */
    size_t tail_first, tail_count;
    size_t count;      /* lines that are not empty */
    size_t most_codes; /* of the longest */
};

struct article {
    struct item item;
    const struct plain_line *site, *headline, *deck, *kicker;
    struct plain_line credit; /* the site's name at the end; length 0 = none */
};

static bool is_blank(const char *p, const char *end, size_t *bytes)
{
    uint32_t code;
    *bytes = utf8_decode(p, (size_t)(end - p), &code);
    return code <= ' ' || code == 0xA0 || code == 0x3000 || code == 0xFEFF ||
           code == 0x200B;
}

static struct plain_line trim(const char *p, const char *end)
{
    size_t bytes;
    while (p < end && is_blank(p, end, &bytes)) {
        p += bytes;
    }
    const char *last = p;
    for (const char *q = p; q < end; q += bytes) {
        if (!is_blank(q, end, &bytes)) {
            last = q + bytes;
        }
    }
    return (struct plain_line){.text = p, .length = (size_t)(last - p)};
}

static void add_line(struct lines *lines, struct plain_line line)
{
    lines->count++;
    if (lines->lead_count < LEAD_LINES) {
        plain_line_read(&line);
        lines->lead[lines->lead_count++] = line;
        lines->most_codes =
            line.codes > lines->most_codes ? line.codes : lines->most_codes;
    }
    if (lines->tail_count < TAIL_LINES) {
        lines->tail[lines->tail_count++] = line;
    } else {
        lines->tail[lines->tail_first] = line;
        lines->tail_first = (lines->tail_first + 1) % TAIL_LINES;
    }
}

static void split(const char *text, size_t length, struct lines *lines)
{
    const char *end = text + length;
    for (const char *p = text; p < end;) {
        const char *stop = p;
        while (stop < end && *stop != '\n' && *stop != '\r') {
            stop++;
        }
        struct plain_line line = trim(p, stop);
        if (line.length) {
            add_line(lines, line);
        }
        p = stop + 1;
    }
}

static const struct plain_line *tail_at(const struct lines *lines, size_t i)
{
    return &lines->tail[(lines->tail_first + i) % TAIL_LINES];
}

/* --- The lead --- */

/* A name of a site rather than a headline: several weak signs, since "All Israel" and "Rain
 * ends drought" are both a few words at the top. NEXT is the text line after it. */
static bool is_site(const struct lines *lines, const struct plain_line *line,
                    const struct plain_line *next, bool third)
{
    enum { SITE_WORDS = 6, SITE_CODES = 50, NAME_WORDS = 4, ENOUGH = 2 };
    if (!next || plain_line_is_paragraph(next) || line->words > SITE_WORDS ||
        line->codes > SITE_CODES || plain_line_is_sentence(line)) {
        return false;
    }
    int score = plain_line_is_medium(line) ? 2 : 0;
    bool title = plain_line_is_title_case(line);
    score += title ? 0 : -2;
    score += title && line->words <= NAME_WORDS && next->words > line->words + 1;
    score += title && line->words <= NAME_WORDS && third;
    for (size_t i = 0; i < lines->tail_count; i++) {
        const struct plain_line *other = tail_at(lines, i);
        if (other->text != line->text && plain_line_same(other, line)) {
            score += 3;
            break;
        }
    }
    return score >= ENOUGH;
}

/* The next line of the lead from *I on that is text, *I moves behind it; NULL if none. */
static const struct plain_line *next_text(const struct lines *lines, size_t *i)
{
    while (*i < lines->lead_count) {
        const struct plain_line *line = &lines->lead[(*i)++];
        if (line->kind == PLAIN_TEXT) {
            return line;
        }
    }
    return NULL;
}

static bool is_heading(const struct plain_line *line)
{
    return line && !plain_line_is_paragraph(line);
}

/* A word in capitals between the site's name and the headline is the section. */
static bool is_kicker(const struct plain_line *line, const struct plain_line *next)
{
    enum { KICKER_WORDS = 3, KICKER_CODES = 30 };
    return line->words <= KICKER_WORDS && line->codes <= KICKER_CODES &&
           is_heading(next) && next->words > line->words &&
           plain_line_is_capitals(line) && !plain_line_is_capitals(next);
}

/* The line after the headline is a deck if something stands between it and the body, or if it
 * does not end like a sentence, or is short before a long paragraph. */
static bool is_deck(const struct lines *lines, size_t at, bool meta_before)
{
    enum { DECK_SENTENCE_CODES = 160 };
    const struct plain_line *line = &lines->lead[at];
    const struct plain_line *next = at + 1 < lines->lead_count ? line + 1 : NULL;
    if (line->codes > DECK_CODES || !next) {
        return false;
    }
    bool meta_after = next->kind != PLAIN_TEXT && next->kind != PLAIN_TOPIC;
    if (meta_after && !meta_before) {
        return true;
    }
    if (plain_line_is_paragraph(line)) {
        return false;
    }
    if (!plain_line_is_sentence(line)) {
        return true;
    }
    size_t longer = meta_before ? line->codes * 2 : line->codes + line->codes / 2;
    return line->codes <= DECK_SENTENCE_CODES && next->kind == PLAIN_TEXT &&
           next->codes >= longer;
}

static const struct plain_line *find_deck(const struct lines *lines, size_t from)
{
    bool meta = false;
    for (size_t i = from; i < lines->lead_count; i++) {
        if (lines->lead[i].kind == PLAIN_TOPIC) {
            return NULL;
        }
        if (lines->lead[i].kind == PLAIN_TEXT) {
            return is_deck(lines, i, meta) ? &lines->lead[i] : NULL;
        }
        meta = true;
    }
    return NULL;
}

static void read_lead(const struct lines *lines, struct article *article)
{
    size_t i = 0;
    const struct plain_line *first = next_text(lines, &i);
    if (!first) {
        article->headline = &lines->lead[0];
        return;
    }
    size_t j = i, k;
    const struct plain_line *second = next_text(lines, &j);
    k = j;
    const struct plain_line *third = next_text(lines, &k);
    if (is_site(lines, first, second, is_heading(third))) {
        article->site = first;
        first = second;
        second = third;
        i = j;
        j = k;
    }
    if (second && is_kicker(first, second)) {
        article->kicker = first;
        first = second;
        i = j;
    }
    article->headline = first;
    article->deck = find_deck(lines, i);
}

/* --- The tail --- */

/* Topics stand in a row: "SYRIA", "trade, ports | harbours", "#coast #storm". */
static void add_topics(struct item *item, const char *text, size_t length)
{
    enum { TOPIC_WORDS = 5 };
    size_t i = 0;
    while (i < length) {
        size_t start = i;
        while (i < length && !strchr(",;|#", text[i]) &&
               (length - i < 2 || memcmp(text + i, "·", 2) != 0)) {
            i++;
        }
        struct plain_line topic = trim(text + start, text + i);
        if (topic.length) {
            plain_line_read(&topic);
            if (topic.codes <= TOPICS_CODES && topic.words <= TOPIC_WORDS) {
                item_add_category(item, CLEAN_PLAIN, topic.text, topic.length);
            }
        }
        i += i < length && text[i] == '\xC2' ? 2 : 1;
    }
}

static void read_topics(const struct lines *lines, struct article *article)
{
    for (size_t i = 0; i < lines->tail_count; i++) {
        struct plain_line line = *tail_at(lines, i);
        plain_line_read(&line);
        if (line.kind != PLAIN_TOPIC) {
            continue;
        }
        size_t label = plain_line_topic(&line);
        if (label < line.length) {
            add_topics(&article->item, line.text + label, line.length - label);
        } else if (i + 1 < lines->tail_count) {
            const struct plain_line *next = tail_at(lines, i + 1);
            add_topics(&article->item, next->text, next->length);
        }
    }
}

/* The site's name at the end: behind a label, else a last line that is a medium's name. */
static void read_credit(const struct lines *lines, struct article *article)
{
    enum { LOOK = 12, NAME_WORDS = 6, NAME_CODES = 50 };
    size_t first = lines->tail_count > LOOK ? lines->tail_count - LOOK : 0;
    for (size_t i = first; i < lines->tail_count; i++) {
        struct plain_line line = *tail_at(lines, i);
        size_t label = plain_line_credit(&line);
        if (label) {
            line = trim(line.text + label, line.text + line.length);
        }
        /* "The Harbour Post. All rights reserved." */
        const char *stop = memchr(line.text, '.', line.length);
        if (label && stop && (stop + 1 == line.text + line.length || stop[1] == ' ')) {
            line.length = (size_t)(stop - line.text);
        }
        if (line.length == 0 || line.text == article->headline->text) {
            continue;
        }
        plain_line_read(&line);
        bool name = line.words <= NAME_WORDS && line.codes <= NAME_CODES &&
                    plain_line_is_title_case(&line) && !plain_line_is_sentence(&line);
        if (name && (label || (plain_line_is_medium(&line) && line.kind == PLAIN_TEXT))) {
            article->credit = line;
            return;
        }
    }
}

/* --- Out --- */

static void offer(struct item *item, enum item_field field, const struct plain_line *line)
{
    if (line) {
        item_offer(item, field, 1, CLEAN_PLAIN, line->text, line->length);
    }
}

static void read_dates(const struct lines *lines, struct item *item)
{
    for (size_t i = 0; i < lines->lead_count; i++) {
        int64_t at;
        if (lines->lead[i].kind == PLAIN_DATE && plain_line_date(&lines->lead[i], &at)) {
            item->times[ITEM_PUBLISHED] = at;
            item->time_ranks[ITEM_PUBLISHED] = 1;
            return;
        }
    }
}

static void put_article(const struct lines *lines, struct outlet *outlet)
{
    struct article article = {.site = NULL};
    item_clear(&article.item);
    read_lead(lines, &article);
    read_topics(lines, &article);
    read_dates(lines, &article.item);
    if (article.kicker && article.item.categories.length == 0) {
        item_add_category(&article.item, CLEAN_PLAIN, article.kicker->text,
                          article.kicker->length);
    }
    if (!article.site) {
        read_credit(lines, &article);
        article.site = article.credit.length ? &article.credit : NULL;
    }
    if (article.site) {
        outlet_title(outlet, CLEAN_PLAIN, article.site->text, article.site->length);
    }
    offer(&article.item, ITEM_TITLE, article.headline);
    offer(&article.item, ITEM_SUMMARY, article.deck);
    outlet_item(outlet, &article.item);
    item_fini(&article.item);
}

static void put_list(const struct lines *lines, struct outlet *outlet)
{
    struct item item = {.times = {0}};
    for (size_t i = 0; i < lines->lead_count; i++) {
        item_clear(&item);
        offer(&item, ITEM_TITLE, &lines->lead[i]);
        if (!outlet_item(outlet, &item)) {
            break;
        }
    }
    item_fini(&item);
}

bool plain_parse(const char *text, size_t length, struct outlet *outlet)
{
    struct lines lines = {.count = 0};
    split(text, length, &lines);
    outlet->info->kind = FEED_TEXT;
    if (lines.count == 0) {
        return true;
    }
    if (lines.count <= LIST_LINES && lines.most_codes <= LIST_CODES) {
        put_list(&lines, outlet);
    } else {
        put_article(&lines, outlet);
    }
    return true;
}
