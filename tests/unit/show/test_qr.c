/* Which links become a code, and which code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "show/qr.h"

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
        cmocka_unit_test(makes_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
