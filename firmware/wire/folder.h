/* A source that is a folder: every file in it airs, and a file taken away is withdrawn. That
 * is how a person without any tool puts a line on screen. Worker thread. */
#ifndef MOTOGRAPH_WIRE_FOLDER_H
#define MOTOGRAPH_WIRE_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/failure.h"

enum {
    FOLDER_FILES = 500
}; /* the first by name; the rest is left out; failure.c says it too */

struct folder {
    char **paths; /* owned, sorted by name */
    size_t count;
    bool more;      /* there are more than FOLDER_FILES */
    uint64_t state; /* differs when a file came, went or changed; never 0 */
};

/* Lists the regular files in PATH; names that begin with a dot or end in ~, as editors leave
 * them, are passed over, folders are not entered. FAILURE_NONE also if there is none. */
enum failure folder_list(const char *path, struct folder *folder,
                         char detail[FAILURE_DETAIL_BYTES]);

/* Whether the file is named flash-*.txt, in any case: what it says is breaking news. */
bool folder_is_flash(const char *path);

/* Frees the list; a zeroed one is fine. */
void folder_fini(struct folder *folder);

#endif
