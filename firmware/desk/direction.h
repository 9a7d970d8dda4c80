/* Which way a text is read. Pure. Source: rules P2 and P3 of UAX #9. */
#ifndef MOTOGRAPH_DESK_DIRECTION_H
#define MOTOGRAPH_DESK_DIRECTION_H

#include <stdbool.h>

/* Whether the first letter of TEXT (UTF-8, '\0'-terminated) that has a direction, isolates
 * passed over, is one of a script that is read from right to left: the base direction that
 * layout will give it. False where there is no such letter. */
bool direction_is_rtl(const char *text);

#endif
