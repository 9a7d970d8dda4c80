#include "base/statedir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, SPARE_BYTES = 64 /* for the names in it */ };

static bool find(char *out, size_t room)
{
    const char *given = getenv("STATE_DIRECTORY");
    const char *xdg = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    int n = 0;
    *out = '\0';
    if (given) { /* the service manager may name several, with colons between them */
        n = snprintf(out, room, "%.*s", (int)strcspn(given, ":"), given);
    } else if (xdg && *xdg == '/') {
        n = snprintf(out, room, "%s/motograph", xdg);
    } else if (home && *home == '/') {
        n = snprintf(out, room, "%s/.local/state/motograph", home);
    }
    return n > 0 && (size_t)n + SPARE_BYTES < room;
}

bool statedir_path(const char *name, char *out, size_t room)
{
    char folder[PATH_BYTES];
    int n = find(folder, sizeof folder) ? snprintf(out, room, "%s/%s", folder, name) : 0;
    if (n <= 0 || (size_t)n >= room) {
        *out = '\0';
        return false;
    }
    return true;
}

/* ~/.local/state may be missing too. */
static void make(char *folder)
{
    for (char *p = folder + 1; *p; p++) {
        if (*p == '/') {
            *p = '\0';
            mkdir(folder, 0700);
            *p = '/';
        }
    }
    mkdir(folder, 0700);
}

static bool write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t put = write(fd, bytes, length);
        if (put < 0 && errno != EINTR) {
            return false;
        }
        bytes += put > 0 ? put : 0;
        length -= put > 0 ? (size_t)put : 0;
    }
    return true;
}

/* Closes FD; what errno said before the close counts. */
static bool end(int fd, bool good)
{
    int error = errno;
    bool closed = close(fd) == 0;
    errno = good ? errno : error;
    return good && closed;
}

/* The rename is on the disk only when the folder is. */
static bool sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return fd >= 0 && end(fd, fsync(fd) == 0);
}

static bool replace(const char *path, const char *temporary, const char *bytes,
                    size_t length)
{
    int fd =
        open(temporary,
             O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (fd < 0) {
        return false;
    }
    if (end(fd, write_all(fd, bytes, length) && fsync(fd) == 0) &&
        rename(temporary, path) == 0) {
        return true;
    }
    int error = errno;
    unlink(temporary);
    errno = error;
    return false;
}

bool statedir_save(const char *name, const char *bytes, size_t length)
{
    char folder[PATH_BYTES], path[PATH_BYTES + SPARE_BYTES];
    char temporary[PATH_BYTES + SPARE_BYTES];
    if (!find(folder, sizeof folder)) {
        errno = ENOENT;
        return false;
    }
    make(folder);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    snprintf(temporary, sizeof temporary, "%s/%.48s.new", folder, name);
    return replace(path, temporary, bytes, length) && sync_folder(folder);
}
