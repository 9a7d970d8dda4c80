/* Of memory that rests only whole pages go back, and what is beside it stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "show/pages.h"

enum { PAGES = 8 };

static void check(size_t page, size_t begin, size_t bytes)
{
    unsigned char *memory = mmap(NULL, page * PAGES, PROT_READ | PROT_WRITE,
                                 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(memory, MAP_FAILED);
    memset(memory, 1, page * PAGES);
    pages_rest(memory + begin, bytes);
    unsigned char in[PAGES];
    assert_int_equal(mincore(memory, page * PAGES, in), 0);
    for (size_t i = 0; i < PAGES; i++) {
        bool gone = i * page >= begin && (i + 1) * page <= begin + bytes;
        assert_int_equal(in[i] & 1, !gone);
        assert_int_equal(memory[i * page], !gone);
        assert_int_equal(memory[(i + 1) * page - 1], !gone);
    }
    munmap(memory, page * PAGES);
}

static void whole_pages_go_back(void **state)
{
    (void)state;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    check(page, 0, page * PAGES);
    check(page, 0, page);
    check(page, 0, page - 1);
    check(page, 1, page);
    check(page, 1, 2 * page - 1);
    check(page, page + 1, 3 * page);
    check(page, 2 * page, 0);
    check(page, 3, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whole_pages_go_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
