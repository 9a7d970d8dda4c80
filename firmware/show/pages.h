/* Memory that is ours but not wanted for a while. Thread-safe. */
#ifndef MOTOGRAPH_SHOW_PAGES_H
#define MOTOGRAPH_SHOW_PAGES_H

#include <stddef.h>

/* Gives the whole pages among the BYTES from BEGIN on, of private memory, back to the system.
 * They stay ours, so that none can be wanting later, and read as 0 until they are written. */
void pages_rest(void *begin, size_t bytes);

#endif
