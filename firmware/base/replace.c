/* A sync that fails has thrown the data away on Linux and says so once: such a file is not tried
 * again but removed. */
#include "base/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

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

static bool write_new(const char *path, const char *temporary, const char *bytes,
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

bool replace_file(const char *folder, const char *temporary, const char *path,
                  const char *bytes, size_t length)
{
    return write_new(path, temporary, bytes, length) && sync_folder(folder);
}
