/* A lane that crawls: an endless strip of headlines moves through its area by whole pixels
 * per refresh. The strip is drawn once, into tiles of 1024 px that live only around the
 * window; a frame copies tiles and does at most one slice of work for the tiles to come.
 *
 *    to the left      label text * label text * label te|
 *    to the right     |xet lebal * txet lebal * txet lebal
 *
 * Leftward the text moves to the left, as one that is read from left to right must so that
 * its beginning enters first: from the right edge, its label before it and the mark behind it.
 * Rightward all of that is the other way round: headlines enter from the left edge, the label
 * stands to the right of its text, the mark to its left, and the next headline left of that.
 *
 * A lane runs one way at a time: texts of one row cannot move against each other. Each headline
 * is laid out by its own base direction all the same. One that is read the other way than the
 * lane runs therefore enters with its end first, and is read when it is in view whole.
 *
 * DIRECTION_AUTO goes by the sources of the lane (desk_lean_among): at the start, and wherever the
 * window is bare, by their majority; while headlines run, a majority of two to one turns the
 * lane at once, a smaller one at the end of a lap, and a tie leaves it as it is. Nothing ever
 * jumps: before it turns, the lane lays nothing more out and lets all that it holds run out of
 * the window; then the next headline enters from the other edge.
 *
 * Main thread. */
#ifndef MOTOGRAPH_SHOW_CRAWL_H
#define MOTOGRAPH_SHOW_CRAWL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/headline.h"
#include "show/lane.h"

struct crawl;

/* The same as a lane. */
extern const struct lane_motion crawl_motion;

/* An empty lane; what SETUP points to is borrowed. All its planes are made here. NULL, logged, if the renderer or memory
 * fails. */
struct crawl *crawl_new(const struct lane_setup *setup);
void crawl_free(struct crawl *crawl);

/* Moves the strip by REFRESHES steps. */
void crawl_advance(struct crawl *crawl, int64_t refreshes);

/* Does one slice: draws the next chunk of the next tile, uploads it when whole, or, where the
 * strip runs short, asks the desk for the next headline and lays it out. */
enum work crawl_work(struct crawl *crawl);

/* Whether a part of the window is not drawn yet although there is something to draw. */
bool crawl_hungry(const struct crawl *crawl);

/* Copies the window's tiles; where there is none, the band. */
void crawl_draw(struct crawl *crawl);

/* The next headline of which something has entered the window and can be seen there, and that
 * was not returned before, or NULL. Valid until the next crawl_advance or crawl_work. */
const struct headline *crawl_aired(struct crawl *crawl);

/* From now on it can be seen, or not: what is on it comes again, or has left, for the taker. */
void crawl_reveal(struct crawl *crawl, bool seen);

#endif
