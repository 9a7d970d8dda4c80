/* A mark on the disk that outlives a crash: one byte appended to a file for each. A power cut or
 * a kill leaves none, so only what this program does to itself is counted. */
#ifndef MOTOGRAPH_BASE_CRASH_H
#define MOTOGRAPH_BASE_CRASH_H

/* From now on crash_mark() appends to FD; -1: to nothing. The caller keeps it open. Any thread. */
void crash_mark_to(int fd);

/* Appends a mark. For a handler of signals: async-signal-safe (POSIX.1-2017, 2.4.3). */
void crash_mark(void);

#endif
