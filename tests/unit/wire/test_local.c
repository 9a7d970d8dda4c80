/* Files of every kind, and how changes are noticed. */
#include "wire/local.h"

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

#include "base/clock.h"
#include "feed/feed.h"

static char folder[] = "/tmp/motograph-local-XXXXXX";

static const char *path_of(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void put(const char *name, const char *text, size_t length)
{
    int fd = open(path_of(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, length), length);
    close(fd);
}

static struct local_stamp stamp;
static char *bytes;
static size_t length;
static bool full;
static char detail[FAILURE_DETAIL_BYTES];

static enum failure look(const char *name)
{
    free(bytes);
    return local_read(path_of(name), &stamp, &bytes, &length, &full, detail);
}

static void reads_when_it_changes(void **state)
{
    (void)state;
    stamp = (struct local_stamp){0};
    put("a", "one", 3);
    assert_int_equal(look("a"), FAILURE_NONE);
    assert_true(bytes && length == 3 && memcmp(bytes, "one", 3) == 0 && !full);
    assert_int_equal(look("a"), FAILURE_NONE);
    assert_null(bytes);
    usleep(20000); /* the file system's clock moves in ticks */
    put("a", "two", 3);
    assert_int_equal(look("a"), FAILURE_NONE);
    assert_true(bytes && memcmp(bytes, "two", 3) == 0);
    /* The usual safe way to save: another file takes its name. */
    put("b", "six", 3);
    char from[256];
    snprintf(from, sizeof from, "%s", path_of("b"));
    assert_int_equal(rename(from, path_of("a")), 0);
    assert_int_equal(look("a"), FAILURE_NONE);
    assert_true(bytes && memcmp(bytes, "six", 3) == 0);
}

/* Its folder goes and comes, as an unplugged stick does: the file itself is what it
 * was. */
static void comes_back_after_it_was_gone(void **state)
{
    (void)state;
    char here[256], aside[256];
    snprintf(here, sizeof here, "%s", path_of("stick"));
    snprintf(aside, sizeof aside, "%s", path_of("drawer"));
    assert_int_equal(mkdir(here, 0700), 0);
    stamp = (struct local_stamp){0};
    put("stick/a", "one", 3);
    assert_int_equal(look("stick/a"), FAILURE_NONE);
    assert_non_null(bytes);
    assert_int_equal(rename(here, aside), 0);
    assert_int_equal(look("stick/a"), FAILURE_NO_FILE);
    assert_null(bytes);
    assert_int_equal(rename(aside, here), 0);
    assert_int_equal(look("stick/a"), FAILURE_NONE);
    assert_non_null(bytes);
}

static void empty_files(void **state)
{
    (void)state;
    stamp = (struct local_stamp){0};
    put("empty", "", 0);
    assert_int_equal(look("empty"), FAILURE_NONE);
    assert_true(bytes != NULL && length == 0);
}

static void stops_at_the_limit(void **state)
{
    (void)state;
    static const struct {
        size_t size;
        size_t length;
        bool full;
    } table[] = {
        {FEED_BODY_BYTES - 1, FEED_BODY_BYTES - 1, false},
        {FEED_BODY_BYTES, FEED_BODY_BYTES, false},
        {FEED_BODY_BYTES + 1, FEED_BODY_BYTES, true},
        {(size_t)FEED_BODY_BYTES * 64, FEED_BODY_BYTES, true},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        stamp = (struct local_stamp){0};
        put("big", "", 0);
        assert_int_equal(truncate(path_of("big"), (off_t)table[i].size), 0);
        assert_int_equal(look("big"), FAILURE_NONE);
        assert_int_equal(length, table[i].length);
        assert_int_equal(full, table[i].full);
    }
}

static void what_is_no_regular_file(void **state)
{
    (void)state;
    assert_int_equal(mkfifo(path_of("fifo"), 0600), 0);
    int64_t begin_ms = clock_ms();
    assert_int_equal(look("fifo"), FAILURE_NOT_A_FILE);
    assert_int_equal(look("."), FAILURE_FOLDER);
    assert_int_equal(look("none"), FAILURE_NO_FILE);
    assert_int_equal(look("a/below"), FAILURE_NO_FILE);
    free(bytes);
    assert_int_equal(local_read("/dev/zero", &stamp, &bytes, &length, &full, detail),
                     FAILURE_NOT_A_FILE);
    assert_null(bytes);
    assert_true(clock_ms() - begin_ms < 1000);
}

static void a_file_without_a_size(void **state)
{
    (void)state;
    stamp = (struct local_stamp){0};
    free(bytes);
    assert_int_equal(
        local_read("/proc/self/stat", &stamp, &bytes, &length, &full, detail),
        FAILURE_NONE);
    assert_true(bytes && length > 10);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    static const char *const names[] = {"a",    "b",       "empty", "big",
                                        "fifo", "stick/a", "stick", ""};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        remove(path_of(names[i]));
    }
    free(bytes);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_when_it_changes),
        cmocka_unit_test(comes_back_after_it_was_gone),
        cmocka_unit_test(empty_files),
        cmocka_unit_test(stops_at_the_limit),
        cmocka_unit_test(what_is_no_regular_file),
        cmocka_unit_test(a_file_without_a_size),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
