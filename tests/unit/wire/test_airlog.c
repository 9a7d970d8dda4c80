/* From the ring to memory and disk: what is remembered, how seldom it is written, how much in a day,
 * and what a disk that fails costs. */
#include "wire/airlog.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

enum { SLOTS = 32, UNTIL = 1795521600, WEEK = 7 * 86400, DAY_MS = 86400 * 1000 };

static char folder[] = "/tmp/motograph-airlog-XXXXXX";
static struct ring ring;
static struct airlog airlog;
static uint64_t taken;

static void count(void *user, const struct aired *aired)
{
    (void)user;
    assert_true(aired->until >= UNTIL);
    taken++;
}

static int set_up(void **state)
{
    (void)state;
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    taken = 0;
    struct airlog_setup setup = {.ring = &ring, .keep = true, .taker = count};
    if (!mkdtemp(folder) || setenv("STATE_DIRECTORY", folder, 1) != 0 ||
        !ring_init(&ring, SLOTS, sizeof(struct aired))) {
        return -1;
    }
    airlog_open(&airlog, &setup, WEEK, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[100];
    airlog_close(&airlog, 0);
    ring_fini(&ring);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static void air(int number, size_t bytes)
{
    static struct headline headline;
    char text[1600];
    struct aired *slot = ring_reserve(&ring);
    assert_non_null(slot);
    memset(text, 'x', sizeof text);
    int length = snprintf(text, sizeof text, "Headline %d", number);
    text[length] = ' ';
    headline_init(&headline);
    headline_set(&headline, HEADLINE_TEXT, text,
                 bytes > (size_t)length ? bytes : (size_t)length);
    aired_set(slot, "crawl", &headline, UNTIL + number, 8000000);
    ring_commit(&ring);
}

static void file_path(char out[100])
{
    snprintf(out, 100, "%s/aired-1.jsonl", folder);
}

static long written(void)
{
    char path[100];
    struct stat st;
    long sum = 0;
    for (int n = 1; n < 20; n++) {
        snprintf(path, sizeof path, "%s/aired-%d.jsonl", folder, n);
        if (stat(path, &st) != 0) {
            break;
        }
        sum += st.st_size;
    }
    return sum;
}

static int lines_of(const char *path, const char *each)
{
    static char line[AIRED_LINE_BYTES];
    FILE *file = fopen(path, "r");
    int lines = 0;
    while (file && fgets(line, sizeof line, file)) {
        assert_non_null(strstr(line, each));
        assert_non_null(strstr(line, "\"}\n"));
        lines++;
    }
    if (file) {
        fclose(file);
    }
    return lines;
}

static void the_last_are_remembered(void **state)
{
    (void)state;
    assert_null(airlog_recent(&airlog, 0));
    for (int i = 0; i < 250; i++) {
        air(i, 0);
        airlog_turn(&airlog, i);
    }
    assert_int_equal(taken, 250);
    assert_non_null(strstr(airlog_recent(&airlog, 0), "Headline 249\""));
    assert_non_null(strstr(airlog_recent(&airlog, 99), "Headline 150\""));
    assert_null(airlog_recent(&airlog, 100));
    assert_null(airlog_recent(&airlog, SIZE_MAX));
}

static void writes_are_rare(void **state)
{
    (void)state;
    char path[100];
    long before = 0;
    int writes = 0;
    for (int ms = 0; ms < 10 * AIRLOG_EVERY_MS; ms += 1000) {
        air(ms, 0);
        airlog_turn(&airlog, ms);
        writes += written() != before;
        before = written();
    }
    assert_in_range(writes, 8, 10);
    airlog_close(&airlog, 10 * AIRLOG_EVERY_MS); /* what waited */
    file_path(path);
    assert_int_equal(lines_of(path, "\"lane\":\"crawl\",\"headline\":\"Headline "), 600);
}

/* However much airs, a day's writes stay within their bytes, counted in whole blocks, and what is
 * written is whole. */
static void a_day_has_its_bytes(void **state)
{
    (void)state;
    enum { BLOCK = 4096 };
    long before = 0, blocks = 0;
    for (int64_t ms = 0; ms < DAY_MS; ms += 6000) {
        air((int)(ms / 6000), 1590);
        airlog_turn(&airlog, ms);
        long now = written();
        /* Pruned files make it less; what was appended is at least a minute's. */
        blocks += now > before ? (now - 1) / BLOCK - before / BLOCK + 1 + 1 : 0;
        before = now;
    }
    assert_true(blocks * BLOCK > AIRLOG_DAY_BYTES / 2);
    assert_true(blocks * BLOCK <= AIRLOG_DAY_BYTES + AIRLOG_BURST_BYTES);
    assert_true(airlog.unsaved.length <= AIRLOG_UNSAVED_BYTES);
}

/* A small screen's news takes all of its bytes, though in larger pieces. */
static void an_ordinary_day_fits(void **state)
{
    (void)state;
    for (int64_t ms = 0; ms < DAY_MS; ms += 5000) {
        air((int)(ms / 5000), 250);
        airlog_turn(&airlog, ms);
        assert_int_equal(airlog.missing, 0);
    }
}

static void limit_files(rlim_t bytes)
{
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_full_disk_is_waited_for(void **state)
{
    (void)state;
    char path[100];
    signal(SIGXFSZ, SIG_IGN);
    limit_files(1000);
    for (int i = 0; i < 300; i++) {
        air(i, 0);
        airlog_turn(&airlog, i * 1000);
    }
    assert_true(airlog.ailing);
    assert_int_equal(written(), 1000);
    limit_files(RLIM_INFINITY);
    airlog_close(&airlog, 400000);
    file_path(path);
    assert_int_equal(lines_of(path, "\"headline\":\"Headline "), 300);
}

static void memory_is_bounded_meanwhile(void **state)
{
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    limit_files(0);
    for (int i = 0; i < 1000; i++) {
        air(i, 1500);
        airlog_turn(&airlog, i * 1000);
        assert_true(airlog.unsaved.length <= AIRLOG_UNSAVED_BYTES);
    }
    assert_true(airlog.missing > 700);
    limit_files(RLIM_INFINITY);
}

static void nothing_is_written_unasked(void **state)
{
    (void)state;
    airlog_close(&airlog, 0);
    struct airlog_setup setup = {.ring = &ring};
    airlog_open(&airlog, &setup, WEEK, 0);
    air(1, 0);
    airlog_turn(&airlog, AIRLOG_EVERY_MS);
    assert_non_null(airlog_recent(&airlog, 0));
    airlog_close(&airlog, 2 * AIRLOG_EVERY_MS);
    assert_int_equal(written(), 0);
}

int main(void)
{
#define ANEW(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        ANEW(the_last_are_remembered),    ANEW(writes_are_rare),
        ANEW(a_day_has_its_bytes),        ANEW(an_ordinary_day_fits),
        ANEW(a_full_disk_is_waited_for),  ANEW(memory_is_bounded_meanwhile),
        ANEW(nothing_is_written_unasked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
