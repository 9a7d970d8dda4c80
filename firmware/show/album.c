/* A few dozen leaves; looking through them all is as fast as anything else. */
#include "show/album.h"

#include <stdlib.h>
#include <string.h>

enum leaf_state { LEAF_EMPTY, LEAF_AWAITED, LEAF_HERE, LEAF_NONE };

struct leaf {
    enum leaf_state state;
    char *address; /* owned, so too the picture */
    struct picture *picture;
    struct album_wish wish;
    uint32_t ticket;
    uint64_t used;    /* number of the call that wanted it last */
    int64_t again_ms; /* LEAF_NONE: when to ask again */
};

struct album {
    struct ring *requests; /* borrowed */
    void (*wake)(void *user);
    void *user;
    struct leaf leaves[ALBUM_PICTURES];
    uint32_t tickets;
    uint32_t edition; /* counts configurations, as the worker does */
    uint64_t calls;
    int64_t now_ms;
};

struct album *album_new(struct ring *requests, void (*wake)(void *user), void *user)
{
    struct album *album = calloc(1, sizeof *album);
    if (album) {
        album->requests = requests;
        album->wake = wake;
        album->user = user;
    }
    return album;
}

static void empty(struct leaf *leaf)
{
    free(leaf->address);
    picture_drop(leaf->picture);
    *leaf = (struct leaf){0};
}

void album_free(struct album *album)
{
    for (size_t i = 0; album && i < ALBUM_PICTURES; i++) {
        empty(&album->leaves[i]);
    }
    free(album);
}

static bool is_same(const struct album_wish *a, const struct album_wish *b)
{
    return a->source == b->source && a->use == b->use && a->w == b->w && a->h == b->h;
}

static struct leaf *find(struct album *album, const struct album_wish *wish)
{
    for (size_t i = 0; i < ALBUM_PICTURES; i++) {
        struct leaf *leaf = &album->leaves[i];
        if (leaf->state != LEAF_EMPTY && is_same(&leaf->wish, wish) &&
            strcmp(leaf->address, wish->address) == 0) {
            return leaf;
        }
    }
    return NULL;
}

/* An empty leaf, or the one not wanted for longest; what is awaited stays. NULL if all is. */
static struct leaf *make_leaf(struct album *album)
{
    struct leaf *oldest = NULL;
    for (size_t i = 0; i < ALBUM_PICTURES; i++) {
        struct leaf *leaf = &album->leaves[i];
        if (leaf->state == LEAF_EMPTY) {
            return leaf;
        }
        if (leaf->state != LEAF_AWAITED && (!oldest || leaf->used < oldest->used)) {
            oldest = leaf;
        }
    }
    if (oldest) {
        empty(oldest);
    }
    return oldest;
}

/* Asks for what PLACE wants; false if the ring is full, and the next time will do. */
static bool ask(struct album *album, struct leaf *leaf)
{
    struct picture_request *request = ring_reserve(album->requests);
    if (!request) {
        return false;
    }
    size_t length = strlen(leaf->address);
    request->ticket = leaf->ticket = ++album->tickets;
    request->edition = album->edition;
    request->source = leaf->wish.source;
    request->use = leaf->wish.use;
    request->w = leaf->wish.w;
    request->h = leaf->wish.h;
    memcpy(request->address, leaf->address, length + 1);
    ring_commit(album->requests);
    leaf->state = LEAF_AWAITED;
    album->wake(album->user);
    return true;
}

static struct leaf *open_leaf(struct album *album, const struct album_wish *wish)
{
    char *address = strdup(wish->address);
    struct leaf *leaf = address ? make_leaf(album) : NULL;
    if (!leaf) {
        free(address);
        return NULL;
    }
    *leaf = (struct leaf){.address = address, .wish = *wish};
    if (!ask(album, leaf)) {
        empty(leaf);
        return NULL;
    }
    return leaf;
}

static bool is_sensible(const struct album_wish *wish)
{
    return *wish->address && strlen(wish->address) <= HEADLINE_LINK_BYTES &&
           wish->w > 0 && wish->h > 0 && wish->w <= PICTURE_SIDE_PX &&
           wish->h <= PICTURE_SIDE_PX;
}

enum album_state album_get(struct album *album, const struct album_wish *wish,
                           struct picture **picture)
{
    *picture = NULL;
    if (!album || !is_sensible(wish)) {
        return ALBUM_NONE;
    }
    struct leaf *leaf = find(album, wish);
    if (!leaf) {
        leaf = open_leaf(album, wish);
    } else if (leaf->state == LEAF_NONE && leaf->again_ms <= album->now_ms) {
        ask(album, leaf);
    }
    if (!leaf) {
        return ALBUM_NONE;
    }
    leaf->used = ++album->calls;
    *picture = leaf->picture;
    return leaf->picture                 ? ALBUM_HERE
           : leaf->state == LEAF_AWAITED ? ALBUM_AWAITED
                                         : ALBUM_NONE;
}

static size_t bytes_of(const struct picture *picture)
{
    return (size_t)picture->w * (size_t)picture->h * sizeof picture->pixels[0];
}

/* Gives pictures up until the rest has room; never NEWEST. */
static void make_room(struct album *album, const struct leaf *newest)
{
    for (;;) {
        size_t bytes = 0;
        struct leaf *oldest = NULL;
        for (size_t i = 0; i < ALBUM_PICTURES; i++) {
            struct leaf *leaf = &album->leaves[i];
            if (!leaf->picture) {
                continue;
            }
            bytes += bytes_of(leaf->picture);
            if (leaf != newest && (!oldest || leaf->used < oldest->used)) {
                oldest = leaf;
            }
        }
        if (bytes <= ALBUM_BYTES || !oldest) {
            return;
        }
        empty(oldest);
    }
}

void album_take(struct album *album, const struct message *message)
{
    for (size_t i = 0; album && i < ALBUM_PICTURES; i++) {
        struct leaf *leaf = &album->leaves[i];
        if (leaf->state != LEAF_AWAITED || leaf->ticket != message->ticket) {
            continue;
        }
        leaf->picture = message->picture;
        leaf->state = leaf->picture ? LEAF_HERE : LEAF_NONE;
        leaf->again_ms = message->again ? album->now_ms + ALBUM_AGAIN_MS : INT64_MAX;
        make_room(album, leaf);
        return;
    }
    picture_drop(message->picture);
}

void album_renumber(struct album *album, const struct config_change *change)
{
    if (!album) {
        return;
    }
    album->edition++;
    for (size_t i = 0; i < ALBUM_PICTURES; i++) {
        struct leaf *leaf = &album->leaves[i];
        size_t source = leaf->wish.source;
        if (leaf->state != LEAF_EMPTY && source < CONFIG_SOURCES) {
            leaf->wish.source = config_change_of(change, source);
        }
        if (leaf->state == LEAF_AWAITED || leaf->wish.source == CONFIG_GONE) {
            empty(leaf);
        }
    }
}

void album_advance(struct album *album, int64_t ms)
{
    if (album) {
        album->now_ms += ms;
    }
}

size_t album_awaited(const struct album *album)
{
    size_t count = 0;
    for (size_t i = 0; album && i < ALBUM_PICTURES; i++) {
        count += album->leaves[i].state == LEAF_AWAITED;
    }
    return count;
}
