/* web.conf on the disk. The calls that make a save safe are wrapped by the linker: their order is
 * noted, and each can be made to fail. */
#include "wire/websave.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/config.h"
#include "base/statedir.h"

static char calls[32]; /* w: write, s: sync, r: rename */
static char failing;

static bool note(char call)
{
    size_t length = strlen(calls);
    if (length + 1 < sizeof calls) {
        calls[length] = call;
        calls[length + 1] = '\0';
    }
    if (failing == call) {
        errno = ENOSPC;
    }
    return failing != call;
}

ssize_t __real_write(int fd, const void *bytes, size_t length);
int __real_fsync(int fd);
int __real_rename(const char *from, const char *to);
ssize_t __wrap_write(int fd, const void *bytes, size_t length);
int __wrap_fsync(int fd);
int __wrap_rename(const char *from, const char *to);

ssize_t __wrap_write(int fd, const void *bytes, size_t length)
{
    return note('w') ? __real_write(fd, bytes, length) : -1;
}

int __wrap_fsync(int fd)
{
    return note('s') ? __real_fsync(fd) : -1;
}

int __wrap_rename(const char *from, const char *to)
{
    return note('r') ? __real_rename(from, to) : -1;
}

static char folder[64], error[CONFIG_FAULT_BYTES];

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/motograph-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    char state_folder[100];
    snprintf(state_folder, sizeof state_folder, "%s/deep/state", folder);
    setenv("STATE_DIRECTORY", state_folder, 1);
    return 0;
}

static int clean_up(void **state)
{
    (void)state;
    char path[200];
    static const char *const left[] = {"deep/state/web.conf", "deep/state", "deep", ""};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, left[i]);
        remove(path);
    }
    return access(folder, F_OK) == 0; /* something was left behind */
}

static const char *saved(void)
{
    static char *text;
    char path[200];
    size_t length;
    free(text);
    text = NULL;
    assert_true(statedir_path("web.conf", path, sizeof path));
    return config_slurp(path, &text, &length) ? (text[length] = '\0', text) : "";
}

static bool save(const char *name, const char *url)
{
    struct webconf_pair pair = {"url", url};
    calls[0] = '\0';
    return websave_set(name, &pair, 1, error) == WEBSAVE_DONE;
}

static void saves_so_that_one_of_both_is_there(void **state)
{
    (void)state;
    struct stat st;
    char path[200];
    assert_true(save("A", "http://a"));
    assert_string_equal(saved(), "[source \"A\"]\nurl = http://a\n");
    assert_string_equal(calls, "wsrs");
    statedir_path("web.conf", path, sizeof path);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_true(save("B", "http://b"));
    assert_int_equal(websave_remove("A", error), WEBSAVE_DONE);
    assert_string_equal(saved(), "\n[source \"B\"]\nurl = http://b\n");
    assert_int_equal(websave_remove("A", error), WEBSAVE_REFUSED);
    assert_non_null(strstr(error, "no [source \"A\"]"));
}

static void what_fails_leaves_the_old_one(void **state)
{
    (void)state;
    assert_true(save("A", "http://a"));
    for (const char *p = "wsr"; *p; p++) {
        failing = *p;
        bool done = save("A", "http://changed");
        failing = '\0';
        assert_false(done);
        assert_non_null(strstr(error, "No space left"));
        assert_string_equal(saved(), "[source \"A\"]\nurl = http://a\n");
    }
    assert_false(save("A", "/etc/passwd"));
    assert_string_equal(saved(), "[source \"A\"]\nurl = http://a\n");
}

static void without_a_folder_it_says_so(void **state)
{
    (void)state;
    setenv("STATE_DIRECTORY", "", 1);
    assert_false(save("A", "http://a"));
    assert_non_null(strstr(error, "STATE_DIRECTORY"));
}

static void the_folder_is_where_it_belongs(void **state)
{
    (void)state;
    char path[200];
    setenv("STATE_DIRECTORY", "/s/one:/s/two", 1);
    assert_true(statedir_path("f", path, sizeof path));
    assert_string_equal(path, "/s/one/f");
    unsetenv("STATE_DIRECTORY");
    setenv("XDG_STATE_HOME", "/x", 1);
    assert_true(statedir_path("f", path, sizeof path));
    assert_string_equal(path, "/x/motograph/f");
    setenv("XDG_STATE_HOME", "relative", 1);
    setenv("HOME", "/h", 1);
    assert_true(statedir_path("f", path, sizeof path));
    assert_string_equal(path, "/h/.local/state/motograph/f");
    unsetenv("HOME");
    assert_false(statedir_path("f", path, sizeof path));
    assert_string_equal(path, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(saves_so_that_one_of_both_is_there, set_up,
                                        clean_up),
        cmocka_unit_test_setup_teardown(what_fails_leaves_the_old_one, set_up, clean_up),
        cmocka_unit_test_setup_teardown(without_a_folder_it_says_so, set_up, clean_up),
        cmocka_unit_test(the_folder_is_where_it_belongs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
