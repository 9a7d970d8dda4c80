/* The screen comes and goes: it is opened when there is one, closed when it has gone or changed, and
 * in between the run goes on without a picture. Once a second the main thread looks how the connectors
 * stand (host/connector.h: three system calls each) and whether the kernel said anything (one call). */
#ifndef MOTOGRAPH_COMMAND_ATTACH_H
#define MOTOGRAPH_COMMAND_ATTACH_H

#include <stdbool.h>
#include <stdint.h>

#include "host/connector.h"

struct run;

struct attach {
    struct connectors all;
    int current;         /* the one that is shown on; -1 = unknown */
    bool watching;       /* whether that counts: KMSDRM */
    bool retake;         /* for another reason the screen must be opened anew */
    int plug;            /* what the kernel says: a descriptor; owned */
    int64_t look_us;     /* when to look next */
    int64_t opened_us;   /* the screen */
    int64_t heard_us;    /* the last word of the kernel since then; 0 = none */
    int64_t patience_us; /* what is only heard is left alone for so long after opening */
    int64_t failing_us;  /* since when no picture comes out; 0 = they do */
};

/* Why the screen must be opened anew: the connector has gone, or the one that is WANTED has come,
 * or the kernel told of a change (HEARD) and has been quiet since. NULL if it need not be. ALL is as it
 * stands now. Pure. */
const char *attach_must(struct attach *attach, const char *wanted, bool heard,
                        int64_t now_us);

/* The screen was opened and has the size that it had before (SAME), or another: what is heard and
 * changes nothing is heeded less and less often. Pure. */
void attach_opened(struct attach *attach, bool same, int64_t now_us);

/* A picture came OUT, or did not: if none does for five seconds the screen is opened anew. Pure. */
void attach_presented(struct attach *attach, bool out, int64_t now_us);

/* Opens the screen and waits for it as long as there is none. False at the end of the run, or,
 * logged, if it cannot be had. */
bool attach_open(struct run *run);

/* To be called after each frame: looks when it is time and, where the screen must be opened anew, does
 * that. One comparison otherwise. Without a scene afterwards the run is over. */
void attach_turn(struct run *run);

/* Zeroed is fine. */
void attach_fini(struct attach *attach);

#endif
