/* The folder on the disk: generations, damage, disks that fail, crashes, size. */
#include "wire/cache.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/crash.h"
#include "wire/cachedir.h"
#include "wire/snapshot.h"

enum { KEY = 0x1234 };

static char folder[] = "/tmp/motograph-cache-XXXXXX";
static struct config config;
static struct cache cache;

static int set_up(void **state)
{
    (void)state;
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    return mkdtemp(folder) && config_init(&config) &&
                   setenv("CACHE_DIRECTORY", folder, 1) == 0
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    (void)state;
    char command[100];
    config_fini(&config);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static void make(struct buffer *out, const char *name)
{
    struct snapshot head = {.key = KEY, .at = 1};
    snprintf(head.name, sizeof head.name, "%s", name);
    snapshot_begin(out, &head);
    snapshot_end(out);
}

static bool save(const char *name, struct cache_slot *slot)
{
    struct buffer bytes = {0};
    make(&bytes, name);
    bool saved = cache_save(&cache, KEY, &bytes, slot, 0);
    buffer_fini(&bytes);
    return saved;
}

/* The name in the newest snapshot, "" if there is none. */
static const char *loaded(struct cache_slot *slot)
{
    static struct snapshot head;
    struct snapshot_reader reader;
    struct buffer bytes = {0};
    *head.name = '\0';
    if (cache_load(&cache, KEY, &bytes, slot)) {
        assert_true(snapshot_open(&reader, bytes.bytes, bytes.length, &head));
    }
    buffer_fini(&bytes);
    return head.name;
}

static void path_of(char *out, size_t room, int slot)
{
    char name[CACHEDIR_NAME_BYTES];
    cachedir_name(KEY, slot, name);
    snprintf(out, room, "%s/%s", folder, name);
}

static void the_newest_counts(void **state)
{
    (void)state;
    struct cache_slot slot = {0};
    static const char *const names[] = {"one", "two", "three", "four"};
    cache_open(&cache, &config, 0);
    assert_string_equal(loaded(&slot), "");
    for (size_t i = 0; i < 4; i++) {
        assert_true(save(names[i], &slot));
        struct cache_slot found;
        assert_string_equal(loaded(&found), names[i]);
        assert_int_equal(found.generation, i + 1);
        slot = found; /* as after a restart */
    }
    cache_close(&cache);
}

static void damage_leaves_the_one_before(void **state)
{
    (void)state;
    char newest[100];
    struct cache_slot slot = {0};
    cache_open(&cache, &config, 0);
    assert_true(save("old", &slot) && save("new", &slot));
    path_of(newest, sizeof newest, slot.newest);
    struct stat st;
    assert_int_equal(stat(newest, &st), 0);
    for (off_t length = 0; length < st.st_size; length++) {
        char saved[500];
        int fd = open(newest, O_RDWR);
        assert_int_equal(pread(fd, saved, sizeof saved, 0), st.st_size);
        assert_int_equal(ftruncate(fd, length), 0);
        assert_string_equal(loaded(&slot), "old");
        assert_int_equal(pwrite(fd, saved, (size_t)st.st_size, 0), st.st_size);
        char flipped = (char)(saved[length] ^ 1);
        assert_int_equal(pwrite(fd, &flipped, 1, length), 1);
        assert_string_equal(loaded(&slot), "old");
        assert_int_equal(pwrite(fd, saved, (size_t)st.st_size, 0), st.st_size);
        close(fd);
    }
    assert_string_equal(loaded(&slot), "new");
    /* The next goes over the damaged one, not over the good one. */
    assert_int_equal(truncate(newest, 3), 0);
    assert_string_equal(loaded(&slot), "old");
    assert_true(save("newer", &slot));
    assert_string_equal(loaded(&slot), "newer");
    path_of(newest, sizeof newest, slot.newest);
    unlink(newest);
    assert_string_equal(loaded(&slot), "old");
    cache_close(&cache);
}

/* A disk that takes no byte more: what was saved before stays. */
static void a_full_disk_costs_nothing(void **state)
{
    (void)state;
    struct rlimit before, none = {0, 0};
    struct cache_slot slot = {0};
    cache_open(&cache, &config, 0);
    assert_true(save("old", &slot) && save("new", &slot));
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    none.rlim_max = before.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
    assert_false(save("lost", &slot));
    assert_false(save("lost", &slot));
    setrlimit(RLIMIT_FSIZE, &before);
    assert_string_equal(loaded(&slot), "new");
    assert_true(save("later", &slot));
    assert_string_equal(loaded(&slot), "later");
    cache_close(&cache);
}

static void no_folder_is_no_fault(void **state)
{
    (void)state;
    struct cache_slot slot = {0};
    static const char *const places[] = {"", "/proc/nothing/here", "/dev/null"};
    for (size_t i = 0; i < 3; i++) {
        setenv("CACHE_DIRECTORY", places[i], 1);
        cache_open(&cache, &config, 0);
        assert_false(save("x", &slot));
        assert_string_equal(loaded(&slot), "");
        assert_false(cache_due(&cache, (int64_t)1 << 40, true));
        cache_close(&cache);
    }
}

/* A FIFO under the name of a file would be waited for, for ever. */
static void no_fifo_is_waited_for(void **state)
{
    (void)state;
    struct cache_slot slot = {0};
    static const char *const names[] = {"crashes", "new"};
    for (size_t i = 0; i < 2; i++) {
        char path[100];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        assert_int_equal(mkfifo(path, 0600), 0);
    }
    alarm(10);
    cache_open(&cache, &config, 0);
    assert_false(save("x", &slot));
    cache_close(&cache);
    alarm(0);
}

static void rounds_are_rare(void **state)
{
    (void)state;
    cache_open(&cache, &config, 1000);
    assert_false(cache_due(&cache, 1000 + CACHE_FIRST_MS - 1, false));
    assert_true(cache_due(&cache, 1000 + CACHE_FIRST_MS, false));
    assert_false(cache_due(&cache, 1000 + CACHE_FIRST_MS, true)); /* just was one */
    assert_false(cache_due(&cache, CACHE_FIRST_MS + 300 * 1000, false));
    assert_true(cache_due(&cache, CACHE_FIRST_MS + 301 * 1000, false));
    /* Another configuration saves more often: the next time already. */
    struct config often = config;
    often.cache.every_s = 60;
    cache_share(&cache, &often, CACHE_FIRST_MS + 310 * 1000);
    assert_false(cache_due(&cache, CACHE_FIRST_MS + 369 * 1000, false));
    assert_true(cache_due(&cache, CACHE_FIRST_MS + 370 * 1000, false));
    assert_false(cache_due(&cache, CACHE_FIRST_MS + 429 * 1000, false));
    assert_true(cache_due(&cache, CACHE_FIRST_MS + 430 * 1000, false));
    cache_close(&cache);
    cache_open(&cache, &config, 1000);
    assert_true(
        cache_due(&cache, 1001, true)); /* there was none, and there will be none */
    cache_close(&cache);
}

/* A day with a round of 500 changed sources every five minutes. */
static void a_day_has_its_bytes(void **state)
{
    (void)state;
    struct cache_slot slot = {0};
    struct buffer bytes = {0};
    struct headline headline;
    int64_t written = 0, saves = 0;
    make(&bytes, "x");
    struct snapshot head = {.key = KEY};
    snapshot_begin(&bytes, &head);
    headline_init(&headline);
    headline_set(&headline, HEADLINE_TEXT, "Ferry", 5);
    headline_identify(&headline);
    while (bytes.length < 20000) {
        snapshot_add(&bytes, &headline);
    }
    snapshot_end(&bytes);
    cache_open(&cache, &config, 0);
    for (int64_t now_ms = 0; now_ms < 24 * 3600 * 1000; now_ms += 300 * 1000) {
        for (int source = 0; source < 500; source++) {
            bool saved = cache_save(&cache, KEY, &bytes, &slot, now_ms);
            written += saved ? (int64_t)bytes.length + 4096 : 0;
            saves += saved;
            if (!saved) {
                break;
            }
        }
    }
    assert_in_range(written, 10 << 20, 20 << 20);
    assert_true(saves > 288);
    buffer_fini(&bytes);
    cache_close(&cache);
}

static size_t count_files(const char *sub)
{
    char command[200];
    size_t count = 0;
    snprintf(command, sizeof command, "ls %s/%s | grep -c '[.][01]$'", folder, sub);
    FILE *pipe = popen(command, "r");
    assert_int_equal(fscanf(pipe, "%zu", &count), 1);
    pclose(pipe);
    return count;
}

static void crashes_put_it_aside(void **state)
{
    (void)state;
    struct cache_slot slot = {0};
    cache_open(&cache, &config, 0);
    assert_true(save("poison", &slot) && save("poison", &slot));
    cache_close(&cache);
    for (int crash = 0; crash < CACHE_CRASHES; crash++) {
        cache_open(&cache, &config, 0);
        assert_string_equal(loaded(&slot), "poison");
        crash_mark(); /* and the process is gone */
        close(cache.crashes);
        free(cache.folder);
    }
    cache_open(&cache, &config, 0);
    assert_string_equal(loaded(&slot), "");
    assert_int_equal(count_files("quarantine"), 2);
    assert_true(save("fresh", &slot));
    cache_close(&cache);
    cache_open(&cache, &config, 0);
    assert_string_equal(loaded(&slot), "fresh");
    /* A good minute makes all crashes before it good. */
    crash_mark();
    crash_mark();
    cache_due(&cache, CACHE_GOOD_MS, false);
    crash_mark();
    crash_mark();
    cache_close(&cache);
    cache_open(&cache, &config, 0);
    assert_string_equal(loaded(&slot), "fresh");
    cache_close(&cache);
}

static bool none_is_wanted(void *user, uint64_t key)
{
    (void)user;
    return key == KEY;
}

static void others_make_room(void **state)
{
    (void)state;
    struct cache_slot slot = {0};
    cache_open(&cache, &config, 0);
    assert_true(save("ours", &slot) && save("ours", &slot));
    for (int i = 0; i < 20; i++) {
        char name[CACHEDIR_NAME_BYTES], path[200];
        cachedir_name(0x9000 + (uint64_t)i, 0, name);
        snprintf(path, sizeof path, "%s/%s", folder, name);
        int fd = open(path, O_WRONLY | O_CREAT, 0600);
        assert_int_equal(ftruncate(fd, 1000), 0);
        close(fd);
    }
    cachedir_prune(folder, 1 << 20, none_is_wanted, NULL);
    assert_int_equal(count_files(""), 22);
    cachedir_prune(folder, 6000, none_is_wanted, NULL);
    assert_in_range(count_files(""), 6, 8);
    cachedir_prune(folder, 0, none_is_wanted, NULL);
    assert_int_equal(count_files(""), 2);
    assert_string_equal(loaded(&slot), "ours");
    cache_close(&cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_newest_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damage_leaves_the_one_before, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_disk_costs_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_folder_is_no_fault, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_fifo_is_waited_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rounds_are_rare, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_day_has_its_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(crashes_put_it_aside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(others_make_room, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
