/* Rectangles of every width and place copied: what is in them comes over, what is beside them
 * stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "show/copy.h"

enum { W = 80, ROWS = 40, FROM_W = 50 };

static uint32_t from[FROM_W * ROWS], to[W * ROWS];

typedef void copy_function(void *to, size_t to_pitch, const struct copy_part *parts,
                           size_t count, size_t rows);

static void check(copy_function *copy, size_t at, size_t skip, size_t px, size_t rows)
{
    for (size_t i = 0; i < (size_t)W * ROWS; i++) {
        to[i] = (uint32_t)i;
    }
    size_t left = px / 3, pitch = sizeof *from * FROM_W;
    struct copy_part parts[] = {{from + skip, pitch, at, left},
                                {from + skip + left, pitch, at + left, px - left}};
    copy(to, sizeof *to * W, parts, 2, rows);
    for (size_t y = 0; y < ROWS; y++) {
        for (size_t x = 0; x < W; x++) {
            uint32_t kept = (uint32_t)(y * W + x);
            bool inside = y < rows && x >= at && x < at + px;
            assert_int_equal(to[y * W + x],
                             inside ? from[y * FROM_W + x - at + skip] : kept);
        }
    }
}

static void check_all(copy_function *copy)
{
    for (size_t i = 0; i < (size_t)FROM_W * ROWS; i++) {
        from[i] = (uint32_t)(0x80000000 + i * 7919);
    }
    for (size_t px = 0; px <= FROM_W - 5; px++) {
        for (size_t at = 0; at < 17; at++) {
            check(copy, at, px % 5, px, px % 2 ? ROWS : 1 + at);
        }
    }
}

static void every_rectangle_is_copied(void **state)
{
    (void)state;
    check_all(copy_rows);
}

static void every_rectangle_is_copied_out(void **state)
{
    (void)state;
    check_all(copy_rows_out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rectangle_is_copied),
        cmocka_unit_test(every_rectangle_is_copied_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
