/* The desk against a plain model that keeps all it was told and searches it anew each time.
 * malloc and its like are wrapped by the linker, so that they fail when a test says so. */
#include "desk/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static size_t allocations;
static size_t fail_in; /* the how-manieth allocation from now on fails; 0 = none */

static bool refused(void)
{
    allocations++;
    return fail_in > 0 && --fail_in == 0;
}

void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
void *__real_realloc(void *memory, size_t bytes);
void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
void *__wrap_realloc(void *memory, size_t bytes);

void *__wrap_malloc(size_t bytes)
{
    return refused() ? NULL : __real_malloc(bytes);
}

void *__wrap_calloc(size_t count, size_t bytes)
{
    return refused() ? NULL : __real_calloc(count, bytes);
}

void *__wrap_realloc(void *memory, size_t bytes)
{
    return refused() ? NULL : __real_realloc(memory, bytes);
}

/* --- Saying things to a desk --------------------------------------------------------------- */

static const int64_t none = HEADLINE_NO_TIME;

static struct message *headline_message(uint16_t source, const char *id, const char *text,
                                        int64_t published)
{
    static struct message message;
    memset(&message, 0xA5, sizeof message);
    message.kind = MESSAGE_HEADLINE;
    message.source = source;
    message.keys = (struct message_keys){0};
    headline_init(&message.headline);
    message.headline.published = published;
    headline_set(&message.headline, HEADLINE_ID, id, strlen(id));
    headline_set(&message.headline, HEADLINE_TEXT, text, strlen(text));
    headline_identify(&message.headline);
    return &message;
}

static void put(struct desk *desk, uint16_t source, const char *text, int64_t published)
{
    assert_true(desk_take(desk, headline_message(source, text, text, published), 1000));
}

static int64_t told_at = 1000;

static void tell(struct desk *desk, enum message_kind kind, uint16_t source)
{
    static struct message message;
    message.kind = kind;
    message.source = source;
    assert_true(desk_take(desk, &message, told_at));
}

/* The texts of the next COUNT headlines, with blanks between; "-" for none. */
static const char *air(struct desk *desk, struct desk_cursor *cursor, int count)
{
    static char texts[1024];
    size_t used = 0;
    texts[0] = '\0';
    for (int i = 0; i < count; i++) {
        const struct headline *headline = desk_next(desk, cursor);
        used += (size_t)snprintf(texts + used, sizeof texts - used, "%s%s", i ? " " : "",
                                 headline ? headline_get(headline, HEADLINE_TEXT) : "-");
    }
    return texts;
}

/* --- One thing at a time ------------------------------------------------------------------- */

static void an_empty_desk_airs_nothing(void **state)
{
    (void)state;
    struct desk *desk = desk_new(2);
    struct desk_cursor cursor = {0};
    assert_string_equal(air(desk, &cursor, 2), "- -");
    assert_int_equal(cursor.lap, 0);
    put(desk, 1, "a", 1);
    assert_string_equal(air(desk, &cursor, 2), "a a");
    tell(desk, MESSAGE_FETCHED, 1);
    tell(desk, MESSAGE_FETCHED, 1);
    assert_int_equal(desk_count(desk), 0);
    assert_string_equal(air(desk, &cursor, 1), "-");
    desk_free(desk);
    desk_free(NULL);
    desk = desk_new(0);
    put(desk, 0, "nobody's", 1);
    assert_int_equal(desk_count(desk), 0);
    cursor = (struct desk_cursor){0};
    assert_string_equal(air(desk, &cursor, 1), "-");
    desk_free(desk);
}

static void sources_take_turns_newest_first(void **state)
{
    (void)state;
    struct desk *desk = desk_new(4);
    struct desk_cursor cursor = {0};
    put(desk, 0, "a1", 10);
    put(desk, 0, "a3", 30);
    put(desk, 0, "a2", 20);
    put(desk, 2, "c1", 99);
    put(desk, 3, "d1", none);
    put(desk, 3, "d2", none);
    put(desk, 3, "d0", 2000);
    assert_string_equal(air(desk, &cursor, 8), "a3 c1 d0 a2 d1 a1 d2 c1");
    assert_int_equal(cursor.lap, 1);
    desk_free(desk);
}

static void what_comes_in_joins_the_lap(void **state)
{
    (void)state;
    struct desk *desk = desk_new(2);
    struct desk_cursor cursor = {0};
    put(desk, 0, "a1", 10);
    put(desk, 0, "a2", 20);
    put(desk, 1, "b1", 10);
    assert_string_equal(air(desk, &cursor, 2), "a2 b1");
    put(desk, 0, "a3", 30);
    put(desk, 1, "b0", 5);
    assert_string_equal(air(desk, &cursor, 3), "a3 b0 a1");
    assert_int_equal(cursor.lap, 0);
    assert_string_equal(air(desk, &cursor, 1), "b1");
    assert_int_equal(cursor.lap, 1);
    desk_free(desk);
}

static void a_refresh_neither_skips_nor_repeats(void **state)
{
    (void)state;
    struct desk *desk = desk_new(1);
    struct desk_cursor cursor = {0};
    put(desk, 0, "a", 40);
    put(desk, 0, "b", 30);
    put(desk, 0, "c", 20);
    put(desk, 0, "d", 10);
    tell(desk, MESSAGE_FETCHED, 0);
    assert_string_equal(air(desk, &cursor, 2), "a b");
    put(desk, 0, "n", 50);
    put(desk, 0, "b", 60); /* dated anew: no reason to air again */
    put(desk, 0, "d", 10);
    put(desk, 0, "c", 20);
    assert_int_equal(desk_count(desk), 5);
    tell(desk, MESSAGE_FETCHED, 0);
    assert_int_equal(desk_count(desk), 4);
    assert_string_equal(air(desk, &cursor, 3), "n c d");
    assert_int_equal(cursor.lap, 0);
    assert_string_equal(air(desk, &cursor, 4), "n b c d");
    desk_free(desk);
}

static void an_update_replaces_in_place(void **state)
{
    (void)state;
    struct desk *desk = desk_new(1);
    struct desk_cursor cursor = {0};
    struct message *message = headline_message(0, "1", "old", none);
    assert_true(desk_take(desk, message, 500));
    put(desk, 0, "x", none);
    const struct headline *headline = desk_next(desk, &cursor);
    assert_string_equal(headline_get(headline, HEADLINE_TEXT),
                        "x"); /* first seen at 1000 */
    message = headline_message(0, "1", "new and much longer than before", none);
    message->headline.first_seen = 700;
    assert_true(desk_take(desk, message, 2000));
    assert_int_equal(desk_count(desk), 2);
    headline = desk_next(desk, &cursor);
    assert_string_equal(headline_get(headline, HEADLINE_TEXT),
                        "new and much longer than before");
    assert_int_equal(headline->first_seen, 500);
    assert_int_equal(headline->source, 0);
    /* It has aired: its next version waits for the next lap. */
    assert_true(desk_take(desk, headline_message(0, "1", "newer", none), 3000));
    assert_string_equal(air(desk, &cursor, 2), "x newer");
    assert_int_equal(cursor.lap, 1);
    desk_free(desk);
}

static void first_seen_may_come_with_the_headline(void **state)
{
    (void)state;
    struct desk *desk = desk_new(1);
    struct desk_cursor cursor = {0};
    put(desk, 0, "now", none);
    struct message *message = headline_message(0, "1", "cached", none);
    message->headline.first_seen = 70;
    assert_true(desk_take(desk, message, 2000));
    assert_string_equal(air(desk, &cursor, 1), "now");
    assert_int_equal(desk_next(desk, &cursor)->first_seen, 70);
    desk_free(desk);
}

static void only_a_complete_fetch_withdraws(void **state)
{
    (void)state;
    struct desk *desk = desk_new(2);
    put(desk, 0, "a", 1);
    put(desk, 0, "b", 2);
    put(desk, 1, "c", 3);
    tell(desk, MESSAGE_FETCHED, 0);
    tell(desk, MESSAGE_UNCHANGED, 0);
    tell(desk, MESSAGE_FAILED, 0);
    assert_int_equal(desk_count(desk), 3);
    /* What came before a failure is no part of the next fetch. */
    put(desk, 0, "a", 1);
    tell(desk, MESSAGE_FAILED, 0);
    put(desk, 0, "b", 2);
    tell(desk, MESSAGE_FETCHED, 0);
    struct desk_cursor cursor = {0};
    assert_string_equal(air(desk, &cursor, 2), "b c");
    assert_int_equal(desk_count(desk), 2);
    tell(desk, MESSAGE_FETCHED, 7);
    assert_int_equal(desk_count(desk), 2);
    desk_free(desk);
}

static void two_sources_may_hold_the_same_story(void **state)
{
    (void)state;
    struct desk *desk = desk_new(2);
    put(desk, 0, "same", 1);
    put(desk, 1, "same", 1);
    assert_int_equal(desk_count(desk), 2);
    desk_free(desk);
}

static void equal_hashes_are_not_yet_the_same(void **state)
{
    (void)state;
    struct desk *desk = desk_new(1);
    static const char *const ids[] = {"1", "2", "3", "2"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct message *message = headline_message(0, ids[i], ids[i], (int64_t)i);
        message->headline.identity = 42;
        assert_true(desk_take(desk, message, 1));
    }
    assert_int_equal(desk_count(desk), 3);
    /* An id and a link that read the same. */
    struct message *message = headline_message(0, "", "4", 9);
    headline_set(&message->headline, HEADLINE_LINK, "1", 1);
    message->headline.identity = 42;
    assert_true(desk_take(desk, message, 1));
    assert_int_equal(desk_count(desk), 4);
    /* Their dates are remembered by the hash alone. */
    struct desk_cursor cursor = {0};
    assert_string_equal(air(desk, &cursor, 4), "1 2 3 4");
    desk_free(desk);
}

static void lanes_come_and_go(void **state)
{
    (void)state;
    struct desk *desk = desk_new(1);
    struct desk_cursor cursors[DESK_LANES + 1];
    memset(cursors, 0, sizeof cursors);
    put(desk, 0, "a", 2);
    put(desk, 0, "b", 1);
    for (int i = 0; i < DESK_LANES; i++) {
        assert_string_equal(air(desk, &cursors[i], 1), "a");
    }
    assert_string_equal(air(desk, &cursors[DESK_LANES], 1), "-");
    assert_string_equal(air(desk, &cursors[3], 2), "b a");
    desk_leave(desk, &cursors[3]);
    desk_leave(desk, &cursors[3]);
    assert_int_equal(cursors[3].lap, 0);
    assert_string_equal(air(desk, &cursors[DESK_LANES], 3), "a b a");
    assert_string_equal(air(desk, &cursors[3], 1), "-");
    assert_string_equal(air(desk, &cursors[0], 2), "b a");
    desk_free(desk);
}

static void put_numbered(struct desk *desk, int from, int to)
{
    for (int i = from; i < to; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        put(desk, 0, text, i);
    }
}

static void a_source_is_capped(void **state)
{
    (void)state;
    struct desk *desk = desk_new(1);
    struct desk_cursor cursor = {0};
    put_numbered(desk, 0, HEADLINE_ITEMS + 100);
    assert_int_equal(desk_count(desk), HEADLINE_ITEMS);
    tell(desk, MESSAGE_FETCHED, 0);
    assert_string_equal(air(desk, &cursor, 1), "499");
    put_numbered(desk, 0, HEADLINE_ITEMS);
    put_numbered(desk, 700, 800);
    assert_int_equal(desk_count(desk), HEADLINE_ITEMS);
    tell(desk, MESSAGE_FETCHED, 0);
    /* While the next ones come in, those of before stay. */
    put_numbered(desk, 1000, 1000 + HEADLINE_ITEMS + 100);
    put_numbered(desk, 1000, 1010);
    assert_int_equal(desk_count(desk), 2 * HEADLINE_ITEMS);
    tell(desk, MESSAGE_FAILED, 0);
    put_numbered(desk, 2000, 2001);
    assert_int_equal(desk_count(desk), 2 * HEADLINE_ITEMS);
    tell(desk, MESSAGE_FAILED, 0);
    put_numbered(desk, 3000, 3000 + HEADLINE_ITEMS + 1);
    assert_int_equal(desk_count(desk), 2 * HEADLINE_ITEMS);
    tell(desk, MESSAGE_FETCHED, 0);
    assert_int_equal(desk_count(desk), HEADLINE_ITEMS);
    assert_string_equal(air(desk, &cursor, 2), "3499 3498");
    desk_free(desk);
}

/* --- Against the model --------------------------------------------------------------------- */

enum { SOURCES = 5, IDS = 24, LANES = 2, STEPS = 60000 };

struct story {
    bool live, came, aired[LANES];
    int64_t time, first_seen; /* time stays when it leaves: 0 = it was never there */
    int version;
    long order; /* among those of equal time */
};

struct model {
    struct story stories[SOURCES][IDS];
    int next[LANES][SOURCES], now[LANES]; /* the moments of the turns */
    size_t lap[LANES];
    struct desk_cursor cursors[LANES];
    long orders, laps;
};

static const struct story *newest_left(const struct model *model, size_t source, int lane)
{
    const struct story *best = NULL;
    for (int i = 0; i < IDS; i++) {
        const struct story *story = &model->stories[source][i];
        if (story->live && !story->aired[lane] &&
            (!best || story->time > best->time ||
             (story->time == best->time && story->order < best->order))) {
            best = story;
        }
    }
    return best;
}

/* Of the sources that have something left, the one that is due first. */
static struct story *expected_next(struct model *model, int lane)
{
    for (int pass = 0; pass < 2; pass++) {
        int best = -1, *next = model->next[lane];
        for (int i = 0; i < SOURCES; i++) {
            if (newest_left(model, (size_t)i, lane)) {
                next[i] = next[i] > model->now[lane] ? next[i] : model->now[lane];
                best = best < 0 || next[i] < next[best] ? i : best;
            }
        }
        if (best >= 0) {
            const struct story *story = newest_left(model, (size_t)best, lane);
            model->now[lane] = next[best];
            next[best] += 6 / (best % 3 + 1);
            return &model->stories[best][story - model->stories[best]];
        }
        bool live = false;
        for (int i = 0; i < SOURCES * IDS; i++) {
            live = live || model->stories[i / IDS][i % IDS].live;
            model->stories[i / IDS][i % IDS].aired[lane] = false;
        }
        if (!live) {
            return NULL;
        }
        model->lap[lane]++;
        model->laps++;
    }
    return NULL;
}

static void step_air(struct model *model, struct desk *desk)
{
    int lane = rand() % LANES;
    struct story *story = expected_next(model, lane);
    allocations = 0;
    const struct headline *headline = desk_next(desk, &model->cursors[lane]);
    assert_int_equal(allocations, 0);
    assert_int_equal(headline != NULL, story != NULL);
    assert_int_equal(model->cursors[lane].lap, model->lap[lane]);
    if (story) {
        char text[64];
        int index = (int)(story - &model->stories[0][0]);
        snprintf(text, sizeof text, "%d:%d:%d", index / IDS, index % IDS, story->version);
        assert_string_equal(headline_get(headline, HEADLINE_TEXT), text);
        assert_int_equal(headline->first_seen, story->first_seen);
        story->aired[lane] = true;
    }
}

/* A headline that may be new, changed, dated anew, or all as it was. */
static void step_put(struct model *model, struct desk *desk, int64_t now, size_t fail)
{
    int source = rand() % SOURCES, id = rand() % IDS;
    struct story *story = &model->stories[source][id];
    int version = story->live ? story->version + (rand() % 3 == 0) : 0;
    int64_t published = rand() % 3 == 0 ? none : 1 + rand() % 8;
    char name[16], text[64];
    snprintf(name, sizeof name, "%d", id);
    snprintf(text, sizeof text, "%d:%d:%d", source, id, version);
    struct message *message = headline_message((uint16_t)source, name, text, published);
    fail_in = fail;
    bool done = desk_take(desk, message, now);
    fail_in = 0;
    assert_true(done || fail > 0);
    story->came = story->live || done;
    if (!done) {
        return;
    }
    if (!story->live) {
        int64_t before = story->time ? story->time : INT64_MAX;
        int64_t time = published != none ? published : now;
        *story = (struct story){.live = true, .came = true, .first_seen = now};
        story->order = ++model->orders;
        story->time = time < before ? time : before;
    }
    int64_t time = published != none && published < story->time ? published : story->time;
    if (time != story->time) {
        story->order = ++model->orders;
        story->time = time;
    }
    story->version = version;
}

static void step_end_of_fetch(struct model *model, struct desk *desk)
{
    static const enum message_kind kinds[] = {MESSAGE_FETCHED, MESSAGE_FETCHED,
                                              MESSAGE_UNCHANGED, MESSAGE_FAILED};
    int source = rand() % SOURCES;
    enum message_kind kind = kinds[rand() % 4];
    tell(desk, kind, (uint16_t)source);
    for (int i = 0; i < IDS; i++) {
        struct story *story = &model->stories[source][i];
        if (kind == MESSAGE_FETCHED && !story->came) {
            *story = (struct story){.time = story->time};
        }
        story->came = false;
    }
}

/* Weights 1, 2, 3, 1, 2; no other rule. */
static void set_weights(struct desk *desk)
{
    struct config config;
    assert_true(config_init(&config));
    for (int i = 0; i < SOURCES; i++) {
        struct config_source *source = config_add_source(&config, "file");
        assert_non_null(source);
        source->weight = i % 3 + 1;
        source->keep = 500;
    }
    config.desk.lap_s = 0;
    desk_set_rules(desk, &config);
    config_fini(&config);
}

static void agree_for_long(size_t failing)
{
    static struct model model;
    memset(&model, 0, sizeof model);
    struct desk *desk = desk_new(SOURCES);
    assert_non_null(desk);
    set_weights(desk);
    for (int step = 1; step <= STEPS; step++) {
        int what = rand() % 40;
        told_at = step;
        if (what < 30) {
            step_air(&model, desk);
        } else if (what < 38) {
            step_put(&model, desk, step, failing ? (size_t)rand() % failing : 0);
        } else if (what == 38) {
            step_end_of_fetch(&model, desk);
        } else if (rand() % 20 == 0) {
            int lane = rand() % LANES;
            desk_leave(desk, &model.cursors[lane]);
            model.lap[lane] = 0;
            model.now[lane] = 0;
            memset(model.next[lane], 0, sizeof model.next[lane]);
            for (int i = 0; i < SOURCES * IDS; i++) {
                model.stories[i / IDS][i % IDS].aired[lane] = false;
            }
        }
        size_t live = 0;
        for (int i = 0; i < SOURCES * IDS; i++) {
            live += model.stories[i / IDS][i % IDS].live;
        }
        assert_int_equal(desk_count(desk), live);
    }
    assert_true(model.laps > 100);
    told_at = 1000;
    desk_free(desk);
}

static void agrees_with_the_model(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 4; seed++) {
        srand(seed);
        agree_for_long(0);
    }
}

static void agrees_with_the_model_while_memory_is_short(void **state)
{
    (void)state;
    srand(5);
    agree_for_long(4);
}

/* Enough for the table to grow several times, with and without memory for it. */
static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (size_t fail = 1;; fail++) {
        allocations = 0;
        fail_in = fail;
        struct desk *desk = desk_new(2);
        size_t lost = 0, laps = 0;
        for (int i = 0; desk && i < 900; i++) {
            char text[16];
            snprintf(text, sizeof text, "%d", i);
            struct message *message =
                headline_message((uint16_t)(i % 2), text, text, rand() % 50);
            lost += !desk_take(desk, message, 1);
        }
        bool failed = fail_in == 0;
        fail_in = 0;
        assert_true(desk || failed);
        assert_true(lost <= 1);
        if (desk) {
            struct desk_cursor cursor = {0};
            assert_int_equal(desk_count(desk), 900 - lost);
            while (desk_next(desk, &cursor) && cursor.lap == 0) {
                laps++;
            }
            assert_int_equal(laps, 900 - lost);
        }
        desk_free(desk);
        if (!failed) {
            break;
        }
    }
}

/* --- Which way it is read ------------------------------------------------------------------ */

static void put_alert(struct desk *desk, uint16_t source, const char *text, bool flash,
                      int64_t expires, int64_t now)
{
    struct message *message = headline_message(source, text, text, 100);
    message->headline.flash = flash;
    message->headline.expires = expires;
    assert_true(desk_take(desk, message, now));
}

static void a_flash_airs_first_in_every_lap(void **state)
{
    (void)state;
    struct desk *desk = desk_new(2);
    struct desk_cursor cursor = {0};
    put(desk, 0, "a", 300);
    put(desk, 0, "b", 200);
    assert_string_equal(air(desk, &cursor, 1), "a");
    put_alert(desk, 1, "storm", true, none, 0);
    assert_string_equal(air(desk, &cursor, 2), "storm b");
    assert_string_equal(air(desk, &cursor, 3), "storm a b");
    desk_free(desk);
}

static void what_has_expired_leaves(void **state)
{
    (void)state;
    struct desk *desk = desk_new(1);
    struct desk_cursor cursor = {0};
    assert_true(desk_take(desk, headline_message(0, "a", "a", 300), 500));
    put_alert(desk, 0, "storm", true, 1000, 500);
    put_alert(desk, 0, "notice", false, 2000, 500);
    assert_int_equal(desk_count(desk), 3);
    desk_expire(desk, 999);
    assert_int_equal(desk_count(desk), 3);
    desk_expire(desk, 1000);
    assert_string_equal(air(desk, &cursor, 3), "a notice a");
    put_alert(desk, 0, "late", true, 1000, 1000);
    assert_int_equal(desk_count(desk), 2);
    /* An update may end it early. */
    put_alert(desk, 0, "notice", false, 1100, 1050);
    assert_int_equal(desk_count(desk), 2);
    desk_expire(desk, 1100);
    assert_int_equal(desk_count(desk), 1);
    assert_string_equal(air(desk, &cursor, 2), "a a");
    desk_free(desk);
}

/* As many live flashes as WANTED has words, in that order. */
static void assert_flashes(struct desk *desk, const char *wanted)
{
    const struct headline *list[4];
    char texts[256] = "";
    size_t count = desk_flashes(desk, list, 4);
    for (size_t i = 0; i < count; i++) {
        snprintf(texts + strlen(texts), sizeof texts - strlen(texts), "%s%s",
                 i ? " " : "", headline_get(list[i], HEADLINE_TEXT));
    }
    assert_string_equal(texts, wanted);
}

/* A flash always has an end, its own or the desk's, and what says that it is none has not. */
static void a_flash_always_ends(void **state)
{
    (void)state;
    static const struct {
        bool flash;
        int64_t expires, last; /* second in which it is there */
    } cases[] = {
        {true, HEADLINE_NO_TIME, 1099}, /* 100 s where it names none */
        {true, 1300, 1299},             /* its own */
        {true, 999999, 1499},           /* but no longer than 500 s */
        {true, INT64_MAX, 1499},
        {false, 999999, 999998},
        {false, HEADLINE_NO_TIME, INT64_MAX},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct desk *desk = desk_new(1);
        desk_limit_flashes(desk, 100, 500);
        put_alert(desk, 0, "storm", cases[i].flash, cases[i].expires, 1000);
        desk_expire(desk, cases[i].last);
        assert_int_equal(desk_count(desk), 1);
        assert_flashes(desk, cases[i].flash ? "storm" : "");
        if (cases[i].last < INT64_MAX) {
            desk_expire(desk, cases[i].last + 1);
            assert_int_equal(desk_count(desk), 0);
            assert_flashes(desk, "");
        }
        desk_free(desk);
    }
}

/* A source that goes on holding a flash whose time is up does not bring it back; one that has
 * dropped it and says it anew does. */
static void a_flash_that_is_over_stays_away(void **state)
{
    (void)state;
    struct desk *desk = desk_new(2);
    desk_limit_flashes(desk, 100, 500);
    for (int64_t now = 1000; now < 3000; now += 50) {
        put_alert(desk, 1, "storm", true, none, now);
        put_alert(desk, 1, "flood", true, now + 1000, now);
        tell(desk, MESSAGE_FETCHED, 1);
        desk_expire(desk, now);
        assert_flashes(desk, now < 1100 ? "storm flood" : now < 1500 ? "flood" : "");
    }
    tell(desk, MESSAGE_FETCHED, 1);
    put_alert(desk, 1, "storm", true, none, 3000);
    assert_flashes(desk, "storm");
    /* One that was seen long ago, before a restart, is over too. */
    struct message *message = headline_message(1, "old", "old", 100);
    message->headline.flash = true;
    message->headline.first_seen = 2900;
    assert_true(desk_take(desk, message, 3000));
    assert_flashes(desk, "storm");
    desk_free(desk);
}

static void flashes_are_told_when_they_change(void **state)
{
    (void)state;
    struct desk *desk = desk_new(2);
    put(desk, 0, "a", 300);
    uint64_t edition = desk_flash_edition(desk);
    put(desk, 0, "b", 300);
    assert_int_equal(desk_flash_edition(desk), edition);
    put_alert(desk, 1, "storm", true, 2000, 1000);
    put_alert(desk, 0, "flood", true, 2000, 1000);
    assert_int_not_equal(desk_flash_edition(desk), edition);
    assert_flashes(desk, "flood storm");
    edition = desk_flash_edition(desk);
    put_alert(desk, 1, "storm", true, 2000, 1010); /* a refresh */
    assert_int_equal(desk_flash_edition(desk), edition);
    put_alert(desk, 1, "storm", true, 3000, 1020); /* an update */
    assert_int_not_equal(desk_flash_edition(desk), edition);
    edition = desk_flash_edition(desk);
    put_alert(desk, 1, "storm", false, 3000, 1030); /* no flash any more */
    assert_int_not_equal(desk_flash_edition(desk), edition);
    assert_flashes(desk, "flood");
    edition = desk_flash_edition(desk);
    desk_expire(desk, 2000);
    assert_int_not_equal(desk_flash_edition(desk), edition);
    assert_flashes(desk, "");
    desk_free(desk);
}

static void sources_are_counted_by_their_direction(void **state)
{
    (void)state;
    struct desk *desk = desk_new(5);
    assert_int_equal(desk_lean(desk, 1), DESK_LEANS_NEITHER);
    put(desk, 0, "one", 1);
    put(desk, 0, "two", 2);
    put(desk, 0, "three", 3);
    assert_int_equal(desk_lean(desk, 1), DESK_LEANS_LTR);
    assert_int_equal(desk_lean(desk, 2), DESK_LEANS_LTR);
    put(desk, 1, "אחת", 1);
    assert_int_equal(desk_lean(desk, 1), DESK_LEANS_NEITHER);
    put(desk, 2, "שתיים", 1);
    assert_int_equal(desk_lean(desk, 1), DESK_LEANS_RTL);
    assert_int_equal(desk_lean(desk, 2), DESK_LEANS_RTL);
    assert_int_equal(desk_lean(desk, 3), DESK_LEANS_NEITHER);
    put(desk, 3, "four", 1);
    put(desk, 4, "ثلاثة", 1);
    assert_int_equal(desk_lean(desk, 1), DESK_LEANS_RTL);
    assert_int_equal(desk_lean(desk, 2), DESK_LEANS_NEITHER);
    desk_free(desk);
}

/* What comes, changes and goes is counted once. */
static void a_source_counts_for_most_of_its_headlines(void **state)
{
    (void)state;
    struct desk *desk = desk_new(1);
    put(desk, 0, "one", 1);
    put(desk, 0, "אחת", 2);
    assert_int_equal(desk_lean(desk, 1), DESK_LEANS_NEITHER);
    put(desk, 0, "שתיים", 3);
    assert_int_equal(desk_lean(desk, 1), DESK_LEANS_RTL);
    assert_int_equal(desk_lean(desk, 2), DESK_LEANS_RTL);
    assert_int_equal(desk_lean(desk, 3), DESK_LEANS_NEITHER);
    assert_true(desk_take(desk, headline_message(0, "שתיים", "now in English", 3), 1000));
    assert_int_equal(desk_lean(desk, 1), DESK_LEANS_LTR);
    assert_true(desk_take(desk, headline_message(0, "שתיים", "שוב", 9), 1000));
    assert_true(desk_take(desk, headline_message(0, "one", "שלוש", 1), 1000));
    assert_int_equal(desk_lean(desk, 1000), DESK_LEANS_RTL);
    tell(desk, MESSAGE_FETCHED, 0);
    put(desk, 0, "a", 1);
    put(desk, 0, "אחת", 2);
    put(desk, 0, "b", 1);
    assert_int_equal(desk_lean(desk, 1), DESK_LEANS_RTL);
    tell(desk, MESSAGE_FETCHED, 0);
    assert_int_equal(desk_lean(desk, 2), DESK_LEANS_LTR);
    tell(desk, MESSAGE_FETCHED, 0);
    assert_int_equal(desk_lean(desk, 1), DESK_LEANS_NEITHER);
    desk_free(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_desk_airs_nothing),
        cmocka_unit_test(sources_take_turns_newest_first),
        cmocka_unit_test(what_comes_in_joins_the_lap),
        cmocka_unit_test(a_refresh_neither_skips_nor_repeats),
        cmocka_unit_test(an_update_replaces_in_place),
        cmocka_unit_test(first_seen_may_come_with_the_headline),
        cmocka_unit_test(only_a_complete_fetch_withdraws),
        cmocka_unit_test(two_sources_may_hold_the_same_story),
        cmocka_unit_test(equal_hashes_are_not_yet_the_same),
        cmocka_unit_test(lanes_come_and_go),
        cmocka_unit_test(a_source_is_capped),
        cmocka_unit_test(agrees_with_the_model),
        cmocka_unit_test(agrees_with_the_model_while_memory_is_short),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(a_flash_airs_first_in_every_lap),
        cmocka_unit_test(what_has_expired_leaves),
        cmocka_unit_test(a_flash_always_ends),
        cmocka_unit_test(a_flash_that_is_over_stays_away),
        cmocka_unit_test(flashes_are_told_when_they_change),
        cmocka_unit_test(sources_are_counted_by_their_direction),
        cmocka_unit_test(a_source_counts_for_most_of_its_headlines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
