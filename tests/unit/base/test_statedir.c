/* The folder for what must not be lost, and writing into it whole. */
#include "base/statedir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

enum { PATH_BYTES = 4096 };
static char folder[] = "/tmp/statedir-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    char command[PATH_BYTES];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static void set_home(const char *directory, const char *xdg, const char *home)
{
    if (directory) {
        setenv("STATE_DIRECTORY", directory, 1);
    } else {
        unsetenv("STATE_DIRECTORY");
    }
    setenv("XDG_STATE_HOME", xdg, 1);
    setenv("HOME", home, 1);
}

static void test_where(void **state)
{
    char path[PATH_BYTES], given[200], expected[300];
    (void)state;
    snprintf(given, sizeof given, "%s/service:/elsewhere", folder);
    set_home(given, "", folder);
    snprintf(expected, sizeof expected, "%s/service/name", folder);
    assert_true(statedir_path("name", path, sizeof path));
    assert_string_equal(path, expected);
    set_home(NULL, "", folder);
    snprintf(expected, sizeof expected, "%s/.local/state/motograph/name", folder);
    assert_true(statedir_path("name", path, sizeof path));
    assert_string_equal(path, expected);
    snprintf(given, sizeof given, "%s/xdg", folder);
    set_home(NULL, given, folder);
    snprintf(expected, sizeof expected, "%s/xdg/motograph/name", folder);
    assert_true(statedir_path("name", path, sizeof path));
    assert_string_equal(path, expected);
    set_home("", given, folder);
    assert_false(statedir_path("name", path, sizeof path));
    set_home(NULL, "relative", "relative");
    assert_false(statedir_path("name", path, sizeof path));
}

static size_t read_file(const char *name, char *out, size_t room, struct stat *st)
{
    char path[PATH_BYTES];
    assert_true(statedir_path(name, path, sizeof path));
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(fstat(fd, st), 0);
    ssize_t n = read(fd, out, room);
    close(fd);
    assert_true(n >= 0);
    return (size_t)n;
}

static void test_write(void **state)
{
    char out[64], path[PATH_BYTES], beside[PATH_BYTES + 8];
    struct stat st;
    (void)state;
    set_home(NULL, "", folder);
    assert_true(statedir_save("file", "first", 5));
    snprintf(path, sizeof path, "%s/.local/state/motograph", folder);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    assert_int_equal(read_file("file", out, sizeof out, &st), 5);
    assert_memory_equal(out, "first", 5);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_true(statedir_path("file", path, sizeof path));
    snprintf(beside, sizeof beside, "%s.new", path);
    assert_true(statedir_save("file", "second!", 7));
    assert_int_equal(read_file("file", out, sizeof out, &st), 7);
    assert_int_equal(access(beside, F_OK), -1);
    /* Nobody's link in its place is written through. */
    assert_int_equal(symlink(path, beside), 0);
    assert_false(statedir_save("file", "third", 5));
    assert_int_equal(unlink(beside), 0);
    /* Where it cannot be done the old one stays. */
    assert_int_equal(mkdir(beside, 0700), 0);
    errno = 0;
    assert_false(statedir_save("file", "third", 5));
    assert_true(errno != 0);
    assert_int_equal(rmdir(beside), 0);
    assert_int_equal(read_file("file", out, sizeof out, &st), 7);
    assert_true(statedir_save("file", "", 0));
    assert_int_equal(read_file("file", out, sizeof out, &st), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_where),
        cmocka_unit_test(test_write),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
