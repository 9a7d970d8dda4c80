/* All that one size of text needs, held together: its faces, what measures with them and what
 * draws with them. Main thread. */
#ifndef MOTOGRAPH_SHOW_TEXT_H
#define MOTOGRAPH_SHOW_TEXT_H

#include <stdbool.h>

#include "show/faces.h"
#include "show/layout.h"
#include "show/raster.h"

struct text {
    struct faces *faces;
    struct layout *layout;
    struct raster *raster;
};

/* Opens text of EM_PX pixels per em; FONT_DIR as in faces.h. False, logged, if memory or a
 * library fails; text is zeroed then. */
bool text_open(struct text *text, int em_px, const char *font_dir);

/* Closes it; a zeroed one is fine. */
void text_close(struct text *text);

/* Lays out the '\0'-terminated WORDS, as layout_text; where they are wider than MAX_PX (0 = no
 * limit), their beginning and an ellipsis. */
struct line *text_lay(struct text *text, const char *words, int max_px);

#endif
