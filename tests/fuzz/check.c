/* Each run is boiled down to one hash, so that comparing two runs needs no memory. */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/headline.h"
#include "base/utf8.h"
#include "feed/feed.h"

struct run {
    uint64_t hash;
    size_t items;
};

void check_that(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "fuzz: broken promise: %s\n", what);
        abort();
    }
}

static bool may_air(uint32_t code, bool lines)
{
    if (code < 0x20) {
        return lines && code == '\n';
    }
    return !(code >= 0x7F && code <= 0x9F) && code != 0x61C && code != 0x200E &&
           code != 0x200F && !(code >= 0x202A && code <= 0x202E) &&
           !(code >= 0x2066 && code <= 0x2069) && code != 0x2028 && code != 0x2029 &&
           !(code >= 0xE0000 && code <= 0xE007F);
}

void check_text(const char *text, size_t length, size_t max_codes, bool lines,
                const char *what)
{
    size_t codes = 0;
    check_that(utf8_valid(text, length), what);
    for (size_t i = 0; i < length; codes++) {
        uint32_t code;
        i += utf8_decode(text + i, length - i, &code);
        check_that(may_air(code, lines), what);
    }
    check_that(codes <= max_codes, what);
}

void check_as_utf8(const uint8_t *data, size_t size, struct buffer *out)
{
    for (size_t i = 0; i < size;) {
        uint32_t code;
        i += utf8_decode((const char *)data + i, size - i, &code);
        buffer_code(out, code);
    }
}

static uint64_t mix(uint64_t hash, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3u;
    }
    return (hash ^ length) * 0x100000001b3u;
}

static void check_link(const char *link, const char *what)
{
    size_t length = strlen(link);
    bool web =
        strncasecmp(link, "http://", 7) == 0 || strncasecmp(link, "https://", 8) == 0;
    check_that(length == 0 || web, what);
    check_text(link, length, HEADLINE_LINK_BYTES, false, what);
    check_that(length <= HEADLINE_LINK_BYTES && !strchr(link, ' '), what);
}

/* The texts fill the pool one behind the other, each ended by '\0' within `used`. */
static void check_pool(const struct headline *headline)
{
    size_t sum = 1;
    check_that(headline->used <= HEADLINE_POOL_BYTES && headline->pool[0] == '\0',
               "pool");
    for (int i = 0; i < HEADLINE_FIELDS; i++) {
        size_t at = headline->at[i];
        if (at) {
            check_that(at < headline->used && headline->pool[at - 1] == '\0', "pool");
            sum += strnlen(headline->pool + at, headline->used - at) + 1;
        }
    }
    check_that(sum == headline->used, "pool is filled without gaps");
}

static void check_time(int64_t at, const char *what)
{
    enum { YEAR_S = 31622400 };
    check_that(at == HEADLINE_NO_TIME ||
                   (at > INT64_C(-1970) * YEAR_S && at < INT64_C(8031) * YEAR_S),
               what);
}

static bool check_headline(void *user, const struct headline *headline)
{
    static const struct {
        enum headline_field field;
        size_t codes;
        bool lines;
        const char *what;
    } texts[] = {
        {HEADLINE_TEXT, HEADLINE_TEXT_CODES, false, "headline"},
        {HEADLINE_SUMMARY, HEADLINE_SUMMARY_CODES, false, "summary"},
        {HEADLINE_SOURCE, 400, false, "source"},
        {HEADLINE_ID, 1024, false, "id"},
        {HEADLINE_CATEGORIES, 1024, true, "categories"},
        {HEADLINE_LANG, 35, false, "lang"},
    };
    struct run *run = user;
    check_pool(headline);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *text = headline_get(headline, texts[i].field);
        check_text(text, strlen(text), texts[i].codes, texts[i].lines, texts[i].what);
    }
    check_that(*headline_get(headline, HEADLINE_TEXT), "a headline has a text");
    check_link(headline_get(headline, HEADLINE_LINK), "link");
    check_link(headline_get(headline, HEADLINE_IMAGE), "image");
    check_time(headline->published, "published");
    check_time(headline->updated, "updated");
    check_time(headline->expires, "expires");
    check_that(headline->identity != 0, "identity");
    run->hash = mix(run->hash, headline->pool, headline->used);
    run->hash ^= headline->identity + (uint64_t)headline->published;
    run->hash =
        mix(run->hash, (const char *)&headline->updated, sizeof headline->updated);
    run->hash =
        mix(run->hash, (const char *)&headline->expires, sizeof headline->expires);
    run->items++;
    return true;
}

static struct run parse(const struct feed_input *input)
{
    struct run run = {.hash = 1};
    struct feed_info info;
    bool known = feed_parse(input, check_headline, &run, &info);
    check_that(known == (info.kind != FEED_UNKNOWN), "known means a kind");
    check_that(known || *info.reason, "what is unknown has a reason");
    check_that(run.items == info.items && run.items <= input->max_items,
               "count of items");
    check_text(info.title, strnlen(info.title, sizeof info.title), FEED_TITLE_BYTES - 1,
               false, "feed title");
    check_that(memchr(info.reason, '\0', sizeof info.reason), "reason ends");
    check_that(memchr(info.feed_url, '\0', sizeof info.feed_url), "feed_url ends");
    check_link(info.feed_url, "feed_url");
    run.hash = mix(run.hash, info.title, strlen(info.title));
    run.hash = mix(run.hash, info.reason, strlen(info.reason));
    run.hash = mix(run.hash, info.feed_url, strlen(info.feed_url));
    run.hash ^= (uint64_t)info.kind << 8 ^ (uint64_t)info.partial;
    return run;
}

size_t check_feed(const char *bytes, size_t length, const char *content_type,
                  const char *address)
{
    enum { ITEMS = 50 };
    struct feed_input input = {
        .bytes = bytes,
        .length = length,
        .content_type = content_type,
        .base_url = address ? address : "https://news.example/list/feed",
        .max_items = ITEMS,
    };
    struct run first = parse(&input), second = parse(&input);
    check_that(first.hash == second.hash && first.items == second.items,
               "the same document gives the same headlines");
    return first.items;
}
