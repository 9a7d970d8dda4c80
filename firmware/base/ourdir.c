#define LOG_MODULE "disk"
#include "base/ourdir.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "base/reason.h"

static const struct {
    const char *given, *xdg, *home;
} kinds[] = {
    [OURDIR_CACHE] = {"CACHE_DIRECTORY", "XDG_CACHE_HOME", ".cache"},
    [OURDIR_STATE] = {"STATE_DIRECTORY", "XDG_STATE_HOME", ".local/state"},
};

bool ourdir_find(enum ourdir_kind kind, char out[OURDIR_PATH_BYTES])
{
    const char *given = getenv(kinds[kind].given);
    const char *xdg = getenv(kinds[kind].xdg), *home = getenv("HOME");
    int n = 0;
    *out = '\0';
    if (given) { /* the service manager may name several, with colons between them */
        n = snprintf(out, OURDIR_PATH_BYTES, "%.*s", (int)strcspn(given, ":"), given);
    } else if (xdg && *xdg == '/') {
        n = snprintf(out, OURDIR_PATH_BYTES, "%s/motograph", xdg);
    } else if (home && *home == '/') {
        n = snprintf(out, OURDIR_PATH_BYTES, "%s/%s/motograph", home, kinds[kind].home);
    }
    if (n <= 0 || n >= OURDIR_PATH_BYTES - OURDIR_NAME_BYTES) {
        *out = '\0';
    }
    return *out != '\0';
}

static bool is_folder(const char *path)
{
    struct stat st;
    int error = errno;
    bool folder = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
    errno = folder ? errno : error == EEXIST ? ENOTDIR : error;
    return folder;
}

/* ~/.local/state may be missing, and ~/.local. */
bool ourdir_make(char *path)
{
    char *slash = strrchr(path, '/');
    if (mkdir(path, 0700) && errno == ENOENT && slash && slash != path) {
        *slash = '\0';
        ourdir_make(path);
        *slash = '/';
        mkdir(path, 0700);
    }
    return is_folder(path);
}

char *ourdir_open(enum ourdir_kind kind, const char *loss)
{
    char path[OURDIR_PATH_BYTES];
    if (!ourdir_find(kind, path)) {
        return NULL;
    }
    if (!ourdir_make(path)) {
        char why[REASON_BYTES];
        log_warning("%s: %s: %s", path, reason_tell(path, why), loss);
        return NULL;
    }
    return strdup(path);
}
