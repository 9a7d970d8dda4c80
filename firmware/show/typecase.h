/* The sizes of text that the lanes of one screen share, each opened when it is first asked
 * for. Main thread. */
#ifndef MOTOGRAPH_SHOW_TYPECASE_H
#define MOTOGRAPH_SHOW_TYPECASE_H

#include <stddef.h>

#include "show/text.h"

enum { TYPECASE_SIZES = 32 };

struct typecase {
    const char *font_dir; /* borrowed, or NULL; so too the next two: */
    const char *font,
        *label_font; /* files that come first, for text and for what is small */
    size_t count;
    struct {
        int em_px;
        const char *font;
        struct text text;
    } sizes[TYPECASE_SIZES];
};

/* Text of EM_PX, owned by the case. NULL, logged, if it cannot be opened or there are too many
 * sizes. A zeroed case is an empty one. */
struct text *typecase_get(struct typecase *type, int em_px);

/* The same for what is small: labels, ages, the clock. */
struct text *typecase_label(struct typecase *type, int em_px);

/* Closes all; zeroed is fine. */
void typecase_fini(struct typecase *type);

#endif
