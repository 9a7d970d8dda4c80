/* What an order may say, what it may not, and that nothing of a refused one is done. */
#include "host/order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/utf8.h"

enum { NOW = 1795521600 /* 2026-11-24T12:00:00Z */, DAY_S = 24 * 3600 };

static struct order order;
static struct message message;
static char error[ORDER_ERROR_BYTES];

static bool read_as(enum order_kind kind, const char *json)
{
    error[0] = '\0';
    return order_read(&order, kind, json, strlen(json), NOW, error);
}

static const char *field(enum headline_field which)
{
    return headline_get(&order.headline, which);
}

static void takes_a_flash(void **state)
{
    (void)state;
    assert_true(read_as(ORDER_FLASH,
                        "{\"text\": \"Harbour closed\", \"source\": \"Desk\", "
                        "\"expires_in_s\": 60, \"style\": \"takeover\", "
                        "\"id\": \"a-1\"}"));
    assert_string_equal(field(HEADLINE_TEXT), "Harbour closed");
    assert_string_equal(field(HEADLINE_SOURCE), "Desk");
    assert_string_equal(field(HEADLINE_ID), "a-1");
    assert_true(order.headline.flash);
    assert_int_equal(order.headline.style, HEADLINE_TAKEOVER);
    assert_int_equal(order.headline.expires, NOW + 60);
    assert_int_equal(order.headline.published, HEADLINE_NO_TIME);
    assert_int_not_equal(order.headline.identity, 0);
    assert_true(read_as(ORDER_FLASH, "{\"text\": \"x\"}"));
    assert_int_equal(order.headline.style, HEADLINE_STYLE_UNSET);
    assert_int_equal(order.headline.expires, NOW + 900);
    assert_string_equal(field(HEADLINE_SOURCE), "");
}

static void takes_a_headline(void **state)
{
    (void)state;
    assert_true(read_as(ORDER_HEADLINE,
                        "{\"text\":\"Canteen\",\"until\":\"2026-11-24T13:00:00+01:00\","
                        "\"source\":\"House\"}") == false); /* that is now */
    assert_true(
        read_as(ORDER_HEADLINE,
                "{\"text\":\"Canteen\",\"until\":\"2026-11-24T13:00:01+01:00\"}"));
    assert_false(order.headline.flash);
    assert_int_equal(order.headline.expires, NOW + 1);
    assert_true(read_as(ORDER_HEADLINE, "{\"text\":\"Canteen\"}"));
    assert_int_equal(order.headline.expires, NOW + DAY_S);
}

/* Twice the same order is one; other words, or the other kind, are another. */
static void makes_ids(void **state)
{
    (void)state;
    char first[64];
    assert_true(read_as(ORDER_FLASH, "{\"text\":\"Harbour closed\"}"));
    snprintf(first, sizeof first, "%s", field(HEADLINE_ID));
    assert_int_equal(strlen(first), 16);
    assert_int_equal(strspn(first, "0123456789abcdef"), 16);
    assert_true(
        read_as(ORDER_FLASH, "{\"expires_in_s\":5,\"text\":\" Harbour  closed\"}"));
    assert_string_equal(field(HEADLINE_ID), first);
    assert_true(read_as(ORDER_FLASH, "{\"text\":\"Harbour open\"}"));
    assert_string_not_equal(field(HEADLINE_ID), first);
    assert_true(read_as(ORDER_HEADLINE, "{\"text\":\"Harbour closed\"}"));
    assert_string_not_equal(field(HEADLINE_ID), first);
}

static void cleans(void **state)
{
    (void)state;
    static const struct {
        const char *text, *clean;
    } cases[] = {
        {"  a\\n\\tb \xc2\xa0 c ", "a b c"},
        {"a\\u202eb\\u2066c\\u200fd", "abcd"},
        {"a\\u0001b\\u007f\\u0085c", "abc"},
        {"\\ud83d\\ude00 ok", "\xf0\x9f\x98\x80 ok"},
        {"<b>&amp;</b>", "<b>&amp;</b>"},
        {"e\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301\\u0301",
         "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81"},
        {"\\u0645\\u200c\\u06cc", "\xd9\x85\xe2\x80\x8c\xdb\x8c"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char json[400];
        snprintf(json, sizeof json, "{\"text\":\"%s\",\"source\":\"%s\"}", cases[i].text,
                 cases[i].text);
        assert_true(read_as(ORDER_FLASH, json));
        assert_string_equal(field(HEADLINE_TEXT), cases[i].clean);
        assert_string_equal(field(HEADLINE_SOURCE), cases[i].clean);
    }
}

static void takes_the_others(void **state)
{
    (void)state;
    assert_true(read_as(ORDER_CLEAR, "{\"id\":\"https://example.org/?a=1&b=2#c\"}"));
    assert_string_equal(field(HEADLINE_ID), "https://example.org/?a=1&b=2#c");
    assert_true(read_as(ORDER_HIDE, "{\"id\":\"x\"}"));
    assert_true(read_as(ORDER_SPEED, "{\"percent\":10}"));
    assert_int_equal(order.percent, 10);
    assert_string_equal(order.lane, "");
    assert_true(read_as(ORDER_SPEED, "{\"percent\":400,\"lane\":\"crawl\"}"));
    assert_int_equal(order.percent, 400);
    assert_string_equal(order.lane, "crawl");
    assert_true(read_as(ORDER_PAUSE, ""));
    assert_true(order.on);
    assert_true(read_as(ORDER_PAUSE, "{\"paused\":false}"));
    assert_false(order.on);
    assert_true(read_as(ORDER_RELOAD, ""));
    assert_true(read_as(ORDER_RELOAD, " {} "));
}

static const struct {
    enum order_kind kind;
    const char *json, *why;
} refused[] = {
    {ORDER_FLASH, "", "\"text\" is missing"},
    {ORDER_FLASH, "{", "broken JSON"},
    {ORDER_FLASH, "{\"text\":\"a\"} x", "broken JSON"},
    {ORDER_FLASH, "{\"text\":\"a\",}", "broken JSON"},
    {ORDER_FLASH, "\"text\"", "broken JSON"},
    {ORDER_FLASH, "[]", "nested"},
    {ORDER_FLASH, "[[[[", "nested"},
    {ORDER_FLASH, "{\"text\":{\"a\":1}}", "nested"},
    {ORDER_FLASH, "{\"text\":[\"a\"]}", "nested"},
    {ORDER_FLASH, "{\"text\":\"a\",\"text\":\"b\"}", "second time"},
    {ORDER_FLASH, "{\"text\":\"a\\u0000b\"}", "broken JSON"},
    {ORDER_FLASH, "{\"te\\u0000xt\":\"a\"}", "broken JSON"},
    {ORDER_FLASH, "{\"text\":\"\\ud800\"}", "broken JSON"},
    {ORDER_FLASH, "{\"text\":\"\\ude00\\ud83d\"}", "broken JSON"},
    {ORDER_FLASH, "{\"text\":\"\xed\xa0\x80\"}", "broken JSON"},
    {ORDER_FLASH, "{\"text\":\"\xff\"}", "broken JSON"},
    {ORDER_FLASH, "{\"text\":1}", "\"text\" must be a string"},
    {ORDER_FLASH, "{\"text\":null}", "\"text\" must be a string"},
    {ORDER_FLASH, "{\"text\":\"\"}", "nothing in it"},
    {ORDER_FLASH, "{\"text\":\" \\u200b\\u202e\"}", "nothing in it"},
    {ORDER_FLASH, "{\"text\":\"a\",\"txet\":1}", "did you mean \"text\"?"},
    {ORDER_FLASH, "{\"text\":\"a\",\"<\\\"\\n>\":1}", "a key that no such order has"},
    {ORDER_FLASH, "{\"text\":\"a\",\"until\":\"2027-01-01T00:00:00Z\"}", "no key"},
    {ORDER_FLASH, "{\"text\":\"a\",\"do\":\"flash\"}", "no key"},
    {ORDER_FLASH, "{\"text\":\"a\",\"expires_in_s\":0}", "at least 1"},
    {ORDER_FLASH, "{\"text\":\"a\",\"expires_in_s\":-9223372036854775808}", "at least 1"},
    {ORDER_FLASH, "{\"text\":\"a\",\"expires_in_s\":9223372036854775807}",
     "more than a year"},
    {ORDER_FLASH, "{\"text\":\"a\",\"expires_in_s\":99999999999999999999}",
     "broken JSON"},
    {ORDER_FLASH, "{\"text\":\"a\",\"expires_in_s\":1e999}", "broken JSON"},
    {ORDER_FLASH, "{\"text\":\"a\",\"expires_in_s\":900.0}", "whole number"},
    {ORDER_FLASH, "{\"text\":\"a\",\"expires_in_s\":\"900\"}", "whole number"},
    {ORDER_FLASH, "{\"text\":\"a\",\"expires_in_s\":true}", "whole number"},
    {ORDER_FLASH, "{\"text\":\"a\",\"style\":\"Banner\"}", "none of: inline, banner"},
    {ORDER_FLASH, "{\"text\":\"a\",\"style\":\"\"}", "none of: inline, banner"},
    {ORDER_FLASH, "{\"text\":\"a\",\"id\":\"\"}", "\"id\" is empty"},
    {ORDER_FLASH, "{\"text\":\"a\",\"id\":\"a\\nb\"}", "cannot be seen"},
    {ORDER_FLASH, "{\"text\":\"a\",\"id\":\" a\"}", "cannot be seen"},
    {ORDER_FLASH, "{\"text\":\"a\",\"id\":\"a \"}", "cannot be seen"},
    {ORDER_FLASH, "{\"text\":\"a\",\"id\":\"a\\u202e\"}", "cannot be seen"},
    {ORDER_HEADLINE, "{\"text\":\"a\",\"until\":\"2026-11-24T12:00:00Z\"}",
     "in the past"},
    {ORDER_HEADLINE, "{\"text\":\"a\",\"until\":\"0001-01-01T00:00:00Z\"}",
     "in the past"},
    {ORDER_HEADLINE, "{\"text\":\"a\",\"until\":\"9999-12-31T23:59:59Z\"}",
     "more than a year ahead"},
    {ORDER_HEADLINE, "{\"text\":\"a\",\"until\":\"tomorrow\"}", "is no time"},
    {ORDER_HEADLINE, "{\"text\":\"a\",\"until\":1795521601}", "must be a string"},
    {ORDER_HEADLINE, "{\"text\":\"a\",\"style\":\"banner\"}", "no key"},
    {ORDER_CLEAR, "{}", "\"id\" is missing"},
    {ORDER_HIDE, "{\"id\":1}", "\"id\" must be a string"},
    {ORDER_SPEED, "{}", "\"percent\" is missing"},
    {ORDER_SPEED, "{\"percent\":9}", "from 10 to 400"},
    {ORDER_SPEED, "{\"percent\":401}", "from 10 to 400"},
    {ORDER_SPEED, "{\"percent\":4294967396}", "from 10 to 400"},
    {ORDER_PAUSE, "{\"paused\":1}", "true or false"},
    {ORDER_PAUSE, "{\"paused\":\"no\"}", "true or false"},
    {ORDER_RELOAD, "{\"now\":true}", "no key"},
};

static void refuses(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        bool taken = read_as(refused[i].kind, refused[i].json);
        if (taken || !strstr(error, refused[i].why)) {
            fail_msg("%s: %s", refused[i].json, taken ? "taken" : error);
        }
    }
}

/* Lengths, around each cap. */
static void bounds_lengths(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        size_t most;
        const char *unit; /* a code point of it */
    } cases[] = {
        {"text", 400, "x"},
        {"text", 400, "\xf0\x9f\x98\x80"},
        {"source", 100, "\xc3\xa9"},
        {"id", 200, "x"},
    };
    static char json[ORDER_BYTES + 8];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t n = cases[i].most; n <= cases[i].most + 1; n++) {
            size_t at = (size_t)snprintf(json, sizeof json, "{%s\"%s\":\"",
                                         i < 2 ? "" : "\"text\":\"a\",", cases[i].key);
            for (size_t k = 0; k < n; k++) {
                at += (size_t)snprintf(json + at, sizeof json - at, "%s", cases[i].unit);
            }
            snprintf(json + at, sizeof json - at, "\"}");
            assert_int_equal(read_as(ORDER_FLASH, json), n == cases[i].most);
        }
    }
    /* The longest body there may be: nothing but white space within it. */
    memset(json, ' ', sizeof json);
    memcpy(json, "{\"text\":\"a\"", 11);
    json[ORDER_BYTES - 1] = '}';
    assert_true(order_read(&order, ORDER_FLASH, json, ORDER_BYTES, NOW, error));
    json[ORDER_BYTES] = ' ';
    assert_false(order_read(&order, ORDER_FLASH, json, ORDER_BYTES + 1, NOW, error));
    assert_non_null(strstr(error, "too large"));
    /* A whole body of brackets, and one string that is as long as a body may be. */
    memset(json, '[', sizeof json);
    assert_false(order_read(&order, ORDER_FLASH, json, ORDER_BYTES, NOW, error));
    memset(json, 'x', sizeof json);
    memcpy(json, "{\"text\":\"", 9);
    memcpy(json + ORDER_BYTES - 2, "\"}", 2);
    assert_false(order_read(&order, ORDER_FLASH, json, ORDER_BYTES, NOW, error));
    assert_non_null(strstr(error, "at most 400"));
}

/* Bytes behind the length are nobody's, and a '\0' within it is a fault. */
static void minds_the_length(void **state)
{
    (void)state;
    assert_true(order_read(&order, ORDER_FLASH, "{\"text\":\"a\"}}}}", 12, NOW, error));
    assert_false(order_read(&order, ORDER_FLASH, "{\"text\":\"a\"}\0", 13, NOW, error));
    char *exact = malloc(12);
    memcpy(exact, "{\"text\":\"a\\\"", 12); /* ends within a string */
    assert_false(order_read(&order, ORDER_FLASH, exact, 12, NOW, error));
    free(exact);
}

static void knows_names(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        int kind; /* -1 = refused */
    } cases[] = {
        {"{\"do\":\"flash\",\"text\":\"a\"}", ORDER_FLASH},
        {"{\"id\":\"a\",\"do\":\"clear\"}", ORDER_CLEAR},
        {"{\"do\":\"headline\",\"text\":\"a\"}", ORDER_HEADLINE},
        {"{\"do\":\"hide\",\"id\":\"a\"}", ORDER_HIDE},
        {"{\"do\":\"reload\"}", ORDER_RELOAD},
        {"{\"do\":\"speed\",\"percent\":100}", -1},
        {"{\"do\":\"pause\"}", -1},
        {"{\"do\":\"\"}", -1},
        {"{\"do\":1}", -1},
        {"{\"text\":\"a\"}", -1},
        {"[\"do\"]", -1},
        {"", -1},
        {"{\"do\":\"flash\",\"text\":\"a\",\"do\":\"reload\"}", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *json = cases[i].json;
        error[0] = '\0';
        bool taken = order_read_named(&order, json, strlen(json), NOW, error);
        assert_int_equal(taken ? (int)order.kind : -1, cases[i].kind);
        assert_true(taken || *error);
    }
}

static void reads_bare_ids(void **state)
{
    (void)state;
    assert_true(order_read_id(&order, ORDER_CLEAR, "a-1/2", 5, error));
    assert_string_equal(field(HEADLINE_ID), "a-1/2");
    assert_false(order_read_id(&order, ORDER_CLEAR, "", 0, error));
    assert_false(order_read_id(&order, ORDER_CLEAR, "a\0b", 3, error));
    assert_false(order_read_id(&order, ORDER_CLEAR, "\xff", 1, error));
    char long_id[1025];
    memset(long_id, 'x', sizeof long_id);
    assert_true(order_read_id(&order, ORDER_HIDE, long_id, 1024, error));
    assert_false(order_read_id(&order, ORDER_HIDE, long_id, 1025, error));
}

static void limits_flashes(void **state)
{
    (void)state;
    const struct config_flash limits = {.expires_s = 300, .max_expires_s = 3600};
    assert_true(read_as(ORDER_FLASH, "{\"text\":\"a\"}"));
    assert_true(order_limit(&order, &limits, NOW, error));
    assert_int_equal(order.headline.expires, NOW + 300);
    assert_true(read_as(ORDER_FLASH, "{\"text\":\"a\",\"expires_in_s\":3600}"));
    assert_true(order_limit(&order, &limits, NOW, error));
    assert_int_equal(order.headline.expires, NOW + 3600);
    assert_true(read_as(ORDER_FLASH, "{\"text\":\"a\",\"expires_in_s\":3601}"));
    assert_false(order_limit(&order, &limits, NOW, error));
    assert_non_null(strstr(error, "3600"));
    assert_true(read_as(ORDER_HEADLINE, "{\"text\":\"a\"}"));
    assert_true(order_limit(&order, &limits, NOW, error));
}

static void becomes_a_message(void **state)
{
    (void)state;
    assert_true(read_as(ORDER_FLASH, "{\"text\":\"a\",\"style\":\"inline\"}"));
    memset(&message, 0xFF, sizeof message);
    assert_true(order_message(&order, 7, NOW, &message));
    assert_int_equal(message.kind, MESSAGE_HEADLINE);
    assert_true(message.pushed);
    assert_false(message.cached);
    assert_int_equal(message.source, 7);
    assert_int_equal(message.at, NOW);
    assert_int_equal(message.keys.count, 0);
    assert_int_equal(message.headline.style, HEADLINE_INLINE);
    assert_string_equal(headline_get(&message.headline, HEADLINE_TEXT), "a");
    assert_true(read_as(ORDER_SPEED, "{\"percent\":150,\"lane\":\"crawl\"}"));
    assert_true(order_message(&order, 7, NOW, &message));
    assert_int_equal(message.kind, MESSAGE_SPEED);
    assert_int_equal(message.count, 150);
    assert_string_equal(headline_get(&message.headline, HEADLINE_SOURCE), "crawl");
    assert_true(read_as(ORDER_PAUSE, "{\"paused\":false}"));
    assert_true(order_message(&order, 7, NOW, &message));
    assert_int_equal(message.kind, MESSAGE_PAUSE);
    assert_int_equal(message.count, 0);
    assert_true(read_as(ORDER_HIDE, "{\"id\":\"x\"}"));
    assert_true(order_message(&order, 7, NOW, &message));
    assert_int_equal(message.kind, MESSAGE_HIDE);
    assert_true(message_has_headline(&message));
    assert_string_equal(headline_get(&message.headline, HEADLINE_ID), "x");
    assert_true(read_as(ORDER_RELOAD, ""));
    assert_false(order_message(&order, 7, NOW, &message));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_a_flash),    cmocka_unit_test(takes_a_headline),
        cmocka_unit_test(makes_ids),        cmocka_unit_test(cleans),
        cmocka_unit_test(takes_the_others), cmocka_unit_test(refuses),
        cmocka_unit_test(bounds_lengths),   cmocka_unit_test(minds_the_length),
        cmocka_unit_test(knows_names),      cmocka_unit_test(reads_bare_ids),
        cmocka_unit_test(limits_flashes),   cmocka_unit_test(becomes_a_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
