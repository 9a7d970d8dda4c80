/* A source's headlines as bytes and back; whatever else the bytes may be. */
#include "wire/snapshot.h"

#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void set(struct headline *headline, enum headline_field field, const char *text)
{
    headline_set(headline, field, text, strlen(text));
}

static void fill(struct headline *headline, const char *text)
{
    headline_init(headline);
    set(headline, HEADLINE_TEXT, text);
    set(headline, HEADLINE_SUMMARY, "Die Brücke bleibt bis Mai gesperrt.");
    set(headline, HEADLINE_LINK, "https://h.test/1");
    set(headline, HEADLINE_CATEGORIES, "Verkehr\nHafen");
    headline->published = 1700000000;
    headline->updated = HEADLINE_NO_TIME;
    headline->expires = -1;
    headline->first_seen = 1700000100;
    headline->flash = true;
    headline_identify(headline);
}

static const struct snapshot example = {
    .key = 77,
    .generation = 5,
    .at = 1700000200,
    .was_feed = true,
    .name = "Hafenbote",
    .found = "https://h.test/feed",
    .validators = {.etag = "\"a\"", .modified = "Sun, 06 Nov 1994 08:49:37 GMT"},
};

static void pack(struct buffer *out)
{
    struct headline headline;
    snapshot_begin(out, &example);
    fill(&headline, "Ferry runs again");
    snapshot_add(out, &headline);
    fill(&headline, "橋が開通 🌉");
    snapshot_add(out, &headline);
    snapshot_end(out);
    assert_false(out->failed);
}

static void comes_back_as_it_was(void **state)
{
    (void)state;
    struct buffer bytes = {0};
    struct snapshot_reader reader;
    struct snapshot head;
    struct headline headline, want;
    pack(&bytes);
    assert_true(snapshot_open(&reader, bytes.bytes, bytes.length, &head));
    assert_int_equal(head.key, 77);
    assert_int_equal(head.generation, 5);
    assert_int_equal(head.at, 1700000200);
    assert_true(head.was_feed);
    assert_string_equal(head.name, "Hafenbote");
    assert_string_equal(head.found, "https://h.test/feed");
    assert_string_equal(head.validators.etag, "\"a\"");
    assert_string_equal(head.validators.modified, "Sun, 06 Nov 1994 08:49:37 GMT");
    static const char *const texts[] = {"Ferry runs again", "橋が開通 🌉"};
    for (size_t i = 0; i < 2; i++) {
        assert_true(snapshot_next(&reader, &headline));
        fill(&want, texts[i]);
        assert_int_equal(headline.published, want.published);
        assert_true(headline.updated == HEADLINE_NO_TIME);
        assert_int_equal(headline.expires, -1);
        assert_int_equal(headline.first_seen, want.first_seen);
        assert_true(headline.identity == want.identity);
        assert_true(headline.flash);
        for (int f = 0; f < HEADLINE_FIELDS; f++) {
            assert_string_equal(headline_get(&headline, (enum headline_field)f),
                                headline_get(&want, (enum headline_field)f));
        }
    }
    assert_false(snapshot_next(&reader, &headline));
    snapshot_renumber(&bytes, 6);
    assert_true(snapshot_open(&reader, bytes.bytes, bytes.length, &head));
    assert_int_equal(head.generation, 6);
    buffer_fini(&bytes);
}

/* Read in an array of just that length, so that a sanitizer sees every byte too many. */
static bool opens(const char *bytes, size_t length)
{
    struct snapshot_reader reader;
    struct snapshot head;
    struct headline headline;
    char *own = malloc(length ? length : 1);
    memcpy(own, bytes, length);
    bool open = snapshot_open(&reader, own, length, &head);
    while (open && snapshot_next(&reader, &headline)) {
    }
    free(own);
    return open;
}

static void any_damage_is_seen(void **state)
{
    (void)state;
    struct buffer bytes = {0};
    pack(&bytes);
    assert_true(opens(bytes.bytes, bytes.length));
    for (size_t length = 0; length < bytes.length; length++) {
        assert_false(opens(bytes.bytes, length));
    }
    for (size_t i = 0; i < bytes.length; i++) {
        for (int bit = 0; bit < 8; bit++) {
            bytes.bytes[i] = (char)(bytes.bytes[i] ^ (1 << bit));
            assert_false(opens(bytes.bytes, bytes.length));
            bytes.bytes[i] = (char)(bytes.bytes[i] ^ (1 << bit));
        }
    }
    buffer_byte(&bytes, 0);
    assert_false(opens(bytes.bytes, bytes.length));
    buffer_fini(&bytes);
}

/* With a checksum that is right: written by something else than us. */
static void forged_content_is_bounded(void **state)
{
    (void)state;
    struct buffer bytes = {0};
    uint32_t random = 1;
    for (int i = 0; i < 20000; i++) {
        pack(&bytes);
        for (int n = 0; n < 3; n++) {
            random = random * 1664525 + 1013904223;
            bytes.bytes[20 + (random >> 8) % (bytes.length - 20)] = (char)(random >> 3);
        }
        snapshot_renumber(&bytes, 9); /* seals it anew */
        opens(bytes.bytes, bytes.length);
    }
    buffer_fini(&bytes);
}

static void what_is_no_text_does_not_air(void **state)
{
    (void)state;
    static const char *const bad[] = {"\x1b[31m", "\xff\xfe", "two\nlines", "del\x7f"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct buffer bytes = {0};
        struct snapshot_reader reader;
        struct snapshot head;
        struct headline headline;
        snapshot_begin(&bytes, &example);
        fill(&headline, "Good");
        snapshot_add(&bytes, &headline);
        fill(&headline, bad[i]);
        snapshot_add(&bytes, &headline);
        snapshot_end(&bytes);
        assert_true(snapshot_open(&reader, bytes.bytes, bytes.length, &head));
        assert_true(snapshot_next(&reader, &headline));
        assert_false(snapshot_next(&reader, &headline));
        assert_false(snapshot_next(&reader, &headline));
        buffer_fini(&bytes);
    }
}

static void keys_differ(void **state)
{
    (void)state;
    assert_true(snapshot_key("https://h.test/a") == snapshot_key("https://h.test/a"));
    assert_true(snapshot_key("https://h.test/a") != snapshot_key("https://h.test/b"));
    assert_true(snapshot_key("") != 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back_as_it_was),
        cmocka_unit_test(any_damage_is_seen),
        cmocka_unit_test(forged_content_is_bounded),
        cmocka_unit_test(what_is_no_text_does_not_air),
        cmocka_unit_test(keys_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
