/* Hostile documents of every shape must cost work in proportion to their length. Work is
 * counted, not timed: the bytes that searches and copies pass over, and the calls of the parsers'
 * own steps, which the linker leads through here (--wrap in CMakeLists.txt). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/headline.h"
#include "feed/entity.h"
#include "feed/feed.h"
#include "feed/tag.h"

static uint64_t work;

enum { CALL = 8, UNIT_BYTES = 128 };

void *__real_memchr(const void *bytes, int c, size_t length);
void *__wrap_memchr(const void *bytes, int c, size_t length);
void *__wrap_memchr(const void *bytes, int c, size_t length)
{
    const char *found = __real_memchr(bytes, c, length);
    work += found ? (size_t)(found - (const char *)bytes) : length;
    return (void *)(uintptr_t)found;
}

void *__real_memmem(const void *bytes, size_t length, const void *what, size_t n);
void *__wrap_memmem(const void *bytes, size_t length, const void *what, size_t n);
void *__wrap_memmem(const void *bytes, size_t length, const void *what, size_t n)
{
    const char *found = __real_memmem(bytes, length, what, n);
    work += found ? (size_t)(found - (const char *)bytes) : length;
    return (void *)(uintptr_t)found;
}

void *__real_memcpy(void *to, const void *from, size_t length);
void *__wrap_memcpy(void *to, const void *from, size_t length);
void *__wrap_memcpy(void *to, const void *from, size_t length)
{
    work += length;
    return __real_memcpy(to, from, length);
}

void *__real_memmove(void *to, const void *from, size_t length);
void *__wrap_memmove(void *to, const void *from, size_t length);
void *__wrap_memmove(void *to, const void *from, size_t length)
{
    work += length;
    return __real_memmove(to, from, length);
}

size_t __real_utf8_decode(const char *text, size_t length, uint32_t *code);
size_t __wrap_utf8_decode(const char *text, size_t length, uint32_t *code);
size_t __wrap_utf8_decode(const char *text, size_t length, uint32_t *code)
{
    work += CALL;
    return __real_utf8_decode(text, length, code);
}

size_t __real_entity_read(const char *text, size_t length, struct entity *entity,
                          bool *closed);
size_t __wrap_entity_read(const char *text, size_t length, struct entity *entity,
                          bool *closed);
size_t __wrap_entity_read(const char *text, size_t length, struct entity *entity,
                          bool *closed)
{
    size_t bytes = __real_entity_read(text, length, entity, closed);
    work += CALL + bytes;
    return bytes;
}

bool __real_tag_read(const char *text, size_t length, struct tag_scan *scan,
                     struct tag *tag);
bool __wrap_tag_read(const char *text, size_t length, struct tag_scan *scan,
                     struct tag *tag);
bool __wrap_tag_read(const char *text, size_t length, struct tag_scan *scan,
                     struct tag *tag)
{
    bool read = __real_tag_read(text, length, scan, tag);
    work += CALL + (read ? tag->length : 0);
    return read;
}

int __real_strncasecmp(const char *a, const char *b, size_t length);
int __wrap_strncasecmp(const char *a, const char *b, size_t length);
int __wrap_strncasecmp(const char *a, const char *b, size_t length)
{
    work += CALL;
    return __real_strncasecmp(a, b, length);
}

bool __real_date_parse(const char *text, size_t length, int64_t *at);
bool __wrap_date_parse(const char *text, size_t length, int64_t *at);
bool __wrap_date_parse(const char *text, size_t length, int64_t *at)
{
    work += CALL * 8;
    return __real_date_parse(text, length, at);
}

static bool take(void *user, const struct headline *headline)
{
    *(size_t *)user += headline->identity != 0;
    return true;
}

/* HEAD, UNIT as often as it takes ("%d" in it counts), TAIL. */
static size_t fill(char *out, size_t size, const char *head, const char *unit,
                   const char *tail)
{
    size_t used = strlen(head), end = strlen(tail), length = strlen(unit);
    const char *number = strstr(unit, "%d");
    memcpy(out, head, used);
    for (int i = 0; used + length + end + 16 < size; i++) {
        used += number ? (size_t)snprintf(out + used, UNIT_BYTES, "%.*s%d%s",
                                          (int)(number - unit), unit, i, number + 2)
                       : length;
        if (!number) {
            memcpy(out + used - length, unit, length);
        }
    }
    memcpy(out + used, tail, end);
    return used + end;
}

static uint64_t work_of(const char *head, const char *unit, const char *tail, size_t size)
{
    char *document = malloc(size + 4096);
    assert_non_null(document);
    struct feed_input input = {.bytes = document,
                               .length = fill(document, size, head, unit, tail),
                               .base_url = "http://a.example/"};
    struct feed_info info;
    size_t items = 0;
    work = 0;
    feed_parse(&input, take, &items, &info);
    free(document);
    return work;
}

#define RSS   "<rss><channel>"
#define ITEM  RSS "<item><title>t</title>"
#define TITLE RSS "<item><title>"
#define END   "</channel></rss>"
#define ATOM  "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry>"
#define JSON  "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":["
#define BODY                                                                             \
    "Headline\nBody text that goes on, a long one. And on, and on, and on it goes.\n"

static void test_work_is_linear(void **state)
{
    static const struct {
        const char *head, *unit, *tail;
    } shapes[] = {
        {RSS "<item", " a%d=\"x\"", "/>" END},
        {RSS "<item", " a=\"x\"", "/>" END},
        {"<rss", " xmlns:n%d=\"u\"", "><channel/></rss>"},
        {RSS, "<item xmlns:n%d=\"u\"><title>t</title></item>", END},
        {RSS, "<a>", ""},
        {RSS, "<a%d>", ""},
        {RSS, "<a%d></b>", ""},
        {RSS, "<a><b></a>", END},
        {RSS, "<a xml:base=\"b/\">", ""},
        {RSS, "</a", ""},
        {RSS, "<item/>", END},
        {RSS, "<item><guid>1</guid><title>a</title></item>", END},
        {RSS, "<item><title>x", ""},
        {ITEM, "<category>c%d</category>", "</item>" END},
        {ITEM, "<title>u</title>", "</item>" END},
        {ITEM, "<link>http://a/../../b</link>", "</item>" END},
        {ITEM "<link>http://a", "/..", "</link></item>" END},
        {ITEM, "<pubDate>ноября ноября 1 ноября</pubDate>", "</item>" END},
        {TITLE, "x", "</title></item>" END},
        {TITLE, "&amp;", "</title></item>" END},
        {TITLE, "&zzz;", "</title></item>" END},
        {TITLE, "& ", "</title></item>" END},
        {TITLE, "&lt;", "</title></item>" END},
        {TITLE, "&lt;p ", "</title></item>" END},
        {TITLE, "&lt;p a=\"", "</title></item>" END},
        {TITLE, "&lt;script>", "</title></item>" END},
        {TITLE, "&lt;script>&lt;/script ", "</title></item>" END},
        {TITLE, "&lt;!--", "</title></item>" END},
        {TITLE, "&lt;/", "</title></item>" END},
        {TITLE, "&lt;!a", "</title></item>" END},
        {TITLE, "<![CDATA[x]]>", "</title></item>" END},
        {TITLE, "<![CDATA[", ""},
        {TITLE "<![CDATA[", "]]", "]]></title></item>" END},
        {TITLE, "<![CDATA[", "]]></title></item>" END},
        {TITLE "a", "\u0301", "</title></item>" END},
        {TITLE "a", " ", "</title></item>" END},
        {TITLE, "\u00AD", "</title></item>" END},
        {RSS "<!--", "<b>", "-->" END},
        {RSS, "<!--", END},
        {RSS, "<?", END},
        {"<!DOCTYPE rss ", "<!", "><rss/>"},
        {"<!DOCTYPE rss ", "[", "><rss/>"},
        {"", "<!-- -->", "<rss/>"},
        {"", "<", ""},
        {"", "<", "<rss><channel/></rss>"},
        {RSS, "<a b=\"", ""},
        {RSS, "<a b=c ", ""},
        {RSS, "<a '\"", ""},
        {RSS "<item a=\"", "&", "\"/>" END},
        {RSS "<item a=\"", "<", "\"/>" END},
        {RSS, "\x01", END},
        {ATOM "<title mode=\"base64\">", "QUJD", "</title></entry></feed>"},
        {ATOM, "<content mode=\"base64\">QUJD</content>", "</entry></feed>"},
        {ATOM "<title type=\"xhtml\">", "<b/>", "</title></entry></feed>"},
        {"", "a line of text\n", ""},
        {"", "\n", "end"},
        {"", "word ", ""},
        {"", "x", ""},
        {BODY "Topics: ", "a,", ""},
        {BODY, "Topics: a, b\n", ""},
        {"", "The Post\n", ""},
        {"a ", "<", ""},
        {"Head\n", "(/", ")"},
        {JSON "{", "\"k%d\":1,", "\"z\":1}]}"},
        {"{\"a\":", "[", ""},
        {JSON, "{},", "{}]}"},
        {JSON "{\"title\":\"t\",\"tags\":[", "\"t\",", "\"z\"]}]}"},
        {JSON "{\"title\":\"", "\\u0041", "\"}]}"},
        {JSON, "{\"id\":\"1\"},", ""},
    };
    enum { SMALL = 96 << 10, TIMES = 4, A_BYTE = 200 };
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        const char *head = shapes[i].head, *unit = shapes[i].unit, *tail = shapes[i].tail;
        uint64_t few = work_of(head, unit, tail, SMALL);
        uint64_t many = work_of(head, unit, tail, SMALL * TIMES);
        /* A quarter more than linear is allowed for buffers that double, and two copies. */
        if (many > few * TIMES * 5 / 4 + 2 * SMALL * TIMES ||
            many > (uint64_t)SMALL * TIMES * A_BYTE) {
            fail_msg("%s(%s): %llu, then %llu", head, unit, (unsigned long long)few,
                     (unsigned long long)many);
        }
    }
}

/* What no feed needs is refused before it costs seconds on a small board. */
static void test_budgets(void **state)
{
    static const struct {
        const char *head, *unit, *tail, *reason;
    } shapes[] = {
        {RSS, "<a/>", END, "too many elements"},
        {RSS, "<a>", "", "too deep"},
        {RSS, "<a b=\"\" c=\"\" d=\"\" e=\"\" f=\"\"/>", END, "too many elements"},
        {RSS "<item", " a%d=\"x\"", "/>" END, "too many elements"},
        {TITLE, "&zzz;", "</title></item>" END, "too many elements"},
        {"{\"a\":[", "1,", "1]}", "too many values"},
    };
    /* Half a million attributes are in it: where a pointer is four bytes, as many as a quarter
     * of a million stay below the ceiling of memory. */
    enum { SIZE = 8 << 20 };
    (void)state;
    char *document = malloc(SIZE);
    assert_non_null(document);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct feed_input input = {.bytes = document};
        struct feed_info info;
        size_t items = 0;
        input.length =
            fill(document, SIZE, shapes[i].head, shapes[i].unit, shapes[i].tail);
        feed_parse(&input, take, &items, &info);
        if (!strstr(info.reason, shapes[i].reason)) {
            fail_msg("%s: %s", shapes[i].unit, info.reason);
        }
    }
    free(document);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_work_is_linear),
        cmocka_unit_test(test_budgets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
