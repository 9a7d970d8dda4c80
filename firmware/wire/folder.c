/* The state is a hash over names and what stat tells of each file, so a look at an unchanged
 * folder opens nothing. */
#include "wire/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

/* A step of FNV-1a, 64 bits. */
static uint64_t mix(uint64_t state, uint64_t value)
{
    return (state ^ value) * 0x100000001b3u;
}

static int is_wanted(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return entry->d_name[0] != '.' && entry->d_name[length - 1] != '~';
}

static char *join(const char *folder, const char *name)
{
    size_t bytes = strlen(folder) + strlen(name) + 2;
    char *path = malloc(bytes);
    if (path) {
        snprintf(path, bytes, "%s/%s", folder, name);
    }
    return path;
}

/* Takes NAME into the list if it is a regular file. False if memory is short. */
static bool add(struct folder *folder, const char *path, const char *name)
{
    struct stat st = {0};
    char *whole = join(path, name);
    if (!whole) {
        return false;
    }
    bool regular = !folder->more && stat(whole, &st) == 0 && S_ISREG(st.st_mode);
    folder->more = folder->more || (regular && folder->count == FOLDER_FILES);
    if (!regular || folder->more) {
        free(whole);
        return true;
    }
    int64_t facts[] = {(int64_t)st.st_ino, st.st_size,        st.st_mtim.tv_sec,
                       st.st_mtim.tv_nsec, st.st_ctim.tv_sec, st.st_ctim.tv_nsec};
    for (const char *p = name; *p; p++) {
        folder->state = mix(folder->state, (unsigned char)*p);
    }
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        folder->state = mix(folder->state, (uint64_t)facts[i]);
    }
    folder->paths[folder->count++] = whole;
    return true;
}

enum failure folder_list(const char *path, struct folder *folder,
                         char detail[FAILURE_DETAIL_BYTES])
{
    struct dirent **entries;
    *folder = (struct folder){.state = 0xcbf29ce484222325u};
    *detail = '\0';
    int count = scandir(path, &entries, is_wanted, alphasort);
    if (count < 0) {
        snprintf(detail, FAILURE_DETAIL_BYTES, "%s", strerror(errno));
        return FAILURE_FILE_ACCESS;
    }
    folder->paths = calloc(FOLDER_FILES, sizeof(char *));
    bool good = folder->paths != NULL;
    for (int i = 0; i < count; i++) {
        good = good && add(folder, path, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    if (!good) {
        folder_fini(folder);
        return FAILURE_MEMORY;
    }
    folder->state |= 1;
    return FAILURE_NONE;
}

bool folder_is_flash(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t length = strlen(name);
    return length > 10 && strncasecmp(name, "flash-", 6) == 0 &&
           strcasecmp(name + length - 4, ".txt") == 0;
}

void folder_fini(struct folder *folder)
{
    for (size_t i = 0; folder->paths && i < folder->count; i++) {
        free(folder->paths[i]);
    }
    free(folder->paths);
    *folder = (struct folder){0};
}
