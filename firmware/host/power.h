/* Switches the display off and on, whichever way works here: DPMS through the kernel's display device,
 * the backlight of a panel, HDMI-CEC to a television. Where none does, the picture is black, which the
 * caller has made it in any case. Main thread; nothing here waits, but for the end of a cec-ctl that
 * had to be killed, and for the kernel's word of a CEC adapter's address. */
#ifndef MOTOGRAPH_HOST_POWER_H
#define MOTOGRAPH_HOST_POWER_H

#include <stdbool.h>
#include <stdint.h>

#include "host/power_cec.h"
#include "host/power_light.h"

enum power_way { POWER_ON, POWER_DPMS, POWER_BACKLIGHT, POWER_CEC, POWER_BLACK };

/* Zeroed is a display that is on. */
struct power {
    enum power_way off; /* the way that it is off by */
    struct power_light light;
    struct power_cec cec;
};

enum { POWER_WHY_BYTES = 240 };

/* Switches it off by METHOD ([power] method), or, where that does not work, leaves it black. DRM: the
 * descriptor of the display device that the caller is master of, -1 = none. WHY: how, and why not
 * otherwise, for the log. */
enum power_way power_off(struct power *power, const char *method, int drm,
                         char why[POWER_WHY_BYTES]);

/* Switches it on again the way it was switched off. SHOW: a television is told to show us, too. */
void power_on(struct power *power, int drm, bool show);

/* Ends what hangs; to be called now and then. */
void power_turn(struct power *power);

/* The end: a panel and a monitor are left on, for whoever comes next; a television is let be, since
 * this may be a restart in the night. */
void power_leave(struct power *power, int drm);

#endif
