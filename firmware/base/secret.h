/* Small files that the configuration names: a password, a PIN, certificates. What is no regular file
 * (a FIFO, a device) would hold up whoever reads it, and is refused. Any thread. */
#ifndef MOTOGRAPH_BASE_SECRET_H
#define MOTOGRAPH_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/* Opens PATH for reading, never waiting. ST, where not NULL, is what it is like. -1 with errno;
 * EINVAL is what is no regular file. */
int secret_open(const char *path, struct stat *st);

/* The first line of PATH without its end, '\0'-terminated, in OUT of ROOM bytes. False, and OUT "",
 * with errno; EFBIG is a line that has no room. */
bool secret_read(const char *path, char *out, size_t room, struct stat *st);

/* What errno said of one of these, in words. */
const char *secret_fault(int error);

#endif
