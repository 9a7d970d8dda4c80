/* Arrays, sorted by time: a source has some hundreds at most, and walks go through them far more
 * often than anything is put in. */
#include <stdlib.h>
#include <string.h>

#include "desk/inside.h"

enum { ENTRIES_MIN = 16 };

/* The first entry that is older than TIME: equals stay in the order they came. */
static size_t place_of(const struct source *source, int64_t time)
{
    size_t low = 0, high = source->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (source->entries[middle].time >= time) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

struct entry *entries_find(const struct source *source, const struct item *item)
{
    size_t i = place_of(source, item->time);
    do {
        i--;
    } while (source->entries[i].item != item);
    return &source->entries[i];
}

bool entries_make_room(struct source *source)
{
    if (source->count < source->room || source->count == ENTRIES_MAX) {
        return true;
    }
    size_t room = source->room ? 2 * source->room : ENTRIES_MIN;
    room = room < ENTRIES_MAX ? room : ENTRIES_MAX;
    struct entry *entries = realloc(source->entries, room * sizeof *entries);
    if (!entries) {
        return false;
    }
    source->entries = entries;
    source->room = room;
    return true;
}

void entries_place(struct source *source, struct entry entry)
{
    size_t i = place_of(source, entry.time);
    memmove(&source->entries[i + 1], &source->entries[i],
            (source->count - i) * sizeof *source->entries);
    source->entries[i] = entry;
    source->count++;
}

static void release(struct desk *desk, struct source *source, const struct entry *entry)
{
    struct item *item = entry->item;
    if (entry->state == DESK_AIRS && item->headline.flash) {
        desk->flash_edition++;
    }
    judge_part(desk, item);
    judge_mark(desk, source);
    items_remove(&desk->items, item);
}

void entries_drop(struct desk *desk, struct source *source, size_t i)
{
    release(desk, source, &source->entries[i]);
    source->count--;
    memmove(&source->entries[i], &source->entries[i + 1],
            (source->count - i) * sizeof *source->entries);
}

void entries_drop_oldest(struct desk *desk, struct source *source)
{
    size_t i = source->count - 1;
    while (i > 0 && source->entries[i].fetch == source->fetch) {
        i--;
    }
    entries_drop(desk, source, i);
}

void entries_withdraw(struct desk *desk, struct source *source, uint32_t number)
{
    size_t kept = 0;
    for (size_t i = 0; i < source->count; i++) {
        if (source->entries[i].fetch == number) {
            source->entries[kept++] = source->entries[i];
        } else {
            release(desk, source, &source->entries[i]);
        }
    }
    source->count = kept;
}

void entries_sort(struct source *source)
{
    struct source sorted = {.room = source->room};
    sorted.entries = malloc((source->room + 1) * sizeof *sorted.entries);
    if (!sorted.entries) {
        return;
    }
    for (size_t i = 0; i < source->count; i++) {
        entries_place(&sorted, source->entries[i]);
    }
    free(source->entries);
    source->entries = sorted.entries;
}
