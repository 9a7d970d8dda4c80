/* What a card's own scripts found wrong with its files, and the program is to tell: the lines of the file
 * that $MOTOGRAPH_NOTES names. Main thread, before the first frame. */
#ifndef MOTOGRAPH_COMMAND_NOTES_H
#define MOTOGRAPH_COMMAND_NOTES_H

/* Takes one line, without its end. */
typedef void notes_fn(void *user, const char *line);

/* Hands each line of the file to TAKE, at most NOTES_MOST. None, logged, if it cannot be read; that
 * it is not there is no fault. */
enum { NOTES_MOST = 50 };
void notes_read(const char *path, notes_fn *take, void *user);

#endif
