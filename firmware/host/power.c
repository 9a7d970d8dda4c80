/* DPMS comes first: it costs nothing to try and says whether it worked; then the panel's light, which
 * does so too; of CEC nobody knows before the television has answered. */
#define LOG_MODULE "power"
#include "host/power.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "host/power_dpms.h"

struct attempt {
    struct power *power;
    int drm;
    char *why;
    size_t room;
};

static bool try_way(struct attempt *attempt, enum power_way way)
{
    char *why = attempt->why;
    switch (way) {
    case POWER_DPMS:
        return power_dpms(attempt->drm, false, why, attempt->room);
    case POWER_BACKLIGHT:
        return power_light_off(&attempt->power->light, POWER_LIGHTS, why, attempt->room);
    case POWER_CEC:
        return power_cec_send(&attempt->power->cec, POWER_CEC_DEVICES, false, why,
                              attempt->room);
    default:
        snprintf(why, attempt->room, "the picture is black");
        return true;
    }
}

enum power_way power_off(struct power *power, const char *method, int drm,
                         char why[POWER_WHY_BYTES])
{
    static const char *const names[] = {[POWER_DPMS] = "dpms",
                                        [POWER_BACKLIGHT] = "backlight",
                                        [POWER_CEC] = "cec",
                                        [POWER_BLACK] = "black"};
    size_t used = 0;
    bool all = strcmp(method, "auto") == 0;
    for (enum power_way way = POWER_DPMS; way <= POWER_BLACK; way++) {
        struct attempt attempt = {power, drm, why + used, POWER_WHY_BYTES - used};
        if (!all && way != POWER_BLACK && strcmp(method, names[way]) != 0) {
            continue;
        }
        if (try_way(&attempt, way)) {
            power->off = way;
            break;
        }
        used = strlen(why);
        snprintf(why + used, POWER_WHY_BYTES - used, "; ");
        used = strlen(why);
    }
    return power->off;
}

void power_on(struct power *power, int drm, bool show)
{
    char why[POWER_WHY_BYTES];
    switch (power->off) {
    case POWER_DPMS:
        power_dpms(drm, true, why, sizeof why);
        break;
    case POWER_BACKLIGHT:
        power_light_on(&power->light);
        break;
    case POWER_CEC:
        if (!power_cec_send(&power->cec, POWER_CEC_DEVICES, true, why, sizeof why)) {
            log_warning("the television cannot be woken: %s", why);
        } else if (show) {
            power_cec_show(&power->cec, POWER_CEC_DEVICES);
        }
        break;
    default:
        break;
    }
    power->off = POWER_ON;
}

void power_turn(struct power *power)
{
    power_cec_turn(&power->cec);
}

void power_leave(struct power *power, int drm)
{
    if (power->off != POWER_CEC) {
        power_on(power, drm, false);
    }
    power_cec_end(&power->cec);
}
