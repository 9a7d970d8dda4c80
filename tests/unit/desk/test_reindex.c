/* The desk under another configuration. calloc is wrapped by the linker, so that it fails when a
 * test says so. */
#include "desk/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { NOW = 2000000000 /* so the clock is known */, DAY = 24 * 3600 };

static bool refusing;

void *__real_calloc(size_t count, size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);

void *__wrap_calloc(size_t count, size_t bytes)
{
    return refusing ? NULL : __real_calloc(count, bytes);
}

/* A configuration with a source for each letter of NAMES, and MORE. */
static struct config with(const char *names, const char *more)
{
    struct config config;
    char text[2000];
    size_t used = (size_t)snprintf(text, sizeof text, "%s\n", more);
    for (const char *p = names; *p; p++) {
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "[source \"%c\"]\nurl = http://%c/\n", *p, *p);
    }
    assert_true(config_init(&config));
    assert_int_equal(config_read(&config, "t", text, used, NULL, NULL), 0);
    return config;
}

static struct desk *desk_with(const struct config *config)
{
    struct desk *desk = desk_new(config->source_count + 1);
    assert_non_null(desk);
    desk_set_rules(desk, config);
    return desk;
}

static void put(struct desk *desk, uint16_t source, const char *text, int64_t published,
                bool flash)
{
    static struct message message;
    memset(&message, 0xA5, sizeof message);
    message.kind = MESSAGE_HEADLINE;
    message.source = source;
    message.cached = false;
    message.keys = (struct message_keys){0};
    headline_init(&message.headline);
    message.headline.published = published;
    message.headline.flash = flash;
    headline_set(&message.headline, HEADLINE_ID, text, strlen(text));
    headline_set(&message.headline, HEADLINE_TEXT, text, strlen(text));
    headline_identify(&message.headline);
    /* So that the same text is the same story. */
    message.keys.id = message.headline.identity;
    assert_true(desk_take(desk, &message, NOW));
}

static void fetched(struct desk *desk, uint16_t source)
{
    static struct message message;
    message.kind = MESSAGE_FETCHED;
    message.source = source;
    message.at = NOW;
    assert_true(desk_take(desk, &message, NOW));
}

/* Changes from BEFORE to the sources in NAMES, and MORE; frees BEFORE. */
static struct config change_to(struct desk *desk, struct config *before,
                               const char *names, const char *more)
{
    static struct config_change change;
    struct config now = with(names, more);
    change = (struct config_change){.config = &now};
    config_change_match(&change, before);
    assert_true(desk_renumber(desk, &change));
    config_fini(before);
    return now;
}

/* The texts and sources of the next COUNT headlines, as in "a1@0 b1@1"; "-" for none. */
static const char *air(struct desk *desk, struct desk_cursor *cursor, int count)
{
    static char texts[1024];
    size_t used = 0;
    for (int i = 0; i < count; i++) {
        const struct headline *h = desk_next(desk, cursor);
        used +=
            (size_t)snprintf(texts + used, sizeof texts - used, "%s%s@%d", i ? " " : "",
                             h ? headline_get(h, HEADLINE_TEXT) : "-", h ? h->source : 0);
    }
    return texts;
}

static void what_stays_goes_on_where_it_was(void **state)
{
    (void)state;
    struct config config = with("ABC", "");
    struct desk *desk = desk_with(&config);
    struct desk_cursor cursor = {0};
    put(desk, 0, "a1", NOW, false);
    put(desk, 0, "a2", NOW - 1, false);
    put(desk, 1, "b1", NOW, false);
    put(desk, 2, "c1", NOW, false);
    put(desk, 2, "c2", NOW - 1, false);
    for (uint16_t i = 0; i < 3; i++) {
        fetched(desk, i);
    }
    assert_string_equal(air(desk, &cursor, 3), "a1@0 b1@1 c1@2");
    config = change_to(desk, &config, "CNA", "");
    assert_int_equal(desk_count(desk), 4);
    /* The rest of the lap, by the new numbers, and not from its beginning. */
    put(desk, 1, "n1", NOW, false);
    fetched(desk, 1);
    assert_string_equal(air(desk, &cursor, 3), "n1@1 c2@0 a2@2");
    assert_int_equal(cursor.lap, 0);
    assert_string_equal(air(desk, &cursor, 1), "n1@1");
    assert_int_equal(cursor.lap, 1);
    assert_int_equal(desk_good_at(desk, 2), NOW);
    desk_free(desk);
    config_fini(&config);
}

static void fetches_find_what_there_is(void **state)
{
    (void)state;
    struct config config = with("AB", "");
    struct desk *desk = desk_with(&config);
    put(desk, 0, "a1", NOW, false);
    put(desk, 1, "b1", NOW, false);
    fetched(desk, 0);
    fetched(desk, 1);
    config = change_to(desk, &config, "B", "");
    assert_int_equal(desk_count(desk), 1);
    put(desk, 0, "b1", NOW, false); /* is no second one */
    put(desk, 0, "b2", NOW, false);
    fetched(desk, 0);
    assert_int_equal(desk_count(desk), 2);
    put(desk, 0, "b2", NOW, false);
    fetched(desk, 0); /* b1 has gone */
    assert_int_equal(desk_count(desk), 1);
    config = change_to(desk, &config, "", "");
    assert_int_equal(desk_count(desk), 0);
    desk_free(desk);
    config_fini(&config);
}

static size_t olds;

static void count_old(void *user, const struct desk_report *report)
{
    (void)user;
    olds += report->state == DESK_OLD;
}

/* A headline that had left, and is dated anew when it comes back, is as old as it was. */
static void dates_are_remembered(void **state)
{
    (void)state;
    struct config config = with("AB", "[desk]\nkeep-newest = 0");
    struct desk *desk = desk_with(&config);
    put(desk, 1, "column", NOW - 10 * DAY, false);
    put(desk, 1, "b1", NOW, false);
    fetched(desk, 1);
    put(desk, 1, "b1", NOW, false);
    fetched(desk, 1);
    config = change_to(desk, &config, "NBA", "[desk]\nkeep-newest = 0");
    config = change_to(desk, &config, "B", "[desk]\nkeep-newest = 0");
    put(desk, 0, "column", NOW, false);
    olds = 0;
    desk_report(desk, count_old, NULL);
    assert_int_equal(olds, 1);
    desk_free(desk);
    config_fini(&config);
}

static void another_tells_the_story_of_one_that_goes(void **state)
{
    (void)state;
    struct config config = with("ABC", "");
    struct desk *desk = desk_with(&config);
    struct desk_cursor cursor = {0};
    put(desk, 0, "story", NOW, false);
    put(desk, 1, "story", NOW, false);
    put(desk, 2, "story", NOW, false);
    assert_int_equal(desk_count(desk), 1);
    assert_string_equal(air(desk, &cursor, 1), "story@0");
    config = change_to(desk, &config, "CB", "");
    assert_int_equal(desk_count(desk), 1);
    /* C stands before B now, but a story goes on as it is told until somebody better comes. */
    air(desk, &cursor, 1);
    config = change_to(desk, &config, "B", "");
    assert_int_equal(desk_count(desk), 1);
    assert_string_equal(air(desk, &cursor, 1), "story@0");
    desk_free(desk);
    config_fini(&config);
}

static void rules_count_at_once(void **state)
{
    (void)state;
    struct config config = with("AB", "");
    struct desk *desk = desk_with(&config);
    put(desk, 0, "story", NOW, false);
    put(desk, 1, "story", NOW, false);
    for (int i = 0; i < 9; i++) {
        char text[] = {'a', (char)('0' + i), '\0'};
        put(desk, 0, text, NOW - 60 - i, false);
    }
    assert_int_equal(desk_count(desk), 10);
    config = change_to(desk, &config, "AB", "[desk]\nduplicates = 0s");
    assert_int_equal(desk_count(desk), 11);
    config = change_to(desk, &config, "AB", "");
    assert_int_equal(desk_count(desk), 10);
    config = change_to(desk, &config, "B", "[source \"A\"]\nurl = http://A/\nkeep = 2");
    assert_int_equal(config.source_count, 2);
    assert_int_equal(desk_count(desk), 2);
    desk_free(desk);
    config_fini(&config);
}

static void a_flash_goes_with_its_source(void **state)
{
    (void)state;
    struct config config = with("AB", "");
    struct desk *desk = desk_with(&config);
    const struct headline *list[4];
    put(desk, 0, "stays", NOW, true);
    put(desk, 1, "goes", NOW, true);
    put(desk, 2, "pushed", NOW, true); /* past all sources */
    assert_int_equal(desk_flashes(desk, list, 4), 3);
    uint64_t before = desk_flash_edition(desk);
    config = change_to(desk, &config, "NMA", "");
    assert_true(desk_flash_edition(desk) != before);
    assert_int_equal(desk_flashes(desk, list, 4), 2);
    assert_string_equal(headline_get(list[0], HEADLINE_TEXT), "stays");
    assert_int_equal(list[0]->source, 2);
    assert_string_equal(headline_get(list[1], HEADLINE_TEXT), "pushed");
    assert_int_equal(list[1]->source, 3);
    desk_empty(desk, 3);
    assert_int_equal(desk_flashes(desk, list, 4), 1);
    desk_free(desk);
    config_fini(&config);
}

static void short_memory_changes_nothing(void **state)
{
    (void)state;
    static struct config_change change;
    struct config config = with("AB", ""), now = with("B", "");
    struct desk *desk = desk_with(&config);
    struct desk_cursor cursor = {0};
    put(desk, 0, "a1", NOW, false);
    put(desk, 1, "b1", NOW, false);
    change = (struct config_change){.config = &now};
    config_change_match(&change, &config);
    refusing = true;
    bool done = desk_renumber(desk, &change);
    refusing = false;
    assert_false(done);
    assert_string_equal(air(desk, &cursor, 2), "a1@0 b1@1");
    assert_true(desk_renumber(desk, &change));
    assert_string_equal(air(desk, &cursor, 1), "b1@0");
    desk_free(desk);
    config_fini(&config);
    config_fini(&now);
}

/* Against a desk in which nothing ever gets another number: whatever comes and goes, both air the
 * same. */
static void any_order_of_changes(void **state)
{
    (void)state;
    enum { NAMES = 6, ROUNDS = 400 };
    uint32_t seed = 12345;
    struct config config = with("ABCDEF", "");
    struct desk *desk = desk_with(&config);
    char held[NAMES][40] = {{0}}; /* what each source holds, a letter for each headline */
    char names[NAMES + 1] = "ABCDEF";
    for (int round = 0; round < ROUNDS; round++) {
        char next[NAMES + 1] = "";
        size_t count = 0;
        for (const char *p = "ABCDEF"; *p; p++) {
            seed = seed * 1664525 + 1013904223;
            if (seed >> 30) {
                size_t at = (seed >> 8) % (count + 1);
                memmove(next + at + 1, next + at, count - at + 1);
                next[at] = *p;
                count++;
            } else {
                held[*p - 'A'][0] = '\0'; /* gone, with all it had */
            }
        }
        config = change_to(desk, &config, next, "");
        memcpy(names, next, sizeof names);
        size_t wanted = 0;
        for (size_t i = 0; i < count; i++) {
            char *own = held[names[i] - 'A'];
            seed = seed * 1664525 + 1013904223;
            int items = (int)(seed >> 29);
            for (int j = 0; j < items; j++) {
                char text[3] = {names[i], (char)('a' + (int)((seed >> j) % 16)), '\0'};
                put(desk, (uint16_t)i, text, NOW - text[1], false);
                if (!strchr(own, text[1])) {
                    strncat(own, text + 1, 1);
                }
            }
            wanted += strlen(own);
        }
        assert_int_equal(desk_count(desk), wanted);
        struct desk_cursor cursor = {0};
        for (size_t i = 0; i < wanted; i++) {
            const struct headline *h = desk_next(desk, &cursor);
            const char *text = headline_get(h, HEADLINE_TEXT);
            assert_int_equal(names[h->source], text[0]);
            assert_non_null(strchr(held[text[0] - 'A'], text[1]));
            assert_int_equal(cursor.lap, 0);
        }
        desk_leave(desk, &cursor);
    }
    desk_free(desk);
    config_fini(&config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stays_goes_on_where_it_was),
        cmocka_unit_test(fetches_find_what_there_is),
        cmocka_unit_test(dates_are_remembered),
        cmocka_unit_test(another_tells_the_story_of_one_that_goes),
        cmocka_unit_test(rules_count_at_once),
        cmocka_unit_test(a_flash_goes_with_its_source),
        cmocka_unit_test(short_memory_changes_nothing),
        cmocka_unit_test(any_order_of_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
