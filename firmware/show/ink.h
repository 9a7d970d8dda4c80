/* The box of what is drawn. */
#ifndef MOTOGRAPH_SHOW_INK_H
#define MOTOGRAPH_SHOW_INK_H

/* Pixels relative to the pen on the baseline; y grows downwards. Empty: right <= left. */
struct ink {
    int left, top, right, bottom;
};

#endif
