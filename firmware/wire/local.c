/* A file is looked at by name before it is opened, because opening a device can have
 * effects of its own; and once more when it is open, because the name may mean another
 * file by then. */
#include "wire/local.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "feed/feed.h"

enum { GROW_BYTES = 64 << 10 };

static enum failure of_errno(int error, char detail[FAILURE_DETAIL_BYTES])
{
    if (error == ENOENT || error == ENOTDIR) {
        return FAILURE_NO_FILE;
    }
    if (error == ENOMEM) {
        return FAILURE_MEMORY;
    }
    snprintf(detail, FAILURE_DETAIL_BYTES, "%s", strerror(error));
    return FAILURE_FILE_ACCESS;
}

static enum failure of_kind(const struct stat *st)
{
    if (S_ISREG(st->st_mode)) {
        return FAILURE_NONE;
    }
    return S_ISDIR(st->st_mode) ? FAILURE_FOLDER : FAILURE_NOT_A_FILE;
}

static struct local_stamp stamp_of(const struct stat *st)
{
    return (struct local_stamp){
        .device = (uint64_t)st->st_dev,
        .inode = (uint64_t)st->st_ino,
        .bytes = st->st_size,
        .modified_ns = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
        .changed_ns = (int64_t)st->st_ctim.tv_sec * 1000000000 + st->st_ctim.tv_nsec,
    };
}

struct local_stamp local_look(const char *path)
{
    struct stat st;
    return path && stat(path, &st) == 0 ? stamp_of(&st) : (struct local_stamp){0};
}

static bool same(const struct local_stamp *a, const struct local_stamp *b)
{
    return a->device == b->device && a->inode == b->inode && a->bytes == b->bytes &&
           a->modified_ns == b->modified_ns && a->changed_ns == b->changed_ns;
}

/* To the end or FEED_BODY_BYTES, whatever size was promised: it may be growing, or in
 * /proc. */
static enum failure read_all(int fd, int64_t promised, char **bytes, size_t *length,
                             bool *full, char detail[FAILURE_DETAIL_BYTES])
{
    size_t room =
        promised > 0 && promised < FEED_BODY_BYTES ? (size_t)promised + 1 : GROW_BYTES;
    char *body = malloc(room);
    size_t used = 0;
    while (body) {
        ssize_t got = read(fd, body + used, room - used);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            enum failure failure = of_errno(errno, detail);
            free(body);
            return failure;
        }
        used += (size_t)got;
        *full = used > FEED_BODY_BYTES;
        if (got == 0 || *full) {
            *bytes = body;
            *length = *full ? FEED_BODY_BYTES : used;
            return FAILURE_NONE;
        }
        if (used == room) {
            room = room * 2 < FEED_BODY_BYTES + 1 ? room * 2 : FEED_BODY_BYTES + 1;
            char *more = realloc(body, room);
            if (!more) {
                free(body);
            }
            body = more;
        }
    }
    return FAILURE_MEMORY;
}

static enum failure read_changed(const char *path, struct local_stamp *stamp,
                                 char **bytes, size_t *length, bool *full,
                                 char detail[FAILURE_DETAIL_BYTES])
{
    struct stat st;
    if (stat(path, &st)) {
        return of_errno(errno, detail);
    }
    enum failure failure = of_kind(&st);
    struct local_stamp seen = stamp_of(&st);
    if (failure || same(&seen, stamp)) {
        return failure;
    }
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return of_errno(errno, detail);
    }
    /* Stamped as it was before reading: a change during it is seen at the next look. */
    failure = fstat(fd, &st) ? of_errno(errno, detail) : of_kind(&st);
    if (!failure) {
        *stamp = stamp_of(&st);
        failure = read_all(fd, st.st_size, bytes, length, full, detail);
    }
    close(fd);
    return failure;
}

enum failure local_read(const char *path, struct local_stamp *stamp, char **bytes,
                        size_t *length, bool *full, char detail[FAILURE_DETAIL_BYTES])
{
    *bytes = NULL;
    *length = 0;
    *full = false;
    *detail = '\0';
    enum failure failure = read_changed(path, stamp, bytes, length, full, detail);
    if (failure) {
        *stamp = (struct local_stamp){0};
    }
    return failure;
}
