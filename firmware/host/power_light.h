/* The backlight of a panel, as the kernel shows it (Documentation/ABI/stable/sysfs-class-backlight). To
 * write there is root's; toolchain/service/backlight.conf lets our user do it. */
#ifndef MOTOGRAPH_HOST_POWER_LIGHT_H
#define MOTOGRAPH_HOST_POWER_LIGHT_H

#include <stdbool.h>
#include <stddef.h>

#define POWER_LIGHTS "/sys/class/backlight"

enum { POWER_LIGHT_PANELS = 4, POWER_LIGHT_BYTES = 256 };

/* What was dark is as bright as before when it comes back. */
struct power_light {
    struct {
        char file[POWER_LIGHT_BYTES]; /* that was written */
        long before;                  /* what it held */
    } panels[POWER_LIGHT_PANELS];
    size_t count;
};

/* Darkens all panels of FOLDER: by their power, or else by their brightness. False if none was. WHY:
 * which, or why none. */
bool power_light_off(struct power_light *light, const char *folder, char *why,
                     size_t room);

/* Makes them as they were. */
void power_light_on(struct power_light *light);

#endif
