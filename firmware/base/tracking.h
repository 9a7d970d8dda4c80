/* Links without what only follows their reader. Pure; any thread. */
#ifndef MOTOGRAPH_BASE_TRACKING_H
#define MOTOGRAPH_BASE_TRACKING_H

#include <stddef.h>

/* Copies LINK to OUT (ROOM bytes, at least 1) without the parameters by which senders follow
 * their readers (utm_..., fbclid and their like); the rest stays as it was. What does not fit
 * is left out. Returns the length. */
size_t tracking_strip(const char *link, char *out, size_t room);

#endif
