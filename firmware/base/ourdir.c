#define LOG_MODULE "disk"
#include "wire/ourdir.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"

static const struct {
    const char *given, *xdg, *home;
} kinds[] = {
    [OURDIR_CACHE] = {"CACHE_DIRECTORY", "XDG_CACHE_HOME", ".cache"},
    [OURDIR_STATE] = {"STATE_DIRECTORY", "XDG_STATE_HOME", ".local/state"},
};

/* The path in OUT; false if the environment names none or it is too long. */
static bool find(enum ourdir_kind kind, char out[OURDIR_PATH_BYTES])
{
    const char *given = getenv(kinds[kind].given);
    const char *xdg = getenv(kinds[kind].xdg), *home = getenv("HOME");
    int n = 0;
    if (given) { /* the service manager may name several, with colons between them */
        n = snprintf(out, OURDIR_PATH_BYTES, "%.*s", (int)strcspn(given, ":"), given);
    } else if (xdg && *xdg == '/') {
        n = snprintf(out, OURDIR_PATH_BYTES, "%s/motograph", xdg);
    } else if (home && *home == '/') {
        n = snprintf(out, OURDIR_PATH_BYTES, "%s/%s/motograph", home, kinds[kind].home);
    }
    return n > 0 && n < OURDIR_PATH_BYTES - OURDIR_NAME_BYTES;
}

static bool is_folder(const char *path)
{
    struct stat st;
    int error = errno;
    bool folder = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
    errno = folder ? errno : error == EEXIST ? ENOTDIR : error;
    return folder;
}

/* With those above it that are missing: ~/.local/state may be, and ~/.local. */
static bool make(char *path)
{
    char *slash = strrchr(path, '/');
    if (mkdir(path, 0700) && errno == ENOENT && slash && slash != path) {
        *slash = '\0';
        make(path);
        *slash = '/';
        mkdir(path, 0700);
    }
    return is_folder(path);
}

char *ourdir_open(enum ourdir_kind kind, const char *loss)
{
    char path[OURDIR_PATH_BYTES];
    if (!find(kind, path)) {
        return NULL;
    }
    if (!make(path)) {
        log_warning("%s: %s: %s", path, strerror(errno), loss);
        return NULL;
    }
    return strdup(path);
}
