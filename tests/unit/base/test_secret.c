/* Files that hold one line, and what only looks like one. */
#include "base/secret.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/motograph-secret-XXXXXX";
static char path[64];

static void write_file(const char *bytes, size_t length)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
}

static void the_first_line(void **state)
{
    static const struct {
        const char *bytes, *line; /* NULL = no room for it */
    } cases[] = {
        {"word", "word"},
        {"word\n", "word"},
        {"word\r\nmore\n", "word"},
        {"", ""},
        {"\nword", ""},
        {" a b ", " a b "},
        {"1234567", "1234567"},
        {"12345678", NULL},
        {"1234567\nmuch more", "1234567"},
    };
    char out[8];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        write_file(cases[i].bytes, strlen(cases[i].bytes));
        bool good = secret_read(path, out, sizeof out, NULL);
        assert_int_equal(good, cases[i].line != NULL);
        assert_string_equal(out, cases[i].line ? cases[i].line : "");
        assert_true(good || errno == EFBIG);
    }
}

/* None of them makes us wait. */
static void what_is_no_file(void **state)
{
    char out[8];
    struct stat st;
    (void)state;
    unlink(path);
    assert_false(secret_read(path, out, sizeof out, NULL));
    assert_int_equal(errno, ENOENT);
    assert_int_equal(mkfifo(path, 0600), 0);
    for (int i = 0; i < 2; i++) {
        assert_false(secret_read(i ? "/dev/zero" : path, out, sizeof out, &st));
        assert_int_equal(errno, EINVAL);
        assert_string_equal(secret_fault(errno), "it is no regular file");
        assert_string_equal(out, "");
    }
    assert_false(secret_read(folder, out, sizeof out, NULL));
    assert_int_equal(errno, EISDIR);
    unlink(path);
}

static int set_up(void **state)
{
    (void)state;
    snprintf(path, sizeof path, "%s/word", mkdtemp(folder));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_line),
        cmocka_unit_test(what_is_no_file),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
