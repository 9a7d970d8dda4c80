/* What airs and what does not, by each of the operator's rules; and what time does to it. The clock
 * is handed in, so a year passes in no time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk/desk.h"
#include "desk/stamp.h"
#include "desk/view.h"

enum { HOUR = 3600, DAY = 24 * HOUR };

static const int64_t noon = 1795521600; /* 2026-11-24T12:00:00Z */
static const int64_t none = HEADLINE_NO_TIME;

struct newsroom {
    struct config config;
    struct stamp stamp;
    struct desk *desk;
    int64_t now;
    struct message message;
    char seen[4096];
};

/* A desk with the rules of TEXT, whose sources all are on the web. */
static struct newsroom *open_newsroom(const char *text)
{
    struct newsroom *room = calloc(1, sizeof *room);
    assert_non_null(room);
    assert_true(config_init(&room->config));
    assert_int_equal(config_read(&room->config, "test", text, strlen(text), NULL, NULL),
                     0);
    stamp_init(&room->stamp, &room->config);
    room->desk = desk_new(room->config.source_count);
    assert_non_null(room->desk);
    desk_set_rules(room->desk, &room->config);
    room->now = noon;
    return room;
}

static void close_newsroom(struct newsroom *room)
{
    desk_free(room->desk);
    stamp_fini(&room->stamp);
    config_fini(&room->config);
    free(room);
}

static struct headline *draft(struct newsroom *room, uint16_t source, const char *id,
                              const char *text, int64_t published)
{
    room->message = (struct message){.kind = MESSAGE_HEADLINE, .source = source};
    headline_init(&room->message.headline);
    room->message.headline.published = published;
    headline_set(&room->message.headline, HEADLINE_ID, id, strlen(id));
    headline_set(&room->message.headline, HEADLINE_TEXT, text, strlen(text));
    return &room->message.headline;
}

static void hand_in(struct newsroom *room)
{
    headline_identify(&room->message.headline);
    stamp_message(&room->stamp, &room->message);
    assert_true(desk_take(room->desk, &room->message, room->now));
}

static void put(struct newsroom *room, uint16_t source, const char *text,
                int64_t published)
{
    draft(room, source, text, text, published);
    hand_in(room);
}

static void put_link(struct newsroom *room, uint16_t source, const char *text,
                     const char *link)
{
    struct headline *headline = draft(room, source, text, text, room->now - 60);
    headline_set(headline, HEADLINE_LINK, link, strlen(link));
    hand_in(room);
}

static void tell(struct newsroom *room, enum message_kind kind, uint16_t source)
{
    static struct message message;
    message.kind = kind;
    message.source = source;
    assert_true(desk_take(room->desk, &message, room->now));
}

static void add_state(void *user, const struct desk_report *told)
{
    static const char *const letters[] = {"", "=", "<", "!", "+", "x", "-"};
    struct newsroom *room = user;
    size_t used = strlen(room->seen);
    snprintf(room->seen + used, sizeof room->seen - used, "%s%s%s", used ? "|" : "",
             letters[told->state], headline_get(told->headline, HEADLINE_TEXT));
}

/* All headlines by source, the newest first, those that do not air behind a sign: = duplicate,
 * < old, ! filter, + cap, x expired, - hidden. */
static const char *states(struct newsroom *room)
{
    room->seen[0] = '\0';
    desk_expire(room->desk, room->now);
    desk_report(room->desk, add_state, room);
    return room->seen;
}

#define TWO_SOURCES                                                                      \
    "[source \"a\"]\nurl = https://a.org/\n[source \"b\"]\nurl = https://b.org/\n"

static void a_source_has_its_cap(void **state)
{
    (void)state;
    struct newsroom *room =
        open_newsroom("[source \"a\"]\nurl = https://a.org\nkeep = 2\n");
    put(room, 0, "one", noon - 10);
    put(room, 0, "three", noon - 30);
    put(room, 0, "two", noon - 20);
    assert_string_equal(states(room), "one|two|+three");
    assert_int_equal(desk_count(room->desk), 2);
    put(room, 0, "zero", noon);
    assert_string_equal(states(room), "zero|one|+two|+three");
    draft(room, 0, "ends", "ends", noon - 40)->expires = noon + HOUR;
    hand_in(room);
    assert_string_equal(states(room), "zero|one|+two|+three|+ends");
    close_newsroom(room);
}

static void age_hides_all_but_the_newest(void **state)
{
    (void)state;
    struct newsroom *room = open_newsroom(
        "[source \"a\"]\nurl = https://a.org\nmax-age = 1h\n[desk]\nkeep-newest = 1\n");
    put(room, 0, "fresh", noon - 10);
    put(room, 0, "hour", noon - HOUR);
    put(room, 0, "older", noon - HOUR - 1);
    put(room, 0, "oldest", noon - DAY);
    /* Nobody has answered yet: these may be of a cache. */
    assert_string_equal(states(room), "fresh|hour|older|oldest");
    tell(room, MESSAGE_FETCHED, 0);
    assert_string_equal(states(room), "fresh|hour|<older|<oldest");
    room->now += 1;
    assert_string_equal(states(room), "fresh|<hour|<older|<oldest");
    room->now += 365 * DAY;
    assert_string_equal(states(room), "fresh|<hour|<older|<oldest");
    close_newsroom(room);
}

static void a_dead_source_loses_its_newest_too(void **state)
{
    (void)state;
    struct newsroom *room = open_newsroom(TWO_SOURCES);
    put(room, 0, "a old", noon - 100 * HOUR);
    tell(room, MESSAGE_FETCHED, 0);
    put(room, 1, "b new", noon);
    tell(room, MESSAGE_FETCHED, 1);
    assert_string_equal(states(room), "a old|b new");
    room->now += HOUR;
    tell(room, MESSAGE_FAILED, 0);
    room->now += 72 * HOUR - 1;
    tell(room, MESSAGE_FAILED, 0);
    tell(room, MESSAGE_UNCHANGED, 1);
    assert_string_equal(states(room), "a old|b new");
    room->now += 1;
    assert_string_equal(states(room), "<a old|b new");
    tell(room, MESSAGE_UNCHANGED, 0);
    assert_string_equal(states(room), "a old|b new");
    close_newsroom(room);
}

/* Row 70: all feeds dead for thirty days. */
static void the_last_good_go_on(void **state)
{
    (void)state;
    struct newsroom *room = open_newsroom(TWO_SOURCES);
    for (uint16_t source = 0; source < 2; source++) {
        for (int i = 0; i < 9; i++) {
            char text[16];
            snprintf(text, sizeof text, "%c%d", 'a' + source, i);
            put(room, source, text, noon - i * HOUR);
        }
        tell(room, MESSAGE_FETCHED, source);
    }
    assert_int_equal(desk_count(room->desk), 18);
    for (int hour = 0; hour < 30 * 24; hour++) {
        room->now += HOUR;
        tell(room, MESSAGE_FAILED, 0);
        tell(room, MESSAGE_FAILED, 1);
        desk_expire(room->desk, room->now);
        assert_int_equal(desk_count(room->desk), 18);
    }
    /* One comes back, with old news only; the other is dead. */
    tell(room, MESSAGE_UNCHANGED, 0);
    assert_int_equal(desk_count(room->desk), 3);
    close_newsroom(room);
    room = open_newsroom(TWO_SOURCES "[desk]\nkeep-newest = 0\n");
    put(room, 0, "ancient", noon - 1000 * DAY);
    tell(room, MESSAGE_FETCHED, 0);
    assert_string_equal(states(room), "ancient");
    put(room, 1, "new", noon);
    assert_string_equal(states(room), "<ancient|new");
    close_newsroom(room);
}

static void a_new_date_makes_no_news(void **state)
{
    (void)state;
    struct newsroom *room = open_newsroom(TWO_SOURCES);
    put(room, 0, "first", noon - 50 * HOUR);
    put(room, 0, "second", noon - HOUR);
    tell(room, MESSAGE_FETCHED, 0);
    put(room, 0, "first", noon);
    put(room, 0, "second", noon - HOUR);
    tell(room, MESSAGE_FETCHED, 0);
    assert_string_equal(states(room), "second|first");
    /* It leaves, and comes back as new. */
    room->now += HOUR;
    put(room, 0, "second", noon - HOUR);
    tell(room, MESSAGE_FETCHED, 0);
    assert_string_equal(states(room), "second");
    put(room, 0, "second", noon - HOUR);
    put(room, 0, "first", room->now);
    tell(room, MESSAGE_FETCHED, 0);
    assert_string_equal(states(room), "second|first");
    close_newsroom(room);
}

static void a_new_id_makes_no_news(void **state)
{
    (void)state;
    struct newsroom *room = open_newsroom(TWO_SOURCES);
    const char *link = "https://a.org/story";
    for (int i = 0; i < 3; i++) {
        char id[16];
        snprintf(id, sizeof id, "%d", i);
        struct headline *headline = draft(room, 0, id, "Ferry returns", room->now);
        headline_set(headline, HEADLINE_LINK, link, strlen(link));
        hand_in(room);
        put(room, 0, "Bridge opens", noon + HOUR);
        tell(room, MESSAGE_FETCHED, 0);
        room->now += 2 * HOUR;
    }
    assert_string_equal(states(room), "Bridge opens|Ferry returns");
    close_newsroom(room);
}

static void an_undated_one_ages_from_when_it_was_seen(void **state)
{
    (void)state;
    struct newsroom *room = open_newsroom(TWO_SOURCES "[desk]\nkeep-newest = 0\n");
    put(room, 0, "undated", none);
    put(room, 0, "ahead", noon + 1000 * DAY);
    tell(room, MESSAGE_FETCHED, 0);
    put(room, 1, "late", noon + 72 * HOUR);
    room->now += 72 * HOUR;
    assert_string_equal(states(room), "undated|ahead|late");
    room->now += 1;
    put(room, 1, "later", room->now);
    put(room, 0, "ahead", noon + 1000 * DAY);
    assert_string_equal(states(room), "<undated|<ahead|later|<late");
    close_newsroom(room);
}

/* What somebody hung up in the lobby's folder hangs there until it is taken down. */
static void a_notice_without_a_date_stays(void **state)
{
    (void)state;
    struct newsroom *room = open_newsroom("[source \"notices\"]\nurl = /srv/notices\n"
                                          "[source \"wire\"]\nurl = http://b.test/\n"
                                          "[desk]\nkeep-newest = 0\n");
    put(room, 0, "lift out of order", none);
    put(room, 0, "fair on friday", noon);
    tell(room, MESSAGE_FETCHED, 2);
    room->now += 200 * HOUR;
    put(room, 1, "news", room->now);
    tell(room, MESSAGE_FETCHED, 1);
    assert_string_equal(states(room), "lift out of order|<fair on friday|news");
    close_newsroom(room);
}

static void one_story_airs_once(void **state)
{
    (void)state;
    struct newsroom *room =
        open_newsroom(TWO_SOURCES "[source \"c\"]\nurl = https://c.org\n"
                                  "weight = 2\n");
    put(room, 0, "Storm hits northern coast", noon - 60);
    put(room, 1, "Storm hits the northern coast - BBC News", noon - 30);
    assert_string_equal(states(room), "Storm hits northern coast|"
                                      "=Storm hits the northern coast - BBC News");
    put(room, 2, "STORM HITS NORTHERN COAST", noon - 90);
    assert_string_equal(states(room), "=Storm hits northern coast|"
                                      "=Storm hits the northern coast - BBC News|"
                                      "STORM HITS NORTHERN COAST");
    tell(room, MESSAGE_FETCHED, 2);
    tell(room, MESSAGE_FETCHED, 2);
    tell(room, MESSAGE_FETCHED, 2);
    assert_string_equal(states(room), "Storm hits northern coast|"
                                      "=Storm hits the northern coast - BBC News");
    /* An update tells another story. */
    draft(room, 0, "Storm hits northern coast", "Storm spares northern coast", noon - 60);
    hand_in(room);
    assert_string_equal(states(room), "Storm spares northern coast|"
                                      "Storm hits the northern coast - BBC News");
    close_newsroom(room);
}

static void titles_count_for_two_days(void **state)
{
    (void)state;
    struct newsroom *room = open_newsroom(TWO_SOURCES "[desk]\nkeep-newest = 9\n");
    put(room, 0, "Minister resigns over report", noon - 48 * HOUR);
    put(room, 1, "Minister resigns over report", noon);
    assert_string_equal(states(room),
                        "Minister resigns over report|=Minister resigns over report");
    close_newsroom(room);
    room = open_newsroom(TWO_SOURCES "[desk]\nkeep-newest = 9\n");
    put(room, 0, "Minister resigns over report", noon - 48 * HOUR - 1);
    put(room, 1, "Minister resigns over report", noon);
    assert_string_equal(states(room),
                        "Minister resigns over report|Minister resigns over report");
    close_newsroom(room);
    room = open_newsroom(TWO_SOURCES "[desk]\nduplicates = 0s\n");
    put(room, 0, "Minister resigns over report", noon);
    put(room, 1, "Minister resigns over report", noon);
    assert_int_equal(desk_count(room->desk), 2);
    close_newsroom(room);
}

static void addresses_and_ids_count(void **state)
{
    (void)state;
    struct newsroom *room = open_newsroom(TWO_SOURCES);
    put_link(room, 0, "Ferry returns", "https://a.org/1?utm_source=rss#top");
    put_link(room, 1, "The boat is back", "http://www.A.org/1/");
    /* One page for many, and a front page. */
    put_link(room, 0, "Live: council", "https://a.org/live");
    put_link(room, 0, "Live: harbour", "https://a.org/live");
    put_link(room, 0, "Front", "https://a.org/");
    put_link(room, 1, "Page", "https://a.org");
    assert_string_equal(states(room), "Ferry returns|Live: council|Live: harbour|Front|"
                                      "=The boat is back|Page");
    draft(room, 0, "tag:a.org,2026:7", "Two ways to say it", noon);
    hand_in(room);
    draft(room, 1, "tag:a.org,2026:7", "Both are the same story", noon);
    hand_in(room);
    draft(room, 0, "12", "Twelve of one", noon);
    hand_in(room);
    draft(room, 1, "12", "Dozen of another", noon);
    hand_in(room);
    assert_non_null(strstr(states(room), "=Both are the same story|Dozen of another"));
    close_newsroom(room);
}

/* What the better source hides is no reason to hide it everywhere. */
static void a_story_is_not_lost_with_its_best_telling(void **state)
{
    (void)state;
    struct newsroom *room = open_newsroom(
        "[source \"a\"]\nurl = https://a.org\nkeep = 1\nexclude = word:bus\n"
        "[source \"b\"]\nurl = https://b.org\n");
    put(room, 0, "Storm hits northern coast", noon - 60);
    put(room, 1, "Storm hits northern coast", noon - 60);
    put(room, 0, "Bus crash near Lima", noon);
    put(room, 1, "Bus crash near Lima", noon);
    assert_string_equal(states(room), "!Bus crash near Lima|Storm hits northern coast|"
                                      "Bus crash near Lima|=Storm hits northern coast");
    put(room, 0, "Market moves to Sunday", noon - 1);
    assert_string_equal(states(room), "!Bus crash near Lima|Market moves to Sunday|"
                                      "+Storm hits northern coast|Bus crash near Lima|"
                                      "Storm hits northern coast");
    close_newsroom(room);
}

/* Row 69. */
static void an_emptied_feed_is_doubted_once(void **state)
{
    (void)state;
    static const enum message_kind agreeing[] = {MESSAGE_FETCHED, MESSAGE_UNCHANGED};
    for (size_t i = 0; i < 3; i++) {
        struct newsroom *room = open_newsroom(TWO_SOURCES);
        for (int n = 0; n < 10; n++) {
            char text[16];
            snprintf(text, sizeof text, "%d", n);
            put(room, 0, text, noon - n);
        }
        tell(room, MESSAGE_FETCHED, 0);
        put(room, 0, "spam", noon + 1);
        tell(room, MESSAGE_FETCHED, 0);
        assert_int_equal(desk_count(room->desk), 11);
        tell(room, MESSAGE_FAILED, 0);
        assert_int_equal(desk_count(room->desk), 11);
        if (i < 2) {
            if (agreeing[i] == MESSAGE_FETCHED) {
                put(room, 0, "spam", noon + 1);
            }
            tell(room, agreeing[i], 0);
        } else {
            room->now += HOUR - 1;
            desk_expire(room->desk, room->now);
            assert_int_equal(desk_count(room->desk), 11);
            room->now += 1;
            desk_expire(room->desk, room->now);
        }
        assert_string_equal(states(room), "spam");
        close_newsroom(room);
    }
    /* A quarter is enough to be believed, and so is a folder's word. */
    struct newsroom *room =
        open_newsroom("[source \"door\"]\nurl = notices\n" TWO_SOURCES);
    for (uint16_t source = 0; source < 2; source++) {
        put(room, source, "1", noon);
        put(room, source, "2", noon);
        tell(room, MESSAGE_FETCHED, source);
    }
    tell(room, MESSAGE_FETCHED, 0);
    put(room, 1, "1", noon);
    tell(room, MESSAGE_FETCHED, 1);
    assert_int_equal(desk_count(room->desk), 1);
    close_newsroom(room);
}

static void a_flash_ends_by_itself(void **state)
{
    (void)state;
    struct newsroom *room = open_newsroom(
        "[source \"a\"]\nurl = https://a.org\nflash = yes\n"
        "[source \"b\"]\nurl = https://b.org\n"
        "[flash]\nexpires = 10m\nmax-expires = 1h\nkeyword = word:earthquake\n");
    const struct headline *flashes[4];
    put(room, 0, "all at once", noon);
    put(room, 1, "Earthquake shakes Rome", none);
    struct headline *headline = draft(room, 0, "long", "names a day", noon);
    headline->expires = noon + DAY;
    hand_in(room);
    assert_int_equal(desk_flashes(room->desk, flashes, 4), 3);
    uint64_t edition = desk_flash_edition(room->desk);
    room->now += 599;
    put(room, 0, "all at once", noon);
    assert_string_equal(states(room), "all at once|names a day|Earthquake shakes Rome");
    assert_int_equal(desk_flash_edition(room->desk), edition);
    room->now += 1;
    desk_expire(room->desk, room->now);
    assert_int_equal(desk_flashes(room->desk, flashes, 4), 1);
    assert_int_not_equal(desk_flash_edition(room->desk), edition);
    /* What is still in the feed does not come back; the keyword's is an ordinary one now. */
    put(room, 0, "all at once", noon);
    put(room, 1, "Earthquake shakes Rome", none);
    assert_string_equal(states(room), "xall at once|names a day|Earthquake shakes Rome");
    assert_int_equal(desk_flashes(room->desk, flashes, 4), 1);
    room->now = noon + HOUR;
    assert_string_equal(states(room), "xall at once|xnames a day|Earthquake shakes Rome");
    /* Yesterday's is no flash when the board starts. */
    put(room, 0, "yesterday", noon - DAY);
    assert_non_null(strstr(states(room), "xyesterday"));
    close_newsroom(room);
}

static void a_flash_is_no_duplicate_of_plain_news(void **state)
{
    (void)state;
    struct newsroom *room =
        open_newsroom("[source \"a\"]\nurl = https://a.org\nweight = 9\n"
                      "[source \"b\"]\nurl = https://b.org\nflash = yes\n");
    put(room, 0, "Storm hits northern coast", noon);
    put(room, 1, "Storm hits northern coast", noon);
    assert_string_equal(states(room),
                        "=Storm hits northern coast|Storm hits northern coast");
    room->now += 15 * 60;
    assert_string_equal(states(room),
                        "Storm hits northern coast|xStorm hits northern coast");
    close_newsroom(room);
}

static void what_is_hidden_by_hand_stays_hidden(void **state)
{
    (void)state;
    struct newsroom *room = open_newsroom(TWO_SOURCES);
    put(room, 0, "a", noon);
    put(room, 1, "a", noon);
    put(room, 1, "b", noon);
    assert_int_equal(desk_hide(room->desk, "a"), 2);
    assert_int_equal(desk_hide(room->desk, "c"), 0);
    put(room, 0, "a", noon - 5);
    assert_string_equal(states(room), "-a|-a|b");
    close_newsroom(room);
}

/* --- The clock ----------------------------------------------------------------------------- */

/* A board without a battery wakes in 1970, and hears the time later. */
static void a_clock_that_is_not_set(void **state)
{
    (void)state;
    struct newsroom *room = open_newsroom(TWO_SOURCES "[desk]\nkeep-newest = 0\n"
                                                      "[flash]\nkeyword = quake\n");
    const struct headline *flash;
    room->now = 100;
    put(room, 0, "undated", none);
    put(room, 0, "dated", noon - HOUR);
    put(room, 0, "old", noon - 100 * DAY);
    put(room, 0, "quake", none);
    tell(room, MESSAGE_FETCHED, 0);
    assert_string_equal(states(room), "dated|old|undated|quake");
    assert_int_equal(desk_flashes(room->desk, &flash, 1), 1);
    room->now = noon;
    assert_string_equal(states(room), "undated|quake|dated|<old");
    assert_int_equal(desk_flashes(room->desk, &flash, 1), 1);
    assert_int_equal(flash->first_seen, noon);
    assert_int_equal(desk_good_at(room->desk, 0), noon);
    room->now += 15 * 60;
    desk_expire(room->desk, room->now);
    assert_int_equal(desk_flashes(room->desk, &flash, 1), 0);
    close_newsroom(room);
}

/* Whatever the clock does, the same headlines go on airing in the same order. */
static void steps_of_the_clock(void **state)
{
    (void)state;
    static const int64_t steps[] = {1,   -1,   HOUR,       -HOUR,
                                    DAY, -DAY, 3652 * DAY, -3652 * DAY};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct newsroom *room = open_newsroom(TWO_SOURCES);
        struct desk_cursor cursor = {0};
        for (uint16_t source = 0; source < 2; source++) {
            for (int n = 0; n < 3; n++) {
                char text[16];
                snprintf(text, sizeof text, "%c%d", 'a' + source, n);
                put(room, source, text, n == 2 ? none : noon - n * HOUR);
            }
            tell(room, MESSAGE_FETCHED, source);
        }
        for (int turn = 0; turn < 60; turn++) {
            static const char *const order[] = {"a0", "b0", "a2", "b2", "a1", "b1"};
            room->now += turn == 20 ? steps[i] : turn == 40 ? -steps[i] : 5;
            desk_expire(room->desk, room->now);
            const struct headline *headline = desk_next(room->desk, &cursor);
            assert_non_null(headline);
            /* A step may change an undated one's place among the others of its source. */
            assert_int_equal(headline_get(headline, HEADLINE_TEXT)[0],
                             order[turn % 6][0]);
            assert_int_equal(cursor.lap, turn / 6);
        }
        close_newsroom(room);
    }
}

/* What was seen ten days ahead of time was seen now, and ages from now. */
static void a_clock_that_went_back(void **state)
{
    (void)state;
    struct newsroom *room = open_newsroom(TWO_SOURCES "[desk]\nkeep-newest = 0\n"
                                                      "[flash]\nkeyword = quake\n");
    const struct headline *flash;
    room->now = noon + 10 * DAY;
    put(room, 0, "undated", none);
    put(room, 0, "quake", none);
    tell(room, MESSAGE_FETCHED, 0);
    room->now = noon;
    put(room, 1, "news", noon);
    tell(room, MESSAGE_FETCHED, 1);
    assert_string_equal(states(room), "undated|quake|news");
    assert_int_equal(desk_flashes(room->desk, &flash, 1), 1);
    assert_int_equal(flash->first_seen, noon);
    room->now += 15 * 60;
    desk_expire(room->desk, room->now);
    assert_int_equal(desk_flashes(room->desk, &flash, 1), 0);
    room->now = noon + 72 * HOUR;
    put(room, 1, "news of the day", room->now);
    assert_string_equal(states(room), "undated|quake|news of the day|news");
    room->now++;
    assert_string_equal(states(room), "<undated|<quake|news of the day|<news");
    close_newsroom(room);
}

/* What is seen at such an hour is a day old a day later: no calendar has a say. */
static void no_date_is_special(void **state)
{
    (void)state;
    static const int64_t moments[] = {1704067200 /* the first that is believed */,
                                      1774746000 /* Europe springs forward */,
                                      1792890000 /* and back */,
                                      2147483647 /* 2038-01-19 */,
                                      2147483648,
                                      4102444800 /* 2100 */,
                                      253402300799};
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        struct newsroom *room = open_newsroom(
            "[source \"a\"]\nurl = https://a.org\nmax-age = 1d\n[desk]\nkeep-newest = 0\n"
            "[source \"b\"]\nurl = https://b.org\nmax-age = 3650d\n");
        room->now = moments[i];
        put(room, 0, "a", none);
        put(room, 1, "b", none);
        tell(room, MESSAGE_FETCHED, 0);
        tell(room, MESSAGE_FETCHED, 1);
        room->now += DAY;
        assert_string_equal(states(room), "a|b");
        room->now += 1;
        assert_string_equal(states(room), "<a|b");
        close_newsroom(room);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_source_has_its_cap),
        cmocka_unit_test(age_hides_all_but_the_newest),
        cmocka_unit_test(a_dead_source_loses_its_newest_too),
        cmocka_unit_test(the_last_good_go_on),
        cmocka_unit_test(a_new_date_makes_no_news),
        cmocka_unit_test(a_new_id_makes_no_news),
        cmocka_unit_test(an_undated_one_ages_from_when_it_was_seen),
        cmocka_unit_test(a_notice_without_a_date_stays),
        cmocka_unit_test(one_story_airs_once),
        cmocka_unit_test(titles_count_for_two_days),
        cmocka_unit_test(addresses_and_ids_count),
        cmocka_unit_test(a_story_is_not_lost_with_its_best_telling),
        cmocka_unit_test(an_emptied_feed_is_doubted_once),
        cmocka_unit_test(a_flash_ends_by_itself),
        cmocka_unit_test(a_flash_is_no_duplicate_of_plain_news),
        cmocka_unit_test(what_is_hidden_by_hand_stays_hidden),
        cmocka_unit_test(a_clock_that_is_not_set),
        cmocka_unit_test(steps_of_the_clock),
        cmocka_unit_test(a_clock_that_went_back),
        cmocka_unit_test(no_date_is_special),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
