/* Each '<' is looked at once, and a "]]>" is remembered until it is passed, so that no document
 * makes the search slow. What is not plain, right or wrong, is left to the parser. */
#include "feed/xmlplain.h"

#include <string.h>

#include "base/utf8.h"
#include "feed/xmldata.h"

static const char cdata_open[] = "<![CDATA[";
enum { CDATA_OPEN = sizeof cdata_open - 1, CDATA_CLOSE = 3 };

static const char *find(const char *p, const char *end, char c)
{
    const char *found = memchr(p, c, (size_t)(end - p));
    return found ? found : end;
}

/* --- The start tag --- */

/* Kinds of bytes within a tag: blank, part of a name, begin of a name, and in a value what it
 * needs no look at. */
enum { BLANK = 1, NAMED = 2, NAMES = 4, VALUED = 8 };

static unsigned kind_of(char c)
{
    enum { BOTH = NAMED | NAMES | VALUED, MORE = NAMED | VALUED };
    static const unsigned char kinds[256] = {
        ['\t'] = BLANK,
        ['\n'] = BLANK,
        ['\r'] = BLANK,
        [' '] = BLANK | VALUED,
        ['!'] = VALUED,
        ['#' ... '%'] = VALUED,
        ['(' ... ','] = VALUED,
        ['-'] = MORE,
        ['.'] = MORE,
        ['/'] = VALUED,
        ['0' ... '9'] = MORE,
        [':'] = BOTH,
        [';'] = VALUED,
        ['=' ... '@'] = VALUED,
        ['A' ... 'Z'] = BOTH,
        ['[' ... '^'] = VALUED,
        ['_'] = BOTH,
        ['`'] = VALUED,
        ['a' ... 'z'] = BOTH,
        ['{' ... '~'] = VALUED,
        [0x80 ... XMLDATA_ODD - 1] = VALUED,
        [XMLDATA_ODD + 1 ... 0xFF] = VALUED,
    };
    return kinds[(unsigned char)c];
}

/* How many bytes at P, before END, are of KIND. */
static size_t run_of(const char *p, const char *end, unsigned kind)
{
    const char *start = p;
    while (p < end && kind_of(*p) & kind) {
        p++;
    }
    return (size_t)(p - start);
}

static size_t read_name(const char *p, const char *end)
{
    return p < end && kind_of(*p) & NAMES ? run_of(p, end, NAMED) : 0;
}

/* The bytes of a quoted value at P between its quotes; false if it is not plain. */
static bool read_value(const char *p, const char *end, struct xmlplain_word *value)
{
    if (p >= end || (*p != '"' && *p != '\'')) {
        return false;
    }
    char quote = *p++;
    value->at = p;
    while ((p += run_of(p, end, VALUED)) < end && *p != quote) {
        uint32_t code;
        size_t bytes = *p == '"' || *p == '\'' ? 1
                       : *p == '&'             ? xmldata_reference(p, end, &code)
                                               : 0;
        if (bytes == 0) {
            return false;
        }
        p += bytes;
    }
    value->length = (size_t)(p - value->at);
    return p < end;
}

static bool is_twice(const struct xmlplain_found *found, struct xmlplain_word name)
{
    for (size_t i = 1; i < found->words; i += 2) {
        if (found->word[i].length == name.length &&
            memcmp(found->word[i].at, name.at, name.length) == 0) {
            return true;
        }
    }
    return false;
}

/* Reads the start tag at P, behind its '<'. Returns what is behind it, NULL if it is not plain;
 * EMPTY where it is an end tag as well. */
static const char *read_tag(const char *p, const char *end, struct xmlplain_found *found,
                            bool *empty)
{
    const char *start = p;
    found->words = 0;
    struct xmlplain_word word = {p, read_name(p, end)};
    while (word.length && found->words < 1 + 2 * XMLPLAIN_ATTRIBUTES) {
        found->word[found->words++] = word;
        p += word.length;
        if (found->words > 1) {
            if (p >= end || *p != '=' || !read_value(p + 1, end, &word)) {
                return NULL;
            }
            found->word[found->words++] = word;
            p = word.at + word.length + 1;
        }
        size_t blank = run_of(p, end, BLANK);
        p += blank;
        word = (struct xmlplain_word){p, read_name(p, end)};
        if (word.length && (blank == 0 || is_twice(found, word))) {
            return NULL;
        }
    }
    *empty = p < end && *p == '/';
    p += *empty;
    bool ends = word.length == 0 && found->words && p < end && *p == '>';
    return ends && p - start < XMLPLAIN_TAG_BYTES ? p + 1 : NULL;
}

void xmlplain_tag(const struct xmlplain_found *found, struct xmlplain_tag *tag)
{
    char *to = tag->room;
    tag->name = to;
    for (size_t i = 0; i < found->words; i++) {
        const char *p = found->word[i].at, *end = p + found->word[i].length;
        if (i) {
            tag->attributes[i - 1] = to;
        }
        while (p < end) {
            uint32_t code;
            const char *mark = find(p, end, '&');
            memcpy(to, p, (size_t)(mark - p));
            to += mark - p;
            p = mark;
            if (p < end) {
                p += xmldata_reference(p, end, &code);
                to += utf8_encode(code, to);
            }
        }
        *to++ = '\0';
    }
    tag->attributes[found->words - 1] = NULL;
}

/* --- The search --- */

/* Faster than memmem, since texts hardly have a ']'. */
static const char *find_cdata_close(const char *p, const char *end)
{
    while ((p = find(p, end, ']')) < end) {
        if (end - p >= CDATA_CLOSE && p[1] == ']' && p[2] == '>') {
            return p;
        }
        p++;
    }
    return end;
}

/* The end of the CDATA section whose text begins at TEXT, END if there is none. */
static const char *cdata_end(struct xmlplain *plain, const char *text)
{
    if (!plain->cdata_close || plain->cdata_close < text) {
        plain->cdata_close = find_cdata_close(text, plain->end);
    }
    return plain->cdata_close;
}

static bool begins(const char *p, const char *end, const char *with, size_t length)
{
    return (size_t)(end - p) >= length && memcmp(p, with, length) == 0;
}

/* The CDATA section that begins at P, if it is long. */
static bool find_cdata(struct xmlplain *plain, const char *p,
                       struct xmlplain_found *found)
{
    const char *text = p + CDATA_OPEN;
    const char *close = cdata_end(plain, text);
    plain->p = text;
    found->before = p;
    found->words = 0;
    found->text = (struct xmlplain_word){text, (size_t)(close - text)};
    found->behind = close + CDATA_CLOSE;
    found->cdata = true;
    return close < plain->end && found->text.length >= plain->least;
}

/* The plain element that begins at MARK; its text is one CDATA section or has no '<'. */
static bool find_element(struct xmlplain *plain, const char *mark,
                         struct xmlplain_found *found)
{
    const char *end = plain->end;
    bool empty;
    const char *text = read_tag(mark + 1, end, found, &empty);
    if (!text) {
        return false;
    }
    plain->p = text;
    found->before = mark;
    found->text = (struct xmlplain_word){text, 0};
    found->behind = text;
    found->cdata = !empty && begins(text, end, cdata_open, CDATA_OPEN);
    if (empty) {
        return true;
    }
    text += found->cdata ? CDATA_OPEN : 0;
    const char *close = found->cdata ? cdata_end(plain, text) : find(text, end, '<');
    found->text = (struct xmlplain_word){text, (size_t)(close - text)};
    if (found->cdata && close < end) {
        close += CDATA_CLOSE;
    }
    struct xmlplain_word name = found->word[0];
    found->behind = close + name.length + 3;
    return (size_t)(end - close) >= name.length + 3 && memcmp(close, "</", 2) == 0 &&
           memcmp(close + 2, name.at, name.length) == 0 && close[2 + name.length] == '>';
}

/* The long text behind the start tag that seems to begin at MARK; looks no further than the
 * next '<', and goes on from there. */
static bool find_text(struct xmlplain *plain, const char *mark,
                      struct xmlplain_found *found)
{
    const char *next = find(mark + 1, plain->end, '<');
    plain->p = next;
    if ((size_t)(next - mark) <= plain->least || next == plain->end ||
        strchr("!?/", mark[1])) {
        return false;
    }
    const char *text = find(mark, next, '>') + 1;
    if (text > next || (size_t)(next - text) < plain->least) {
        return false;
    }
    found->before = text;
    found->words = 0;
    found->text = (struct xmlplain_word){text, (size_t)(next - text)};
    found->behind = next;
    found->cdata = false;
    return true;
}

static const char *comment_end(const char *p, const char *end)
{
    const char *close = memmem(p, (size_t)(end - p), "-->", 3);
    return close ? close : end;
}

bool xmlplain_next(struct xmlplain *plain, struct xmlplain_found *found)
{
    const char *mark, *end = plain->end;
    while ((mark = find(plain->p, end, '<')) < end) {
        if (begins(mark, end, "<!--", 4)) {
            plain->p = comment_end(mark, end);
        } else if (begins(mark, end, cdata_open, CDATA_OPEN)) {
            if (find_cdata(plain, mark, found)) {
                return true;
            }
        } else if (find_element(plain, mark, found) || find_text(plain, mark, found)) {
            return true;
        }
    }
    plain->p = end;
    return false;
}
