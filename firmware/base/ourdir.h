/* The folders that are ours to write in: those that the service manager gives, else the user's.
 * Worker thread. */
#ifndef MOTOGRAPH_WIRE_OURDIR_H
#define MOTOGRAPH_WIRE_OURDIR_H

enum { OURDIR_PATH_BYTES = 4096, OURDIR_NAME_BYTES = 64 /* of a file in it, at most */ };

enum ourdir_kind {
    OURDIR_CACHE, /* for what can be made again */
    OURDIR_STATE  /* for what cannot */
};

/* Finds the folder ($CACHE_DIRECTORY, else motograph in $XDG_CACHE_HOME or ~/.cache; an empty
 * $CACHE_DIRECTORY means none; and so with STATE and ~/.local/state) and makes it. malloc'ed, the
 * caller's; NULL if there is none, or, logged with LOSS (what is not done then), if it cannot be
 * made. */
char *ourdir_open(enum ourdir_kind kind, const char *loss);

#endif
