/* Memory for one library call at a time under a ceiling, for libraries whose allocator gets no
 * argument: the count is kept per thread. */
#ifndef MOTOGRAPH_FEED_CEILING_H
#define MOTOGRAPH_FEED_CEILING_H

#include <stddef.h>

enum { CEILING_BYTES = 32 << 20 };

/* As malloc, realloc and free; NULL too where the blocks of this thread would pass
 * CEILING_BYTES together. Blocks of these and of malloc must not be mixed. */
void *ceiling_take(size_t bytes);
void *ceiling_take_again(void *memory, size_t bytes);
void ceiling_give(void *memory);

#endif
