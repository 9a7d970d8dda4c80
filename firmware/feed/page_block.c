/* What servers send with status 200 although it is no content. Their titles and first words are
 * a small family in each language; phrases are compared by words, and count for less the more
 * the page looks like an article: a story about sign-ins is news. */
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "feed/page_facts.h"
#include "feed/page_phrases.h"

/* At most FEED_REASON_BYTES each, with the cure. */
static const char *const reasons[PAGE_KINDS] = {
    [PAGE_LOGIN] =
        "this is a web page, not a feed: a login; use an address that needs none, or "
        "set user and password-file",
    [PAGE_ERROR] =
        "this is a web page, not a feed: an error message; look at the address in a "
        "browser",
    [PAGE_CHALLENGE] =
        "this is a web page, not a feed: a robot check that lets no program in; "
        "use the site's RSS or Atom address",
    [PAGE_PORTAL] =
        "this is a web page, not a feed: the login of a network; accept its terms in "
        "a browser first",
    [PAGE_CONSENT] =
        "this is a web page, not a feed: a consent form; use the site's RSS or Atom "
        "address",
    [PAGE_SERVER] =
        "this is a web page, not a feed: a server's own start page; check the "
        "address, nothing is published there yet",
    [PAGE_INDEX] =
        "this is a web page, not a feed: a listing of files; give the address of one "
        "of them",
    [PAGE_SCRIPT] =
        "this is a web page, not a feed: empty without JavaScript; use the site's RSS "
        "or Atom address",
    [PAGE_FORM] =
        "this is a web page, not a feed: it asks for something and tells nothing; look "
        "at the address in a browser",
    [PAGE_PARKED] =
        "this is a web page, not a feed: the address is for sale or parked; the site "
        "has moved or is gone",
};

static const char no_title[] = "this is a web page, not a feed: it has no title and no "
                               "headline; look for the site's "
                               "RSS or Atom address";

static const char only_menu[] =
    "this is a web page, not a feed: a title and links without a "
    "text; look for the site's RSS or Atom address";

/* --- Words --- */

/* Appends TEXT in lower case with one space for whatever is no word, and one at each end. */
static void add_words(struct buffer *out, const char *text, size_t length)
{
    buffer_byte(out, ' ');
    for (size_t i = 0; i < length;) {
        uint32_t code;
        i += utf8_decode(text + i, length - i, &code);
        utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)code);
        if (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO) {
            buffer_code(out, (uint32_t)utf8proc_tolower((utf8proc_int32_t)code));
        } else if (out->length && out->bytes[out->length - 1] != ' ') {
            buffer_byte(out, ' ');
        }
    }
    if (out->length && out->bytes[out->length - 1] != ' ') {
        buffer_byte(out, ' ');
    }
}

static bool holds(const struct buffer *text, const char *words)
{
    size_t n = strlen(words);
    for (size_t i = 1; i + n < text->length; i++) {
        if (text->bytes[i] == *words && text->bytes[i - 1] == ' ' &&
            text->bytes[i + n] == ' ' && memcmp(text->bytes + i, words, n) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether at most MOST words stand in TEXT from AT on. */
static bool ends_within(const struct buffer *text, size_t at, size_t most)
{
    size_t words = 0;
    for (size_t i = at; i + 1 < text->length; i++) {
        words += text->bytes[i] == ' ';
    }
    return words <= most;
}

/* Whether TEXT is the phrase, or begins with it and goes on for MOST words; a status number may
 * stand before it. */
static bool matches(const struct buffer *text, const struct page_phrase *phrase,
                    size_t most)
{
    size_t n = strlen(phrase->words), start = 1;
    while (start < text->length &&
           ((text->bytes[start] >= '0' && text->bytes[start] <= '9') ||
            text->bytes[start] == ' ')) {
        start++;
    }
    for (size_t at = 1;; at = start) {
        size_t left = text->length > at ? text->length - at : 0;
        if (left > n && text->bytes[at] == *phrase->words &&
            memcmp(text->bytes + at, phrase->words, n) == 0 &&
            text->bytes[at + n] == ' ' &&
            (left == n + 1 ||
             (phrase->where == PAGE_BEGINS && ends_within(text, at + n, most)))) {
            return true;
        }
        if (at == start) {
            return false;
        }
    }
}

/* "404", "HTTP 403", "Error 500: ...": a number of an HTTP fault that opens the text, alone or
 * before one of the words that follow it; at most MOST words behind it. */
static bool is_status(const struct buffer *text, size_t most)
{
    static const char *const before[] = {
        " ",        " error ",     " http ", " http error ", " http status ",
        " status ", " error code "};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        size_t n = strlen(before[i]);
        const char *p = text->bytes + n;
        if (text->length < n + 4 || memcmp(text->bytes, before[i], n) != 0) {
            continue;
        }
        bool number = (*p == '4' || *p == '5') && p[1] >= '0' && p[1] <= '5' &&
                      p[2] >= '0' && p[2] <= '9' && p[3] == ' ';
        if (number &&
            (text->length == n + 4 || (i > 0 && ends_within(text, n + 3, most)))) {
            return true;
        }
    }
    return false;
}

/* --- The page --- */

enum { WORDS_BEHIND = 2 };

/* The text names a fault, a login or the like. Returns the kind, or PAGE_KINDS. */
static enum page_kind kind_of(const char *text, size_t length, size_t most)
{
    struct buffer words = {0};
    enum page_kind kind = PAGE_KINDS;
    add_words(&words, text, length);
    if (!words.failed) {
        kind = is_status(&words, most) ? PAGE_ERROR : PAGE_KINDS;
        for (size_t i = 0; kind == PAGE_KINDS && i < page_phrase_count; i++) {
            if (page_phrases[i].where != PAGE_HOLDS &&
                matches(&words, &page_phrases[i], most)) {
                kind = page_phrases[i].kind;
            }
        }
    }
    buffer_fini(&words);
    return kind;
}

/* Each part of a title: "Sign in | Harbour Post". */
static enum page_kind kind_of_parts(const char *text, size_t length)
{
    enum page_kind kind = kind_of(text, length, SIZE_MAX);
    size_t start = 0;
    for (size_t i = 0; i <= length && kind == PAGE_KINDS; i++) {
        bool dash = i + 3 < length && memcmp(text + i, " \xE2\x80", 3) == 0;
        bool mark = i == length || text[i] == '|' || dash ||
                    (text[i] == ':' && i + 1 < length && text[i + 1] == ' ') ||
                    (text[i] == '-' && i && text[i - 1] == ' ');
        if (mark && i > start) {
            kind = kind_of(text + start, i - start, SIZE_MAX);
            start = i + 1;
        }
    }
    return kind;
}

static enum page_kind kind_of_body(const struct page *page)
{
    struct buffer words = {0};
    enum page_kind kind = PAGE_KINDS;
    add_words(&words, page->visible.bytes, page->visible.length);
    for (size_t i = 0; !words.failed && kind == PAGE_KINDS && i < page_phrase_count;
         i++) {
        if (page_phrases[i].where == PAGE_HOLDS && holds(&words, page_phrases[i].words)) {
            kind = page_phrases[i].kind;
        }
    }
    buffer_fini(&words);
    return kind;
}

static size_t visible_bytes(const struct page *page)
{
    size_t count = 0;
    for (size_t i = 0; i < page->visible.length; i++) {
        count += (unsigned char)page->visible.bytes[i] > ' ';
    }
    return count;
}

/* Of a page that may well be an article each name is read as a whole, and one that goes on
 * behind the phrase is a headline: "Access denied: how visa rules keep scholars out". */
static enum page_kind kind_of_name(const char *text, size_t length, bool doubtful)
{
    return doubtful ? kind_of(text, length, WORDS_BEHIND) : kind_of_parts(text, length);
}

static enum page_kind judge_names(const struct page *page, bool doubtful)
{
    const char *texts = page->texts.bytes;
    enum page_kind kind = PAGE_KINDS;
    if (page->title.length) {
        kind = kind_of_name(texts + page->title.at, page->title.length, doubtful);
    }
    const struct item_text *chosen = &page->item.fields[ITEM_TITLE];
    if (kind == PAGE_KINDS && chosen->rank) {
        kind = kind_of_name(page->item.text.bytes + chosen->at, chosen->length, doubtful);
    }
    if (kind == PAGE_KINDS && page->heading) {
        struct buffer text = {0};
        page_text_within(page->heading, 400, &text);
        kind = text.length && !text.failed
                   ? kind_of(text.bytes, text.length, doubtful ? WORDS_BEHIND : SIZE_MAX)
                   : PAGE_KINDS;
        buffer_fini(&text);
    }
    return kind;
}

const char *page_refusal(const struct page *page)
{
    enum {
        ARTICLE_PROSE = 1500,
        LITTLE_PROSE = 600,
        LITTLE_TEXT = 120,
        SOME_TEXT = 3000,
        NO_PROSE = 200,
        FORM_TEXT = 600
    };
    bool story = page->article && page->prose >= ARTICLE_PROSE;
    bool little = page->prose < LITTLE_PROSE;
    /* No login and no error has a day of publication. */
    bool dated = page->article && page->item.time_ranks[ITEM_PUBLISHED];
    enum page_kind kind = story ? PAGE_KINDS : judge_names(page, dated || !little);
    if (kind == PAGE_KINDS && page->password && !page->article && little) {
        kind = PAGE_LOGIN;
    }
    size_t visible = visible_bytes(page);
    /* The terms of a network are long, but nobody ticks a box to read an article. */
    bool asked = !page->article && page->checkbox;
    if (kind == PAGE_KINDS && !dated && ((little && visible < SOME_TEXT) || asked)) {
        kind = kind_of_body(page);
    }
    if (kind == PAGE_KINDS && !page->article && visible < LITTLE_TEXT &&
        (page->fence.other_scripts || page->refresh)) {
        kind = PAGE_SCRIPT;
    }
    /* The portal of a network in words that no table knows. */
    if (kind == PAGE_KINDS && !page->article && !page->item.time_ranks[ITEM_PUBLISHED] &&
        page->prose < NO_PROSE && visible < FORM_TEXT && page->fence.controls) {
        kind = PAGE_FORM;
    }
    bool named = page->item.fields[ITEM_TITLE].rank || page->site_count ||
                 page->item.time_ranks[ITEM_PUBLISHED] ||
                 page->item.fields[ITEM_SUMMARY].rank;
    return kind != PAGE_KINDS ? reasons[kind] : named ? NULL : no_title;
}

const char *page_menu_refusal(const struct page *page)
{
    enum { LINKS = 3, SOME_TEXT = 60 };
    bool menu = !page->article && !page->heading && page->links >= LINKS &&
                page->unlinked < SOME_TEXT && !page->item.time_ranks[ITEM_PUBLISHED] &&
                !page->item.fields[ITEM_SUMMARY].rank;
    return menu ? only_menu : NULL;
}
