/* The main thread's side of base/inquiry.h: what a frame has time to tell the worker. Main thread. */
#ifndef MOTOGRAPH_COMMAND_ANSWER_H
#define MOTOGRAPH_COMMAND_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/inquiry.h"
#include "base/ring.h"
#include "desk/desk.h"

struct run;

enum {
    ANSWER_SLOTS = 4
}; /* of the ring back: one question of each kind is under way at most */

struct answer {
    struct ring ring;      /* back to the worker, of struct inquiry * */
    struct inquiry *strip; /* a question for a strip, which waits for the next frame */
    double us_a_row;       /* what copying one costs, seen so far */
    int declined;          /* frames in a row that had no time for it */
    /* How far the rundown has been told. */
    size_t lane;
    struct desk_cursor cursor;
    struct desk_place place;
    uint64_t first;   /* the identity of the lane's first */
    int64_t ahead_ms; /* how far ahead the lane has been walked */
    size_t told;      /* headlines of the lane; then those that are hidden */
};

/* Takes a MESSAGE_INQUIRY: answers it, or at the next frame. */
void answer_take(struct run *run, struct inquiry *inquiry);

/* Hands INQUIRY, answered, back. */
void answer_give(struct run *run, struct inquiry *inquiry);

/* Answers for a strip if there is time before the frame, which has been drawn and began at
 * BEGIN_US, must be brought out. */
void answer_strip(struct run *run, int64_t begin_us);

/* Has the waiting question for a strip answered with black rows: the display is off. */
void answer_black(struct run *run);

#endif
