/* Blocks in a chain, the newest first; only the newest has room left. */
#include "base/config_arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 4096 };

struct block {
    struct block *next; /* owned */
    alignas(max_align_t) char bytes[];
};

struct config_arena {
    struct block *blocks; /* owned */
    size_t used;          /* of the first block */
    size_t room;
};

struct config_arena *config_arena_new(void)
{
    return calloc(1, sizeof(struct config_arena));
}

void config_arena_free(struct config_arena *arena)
{
    if (!arena) {
        return;
    }
    while (arena->blocks) {
        struct block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
    free(arena);
}

void *config_arena_take(struct config_arena *arena, size_t bytes)
{
    size_t need =
        (bytes + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
    if (need > arena->room - arena->used) {
        size_t room = need > BLOCK_BYTES ? need : BLOCK_BYTES;
        struct block *block = malloc(sizeof *block + room);
        if (!block) {
            return NULL;
        }
        block->next = arena->blocks;
        arena->blocks = block;
        arena->used = 0;
        arena->room = room;
    }
    void *taken = arena->blocks->bytes + arena->used;
    arena->used += need;
    return taken;
}

const char *config_arena_text(struct config_arena *arena, const char *text, size_t length)
{
    if (length == 0) {
        return "";
    }
    char *copy = config_arena_take(arena, length + 1);
    if (copy) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}
