/* What kind of desktop the X display at $DISPLAY is. Main thread. */
#ifndef MOTOGRAPH_SHOW_DESKTOP_H
#define MOTOGRAPH_SHOW_DESKTOP_H

#include <stdbool.h>

/* Whether a window manager runs there (_NET_SUPPORTING_WM_CHECK of the Extended Window Manager
 * Hints). A kiosk's bare X server has none; asking SDL for full screen then makes every start
 * and every end wait 100 ms for a manager that never answers. True where nobody can tell. */
bool desktop_has_manager(void);

#endif
