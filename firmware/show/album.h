/* The pictures that the screen has: asked of the worker when something wants one, kept while
 * there is room, the one not wanted for longest given up first. Asking never waits. Main thread. */
#ifndef MOTOGRAPH_SHOW_ALBUM_H
#define MOTOGRAPH_SHOW_ALBUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config_change.h"
#include "base/message.h"
#include "base/picture.h"
#include "base/ring.h"

enum {
    ALBUM_PICTURES = 64,    /* at most, with those that are awaited or cannot be had */
    ALBUM_BYTES = 12 << 20, /* of px; the newest is kept even if it has more */
    ALBUM_AGAIN_MS = 10 * 60 * 1000 /* until what could not be had is asked for again */
};

struct album;

/* A picture as picture_request has it; ADDRESS is borrowed for the call. */
struct album_wish {
    const char *address;
    uint16_t source;
    enum picture_use use;
    int w, h;
};

enum album_state {
    ALBUM_NONE,    /* it cannot be had, now */
    ALBUM_AWAITED, /* it has been asked for */
    ALBUM_HERE
};

/* An empty one. Requests go into REQUESTS (slots of struct picture_request, this its producer), and
 * WAKE is called with USER after each. NULL if memory is short. */
struct album *album_new(struct ring *requests, void (*wake)(void *user), void *user);

/* Frees it with its pictures; those that others hold stay theirs. NULL is fine here and below: an
 * album that has none. */
void album_free(struct album *album);

/* How it stands with WISH, which is asked for if it was not yet. With ALBUM_HERE *PICTURE is the
 * picture, else NULL; it stays the album's: who keeps it over other calls holds it. */
enum album_state album_get(struct album *album, const struct album_wish *wish,
                           struct picture **picture);

/* Takes a MESSAGE_PICTURE, with the picture in it. */
void album_take(struct album *album, const struct message *message);

/* Takes the numbers that CHANGE gives the sources: pictures of those that have gone are given up,
 * and what is awaited is asked for again when it is wanted next. */
void album_renumber(struct album *album, const struct config_change *change);

/* So much time has passed. */
void album_advance(struct album *album, int64_t ms);

/* How many are awaited. */
size_t album_awaited(const struct album *album);

#endif
