/* A file that is written anew as a whole: at every moment, after a power cut too, it is the old one
 * or the new one. Any thread that may wait for the disk. */
#ifndef MOTOGRAPH_BASE_REPLACE_H
#define MOTOGRAPH_BASE_REPLACE_H

#include <stdbool.h>
#include <stddef.h>

/* Writes LENGTH bytes to the path TEMPORARY, syncs it, renames it to PATH and syncs FOLDER, in which
 * both are. No link is followed and no FIFO waited for. False with errno; PATH is then as it was,
 * but where only the last sync failed: it is the new one, as long as there is power. */
bool replace_file(const char *folder, const char *temporary, const char *path,
                  const char *bytes, size_t length);

#endif
