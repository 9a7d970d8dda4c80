/* Memory that is taken piece by piece and given back all at once: the strings and lists of
 * one configuration. */
#ifndef MOTOGRAPH_BASE_CONFIG_ARENA_H
#define MOTOGRAPH_BASE_CONFIG_ARENA_H

#include <stddef.h>

struct config_arena;

/* An empty arena, or NULL if memory is short. Freeing NULL is fine. */
struct config_arena *config_arena_new(void);
void config_arena_free(struct config_arena *arena);

/* BYTES bytes, aligned for pointers, owned by the arena. NULL if memory is short. */
void *config_arena_take(struct config_arena *arena, size_t bytes);

/* A '\0'-terminated copy of LENGTH bytes of TEXT. NULL if memory is short. */
const char *config_arena_text(struct config_arena *arena, const char *text,
                              size_t length);

#endif
