/* The power goes at any instant of a save. Every call that changes the disk is recorded as the real
 * code makes it; then each state that a file system may be left in after each of them is built
 * in a folder of its own and read: bytes that were not synced may be there, in part, as zeros or
 * not at all, and a rename not synced by its folder may have happened or not. (T. Pillai and
 * others, "All File Systems Are Not Created Equal", OSDI 2014.) */
#include "wire/cache.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "wire/snapshot.h"

enum { KEY = 7, SAVES = 50, OPS = 16, SECTOR = 512 };

enum op { OPEN, WRITE, SYNC_FILE, RENAME, SYNC_FOLDER };

/* --- The recorder ------------------------------------------------------------------- */

static struct {
    enum op op;
    char bytes[4096]; /* WRITE */
    size_t length;
    char name[64]; /* RENAME: the new one */
} ops[OPS];
static size_t op_count;
static bool recording;
static int file_fd, folder_fd;

int __real_open(const char *path, int flags, ...);
ssize_t __real_write(int fd, const void *bytes, size_t length);
int __real_fsync(int fd);
int __real_rename(const char *from, const char *to);
int __wrap_open(const char *path, int flags, ...);
ssize_t __wrap_write(int fd, const void *bytes, size_t length);
int __wrap_fsync(int fd);
int __wrap_rename(const char *from, const char *to);

static void note(enum op op)
{
    assert_true(op_count < OPS);
    ops[op_count++].op = op;
}

int __wrap_open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    int fd = __real_open(path, flags, flags & O_CREAT ? va_arg(rest, int) : 0);
    va_end(rest);
    if (recording && (flags & O_CREAT)) {
        note(OPEN);
        file_fd = fd;
        folder_fd = -1; /* a number is used again */
    } else if (recording && (flags & O_DIRECTORY)) {
        folder_fd = fd;
    }
    return fd;
}

ssize_t __wrap_write(int fd, const void *bytes, size_t length)
{
    if (recording && fd == file_fd) {
        length = length < 700 ? length : 700; /* a short write is a write */
        memcpy(ops[op_count].bytes, bytes, length);
        ops[op_count].length = length;
        note(WRITE);
    }
    return __real_write(fd, bytes, length);
}

/* What open is called where off_t had 32 bits once. */
int __wrap_open64(const char *path, int flags, ...) __attribute__((alias("__wrap_open")));

int __wrap_fsync(int fd)
{
    if (recording) {
        note(fd == folder_fd ? SYNC_FOLDER : SYNC_FILE);
    }
    return __real_fsync(fd);
}

int __wrap_rename(const char *from, const char *to)
{
    if (recording) {
        snprintf(ops[op_count].name, sizeof ops->name, "%s", strrchr(to, '/') + 1);
        note(RENAME);
    }
    return __real_rename(from, to);
}

/* --- The states --------------------------------------------------------------------- */

static char folder[] = "/tmp/motograph-power-XXXXXX";
static struct config config;
static struct cache cache;
static size_t states;

/* What is in the folder: the two files as they were before the save. */
struct file {
    char bytes[8192];
    size_t length;
    bool there;
};

static struct file before[2];

static void path_of(int slot, char out[100])
{
    snprintf(out, 100, "%s/%016x.%d", folder, KEY, slot);
}

static void put(int slot, const struct file *file)
{
    char path[100];
    path_of(slot, path);
    unlink(path);
    if (file->there) {
        int fd = __real_open(path, O_WRONLY | O_CREAT, 0600);
        assert_int_equal(__real_write(fd, file->bytes, file->length), file->length);
        close(fd);
    }
}

static void get(int slot, struct file *file)
{
    char path[100];
    path_of(slot, path);
    int fd = __real_open(path, O_RDONLY);
    file->there = fd >= 0;
    file->length = fd >= 0 ? (size_t)read(fd, file->bytes, sizeof file->bytes) : 0;
    close(fd);
}

static uint64_t generation(void)
{
    struct buffer bytes = {0};
    struct cache_slot slot;
    bool found = cache_load(&cache, KEY, &bytes, &slot);
    buffer_fini(&bytes);
    return found ? slot.generation : 0;
}

/* One state; GENERATION was the newest before the save that was cut. */
static void check(uint64_t old, bool done)
{
    uint64_t found = generation();
    states++;
    if (found != old + 1 && (done || found != old)) {
        fail_msg("generation %d after one of %d", (int)found, (int)old);
    }
}

/* The renamed file as its bytes may have reached the disk. */
static void check_torn(int slot, const struct file *whole, bool synced, uint64_t old,
                       bool done)
{
    put(slot, whole);
    check(old, done);
    for (size_t length = 0; !synced && length < whole->length; length += SECTOR) {
        struct file torn = *whole;
        torn.length = length;
        put(slot, &torn);
        check(old, done);
        torn.length = whole->length;
        memset(torn.bytes + length, 0, whole->length - length);
        put(slot, &torn);
        check(old, done);
    }
}

static void check_prefix(size_t count, uint64_t old, bool done)
{
    struct file whole = {.there = true};
    bool synced = true, renamed = false, folder_synced = false;
    int slot = 0;
    for (size_t i = 0; i < count; i++) {
        synced = ops[i].op == WRITE ? false : ops[i].op == SYNC_FILE ? true : synced;
        if (ops[i].op == WRITE) {
            memcpy(whole.bytes + whole.length, ops[i].bytes, ops[i].length);
            whole.length += ops[i].length;
        }
        renamed |= ops[i].op == RENAME;
        folder_synced |= ops[i].op == SYNC_FOLDER && renamed;
        slot = ops[i].op == RENAME ? ops[i].name[17] - '0' : slot;
    }
    put(0, &before[0]);
    put(1, &before[1]);
    if (!folder_synced) {
        check(old, done);
    }
    if (renamed) {
        check_torn(slot, &whole, synced, old, done);
    }
}

static void make(struct buffer *out, size_t bytes)
{
    struct snapshot head = {.key = KEY, .at = 1};
    struct headline headline;
    headline_init(&headline);
    headline_set(&headline, HEADLINE_TEXT, "Bridge closed", 13);
    headline_identify(&headline);
    snapshot_begin(out, &head);
    while (out->length < bytes) {
        snapshot_add(out, &headline);
    }
    snapshot_end(out);
}

static void old_or_new_whenever_the_power_goes(void **state)
{
    (void)state;
    struct cache_slot slot = {0};
    struct buffer bytes = {0};
    cache_open(&cache, &config, 0);
    for (uint64_t save = 0; save < SAVES; save++) {
        make(&bytes, 100 + save * 61 % 3000);
        get(0, &before[0]);
        get(1, &before[1]);
        op_count = 0;
        recording = true;
        bool saved = cache_save(&cache, KEY, &bytes, &slot, (int64_t)save * 1000000);
        recording = false;
        assert_true(saved);
        struct file after[2];
        get(0, &after[0]);
        get(1, &after[1]);
        for (size_t count = 0; count <= op_count; count++) {
            check_prefix(count, save, count == op_count);
        }
        put(0, &after[0]);
        put(1, &after[1]);
        assert_int_equal(generation(), save + 1);
    }
    assert_true(states >= 5 * SAVES);
    buffer_fini(&bytes);
    cache_close(&cache);
}

static int set_up(void **state)
{
    (void)state;
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(old_or_new_whenever_the_power_goes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
