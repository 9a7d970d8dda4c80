/* What is asked for, what is kept and what goes. The test is at the other end of the ring. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "show/album.h"

enum { SLOTS = 4 };

static struct ring requests;
static int wakes;

static void count_wake(void *user)
{
    (*(int *)user)++;
}

static int set_up(void **state)
{
    wakes = 0;
    if (!ring_init(&requests, SLOTS, sizeof(struct picture_request))) {
        return -1;
    }
    *state = album_new(&requests, count_wake, &wakes);
    return *state == NULL;
}

static int tear_down(void **state)
{
    album_free(*state);
    ring_fini(&requests);
    return 0;
}

static struct album_wish wish(const char *address, int w, int h)
{
    return (struct album_wish){address, 3, PICTURE_STORY, w, h};
}

static enum album_state look(struct album *album, const char *address, int w, int h)
{
    struct album_wish one = wish(address, w, h);
    struct picture *picture;
    enum album_state state = album_get(album, &one, &picture);
    assert_int_equal(picture != NULL, state == ALBUM_HERE);
    return state;
}

/* Answers the oldest request with a picture of its size, or with none. */
static void serve(struct album *album, bool good, bool again)
{
    struct picture_request *request = ring_peek(&requests);
    assert_non_null(request);
    struct message message = {.kind = MESSAGE_PICTURE, .ticket = request->ticket};
    message.again = again;
    message.picture = good ? picture_new(request->w, request->h) : NULL;
    ring_release(&requests);
    album_take(album, &message);
}

static void asks_once_and_keeps(void **state)
{
    struct album *album = *state;
    assert_int_equal(look(album, "http://a/1", 40, 30), ALBUM_AWAITED);
    assert_int_equal(look(album, "http://a/1", 40, 30), ALBUM_AWAITED);
    assert_int_equal(wakes, 1);
    assert_int_equal(ring_depth(&requests), 1);
    assert_int_equal(album_awaited(album), 1);
    const struct picture_request *request = ring_peek(&requests);
    assert_string_equal(request->address, "http://a/1");
    assert_int_equal(request->source, 3);
    assert_int_equal(request->use, PICTURE_STORY);
    assert_int_equal(request->w, 40);
    assert_int_equal(request->h, 30);
    serve(album, true, false);
    assert_int_equal(album_awaited(album), 0);
    assert_int_equal(look(album, "http://a/1", 40, 30), ALBUM_HERE);
    assert_int_equal(ring_depth(&requests), 0);
    /* Another size, source or use is another picture. */
    assert_int_equal(look(album, "http://a/1", 40, 31), ALBUM_AWAITED);
    assert_int_equal(look(album, "http://a/1", 41, 30), ALBUM_AWAITED);
    struct picture *picture;
    struct album_wish other = wish("http://a/1", 40, 30);
    other.source = 4;
    assert_int_equal(album_get(album, &other, &picture), ALBUM_AWAITED);
    other.source = 3;
    other.use = PICTURE_LOGO;
    assert_int_equal(album_get(album, &other, &picture), ALBUM_AWAITED);
    assert_int_equal(ring_depth(&requests), 4);
}

static void asks_for_nothing_senseless(void **state)
{
    static char large[HEADLINE_LINK_BYTES + 2];
    memset(large, 'a', sizeof large - 1);
    assert_int_equal(look(*state, "", 40, 30), ALBUM_NONE);
    assert_int_equal(look(*state, "http://a/", 0, 30), ALBUM_NONE);
    assert_int_equal(look(*state, "http://a/", 40, PICTURE_SIDE_PX + 1), ALBUM_NONE);
    assert_int_equal(look(*state, large, 40, 30), ALBUM_NONE);
    assert_int_equal(look(NULL, "http://a/", 40, 30), ALBUM_NONE);
    assert_int_equal(ring_depth(&requests), 0);
}

static void what_fails_is_left_alone(void **state)
{
    struct album *album = *state;
    look(album, "http://a/broken", 40, 30);
    serve(album, false, false);
    look(album, "http://a/later", 40, 30);
    serve(album, false, true);
    assert_int_equal(look(album, "http://a/broken", 40, 30), ALBUM_NONE);
    assert_int_equal(look(album, "http://a/later", 40, 30), ALBUM_NONE);
    album_advance(album, ALBUM_AGAIN_MS - 1);
    assert_int_equal(look(album, "http://a/later", 40, 30), ALBUM_NONE);
    assert_int_equal(ring_depth(&requests), 0);
    album_advance(album, 1);
    assert_int_equal(look(album, "http://a/broken", 40, 30), ALBUM_NONE);
    assert_int_equal(look(album, "http://a/later", 40, 30), ALBUM_AWAITED);
    assert_int_equal(ring_depth(&requests), 1);
    serve(album, true, false);
    assert_int_equal(look(album, "http://a/later", 40, 30), ALBUM_HERE);
}

/* While the ring is full nothing waits and nothing is lost: the next look asks. */
static void a_full_ring_is_asked_again(void **state)
{
    struct album *album = *state;
    char address[32];
    for (int i = 0; i < SLOTS + 1; i++) {
        snprintf(address, sizeof address, "http://a/%d", i);
        assert_int_equal(look(album, address, 40, 30),
                         i < SLOTS ? ALBUM_AWAITED : ALBUM_NONE);
    }
    serve(album, true, false);
    assert_int_equal(look(album, address, 40, 30), ALBUM_AWAITED);
}

static void the_least_wanted_goes(void **state)
{
    struct album *album = *state;
    /* A megapixel each: three of them fit into ALBUM_BYTES. */
    static const char *const all[] = {"http://a/0", "http://a/1", "http://a/2",
                                      "http://a/3"};
    for (int i = 0; i < 3; i++) {
        look(album, all[i], 1024, 1024);
        serve(album, true, false);
    }
    struct album_wish first = wish(all[0], 1024, 1024);
    struct picture *held;
    assert_int_equal(album_get(album, &first, &held), ALBUM_HERE);
    picture_hold(held);
    look(album, all[3], 1024, 1024);
    serve(album, true, false);
    /* The second was wanted longest ago. */
    assert_int_equal(look(album, all[0], 1024, 1024), ALBUM_HERE);
    assert_int_equal(look(album, all[2], 1024, 1024), ALBUM_HERE);
    assert_int_equal(look(album, all[3], 1024, 1024), ALBUM_HERE);
    assert_int_equal(look(album, all[1], 1024, 1024), ALBUM_AWAITED);
    /* One that is larger than all the room stays all the same, alone. */
    serve(album, true, false);
    look(album, "http://a/large", 2048, 2048);
    serve(album, true, false);
    assert_int_equal(look(album, "http://a/large", 2048, 2048), ALBUM_HERE);
    assert_int_equal(look(album, all[1], 1024, 1024), ALBUM_AWAITED);
    /* What somebody holds outlives the album's interest in it. */
    assert_int_equal(look(album, all[0], 1024, 1024), ALBUM_AWAITED);
    held->pixels[1024 * 1024 - 1] = 1;
    assert_int_equal(held->holders, 1);
    picture_drop(held);
}

static void places_are_bounded(void **state)
{
    struct album *album = *state;
    char address[32];
    for (int i = 0; i < ALBUM_PICTURES * 3; i++) {
        snprintf(address, sizeof address, "http://a/%d", i);
        assert_int_equal(look(album, address, 4, 3), ALBUM_AWAITED);
        serve(album, i % 2, false);
    }
    assert_int_equal(look(album, address, 4, 3), ALBUM_HERE);
    assert_int_equal(look(album, "http://a/0", 4, 3), ALBUM_AWAITED);
}

/* An answer that nobody waits for, also with pictures switched off, is not lost memory. */
static void unasked_answers_are_dropped(void **state)
{
    struct message message = {.kind = MESSAGE_PICTURE, .ticket = 99};
    message.picture = picture_new(10, 10);
    album_take(*state, &message);
    message.picture = picture_new(10, 10);
    album_take(NULL, &message);
    assert_int_equal(album_awaited(*state), 0);
    /* So is a second answer to one question: what is shown stays. */
    look(*state, "http://a/1", 4, 3);
    message.ticket = ((struct picture_request *)ring_peek(&requests))->ticket;
    serve(*state, true, false);
    message.picture = picture_new(10, 10);
    album_take(*state, &message);
    struct album_wish one = wish("http://a/1", 4, 3);
    struct picture *picture;
    assert_int_equal(album_get(*state, &one, &picture), ALBUM_HERE);
    assert_int_equal(picture->w, 4);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(asks_once_and_keeps),         WITH(asks_for_nothing_senseless),
        WITH(what_fails_is_left_alone),    WITH(a_full_ring_is_asked_again),
        WITH(the_least_wanted_goes),       WITH(places_are_bounded),
        WITH(unasked_answers_are_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
