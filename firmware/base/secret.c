#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int secret_open(const char *path, struct stat *st)
{
    struct stat own;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    st = st ? st : &own;
    if (fd >= 0 && fstat(fd, st) == 0 && !S_ISREG(st->st_mode)) {
        close(fd);
        errno = S_ISDIR(st->st_mode) ? EISDIR : EINVAL;
        return -1;
    }
    return fd;
}

static ssize_t read_whole(int fd, char *out, size_t room)
{
    size_t used = 0;
    while (used < room) {
        ssize_t got = read(fd, out + used, room - used);
        if (got == 0) {
            break;
        }
        if (got < 0 && errno != EINTR) {
            return -1;
        }
        used += got > 0 ? (size_t)got : 0;
    }
    return (ssize_t)used;
}

bool secret_read(const char *path, char *out, size_t room, struct stat *st)
{
    int fd = secret_open(path, st);
    ssize_t got = fd < 0 ? -1 : read_whole(fd, out, room);
    int error = errno;
    if (fd >= 0) {
        close(fd);
    }
    if (got >= 0) {
        size_t length = 0;
        while (length < (size_t)got && out[length] != '\r' && out[length] != '\n') {
            length++;
        }
        if (length < room) {
            out[length] = '\0';
            return true;
        }
        error = EFBIG;
    }
    explicit_bzero(out, room);
    errno = error;
    return false;
}

const char *secret_fault(int error)
{
    return error == EINVAL  ? "it is no regular file"
           : error == EFBIG ? "its first line is too long"
                            : strerror(error);
}
