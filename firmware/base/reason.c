#include "base/reason.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

enum { LINE_BYTES = 4096, NAME_BYTES = 100 };

static bool is_of_disk(int error)
{
    return error == ENOSPC || error == EDQUOT || error == EROFS || error == EIO;
}

/* The number of the disk that PATH, or else its folder, is on. */
static bool find_disk(const char *path, dev_t *disk)
{
    char folder[LINE_BYTES];
    struct stat is;
    const char *slash = strrchr(path, '/');
    if (stat(path, &is) != 0) {
        snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1,
                 slash ? path : ".");
        if (stat(folder, &is) != 0) {
            return false;
        }
    }
    *disk = is.st_dev;
    return true;
}

/* One line of the kernel's list: where DISK is mounted, and what it is, if the line is of it. WHOLE: the
 * mount shows all of it, and not a folder of it somewhere else. */
static bool read_mount(const char *line, dev_t disk, char what[NAME_BYTES],
                       char where[NAME_BYTES], bool *whole)
{
    char number[NAME_BYTES], wanted[NAME_BYTES], root[NAME_BYTES];
    const char *type = strstr(line, " - ");
    snprintf(wanted, sizeof wanted, "%u:%u", major(disk), minor(disk));
    if (!type || sscanf(line, "%*s %*s %99s %99s %99s", number, root, where) != 3 ||
        strcmp(number, wanted) != 0 || sscanf(type, " - %*s %99s", what) != 1) {
        return false;
    }
    *whole = strcmp(root, "/") == 0;
    return true;
}

static bool find_mount(dev_t disk, char what[NAME_BYTES], char where[NAME_BYTES])
{
    char line[LINE_BYTES];
    bool found = false, whole = false;
    FILE *mounts = fopen("/proc/self/mountinfo", "re");
    while (mounts && !whole && fgets(line, sizeof line, mounts)) {
        found |= read_mount(line, disk, what, where, &whole);
    }
    if (mounts) {
        fclose(mounts);
    }
    return found;
}

char *reason_tell(const char *path, char out[REASON_BYTES])
{
    char what[NAME_BYTES], where[NAME_BYTES];
    int error = errno;
    dev_t disk;
    if (is_of_disk(error) && find_disk(path, &disk) && find_mount(disk, what, where)) {
        snprintf(out, REASON_BYTES, "%.50s (%s, mounted on %s)", strerror(error), what,
                 where);
    } else {
        snprintf(out, REASON_BYTES, "%s", strerror(error));
    }
    errno = error;
    return out;
}
