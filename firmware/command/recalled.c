/* The disk speaks before the network, one source after another; when that is over, the list is only
 * looked up. */
#include "command/recalled.h"

#include <stdlib.h>
#include <string.h>

void recalled_fini(struct recalled *recalled)
{
    for (size_t i = 0; i < recalled->count; i++) {
        free(recalled->items[i].headline);
    }
    free(recalled->items);
    *recalled = (struct recalled){0};
}

static struct recalled_item *find(const struct recalled *recalled,
                                  const struct headline *headline)
{
    size_t source = headline->source;
    for (size_t i = 0; source < CONFIG_SOURCES && i < recalled->counts[source]; i++) {
        struct recalled_item *item = &recalled->items[recalled->first[source] + i];
        if (item->headline->identity == headline->identity) {
            return item;
        }
    }
    return NULL;
}

static struct recalled_item *add(struct recalled *recalled,
                                 const struct headline *headline)
{
    size_t bytes = headline_bytes(headline), source = headline->source;
    if (recalled->count == recalled->room) {
        size_t room = recalled->room ? 2 * recalled->room : 64;
        struct recalled_item *items =
            realloc(recalled->items, room * sizeof *recalled->items);
        if (!items) {
            return NULL;
        }
        recalled->items = items;
        recalled->room = room;
    }
    struct recalled_item *item = &recalled->items[recalled->count];
    *item = (struct recalled_item){.headline = malloc(bytes)};
    if (!item->headline) {
        return NULL;
    }
    memcpy(item->headline, headline, bytes);
    if (recalled->counts[source]++ == 0) {
        recalled->first[source] = recalled->count;
    }
    recalled->count++;
    return item;
}

bool recalled_take(struct recalled *recalled, const struct message *message, int64_t at)
{
    const struct headline *headline = &message->headline;
    struct recalled_item *item = message->cached && headline->source < CONFIG_SOURCES
                                     ? add(recalled, headline)
                                     : find(recalled, headline);
    if (item && message->cached) {
        item->future = at != HEADLINE_NO_TIME && headline->first_seen > at;
    }
    return !item || !item->future;
}

void recalled_note(struct recalled *recalled, const struct headline *headline)
{
    struct recalled_item *item = find(recalled, headline);
    if (item) {
        item->present = true;
    }
}
