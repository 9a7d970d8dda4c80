/* A display's resolution as an operator writes it: 1920x1080, or with its rate 1920x1080@50. Pure;
 * any thread. */
#ifndef MOTOGRAPH_BASE_RESOLUTION_H
#define MOTOGRAPH_BASE_RESOLUTION_H

#include <stdbool.h>
#include <stddef.h>

enum { RESOLUTION_SIDE = 16384 /* px, at most */, RESOLUTION_HZ = 1000 };

struct resolution {
    int w, h; /* px; 0 = auto */
    int hz;   /* 0 = any */
};

/* Reads LENGTH bytes of TEXT: "auto", WxH or WxH@HZ in whole numbers. False if it is anything else;
 * OUT is zeroed then. */
bool resolution_parse(const char *text, size_t length, struct resolution *out);

#endif
