/* A connection of its own, through libxcb, which SDL's X11 has already loaded: SDL does not
 * tell, and its own connection is not ours to use. */
#include "show/desktop.h"

#include <stdlib.h>
#include <string.h>
#include <xcb/xcb.h>

static bool has_property(xcb_connection_t *display, const char *name)
{
    xcb_intern_atom_reply_t *atom = xcb_intern_atom_reply(
        display, xcb_intern_atom(display, 1, (uint16_t)strlen(name), name), NULL);
    xcb_screen_t *screen = xcb_setup_roots_iterator(xcb_get_setup(display)).data;
    bool found = false;
    if (atom && atom->atom != XCB_ATOM_NONE && screen) {
        xcb_get_property_reply_t *property = xcb_get_property_reply(
            display,
            xcb_get_property(display, 0, screen->root, atom->atom, XCB_ATOM_WINDOW, 0, 1),
            NULL);
        found = property && xcb_get_property_value_length(property) > 0;
        free(property);
    }
    free(atom);
    return found;
}

bool desktop_has_manager(void)
{
    xcb_connection_t *display = xcb_connect(NULL, NULL);
    bool found = xcb_connection_has_error(display) ||
                 has_property(display, "_NET_SUPPORTING_WM_CHECK");
    xcb_disconnect(display);
    return found;
}
