#include "show/drm.h"

/* Only KMSDRM is asked for; without this SDL would bring the headers of X11 and Wayland. */
#undef SDL_VIDEO_DRIVER_X11
#undef SDL_VIDEO_DRIVER_WAYLAND
#include <SDL_syswm.h>

int drm_fd(const struct screen *screen)
{
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (!screen->window || !SDL_GetWindowWMInfo(screen->window, &info) ||
        info.subsystem != SDL_SYSWM_KMSDRM) {
        return -1;
    }
    return info.info.kmsdrm.drm_fd;
}
