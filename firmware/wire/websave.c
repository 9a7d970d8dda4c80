#include "wire/websave.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/statedir.h"

enum { PATH_BYTES = 4096 };

static const char file[] = "web.conf";

/* The text there is, "" where there is none yet; NULL with ERROR. */
static char *load(size_t *length, char *error)
{
    char path[PATH_BYTES], *text;
    *length = 0;
    if (!statedir_path(file, path, sizeof path)) {
        config_fault_text(error, "there is no folder to save it in; set STATE_DIRECTORY");
        return NULL;
    }
    if (config_slurp(path, &text, length)) {
        return text;
    }
    if (errno == ENOENT || errno == ENOTDIR) {
        return strdup("");
    }
    config_fault_text(error, "%.300s cannot be read (%s); check its permissions", path,
                      strerror(errno));
    return NULL;
}

/* Saves TEXT, NULL = it could not be made of what there was, BEFORE, NULL = that could not be read.
 * Both are given away. */
static enum websave_result save(char *before, char *text, size_t length, char *error)
{
    char why[REASON_BYTES];
    enum websave_result result = !before ? WEBSAVE_FAILED
                                 : !text ? WEBSAVE_REFUSED
                                         : WEBSAVE_DONE;
    if (text && !statedir_save(file, text, length)) {
        config_fault_text(error, "it cannot be saved (%s); check the state folder",
                          statedir_reason(why));
        result = WEBSAVE_FAILED;
    }
    free(before);
    free(text);
    return result;
}

enum websave_result websave_set(const char *name, const struct webconf_pair *pairs,
                                size_t count, char error[CONFIG_FAULT_BYTES])
{
    size_t length, made = 0;
    char *text = load(&length, error);
    char *next =
        text ? webconf_set(text, length, name, pairs, count, &made, error) : NULL;
    return save(text, next, made, error);
}

enum websave_result websave_remove(const char *name, char error[CONFIG_FAULT_BYTES])
{
    size_t length, made = 0;
    char *text = load(&length, error);
    char *next = text ? webconf_remove(text, length, name, &made, error) : NULL;
    return save(text, next, made, error);
}
