/* What outlets put round a headline. Pure; any thread. */
#ifndef MOTOGRAPH_DESK_HEADTAIL_H
#define MOTOGRAPH_DESK_HEADTAIL_H

#include <stddef.h>

/* The part of TEXT between a label in front ("[速報]") and the outlet's name at the end ("- BBC
 * News"): returns where it begins and sets LENGTH, in bytes. */
const char *headtail_cut(const char *text, size_t *length);

#endif
