/* A table of small rows: a key belongs to one row, and takes the place of the oldest in it. */
#include "desk/memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/headline.h"

enum { ROWS = 1 << 13, ROW = 4 };

struct memory_cell {
    uint64_t key; /* 0 = free */
    int64_t time;
};

bool memory_init(struct memory *memory)
{
    memory->cells = calloc((size_t)ROWS * ROW, sizeof *memory->cells);
    return memory->cells != NULL;
}

void memory_fini(struct memory *memory)
{
    free(memory->cells);
    memory->cells = NULL;
}

void memory_clear(struct memory *memory)
{
    memset(memory->cells, 0, (size_t)ROWS * ROW * sizeof *memory->cells);
}

static struct memory_cell *row_of(const struct memory *memory, uint64_t key)
{
    uint64_t hash = key * 0x9e3779b97f4a7c15u;
    return &memory->cells[(hash >> 40 & (ROWS - 1)) * ROW];
}

int64_t memory_recall(const struct memory *memory, uint64_t key)
{
    const struct memory_cell *row = row_of(memory, key);
    for (int i = 0; i < ROW && key; i++) {
        if (row[i].key == key) {
            return row[i].time;
        }
    }
    return HEADLINE_NO_TIME;
}

void memory_note(struct memory *memory, uint64_t key, int64_t time)
{
    struct memory_cell *row = row_of(memory, key), *place = row;
    for (int i = 0; i < ROW && key; i++) {
        if (row[i].key == key) {
            place = &row[i];
            break;
        }
        if (place->key && (!row[i].key || row[i].time < place->time)) {
            place = &row[i];
        }
    }
    if (key) {
        *place = (struct memory_cell){key, time};
    }
}
