/* Each px the mean of four. */
#include "show/halve.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void test_means(void **state)
{
    static const uint32_t upper[] = {0xFFFFFFFF, 0x00FFFFFF, 0x00FF0000,
                                     0x00000000, 0x12010203, 0x00010203};
    static const uint32_t lower[] = {0x00FFFFFF, 0xABFFFFFF, 0x00000000,
                                     0x00000000, 0x00020304, 0xFF020304};
    static const uint8_t expected[] = {255, 255, 255, 64, 0, 0, 2, 3, 4};
    uint8_t out[10];
    (void)state;
    memset(out, 0x5A, sizeof out);
    halve_rows(upper, lower, 3, out);
    assert_memory_equal(out, expected, sizeof expected);
    assert_int_equal(out[9], 0x5A);
}

/* Every value of every channel comes out as the mean, rounded, and touches no other channel. */
static void test_channels(void **state)
{
    (void)state;
    for (int channel = 0; channel < 3; channel++) {
        for (uint32_t a = 0; a < 256; a++) {
            for (uint32_t b = 0; b < 256; b += 5) {
                int shift = 16 - 8 * channel;
                uint32_t upper[] = {a << shift, b << shift}, lower[] = {0, 255u << shift};
                uint8_t out[3], expected[3] = {0};
                expected[channel] = (uint8_t)((a + b + 255 + 2) / 4);
                halve_rows(upper, lower, 1, out);
                assert_memory_equal(out, expected, sizeof out);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_means),
        cmocka_unit_test(test_channels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
