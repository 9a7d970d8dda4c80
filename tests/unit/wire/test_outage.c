/* A day in which nothing works, in seconds: clock_ms is wrapped by the linker. What counts is how
 * much of the log is written, and that nobody is passed over. */
#include "wire/station.h"

#include <fcntl.h>
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

#include "base/log.h"
#include "base/loghold.h"

enum { SOURCES = 50, DAY_MS = 24 * 3600 * 1000, MEGABYTE = 1000 * 1000 };

static int64_t now_ms;

int64_t __wrap_clock_ms(void);

int64_t __wrap_clock_ms(void)
{
    return now_ms;
}

static struct outbox outbox;
static atomic_bool quit;
static const struct station_desk desk = {.outbox = &outbox, .quit = &quit};
static int saved_stderr;
static char log_path[64];

static int set_up(void **state)
{
    (void)state;
    loghold_reset();
    log_set_level(LOG_INFO);
    now_ms = 1000;
    strcpy(log_path, "/tmp/motograph-test-XXXXXX");
    int fd = mkstemp(log_path);
    assert_true(fd >= 0);
    saved_stderr = dup(STDERR_FILENO);
    dup2(fd, STDERR_FILENO);
    close(fd);
    return outbox_init(&outbox) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    outbox_fini(&outbox);
    unlink(log_path);
    return 0;
}

/* All that was logged; to be freed. */
static char *logged(size_t *length)
{
    char *text = malloc(4 * MEGABYTE);
    dup2(saved_stderr, STDERR_FILENO);
    close(saved_stderr);
    int fd = open(log_path, O_RDONLY);
    ssize_t got = read(fd, text, 4 * MEGABYTE - 1);
    close(fd);
    assert_true(got >= 0);
    text[got] = '\0';
    *length = (size_t)got;
    return text;
}

static void a_day_without_network(void **state)
{
    static const enum failure moods[] = {FAILURE_LOOKUP, FAILURE_LOOKUP_TIMEOUT,
                                         FAILURE_UNREACHABLE, FAILURE_CONNECT_TIMEOUT};
    static struct station stations[SOURCES];
    static struct config_source sources[SOURCES];
    static char names[SOURCES][40], urls[SOURCES][60];
    (void)state;
    for (size_t i = 0; i < SOURCES; i++) {
        snprintf(names[i], sizeof names[i], "Source number %zu", i);
        snprintf(urls[i], sizeof urls[i], "https://news%zu.example.org/feed.xml", i);
        sources[i] = (struct config_source){.name = names[i], .url = urls[i]};
        assert_true(station_init(&stations[i], &sources[i], (uint16_t)i, i + 1, now_ms));
    }
    size_t attempts = 0;
    for (; now_ms < DAY_MS; now_ms += 1000) {
        for (size_t i = 0; i < SOURCES; i++) {
            if (stations[i].schedule.due_ms <= now_ms) {
                /* A network that dies in ever new ways. */
                station_fail(&stations[i], &desk, moods[attempts++ * 7 % 31 % 4], now_ms);
                outbox_rewind(&outbox, 0);
            }
        }
        log_settle();
    }
    for (size_t i = 0; i < SOURCES; i++) {
        station_fini(&stations[i]);
    }
    size_t length;
    char *text = logged(&length);
    print_message("%zu attempts, %zu bytes\n", attempts, length);
    assert_true(attempts > 50000);
    assert_true(length < MEGABYTE);
    for (size_t i = 0; i < SOURCES; i++) {
        char line[80];
        snprintf(line, sizeof line, "wire: %s (https://", names[i]);
        assert_non_null(strstr(text, line));
    }
    assert_non_null(strstr(text, " more in 10 minutes)"));
    free(text);
}

static void a_folder_of_bad_files_that_changes_all_day(void **state)
{
    (void)state;
    char folder[] = "/tmp/motograph-test-XXXXXX", path[100];
    assert_non_null(mkdtemp(folder));
    struct config_source source = {.name = "drop", .url = folder};
    struct station station;
    assert_true(station_init(&station, &source, 0, 1, now_ms));
    for (int round = 0; now_ms < DAY_MS; round++, now_ms += 10 * 1000) {
        for (int i = 0; i < 3; i++) {
            snprintf(path, sizeof path, "%s/\x1b[31mbad-%d-%d.txt", folder, i, round);
            int fd = open(path, O_WRONLY | O_CREAT, 0600);
            assert_true(fd >= 0 && write(fd, "\0\1\2\3", 4) == 4);
            close(fd);
        }
        station_read(&station, &desk, now_ms);
        outbox_rewind(&outbox, 0);
        log_settle();
        for (int i = 0; i < 3; i++) {
            snprintf(path, sizeof path, "%s/\x1b[31mbad-%d-%d.txt", folder, i, round);
            unlink(path);
        }
    }
    station_fini(&station);
    rmdir(folder);
    size_t length;
    char *text = logged(&length);
    print_message("%zu bytes\n", length);
    assert_true(length < MEGABYTE);
    assert_non_null(strstr(text, "bad-0-0.txt"));
    assert_null(strchr(text, '\x1b'));
    assert_non_null(strstr(text, "lines were left out"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_day_without_network, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_folder_of_bad_files_that_changes_all_day,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
