/* The pool against a plain model (one string per field), and the identity. */
#include "base/headline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

enum { LONGEST = 9000 };

/* The caps in bytes, once more. */
static const size_t caps[HEADLINE_FIELDS] = {1600, 8000, 400, 2048, 1024, 2048, 1024, 35};

struct model {
    char texts[HEADLINE_FIELDS][LONGEST + 1];
};

static void assert_same(const struct headline *headline, const struct model *model)
{
    size_t bytes = 1;
    for (int i = 0; i < HEADLINE_FIELDS; i++) {
        const char *text = headline_get(headline, (enum headline_field)i);
        assert_string_equal(text, model->texts[i]);
        assert_int_equal(headline->at[i] == 0, *text == '\0');
        bytes += *text ? strlen(text) + 1 : 0;
    }
    assert_int_equal(headline->used, bytes);
    assert_int_equal(headline_bytes(headline), offsetof(struct headline, pool) + bytes);
    assert_true(headline->used <= HEADLINE_POOL_BYTES);
}

static void model_set(struct model *model, int field, const char *text, size_t length)
{
    if (length > caps[field]) {
        length = caps[field];
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) {
            length--;
        }
    }
    memcpy(model->texts[field], text, length);
    model->texts[field][length] = '\0';
}

/* Valid UTF-8 of LENGTH bytes, or up to 3 less. */
static size_t random_text(char *out, size_t length)
{
    static const uint32_t tops[] = {0x7E, 0x7FF, 0xD7FF, 0x10FFFF};
    size_t used = 0;
    while (used + 4 <= length) {
        uint32_t top = tops[rand() % 4];
        used += utf8_encode(0x20 + (uint32_t)rand() % (top - 0x20), out + used);
    }
    return used;
}

static struct headline *new_headline(void)
{
    struct headline *headline = malloc(sizeof *headline);
    assert_non_null(headline);
    memset(headline, 0xA5, sizeof *headline);
    headline_init(headline);
    return headline;
}

static void begins_empty(void **state)
{
    (void)state;
    static struct model empty;
    struct headline *headline = new_headline();
    assert_same(headline, &empty);
    assert_true(headline->published == HEADLINE_NO_TIME);
    assert_true(headline->updated == HEADLINE_NO_TIME);
    assert_true(headline->expires == HEADLINE_NO_TIME);
    assert_true(headline->first_seen == HEADLINE_NO_TIME);
    assert_int_equal(headline->identity, 0);
    free(headline);
}

/* The address sanitizer watches the end of the pool. */
static void holds_every_field_at_its_cap(void **state)
{
    (void)state;
    static struct model model;
    static char text[LONGEST];
    struct headline *headline = new_headline();
    memset(text, 'x', sizeof text);
    for (int round = 0; round < 3; round++) {
        for (int i = HEADLINE_FIELDS - 1; i >= 0; i--) {
            headline_set(headline, (enum headline_field)i, text, sizeof text);
            model_set(&model, i, text, sizeof text);
            assert_same(headline, &model);
        }
    }
    free(headline);
}

static void replaces_in_any_order(void **state)
{
    (void)state;
    static struct model model;
    static char text[LONGEST];
    struct headline *headline = new_headline();
    srand(11);
    for (int round = 0; round < 20000; round++) {
        int field = rand() % HEADLINE_FIELDS;
        size_t most = rand() % 3 ? 60 : LONGEST;
        size_t length = rand() % 5 ? random_text(text, (size_t)rand() % most) : 0;
        headline_set(headline, (enum headline_field)field, text, length);
        model_set(&model, field, text, length);
        assert_same(headline, &model);
    }
    free(headline);
}

static void cuts_before_the_code_point_that_passes_the_cap(void **state)
{
    (void)state;
    struct headline *headline = new_headline();
    char text[40] = "";
    memset(text, 'x', 34);
    memcpy(text + 34, "\xC3\xA9", 2);
    headline_set(headline, HEADLINE_LANG, text, 36);
    assert_int_equal(strlen(headline_get(headline, HEADLINE_LANG)), 34);
    headline_set(headline, HEADLINE_LANG, text + 1, 35);
    assert_int_equal(strlen(headline_get(headline, HEADLINE_LANG)), 35);
    free(headline);
}

static void ends_a_text_at_a_nul(void **state)
{
    (void)state;
    static struct model model;
    struct headline *headline = new_headline();
    headline_set(headline, HEADLINE_TEXT, "ab\0cd", 5);
    model_set(&model, HEADLINE_TEXT, "ab", 2);
    assert_same(headline, &model);
    headline_set(headline, HEADLINE_TEXT, "\0cd", 3);
    model.texts[HEADLINE_TEXT][0] = '\0';
    assert_same(headline, &model);
    headline_set(headline, HEADLINE_TEXT, NULL, 0);
    assert_same(headline, &model);
    free(headline);
}

static uint64_t identity_of(const char *id, const char *link, const char *text)
{
    struct headline *headline = new_headline();
    headline_set(headline, HEADLINE_TEXT, text, strlen(text));
    headline_set(headline, HEADLINE_LINK, link, strlen(link));
    headline_set(headline, HEADLINE_ID, id, strlen(id));
    uint64_t identity = headline_identify(headline);
    assert_true(identity != 0);
    assert_true(identity == headline->identity);
    free(headline);
    return identity;
}

static void identity_is_id_else_link_else_text(void **state)
{
    (void)state;
    assert_true(identity_of("1", "a", "x") == identity_of("1", "b", "y"));
    assert_true(identity_of("1", "a", "x") != identity_of("2", "a", "x"));
    assert_true(identity_of("", "a", "x") == identity_of("", "a", "y"));
    assert_true(identity_of("", "a", "x") != identity_of("", "b", "x"));
    assert_true(identity_of("", "", "x") == identity_of("", "", "x"));
    assert_true(identity_of("", "", "x") != identity_of("", "", "y"));
    /* The same words in another field are another item. */
    assert_true(identity_of("w", "", "") != identity_of("", "w", ""));
    assert_true(identity_of("", "w", "") != identity_of("", "", "w"));
    assert_true(identity_of("", "", "") != 0);
}

static void a_short_copy_is_the_headline(void **state)
{
    (void)state;
    static struct model model;
    struct headline *headline = new_headline();
    headline_set(headline, HEADLINE_TEXT, "Rain", 4);
    headline_set(headline, HEADLINE_LANG, "en", 2);
    model_set(&model, HEADLINE_TEXT, "Rain", 4);
    model_set(&model, HEADLINE_LANG, "en", 2);
    struct headline *copy = malloc(sizeof *copy);
    assert_non_null(copy);
    memcpy(copy, headline, headline_bytes(headline));
    free(headline);
    assert_same(copy, &model);
    free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(begins_empty),
        cmocka_unit_test(holds_every_field_at_its_cap),
        cmocka_unit_test(replaces_in_any_order),
        cmocka_unit_test(cuts_before_the_code_point_that_passes_the_cap),
        cmocka_unit_test(ends_a_text_at_a_nul),
        cmocka_unit_test(identity_is_id_else_link_else_text),
        cmocka_unit_test(a_short_copy_is_the_headline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
