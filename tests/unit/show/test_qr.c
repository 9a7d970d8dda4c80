/* Links without their trackers, and which of them become a code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "show/qr.h"

static void drops_trackers_only(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"https://e.org/a", "https://e.org/a"},
        {"https://e.org/a?utm_source=rss&utm_medium=x", "https://e.org/a"},
        {"https://e.org/a?id=7&utm_source=rss", "https://e.org/a?id=7"},
        {"https://e.org/a?utm_source=rss&id=7&fbclid=1&p=2#top",
         "https://e.org/a?id=7&p=2#top"},
        {"https://e.org/a?UTM_Source=rss#top", "https://e.org/a#top"},
        {"https://e.org/a#s?utm_source=1", "https://e.org/a#s?utm_source=1"},
        {"https://e.org/a?utmost=1&gclid", "https://e.org/a?utmost=1"},
        {"https://e.org/a?x=utm_source", "https://e.org/a?x=utm_source"},
        {"https://e.org/a?", "https://e.org/a"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[QR_LINK_BYTES];
        assert_int_equal(qr_clean_link(cases[i][0], out), strlen(cases[i][1]));
        assert_string_equal(out, cases[i][1]);
    }
}

static void keeps_within_its_room(void **state)
{
    (void)state;
    static char link[5000];
    char out[QR_LINK_BYTES];
    memset(link, 'a', sizeof link - 1);
    assert_int_equal(qr_clean_link(link, out), QR_LINK_BYTES - 1);
    link[20] = '?';
    for (size_t i = 30; i + 10 < sizeof link; i += 10) {
        link[i] = '&';
    }
    assert_in_range(qr_clean_link(link, out), 2000, QR_LINK_BYTES - 1);
}

/* The three corner marks of every code. */
static void has_corner(const struct qr *qr, int x, int y)
{
    for (int i = 0; i < 7; i++) {
        assert_int_equal(qr->dark[y * qr->side + x + i], 1);
        assert_int_equal(qr->dark[(y + i) * qr->side + x + 6], 1);
    }
    assert_int_equal(qr->dark[(y + 1) * qr->side + x + 1], 0);
    assert_int_equal(qr->dark[(y + 3) * qr->side + x + 3], 1);
}

static void makes_codes(void **state)
{
    (void)state;
    struct qr qr;
    if (!qr_make(&qr, "https://example.org/news/1")) {
        skip(); /* built without MOTOGRAPH_QR */
    }
    assert_int_equal(qr.side, 25);
    has_corner(&qr, 0, 0);
    has_corner(&qr, 18, 0);
    has_corner(&qr, 0, 18);
    struct qr tracked;
    assert_true(qr_make(&tracked, "https://example.org/news/1?utm_campaign=feed"));
    assert_memory_equal(qr.dark, tracked.dark, (size_t)(25 * 25));
    assert_false(qr_make(&qr, ""));
    assert_int_equal(qr.side, 0);
    char link[2000] = "https://example.org/";
    memset(link + 20, 'x', sizeof link - 21);
    assert_false(qr_make(&qr, link)); /* nobody could scan it from a chair */
    assert_int_equal(qr.side, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drops_trackers_only),
        cmocka_unit_test(keeps_within_its_room),
        cmocka_unit_test(makes_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
