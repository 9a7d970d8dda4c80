/* A headline as what its words mean to an editor who looks for the same story: a number for
 * each word that weighs something, in their order. Made once, on the worker, so that comparing
 * costs no look at the text. Pure; any thread. */
#ifndef MOTOGRAPH_DESK_MARKS_H
#define MOTOGRAPH_DESK_MARKS_H

#include "base/message.h"

/* The low bits of a mark; the others are a hash of the word. */
enum {
    MARK_NUMBER = 1, /* a figure, or a word for one */
    MARK_TURN = 2,   /* "not", "denies", "former": turns the meaning of others */
    MARK_CHAR = 4,   /* one character of a script without blanks */
    MARK_LED = 8,    /* stands first, or behind an article or a comma */
    MARK_BY = 16,    /* behind "by" */
    MARK_FREE = 32, /* behind a preposition, which says what it does wherever it stands */
    MARK_BITS = 63,
    MARK_PLACE = MARK_LED | MARK_BY | MARK_FREE /* says where it stands, not what it is */
};

/* Sets marks and count of KEYS for the headline TEXT. Case, accents, punctuation, articles,
 * endings, "breaking" and its like, and the outlet's name at the end leave no trace; what goes
 * beyond MESSAGE_MARKS words is summed up in the last mark. */
void marks_make(const char *text, struct message_keys *keys);

#endif
