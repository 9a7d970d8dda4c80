/* The folders that are ours to write in: those that the service manager gives, else the user's.
 * Any thread that may wait for the disk. */
#ifndef MOTOGRAPH_BASE_OURDIR_H
#define MOTOGRAPH_BASE_OURDIR_H

#include <stdbool.h>

enum { OURDIR_PATH_BYTES = 4096, OURDIR_NAME_BYTES = 64 /* of a file in it, at most */ };

enum ourdir_kind {
    OURDIR_CACHE, /* for what can be made again */
    OURDIR_STATE  /* for what cannot */
};

/* The folder's path: $CACHE_DIRECTORY, else motograph in $XDG_CACHE_HOME or ~/.cache; an empty
 * $CACHE_DIRECTORY means none; and so with STATE and ~/.local/state. False, and OUT "", if there is
 * none or no name fits behind it. */
bool ourdir_find(enum ourdir_kind kind, char out[OURDIR_PATH_BYTES]);

/* Makes the folder PATH with those above it that are missing; PATH is changed meanwhile. Whether it
 * is there then; if not, errno says why. */
bool ourdir_make(char *path);

/* Finds it and makes it. malloc'ed, the caller's; NULL if there is none, or, logged with LOSS (what
 * is not done then), if it cannot be made. */
char *ourdir_open(enum ourdir_kind kind, const char *loss);

#endif
