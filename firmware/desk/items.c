/* A hash table of chains: where it cannot grow for want of memory, it only becomes slower. */
#include "desk/items.h"

#include <stdlib.h>
#include <string.h>

#include "desk/direction.h"

enum { BUCKETS_MIN = 256 };

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

static struct item **bucket_of(const struct items *items, const struct headline *headline,
                               uint16_t source)
{
    uint64_t hash = headline->identity ^ source * 0x9e3779b97f4a7c15u;
    return &items->buckets[(hash ^ hash >> 32) & (items->bucket_count - 1)];
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

/* Whether B says nothing that A does not: most of a refresh. */
static bool same_content(const struct headline *a, const struct headline *b)
{
    return a->published == b->published && a->updated == b->updated &&
           a->expires == b->expires && a->flash == b->flash && a->used == b->used &&
           memcmp(a->at, b->at, sizeof a->at) == 0 &&
           memcmp(a->pool, b->pool, a->used) == 0;
}

struct item *items_find(const struct items *items, const struct headline *headline,
                        uint16_t source)
{
    struct item *item = *bucket_of(items, headline, source);
    while (item && (item->headline.source != source ||
                    !same_identity(&item->headline, headline))) {
        item = item->next;
    }
    return item;
}

static struct item *copy(const struct headline *headline, uint16_t source,
                         int64_t first_seen)
{
    size_t bytes = headline_bytes(headline);
    struct item *item = malloc(offsetof(struct item, headline) + bytes);
    if (item) {
        memcpy(&item->headline, headline, bytes);
        item->headline.source = source;
        item->headline.first_seen = first_seen;
        item->until = headline->expires;
        item->rtl = direction_is_rtl(headline_get(headline, HEADLINE_TEXT));
    }
    return item;
}

static void push(struct items *items, struct item *item)
{
    struct item **bucket = bucket_of(items, &item->headline, item->headline.source);
    item->next = *bucket;
    *bucket = item;
}

/* The pointer that leads to ITEM. */
static struct item **link_to(const struct items *items, const struct item *item)
{
    struct item **link = bucket_of(items, &item->headline, item->headline.source);
    while (*link != item) {
        link = &(*link)->next;
    }
    return link;
}

static void widen(struct items *items)
{
    struct items wide = {.bucket_count = 2 * items->bucket_count, .count = items->count};
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

struct item *items_add(struct items *items, const struct headline *headline,
                       uint16_t source, int64_t first_seen)
{
    struct item *item = copy(headline, source, first_seen);
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
                           const struct headline *headline)
{
    if (same_content(&item->headline, headline)) {
        return item;
    }
    struct item *fresh = copy(headline, item->headline.source, item->headline.first_seen);
    if (fresh) {
        fresh->next = item->next;
        *link_to(items, item) = fresh;
        free(item);
    }
    return fresh;
}

void items_remove(struct items *items, struct item *item)
{
    *link_to(items, item) = item->next;
    items->count--;
    free(item);
}
