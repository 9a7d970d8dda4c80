/* When the screen is opened anew. */
#include "command/attach.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define S 1000000LL

/* Opened a minute ago on the first of two, the second of which has no screen. */
static struct attach fresh(void)
{
    struct attach attach = {
        .all = {.count = 2,
                .list = {{.name = "HDMI-A-1", .connected = true}, {.name = "HDMI-A-2"}}},
        .watching = true,
        .plug = -1,
    };
    attach_opened(&attach, false, -60 * S);
    return attach;
}

static void test_stays(void **state)
{
    struct attach attach = fresh();
    (void)state;
    for (int64_t now = 0; now < 3600 * S; now += S) {
        assert_false(attach_must(&attach, "auto", false, now));
        assert_false(attach_must(&attach, "HDMI-A-2", false, now));
        assert_false(attach_must(&attach, "VGA-1", false, now));
    }
}

static void test_has_gone(void **state)
{
    struct attach attach = fresh();
    (void)state;
    attach.all.list[0].connected = false;
    assert_true(attach_must(&attach, "auto", true, 0));
    attach.watching = false; /* a desktop's business */
    assert_false(attach_must(&attach, "auto", true, 0));
    attach.watching = true; /* nothing was connected as it was opened */
    attach.current = -1;
    assert_null(attach_must(&attach, "auto", false, 0));
    attach.all.list[0].connected = true;
    assert_non_null(attach_must(&attach, "auto", false, 0));
    attach.retake = true;
    assert_true(attach_must(&attach, "auto", false, 0));
}

static void test_the_wanted_one_comes(void **state)
{
    struct attach attach = fresh();
    (void)state;
    attach.all.list[1].connected = true;
    assert_false(attach_must(&attach, "auto", false, 0));
    assert_false(attach_must(&attach, "HDMI-A-1", false, 0));
    assert_true(attach_must(&attach, "HDMI-A-2", false, 0));
}

static void test_the_kernel_has_its_say_first(void **state)
{
    struct attach attach = fresh();
    (void)state;
    assert_false(attach_must(&attach, "auto", true, 1 * S));
    assert_false(attach_must(&attach, "auto", true, 2 * S));
    assert_true(attach_must(&attach, "auto", false, 3 * S));
    attach_opened(&attach, false, 4 * S);
    assert_false(attach_must(&attach, "auto", false, 9 * S)); /* not again */
}

static void test_what_changes_nothing_is_heeded_less(void **state)
{
    struct attach attach = fresh();
    int64_t now = 0, longest = 0;
    int opened = 0;
    (void)state;
    while (now < 3600 * S) { /* a connector that flutters for an hour */
        int64_t since = now;
        while (!attach_must(&attach, "auto", now % 3 == 0, now)) {
            now += S;
        }
        longest = now - since > longest ? now - since : longest;
        attach_opened(&attach, true, now);
        opened++;
    }
    assert_in_range(opened, 10, 20);
    assert_in_range(longest, 599 * S, 605 * S);
    /* One that did change something makes up for it. */
    assert_false(attach_must(&attach, "auto", true, now));
    attach_opened(&attach, false, now);
    assert_false(attach_must(&attach, "auto", true, now + S));
    assert_true(attach_must(&attach, "auto", false, now + 3 * S));
}

static void test_a_plug_is_no_flutter(void **state)
{
    struct attach attach = fresh();
    (void)state;
    for (int64_t now = 0; now < 100 * S; now += 10 * S) {
        attach.all.list[0].connected = false;
        assert_true(attach_must(&attach, "auto", true, now));
        attach.all.list[0].connected = true;
        attach_opened(&attach, true, now + 5 * S);
        assert_int_equal(attach.patience_us, 2 * S);
    }
}

static void test_no_picture_comes_out(void **state)
{
    struct attach attach = fresh();
    (void)state;
    attach.watching = false; /* wherever */
    attach_presented(&attach, false, 1 * S);
    attach_presented(&attach, false, 4 * S);
    assert_false(attach_must(&attach, "auto", false, 5 * S));
    attach_presented(&attach, true, 5 * S);
    assert_false(attach_must(&attach, "auto", false, 7 * S));
    attach_presented(&attach, false, 8 * S);
    assert_false(attach_must(&attach, "auto", false, 12 * S));
    assert_true(attach_must(&attach, "auto", false, 13 * S));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stays),
        cmocka_unit_test(test_has_gone),
        cmocka_unit_test(test_the_wanted_one_comes),
        cmocka_unit_test(test_the_kernel_has_its_say_first),
        cmocka_unit_test(test_what_changes_nothing_is_heeded_less),
        cmocka_unit_test(test_a_plug_is_no_flutter),
        cmocka_unit_test(test_no_picture_comes_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
