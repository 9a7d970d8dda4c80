#include "base/statedir.h"

#include <errno.h>
#include <stdio.h>

#include "base/ourdir.h"
#include "base/replace.h"

bool statedir_path(const char *name, char *out, size_t room)
{
    char folder[OURDIR_PATH_BYTES];
    bool found = ourdir_find(OURDIR_STATE, folder);
    int n = found ? snprintf(out, room, "%s/%s", folder, name) : 0;
    if (n <= 0 || (size_t)n >= room) {
        *out = '\0';
        return false;
    }
    return true;
}

bool statedir_save(const char *name, const char *bytes, size_t length)
{
    char folder[OURDIR_PATH_BYTES], path[OURDIR_PATH_BYTES + OURDIR_NAME_BYTES];
    char temporary[OURDIR_PATH_BYTES + OURDIR_NAME_BYTES];
    if (!ourdir_find(OURDIR_STATE, folder)) {
        errno = ENOENT;
        return false;
    }
    ourdir_make(folder); /* or the write says why not */
    snprintf(path, sizeof path, "%s/%s", folder, name);
    snprintf(temporary, sizeof temporary, "%s/%.48s.new", folder, name);
    return replace_file(folder, temporary, path, bytes, length);
}

char *statedir_reason(char out[REASON_BYTES])
{
    char folder[OURDIR_PATH_BYTES];
    int error = errno;
    ourdir_find(OURDIR_STATE, folder);
    errno = error;
    return reason_tell(folder, out);
}
