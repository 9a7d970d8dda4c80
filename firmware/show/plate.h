/* Where a story's picture goes: on a wide card the corner that the code leaves free, on a tall one
 * the top of the body. Its box is known before anything is set, so that a picture can be asked
 * for in time. Main thread. */
#ifndef MOTOGRAPH_SHOW_PLATE_H
#define MOTOGRAPH_SHOW_PLATE_H

#include "show/story.h"

/* How large the code of a link is at most, px. */
int plate_code_px(const struct story *story);

/* The picture of HEADLINE as album_get has it; none where there is no card, or breaking news. */
enum album_state plate_get(const struct story *story, const struct headline *headline,
                           struct picture **picture);

/* Where story->picture stands on the sheet, mirrored for what is read from right to left; empty
 * where there is none. */
SDL_Rect plate_place(const struct story *story);

#endif
