/* The folder of the cache and the names in it. Worker thread. */
#ifndef MOTOGRAPH_WIRE_CACHEDIR_H
#define MOTOGRAPH_WIRE_CACHEDIR_H

#include <stdbool.h>
#include <stdint.h>

enum { CACHEDIR_PATH_BYTES = 4096, CACHEDIR_NAME_BYTES = 32 };

/* Finds the folder ($CACHE_DIRECTORY, else motograph in $XDG_CACHE_HOME or ~/.cache; an empty
 * $CACHE_DIRECTORY means none) and makes it. malloc'ed, the caller's; NULL, logged if it cannot
 * be made, if there is none. */
char *cachedir_open(void);

/* FOLDER/NAME in OUT. */
void cachedir_path(const char *folder, const char *name, char out[CACHEDIR_PATH_BYTES]);

/* The name of a source's file 0 or 1 in OUT. */
void cachedir_name(uint64_t key, int slot, char out[CACHEDIR_NAME_BYTES]);

/* Moves all files of sources into quarantine/, over those that are there. */
void cachedir_put_aside(const char *folder);

/* Removes files of sources for which WANTED says no, oldest first, until all are within MOST
 * bytes. */
void cachedir_prune(const char *folder, int64_t most,
                    bool (*wanted)(void *user, uint64_t key), void *user);

#endif
