/* A hash table of chains: where it cannot grow for want of memory, it only becomes slower. */
#include "desk/items.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/heap.h"
#include "desk/direction.h"

enum { BUCKETS_MIN = 256, READY_BYTES = 256 * 1024 };

bool items_init(struct items *items)
{
    *items = (struct items){.bucket_count = BUCKETS_MIN};
    items->buckets = calloc(BUCKETS_MIN, sizeof(struct item *));
    return items->buckets != NULL;
}

void items_fini(struct items *items)
{
    for (size_t i = 0; i < items->bucket_count && items->buckets; i++) {
        for (struct item *item = items->buckets[i], *next; item; item = next) {
            next = item->next;
            free(item);
        }
    }
    free(items->buckets);
    *items = (struct items){0};
}

static uint64_t hash_of(const struct headline *headline, uint16_t source)
{
    uint64_t hash = headline->identity ^ source * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 32;
}

static struct item **bucket_of(const struct items *items, uint64_t hash)
{
    return &items->buckets[hash & (items->bucket_count - 1)];
}

/* By what headline_identify() goes by. */
static bool same_identity(const struct headline *a, const struct headline *b)
{
    static const enum headline_field order[] = {HEADLINE_ID, HEADLINE_LINK,
                                                HEADLINE_TEXT};
    if (a->identity != b->identity) {
        return false;
    }
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (a->at[order[i]] || b->at[order[i]]) {
            return strcmp(headline_get(a, order[i]), headline_get(b, order[i])) == 0;
        }
    }
    return true;
}

struct item *items_find(const struct items *items, const struct headline *headline,
                        uint16_t source)
{
    uint64_t hash = hash_of(headline, source);
    struct item *item = *bucket_of(items, hash);
    while (item && (item->hash != hash || item->headline.source != source ||
                    !same_identity(&item->headline, headline))) {
        item = item->next;
    }
    return item;
}

static size_t marks_at(size_t headline_bytes)
{
    size_t alignment = sizeof(uint32_t);
    return (offsetof(struct item, headline) + headline_bytes + alignment - 1) /
           alignment * alignment;
}

const uint32_t *items_marks(const struct item *item)
{
    return (const uint32_t *)((const char *)item +
                              marks_at(headline_bytes(&item->headline)));
}

/* No date of its own is later than the day it came here. */
static int64_t clamped(int64_t published, int64_t first_seen)
{
    bool ahead = clock_known(first_seen) && published > first_seen;
    return ahead ? first_seen : published;
}

static bool calls(const struct message *message)
{
    return message->headline.flash || message->keys.flash || message->keys.keyword;
}

bool items_same(const struct item *item, const struct message *message)
{
    const struct headline *a = &item->headline, *b = &message->headline;
    return a->published == clamped(b->published, a->first_seen) &&
           a->updated == b->updated && a->expires == b->expires && a->style == b->style &&
           item->calls == calls(message) && item->rule == message->keys.rule &&
           a->used == b->used && memcmp(a->at, b->at, sizeof a->at) == 0 &&
           memcmp(a->pool, b->pool, a->used) == 0;
}

/* BYTES of the heap are about to be used, and half as many for its place among the stories. */
static void reserve(struct items *items, size_t bytes)
{
    bytes += bytes / 2;
    if (bytes > items->ready) {
        heap_ready(READY_BYTES);
        items->ready = READY_BYTES;
    }
    items->ready -= bytes;
}

static struct item *copy(struct items *items, const struct message *message,
                         int64_t first_seen)
{
    const struct headline *headline = &message->headline;
    const struct message_keys *keys = &message->keys;
    size_t bytes = headline_bytes(headline);
    size_t marks = keys->count * sizeof *keys->marks;
    reserve(items, marks_at(bytes) + marks);
    struct item *item = malloc(marks_at(bytes) + marks);
    if (item) {
        memset(item, 0, offsetof(struct item, headline));
        item->link = keys->link;
        item->id = keys->id;
        item->rule = keys->rule;
        item->mark_count = keys->count;
        item->calls = calls(message);
        item->keyword = keys->keyword && !headline->flash && !keys->flash;
        item->until = HEADLINE_NO_TIME;
        item->rtl = direction_is_rtl(headline_get(headline, HEADLINE_TEXT));
        memcpy(&item->headline, headline, bytes);
        memcpy((char *)item + marks_at(bytes), keys->marks, marks);
        item->headline.source = message->source;
        item->hash = hash_of(headline, message->source);
        item->headline.first_seen = first_seen;
        item->headline.published = clamped(headline->published, first_seen);
    }
    return item;
}

static void push(struct items *items, struct item *item)
{
    struct item **bucket = bucket_of(items, item->hash);
    item->next = *bucket;
    *bucket = item;
}

/* The pointer that leads to ITEM. */
static struct item **link_to(const struct items *items, const struct item *item)
{
    struct item **link = bucket_of(items, item->hash);
    while (*link != item) {
        link = &(*link)->next;
    }
    return link;
}

static void widen(struct items *items)
{
    struct items wide = {.bucket_count = 2 * items->bucket_count,
                         .count = items->count,
                         .ready = items->ready};
    wide.buckets = calloc(wide.bucket_count, sizeof(struct item *));
    if (!wide.buckets) {
        return;
    }
    for (size_t i = 0; i < items->bucket_count; i++) {
        for (struct item *item = items->buckets[i], *next; item; item = next) {
            next = item->next;
            push(&wide, item);
        }
    }
    free(items->buckets);
    *items = wide;
}

void items_rehash(struct items *items)
{
    struct item *all = NULL;
    for (size_t i = 0; i < items->bucket_count; i++) {
        for (struct item *item = items->buckets[i], *next; item; item = next) {
            next = item->next;
            item->hash = hash_of(&item->headline, item->headline.source);
            item->next = all;
            all = item;
        }
        items->buckets[i] = NULL;
    }
    for (struct item *item = all, *next; item; item = next) {
        next = item->next;
        push(items, item);
    }
}

struct item *items_add(struct items *items, const struct message *message,
                       int64_t first_seen)
{
    struct item *item = copy(items, message, first_seen);
    if (item) {
        if (items->count >= items->bucket_count) {
            widen(items);
        }
        push(items, item);
        items->count++;
    }
    return item;
}

struct item *items_replace(struct items *items, struct item *item,
                           const struct message *message)
{
    struct item *fresh = copy(items, message, item->headline.first_seen);
    if (!fresh) {
        return NULL;
    }
    int64_t before = item->headline.published;
    if (before != HEADLINE_NO_TIME && fresh->headline.published > before) {
        fresh->headline.published = before;
    }
    fresh->next = item->next;
    fresh->hidden = item->hidden;
    *link_to(items, item) = fresh;
    free(item);
    return fresh;
}

void items_remove(struct items *items, struct item *item)
{
    *link_to(items, item) = item->next;
    items->count--;
    free(item);
}
