/* Links without their trackers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/tracking.h"

enum { LINK_BYTES = 2049 };

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
        char out[LINK_BYTES];
        assert_int_equal(tracking_strip(cases[i][0], out, sizeof out),
                         strlen(cases[i][1]));
        assert_string_equal(out, cases[i][1]);
    }
}

static void keeps_within_its_room(void **state)
{
    (void)state;
    static char link[5000];
    char out[LINK_BYTES];
    memset(link, 'a', sizeof link - 1);
    assert_int_equal(tracking_strip(link, out, sizeof out), LINK_BYTES - 1);
    link[20] = '?';
    for (size_t i = 30; i + 10 < sizeof link; i += 10) {
        link[i] = '&';
    }
    assert_in_range(tracking_strip(link, out, sizeof out), 2000, LINK_BYTES - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drops_trackers_only),
        cmocka_unit_test(keeps_within_its_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
