/* Who must leave when too many come, and when. Sockets are numbers here. */
#include "host/web_crowd.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct web_crowd crowd;

static struct web_peer peer(uint8_t number)
{
    return (struct web_peer){.bytes = {[15] = number}};
}

/* Enters FD of address NUMBER at MS; who must leave for it. */
static int enter(int fd, uint8_t number, int64_t ms, struct web_crowd_member **member)
{
    struct web_peer who = peer(number);
    int leaver;
    struct web_crowd_member *entered = web_crowd_enter(&crowd, fd, &who, ms, &leaver);
    if (member) {
        *member = entered;
    }
    return leaver;
}

static struct web_crowd_member *find(int fd)
{
    for (size_t i = 0; i < WEB_CROWD_MOST; i++) {
        if (crowd.members[i].state != WEB_CROWD_FREE && crowd.members[i].fd == fd) {
            return &crowd.members[i];
        }
    }
    return NULL;
}

/* A thousand who say nothing, of many addresses; each that is told to leave does. */
static void test_the_silent_push_out_each_other(void **state)
{
    struct web_crowd_member *good;
    int64_t now = 1000;
    (void)state;
    web_crowd_init(&crowd, 1024);
    assert_int_equal(enter(5, 1, now, &good), -1);
    web_crowd_ask(good, now);
    for (int fd = 10; fd < 1010; fd++) {
        int leaver = enter(fd, (uint8_t)(2 + fd % 50), now + fd, NULL);
        assert_int_not_equal(leaver, 5);
        assert_int_not_equal(leaver, fd);
        if (leaver >= 0) {
            web_crowd_leave(&crowd, find(leaver));
        }
        assert_true(crowd.count <= crowd.most);
    }
    assert_int_equal(good->state, WEB_CROWD_BUSY);
    /* The oldest of them makes room for one who comes now. */
    int leaver = enter(2000, 1, now + 2000, &good);
    assert_int_equal(leaver, 1010 - (int)crowd.most + 1);
    assert_non_null(good);
}

static void test_an_address_has_its_share(void **state)
{
    (void)state;
    web_crowd_init(&crowd, 1024);
    assert_int_equal(crowd.peer_most, WEB_CROWD_PEER);
    assert_int_equal(enter(5000, 9, 0, NULL), -1);
    for (int fd = 0; fd < WEB_CROWD_PEER; fd++) {
        assert_int_equal(enter(fd, 1, 100 + fd, NULL), -1);
    }
    /* Its own oldest, not the older one of somebody else. */
    assert_int_equal(enter(900, 1, 5000, NULL), 0);
}

static void test_who_asked_stays(void **state)
{
    struct web_crowd_member *member;
    (void)state;
    web_crowd_init(&crowd, 0);
    size_t most = crowd.most;
    for (size_t i = 0; i < most; i++) {
        assert_int_equal(enter((int)i, (uint8_t)i, (int64_t)i, &member), -1);
        web_crowd_ask(member, (int64_t)i);
    }
    /* All are busy: there is no room. */
    assert_int_equal(enter(100, 100, 1000, &member), 100);
    assert_int_equal(member->state, WEB_CROWD_LEAVES);
    web_crowd_ask(member, 1000);
    assert_int_equal(member->state, WEB_CROWD_LEAVES);
    web_crowd_leave(&crowd, member);
    /* One that has been answered makes room, one that has not asked sooner. */
    web_crowd_answer(find(3), 2000);
    assert_int_equal(enter(101, 101, 2001, NULL), 3);
    web_crowd_leave(&crowd, find(3));
    web_crowd_answer(find(4), 2002);
    assert_int_equal(enter(102, 102, 2003, NULL), 101);
    assert_int_equal(crowd.count, most);
}

static void test_the_slow_leave(void **state)
{
    struct web_crowd_member *silent, *busy, *idle;
    (void)state;
    web_crowd_init(&crowd, 1024);
    assert_int_equal(web_crowd_wait_ms(&crowd, 0), -1);
    enter(1, 1, 0, &silent);
    enter(2, 1, 0, &busy);
    enter(3, 1, 0, &idle);
    web_crowd_ask(busy, 100);
    web_crowd_ask(idle, 100);
    web_crowd_answer(idle, 200);
    assert_int_equal(web_crowd_wait_ms(&crowd, 0), WEB_CROWD_ASK_MS);
    assert_int_equal(web_crowd_late(&crowd, WEB_CROWD_ASK_MS - 1), -1);
    assert_int_equal(web_crowd_late(&crowd, WEB_CROWD_ASK_MS), 1);
    assert_int_equal(web_crowd_late(&crowd, WEB_CROWD_ASK_MS), -1);
    assert_int_equal(web_crowd_wait_ms(&crowd, WEB_CROWD_ASK_MS), 200);
    assert_int_equal(web_crowd_late(&crowd, 200 + WEB_CROWD_ASK_MS), 3);
    assert_int_equal(web_crowd_late(&crowd, 99 + WEB_CROWD_TAKE_MS), -1);
    assert_int_equal(web_crowd_late(&crowd, 100 + WEB_CROWD_TAKE_MS), 2);
    assert_int_equal(crowd.count, 0);
    web_crowd_leave(&crowd, NULL);
    web_crowd_ask(NULL, 0);
}

/* Those that were told to leave take their time: there is room to remember some, then none. */
static void test_the_table_fills_up(void **state)
{
    (void)state;
    web_crowd_init(&crowd, 1024);
    for (int fd = 0; fd < WEB_CROWD_MOST; fd++) {
        enter(fd, (uint8_t)fd, fd, NULL);
    }
    struct web_crowd_member *member;
    assert_int_equal(enter(9999, 1, 9999, &member), 9999);
    assert_null(member);
    assert_int_equal(crowd.count, crowd.most);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_silent_push_out_each_other),
        cmocka_unit_test(test_an_address_has_its_share),
        cmocka_unit_test(test_who_asked_stays),
        cmocka_unit_test(test_the_slow_leave),
        cmocka_unit_test(test_the_table_fills_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
