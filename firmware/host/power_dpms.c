#include "host/power_dpms.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <xf86drm.h>
#include <xf86drmMode.h>

/* The number of the property "DPMS" of CONNECTOR; 0 = it has none. */
static uint32_t find_property(int drm, const drmModeConnector *connector)
{
    uint32_t found = 0;
    for (int i = 0; i < connector->count_props && !found; i++) {
        drmModePropertyRes *property = drmModeGetProperty(drm, connector->props[i]);
        if (property && strcmp(property->name, "DPMS") == 0) {
            found = property->prop_id;
        }
        drmModeFreeProperty(property);
    }
    return found;
}

/* Returns 0, or why it was not switched. Where nothing is shown there is nothing to switch. */
static int switch_one(int drm, const drmModeConnector *connector, bool on)
{
    uint64_t value = on ? DRM_MODE_DPMS_ON : DRM_MODE_DPMS_OFF;
    if (connector->connection != DRM_MODE_CONNECTED || !connector->encoder_id) {
        return ENODEV;
    }
    uint32_t property = find_property(drm, connector);
    if (!property) {
        return ENOTSUP;
    }
    int result =
        drmModeConnectorSetProperty(drm, connector->connector_id, property, value);
    return result == 0 ? 0 : errno;
}

bool power_dpms(int drm, bool on, char *why, size_t room)
{
    drmModeRes *all = drm >= 0 ? drmModeGetResources(drm) : NULL;
    int switched = 0, error = all ? ENODEV : ENOENT;
    for (int i = 0; all && i < all->count_connectors; i++) {
        /* As the kernel knows it: to ask the screen would take a while. */
        drmModeConnector *one = drmModeGetConnectorCurrent(drm, all->connectors[i]);
        int result = one ? switch_one(drm, one, on) : ENODEV;
        switched += result == 0;
        error = result == 0 || result == ENODEV ? error : result;
        if (result == 0) {
            const char *type = drmModeGetConnectorTypeName(one->connector_type);
            snprintf(why, room, "by DPMS of %s-%u", type ? type : "connector",
                     one->connector_type_id);
        }
        drmModeFreeConnector(one);
    }
    drmModeFreeResources(all);
    if (!switched) {
        snprintf(why, room, "no DPMS (%s)",
                 error == ENOENT ? "the screen is not ours alone" : strerror(error));
    }
    return switched > 0;
}
