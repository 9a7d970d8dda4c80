/* The kernel's display device under KMSDRM. Main thread. */
#ifndef MOTOGRAPH_SHOW_DRM_H
#define MOTOGRAPH_SHOW_DRM_H

#include "show/screen.h"

/* The descriptor that SDL draws through, and is master of; SDL's. -1 if there is none, as on a desktop
 * or headless. */
int drm_fd(const struct screen *screen);

#endif
