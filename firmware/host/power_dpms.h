/* DPMS (VESA, "Display Power Management Signaling", 1993) as a property of the kernel's connectors: the
 * signal stops, and the screen goes to sleep by itself. */
#ifndef MOTOGRAPH_HOST_POWER_DPMS_H
#define MOTOGRAPH_HOST_POWER_DPMS_H

#include <stdbool.h>
#include <stddef.h>

/* Switches all screens that DRM, a descriptor of a display device, shows something on. The caller is
 * its master. False if none of them was switched. WHY: which, or why none. */
bool power_dpms(int drm, bool on, char *why, size_t room);

#endif
