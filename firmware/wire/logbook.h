/* A log that writes itself a bounded number of files of bounded size: aired-1.jsonl, aired-2.jsonl
 * and so on, of which the oldest go. Lines are only ever appended, whole, by one write, so that
 * they can be read meanwhile and two programs can share the folder. Nothing is synced: a power cut
 * costs what the system had not yet written, and leaves perhaps half a line, which the next run
 * ends. Worker thread. */
#ifndef MOTOGRAPH_WIRE_LOGBOOK_H
#define MOTOGRAPH_WIRE_LOGBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LOGBOOK_FILES = 16,          /* at most, */
    LOGBOOK_FILE_BYTES = 2 << 20 /* of so much, and what was appended last */
};

struct logbook {
    char *folder;    /* owned; NULL: there is none */
    int64_t keep_s;  /* a file not written to for longer goes */
    uint64_t number; /* of the file that is appended to; 0 = not known yet */
    int64_t begun;   /* when its first line was written, UTC seconds */
    int64_t torn;    /* its size, where it ends in half a line of ours; 0 = it does not */
};

/* Opens the folder $STATE_DIRECTORY (ourdir.h) for lines that are kept for KEEP_S seconds; 0 =
 * none is, and those that are there go. NOW is wall time. */
void logbook_open(struct logbook *book, int64_t keep_s, int64_t now);

/* Zeroed is fine. */
void logbook_close(struct logbook *book);

/* Removes what is too old and what is too much, but not the file that is appended to. It is done for
 * each new file, too. */
void logbook_prune(const struct logbook *book, int64_t now);

/* Appends LENGTH bytes of whole lines; after a call that did not take all, the rest of those. NOW
 * is wall time. Returns how many are done with, and sets errno where that is less than all. */
size_t logbook_append(struct logbook *book, const char *lines, size_t length,
                      int64_t now);

#endif
