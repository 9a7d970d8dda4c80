/* The ring of files: rotation, what goes, half lines, disks that are full, names that are taken. */
#include "wire/logbook.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

enum { NOW = 1795521600, DAY = 86400, WEEK = 7 * DAY };

static char folder[] = "/tmp/motograph-logbook-XXXXXX";
static struct logbook book;

static int set_up(void **state)
{
    (void)state;
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    book = (struct logbook){0};
    return mkdtemp(folder) && setenv("STATE_DIRECTORY", folder, 1) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    char command[100];
    logbook_close(&book);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static char *path_of(unsigned long number)
{
    static char path[100];
    snprintf(path, sizeof path, "%s/aired-%lu.jsonl", folder, number);
    return path;
}

/* -1 = there is none. */
static long size_of(unsigned long number)
{
    struct stat st;
    return lstat(path_of(number), &st) == 0 ? (long)st.st_size : -1;
}

static void stamp(const char *path, int64_t modified)
{
    struct timespec times[2] = {{.tv_sec = modified}, {.tv_sec = modified}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void write_file(unsigned long number, const char *text, int64_t modified)
{
    FILE *file = fopen(path_of(number), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    stamp(path_of(number), modified);
}

static const char *read_file(unsigned long number)
{
    static char text[4000];
    FILE *file = fopen(path_of(number), "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

static size_t append(const char *lines, int64_t now)
{
    return logbook_append(&book, lines, strlen(lines), now);
}

#define LINE "{\"at\":\"2026-11-24T12:00:00Z\"}\n"

static void the_next_run_goes_on(void **state)
{
    (void)state;
    logbook_open(&book, WEEK, NOW);
    assert_int_equal(append(LINE, NOW), strlen(LINE));
    assert_int_equal(append(LINE, NOW + 1), strlen(LINE));
    logbook_close(&book);
    logbook_open(&book, WEEK, NOW + 5);
    assert_int_equal(append(LINE, NOW + 5), strlen(LINE));
    assert_string_equal(read_file(1), LINE LINE LINE);
    assert_int_equal(size_of(2), -1);
}

static void a_full_file_is_followed_by_another(void **state)
{
    (void)state;
    enum { PART = 200 << 10, PARTS = LOGBOOK_FILE_BYTES / PART };
    char *part = malloc(PART);
    memset(part, 'x', PART);
    part[PART - 1] = '\n';
    logbook_open(&book, WEEK, NOW);
    for (int i = 0; i < PARTS * (LOGBOOK_FILES + 5); i++) {
        assert_int_equal(logbook_append(&book, part, PART, NOW), PART);
    }
    free(part);
    int files = 0;
    for (unsigned long n = 1; n < 100; n++) {
        files += size_of(n) > 0;
        assert_true(size_of(n) <= LOGBOOK_FILE_BYTES);
    }
    assert_int_equal(files, LOGBOOK_FILES);
    assert_true(size_of(LOGBOOK_FILES + 5) > 0);
    assert_int_equal(size_of(5), -1);
    assert_int_equal(size_of(LOGBOOK_FILES + 6), -1);
}

static void where_little_airs_files_end_too(void **state)
{
    (void)state;
    logbook_open(&book, WEEK, NOW);
    for (int hours = 0; hours < 24 * 40; hours += 3) {
        assert_true(append(LINE, NOW + hours * 3600) > 0);
        stamp(path_of(book.number), NOW + hours * 3600);
    }
    int files = 0;
    for (unsigned long n = 1; n < 100; n++) {
        files += size_of(n) > 0;
    }
    assert_in_range(files, 7, 9); /* a day each */
    /* A run that comes later looks into the file to know how old it is. */
    logbook_close(&book);
    write_file(99, LINE, NOW);
    logbook_open(&book, WEEK, NOW);
    assert_true(append(LINE, NOW + 20 * 3600) > 0);
    assert_int_equal(size_of(99), 2 * strlen(LINE));
    logbook_close(&book);
    logbook_open(&book, WEEK, NOW);
    assert_true(append(LINE, NOW + 22 * 3600) > 0);
    assert_int_equal(size_of(100), strlen(LINE));
}

static void what_is_too_old_goes(void **state)
{
    (void)state;
    write_file(3, LINE, NOW - WEEK - 1);
    write_file(4, LINE, 86400); /* by a clock that was not set: who knows */
    write_file(5, LINE, NOW - WEEK + 1);
    logbook_open(&book, WEEK, 86400);
    assert_int_equal(size_of(3), strlen(LINE)); /* nor is it now */
    logbook_prune(&book, NOW);
    assert_int_equal(size_of(3), -1);
    assert_int_equal(size_of(4), strlen(LINE));
    assert_int_equal(size_of(5), strlen(LINE));
    logbook_close(&book);
    logbook_open(&book, 0, NOW); /* aired = 0s */
    assert_null(book.folder);
    assert_int_equal(size_of(4), -1);
    assert_int_equal(size_of(5), -1);
}

static void half_a_line_is_ended(void **state)
{
    (void)state;
    write_file(7, LINE "{\"at\":\"2026-", NOW);
    logbook_open(&book, WEEK, NOW);
    assert_int_equal(append(LINE, NOW), strlen(LINE));
    assert_string_equal(read_file(7), LINE "{\"at\":\"2026-\n" LINE);
    logbook_close(&book);
    /* Of a file that begins so nobody knows how old it is. */
    write_file(7, "{\"at\":\"2026-", NOW);
    logbook_open(&book, WEEK, NOW);
    assert_int_equal(append(LINE, NOW), strlen(LINE));
    assert_string_equal(read_file(8), LINE);
}

static void limit_files(rlim_t bytes)
{
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* The disk takes half a line and then no more; when it has room again, the other half follows. */
static void a_full_disk_costs_no_line(void **state)
{
    (void)state;
    enum { ROOM = 45 };
    signal(SIGXFSZ, SIG_IGN);
    logbook_open(&book, WEEK, NOW);
    limit_files(ROOM);
    const char *lines = LINE LINE LINE;
    size_t all = strlen(lines), done = append(lines, NOW);
    assert_int_equal(errno, EFBIG);
    assert_int_equal(done, ROOM);
    assert_int_equal(append(lines + done, NOW), 0);
    limit_files(RLIM_INFINITY);
    assert_int_equal(append(lines + done, NOW), all - done);
    assert_string_equal(read_file(1), lines);
    /* Meanwhile the file was taken away: its half line is no use elsewhere. */
    limit_files(all + ROOM);
    done = append(lines, NOW);
    assert_int_equal(done, ROOM);
    limit_files(RLIM_INFINITY);
    unlink(path_of(1));
    assert_int_equal(append(lines + done, NOW), all - done);
    assert_string_equal(read_file(1), LINE);
}

static void no_folder_is_no_fault(void **state)
{
    (void)state;
    static const char *const places[] = {"", "/proc/nothing/here", "/dev/null"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        setenv("STATE_DIRECTORY", places[i], 1);
        logbook_open(&book, WEEK, NOW);
        assert_null(book.folder);
        logbook_prune(&book, NOW);
        logbook_close(&book);
    }
    setenv("STATE_DIRECTORY", folder, 1);
    logbook_open(&book, WEEK, NOW);
    assert_int_equal(rmdir(folder), 0); /* gone, and back again */
    assert_int_equal(append(LINE, NOW), 0);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(append(LINE, NOW), strlen(LINE));
}

/* Whatever stands under a name of ours is left as it is; other names are not ours at all. */
static void names_that_are_taken(void **state)
{
    (void)state;
    static const char *const others[] = {"aired-007.jsonl", "aired-9.jsonl.gz",
                                         "aired-.jsonl", "aired-0.jsonl", "web.conf"};
    char path[100];
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, others[i]);
        int fd = open(path, O_CREAT | O_WRONLY, 0600);
        close(fd);
    }
    snprintf(path, sizeof path, "%s/web.conf", folder);
    assert_int_equal(symlink(path, path_of(5)), 0);
    assert_int_equal(mkfifo(path_of(6), 0600), 0);
    assert_int_equal(mkdir(path_of(7), 0700), 0);
    alarm(10);
    for (int i = 5; i < 8; i++) {
        logbook_open(&book, WEEK, NOW);
        book.number = (uint64_t)i;
        assert_int_equal(append(LINE, NOW), strlen(LINE));
        logbook_close(&book);
    }
    alarm(0);
    assert_int_equal(size_of(8), 3 * strlen(LINE));
    struct stat st;
    assert_true(stat(path, &st) == 0 && st.st_size == 0);
    logbook_open(&book, 0, NOW);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, others[i]);
        assert_int_equal(access(path, F_OK), 0);
    }
}

int main(void)
{
#define ANEW(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        ANEW(the_next_run_goes_on),
        ANEW(a_full_file_is_followed_by_another),
        ANEW(where_little_airs_files_end_too),
        ANEW(what_is_too_old_goes),
        ANEW(half_a_line_is_ended),
        ANEW(a_full_disk_costs_no_line),
        ANEW(no_folder_is_no_fault),
        ANEW(names_that_are_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
