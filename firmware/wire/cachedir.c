/* Whose files are whose in the folder that ourdir.h finds. */
#include "wire/cachedir.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ourdir.h"

enum { MOST = 4096 };

/* --- The folder --------------------------------------------------------------------- */

void cachedir_path(const char *folder, const char *name, char out[CACHEDIR_PATH_BYTES])
{
    snprintf(out, CACHEDIR_PATH_BYTES, "%s/%s", folder, name);
}

void cachedir_name(uint64_t key, int slot, char out[CACHEDIR_NAME_BYTES])
{
    snprintf(out, CACHEDIR_NAME_BYTES, "%016" PRIx64 ".%d", key, slot);
}

/* Whether NAME is that of a snapshot, and of which source. */
static bool read_name(const char *name, uint64_t *key)
{
    bool ours = strlen(name) == 18 && strspn(name, "0123456789abcdef") == 16 &&
                name[16] == '.' && (name[17] == '0' || name[17] == '1');
    *key = ours ? strtoull(name, NULL, 16) : 0;
    return ours;
}

char *cachedir_open(void)
{
    return ourdir_open(OURDIR_CACHE, "nothing is kept for a start without network");
}

/* For whoever wants to know what it was; the ones put aside before are replaced. */
void cachedir_put_aside(const char *folder)
{
    char aside[CACHEDIR_PATH_BYTES], from[CACHEDIR_PATH_BYTES];
    char to[CACHEDIR_PATH_BYTES + 300];
    cachedir_path(folder, "quarantine", aside);
    mkdir(aside, 0700);
    DIR *files = opendir(folder);
    struct dirent *entry;
    uint64_t key;
    while (files && (entry = readdir(files))) {
        if (read_name(entry->d_name, &key)) {
            cachedir_path(folder, entry->d_name, from);
            snprintf(to, sizeof to, "%s/%s", aside, entry->d_name);
            if (rename(from, to)) {
                unlink(from);
            }
        }
    }
    if (files) {
        closedir(files);
    }
}

/* --- Pruning ------------------------------------------------------------------------ */

struct file {
    char name[20];
    int64_t bytes, modified;
};

static int older(const void *left, const void *right)
{
    const struct file *a = left, *b = right;
    return (a->modified > b->modified) - (a->modified < b->modified);
}

/* The files of sources that are not WANTED, at most MOST; how large all files are. */
static size_t list_unwanted(const char *folder, struct file *files, int64_t *total,
                            bool (*wanted)(void *user, uint64_t key), void *user)
{
    char path[CACHEDIR_PATH_BYTES];
    struct stat st;
    struct dirent *entry;
    uint64_t key;
    size_t count = 0;
    DIR *entries = opendir(folder);
    while (entries && (entry = readdir(entries))) {
        cachedir_path(folder, entry->d_name, path);
        if (!read_name(entry->d_name, &key) || stat(path, &st)) {
            continue;
        }
        *total += st.st_size;
        if (count < MOST && !wanted(user, key)) {
            files[count] = (struct file){.bytes = st.st_size, .modified = st.st_mtime};
            snprintf(files[count++].name, sizeof files->name, "%.18s", entry->d_name);
        }
    }
    if (entries) {
        closedir(entries);
    }
    return count;
}

void cachedir_prune(const char *folder, int64_t most,
                    bool (*wanted)(void *user, uint64_t key), void *user)
{
    struct file *files = calloc(MOST, sizeof *files);
    int64_t total = 0;
    size_t count = files ? list_unwanted(folder, files, &total, wanted, user) : 0;
    if (count) {
        qsort(files, count, sizeof *files, older);
    }
    for (size_t i = 0; i < count && total > most; i++) {
        char path[CACHEDIR_PATH_BYTES];
        cachedir_path(folder, files[i].name, path);
        unlink(path);
        total -= files[i].bytes;
    }
    free(files);
}
