/* Each block carries its size before it, so that giving it back can be counted. */
#include "feed/ceiling.h"

#include <stdlib.h>

static _Thread_local size_t used;

/* Before each block, as wide as malloc's alignment. */
union block {
    size_t bytes;
    max_align_t align;
};

void *ceiling_take(size_t bytes)
{
    if (bytes > CEILING_BYTES || used + bytes > CEILING_BYTES) {
        return NULL;
    }
    union block *block = malloc(sizeof *block + bytes);
    if (!block) {
        return NULL;
    }
    block->bytes = bytes;
    used += bytes;
    return block + 1;
}

void ceiling_give(void *memory)
{
    if (memory) {
        union block *block = (union block *)memory - 1;
        used -= block->bytes;
        free(block);
    }
}

void *ceiling_take_again(void *memory, size_t bytes)
{
    if (!memory) {
        return ceiling_take(bytes);
    }
    union block *block = (union block *)memory - 1;
    size_t before = block->bytes;
    if (bytes > CEILING_BYTES || used - before + bytes > CEILING_BYTES) {
        return NULL;
    }
    block = realloc(block, sizeof *block + bytes);
    if (!block) {
        return NULL;
    }
    block->bytes = bytes;
    used = used - before + bytes;
    return block + 1;
}
