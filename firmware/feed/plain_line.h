/* What a single line of an article page, copied as text, is likely to be. Pure. */
#ifndef MOTOGRAPH_FEED_PLAIN_LINE_H
#define MOTOGRAPH_FEED_PLAIN_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum plain_kind {
    PLAIN_TEXT,    /* a headline, a deck, a name, a paragraph: it depends on the others */
    PLAIN_BYLINE,  /* who wrote it */
    PLAIN_DATE,    /* when */
    PLAIN_CAPTION, /* of a picture, with its credit */
    PLAIN_TOPIC,   /* "Read more: SYRIA", "Topics: trade, ports" */
    PLAIN_NOISE    /* buttons, appeals, menus */
};

/* One line without the white space at its ends; not '\0'-terminated. */
struct plain_line {
    const char *text;
    size_t length; /* bytes, above 0 */
    size_t codes;  /* code points */
    size_t words;
    enum plain_kind kind;
};

/* Fills in the rest of LINE, whose text and length are set. */
void plain_line_read(struct plain_line *line);

/* How a line reads: it ends like a sentence; it is a paragraph, not a heading; each of its
 * words begins with a capital or with a letter that has no case; it has no small letter. */
bool plain_line_is_sentence(const struct plain_line *line);
bool plain_line_is_paragraph(const struct plain_line *line);
bool plain_line_is_title_case(const struct plain_line *line);
bool plain_line_is_capitals(const struct plain_line *line);

/* It has a word that names of news media have, or it is the name of a web site. */
bool plain_line_is_medium(const struct plain_line *line);

/* The two lines say the same, ASCII letters in any case. */
bool plain_line_same(const struct plain_line *a, const struct plain_line *b);

/* The date in a PLAIN_DATE line. */
bool plain_line_date(const struct plain_line *line, int64_t *at);

/* Bytes from the line's start to what is behind its topic label; 0 = not PLAIN_TOPIC. */
size_t plain_line_topic(const struct plain_line *line);

/* Bytes from the line's start to the medium's name behind "Source:", "(c) 2024" and the like;
 * 0 = the line is nothing of that kind. */
size_t plain_line_credit(const struct plain_line *line);

#endif
