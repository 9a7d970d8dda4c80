/* What a word of a headline is worth when two headlines are compared. Pure; any thread. */
#ifndef MOTOGRAPH_DESK_WORDS_H
#define MOTOGRAPH_DESK_WORDS_H

#include <stddef.h>

enum word_kind {
    WORD_PLAIN,       /* not in the table */
    WORD_FUNCTION,    /* an article, "is", "live", "breaking": of no weight */
    WORD_PREPOSITION, /* the same; what follows it is free to stand elsewhere */
    WORD_BY,      /* the same; what follows it may have been in front before ("hit by") */
    WORD_SIDE,    /* a preposition that is not to be lost: "before", "after" */
    WORD_AGAINST, /* one that also turns the meaning: "against", "without" */
    WORD_NUMBER,  /* `stands_for` in digits */
    WORD_SAME,    /* another form of `stands_for` */
    WORD_TURN,    /* turns the meaning of others: "not", "denies", "former" */
    WORD_OUTLET   /* part of the name of an outlet, where one is expected; else plain */
};

struct word {
    const char *text; /* folded */
    enum word_kind kind;
    const char *stands_for;
};

/* The entry of TEXT (folded), NULL if it is a plain word. */
const struct word *words_find(const char *text);

/* The entries one by one, for those who test the table; NULL past the end. */
const struct word *words_at(size_t index);

#endif
