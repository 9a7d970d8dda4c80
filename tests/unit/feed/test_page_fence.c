/* What the fence lets through is bounded whatever comes: tags, depth, attributes, no script. */
#include "feed/page_fence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct fence fence;

static const char *read(const char *page)
{
    page_fence_fini(&fence);
    assert_true(page_fence_read(&fence, page, strlen(page)));
    buffer_byte(&fence.html, '\0');
    return fence.html.bytes;
}

static void writes_pages_anew(void **state)
{
    static const struct {
        const char *page, *want;
    } cases[] = {
        {"a < b & c", "a &lt; b & c"},
        {"<P CLASS=x onclick=y>t", "<p class=\"x\">t</p>"},
        {"<p>a<p>b", "<p>a</p><p>b</p>"},
        {"<b>x</b><b class=k>y</b>", "x<span class=\"k\">y</span>"},
        {"<table><tr><td>x", "<div><div><div>x</div></div></div>"},
        {"<a href='a\"b'>x<a href=c>y", "<a href=\"a&quot;b\">x</a><a href=\"c\">y</a>"},
        {"<a href=1 href=2>", "<a href=\"1\"></a>"},
        {"a<script>if (a<b) '</p>'</script>b", "ab"},
        {"a<style>x</style><svg><title>t</title></svg>b", "ab"},
        {"<!-- <p> --><!doctype x><?php ?>a", "a"},
        {"<title>a<b</title><title>c</title>", "<title>a&lt;b</title>"},
        {"<title>cut</tit", "<title>cut</title>"},
        {"</div></p>x", "x"},
        {"x<p", "x"},
        {"x<p a=\"", "x"},
        {"<custom-x>y</custom-x>", "y"},
        {"a<br>b", "a b"},
        {"<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"},
        {"<svg>x", "x"},
        {"&#65; &#x1F600; &#00000000065;", "&#65; &#x1F600; &#00000000065;"},
        {"a&#x202777777fd;b", "a\xEF\xBF\xBD;b"},
        {"a&#99999999b", "a\xEF\xBF\xBD"
                         "b"},
        {"<a href='&#XFFFFFFFD:&#'>", "<a href=\"\xEF\xBF\xBD:&#\"></a>"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(read(cases[i].page), cases[i].want);
    }
}

static void keeps_structured_data(void **state)
{
    (void)state;
    assert_string_equal(read("<script type=\"Application/LD+JSON\">{}</script>"
                             "<script>x</script><script type=application/ld+json>[1]"),
                        "");
    assert_int_equal(fence.script_count, 2);
    assert_int_equal(fence.other_scripts, 1);
    assert_int_equal(fence.script_ends[0], 2);
    assert_int_equal(fence.script_ends[1], 5);
}

/* Tags and depth of what was written. */
static void measure(size_t *tags, size_t *deepest)
{
    size_t depth = 0;
    *tags = *deepest = 0;
    for (size_t i = 0; i + 1 < fence.html.length; i++) {
        if (fence.html.bytes[i] == '<' && fence.html.bytes[i + 1] == '/') {
            depth--;
        } else if (fence.html.bytes[i] == '<') {
            depth++;
            (*tags)++;
        }
        *deepest = depth > *deepest ? depth : *deepest;
    }
}

static void bounds_what_it_writes(void **state)
{
    static const char *const pieces[] = {
        "<div>", "<p>", "<span id=a>", "<a href=x>", "<div id=a class=b title=c></div>",
        "<li>",  "<b>", "<ul><li><p>",
    };
    enum { ROOM = FENCE_PAGE_BYTES + 1000 };
    char *page = malloc(ROOM);
    (void)state;
    assert_non_null(page);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t n = strlen(pieces[i]), length = 0, tags, deepest;
        for (; length + n <= ROOM; length += n) {
            memcpy(page + length, pieces[i], n);
        }
        page_fence_fini(&fence);
        assert_true(page_fence_read(&fence, page, length));
        assert_true(fence.cut);
        measure(&tags, &deepest);
        assert_in_range(tags, 0, FENCE_TAGS);
        assert_in_range(deepest, 0, FENCE_DEPTH);
    }
    free(page);
    page_fence_fini(&fence);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_pages_anew),
        cmocka_unit_test(keeps_structured_data),
        cmocka_unit_test(bounds_what_it_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
