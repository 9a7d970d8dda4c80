/* What is put into web.conf, and that the reader of the configuration gets exactly that back. */
#include "base/webconf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/config.h"

static char error[CONFIG_FAULT_BYTES];

/* One change after the other; NULL takes the section out. */
static void puts_and_takes_away(void **state)
{
    (void)state;
    static const struct {
        const char *before, *name, *url, *after; /* AFTER NULL: refused */
    } cases[] = {
        {"", "A", "http://a", "[source \"A\"]\nurl = http://a\n"},
        {"# hi", "A", "http://a", "# hi\n\n[source \"A\"]\nurl = http://a\n"},
        {"[source \"B\"]\nurl = b\n", "A", "http://a",
         "[source \"B\"]\nurl = b\n\n[source \"A\"]\nurl = http://a\n"},
        {"[source \"A\"]\nurl = x\nkeep = 3\n", "A", "http://a",
         "[source \"A\"]\nurl = http://a\n"},
        {"; one\n[source \"A\"]\nurl = x\nbad line\n\n; two\n[source \"B\"]\nurl = b",
         "A", "http://a",
         "; one\n[source \"A\"]\nurl = http://a\n\n; two\n[source \"B\"]\nurl = b"},
        {"[source \"A\"]\r\nurl = x\r\n[desk]\r\nlap = 1m\r\n", "A", "http://a",
         "[source \"A\"]\nurl = http://a\n[desk]\r\nlap = 1m\r\n"},
        /* Twice there, once afterwards. */
        {"[source \"A\"]\nurl = x\n[source \"B\"]\nurl = b\n[source \"A\"]\nurl = y\n",
         "A", "http://a", "[source \"A\"]\nurl = http://a\n[source \"B\"]\nurl = b\n"},
        /* A header that cannot be read ends a section as well. */
        {"[source \"A\"]\nurl = x\n[source \"B\nurl = b\n", "A", "http://a",
         "[source \"A\"]\nurl = http://a\n[source \"B\nurl = b\n"},
        {"\xEF\xBB\xBF[source \"A\"]\nurl = x\n", "A", "http://a",
         "[source \"A\"]\nurl = http://a\n"},
        {"[source \"A\"]\nurl = x\n[source \"B\"]\nurl = b\n", "A", NULL,
         "[source \"B\"]\nurl = b\n"},
        {"[source \"A\"]\nurl = x", "A", NULL, ""},
        {"[source \"B\"]\nurl = b\n\n; last\n[source \"A\"]\nurl = x\n\n; tail\n", "A",
         NULL, "[source \"B\"]\nurl = b\n\n; last\n\n; tail\n"},
        {"[lane \"A\"]\n[source \"a\"]\nurl = x\n", "A", NULL, NULL},
        {"", "A", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct webconf_pair pair = {"url", cases[i].url};
        size_t length = 0, before = strlen(cases[i].before);
        char *text = cases[i].url ? webconf_set(cases[i].before, before, cases[i].name,
                                                &pair, 1, &length, error)
                                  : webconf_remove(cases[i].before, before, cases[i].name,
                                                   &length, error);
        print_message("%zu\n", i);
        assert_int_equal(text != NULL, cases[i].after != NULL);
        if (text) {
            assert_string_equal(text, cases[i].after);
            assert_int_equal(length, strlen(text));
        }
        free(text);
    }
}

static void refuses_what_the_operator_could_not_write(void **state)
{
    (void)state;
    static char long_name[WEBCONF_NAME_BYTES + 2], long_value[WEBCONF_VALUE_BYTES + 20];
    memset(long_name, 'n', sizeof long_name - 1);
    memset(long_value, 'v', sizeof long_value - 1);
    static const struct {
        const char *name, *key, *value, *says;
    } cases[] = {
        {"A", "url", "http://a\n[web]\nlisten = 0.0.0.0:1", "control character"},
        {"A", "label", "a\rb", "control character"},
        {"A", "label",
         "a\xC2\x85"
         "b",
         "control character"},
        {"A", "label", "a\xFF", "UTF-8"},
        {"A", "label\nurl", "x", "control character"},
        {"A\"]\n[web", "url", "http://a", "name"},
        {"", "url", "http://a", "name"},
        {"*", "url", "http://a", "name"},
        {" A", "url", "http://a", "name"},
        {"A\t", "url", "http://a", "name"},
        {long_name, "url", "http://a", "name"},
        {"A", "label", long_value, "too long"},
        {"A", "ulr", "http://a", "did you mean \"url\"?"},
        {"A", "listen", "x", "did you mean it for [web]?"},
        {"A", "url = http://b #", "x", "unknown key"},
        {"A", "keep", "many", "keep cannot be \"many\"; allowed: 1 to 500"},
        {"A", "every", "1s", "10s"},
        {"A", "http", "3", "allowed: 1.1, 2"},
        {"A", "colour", "red", "#RGB"},
        {"A", "url", "/etc/shadow", "http"},
        {"A", "url", "file:/etc/shadow", "http"},
        {"A", "url", "", "http"},
        {"A", "logo", "/etc/shadow", "http"},
        {"A", "password-file", "/etc/shadow", "operator's"},
        {"A", "ca-file", "", "operator's"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct webconf_pair pair = {cases[i].key, cases[i].value};
        size_t length;
        print_message("%zu\n", i);
        assert_null(webconf_set("", 0, cases[i].name, &pair, 1, &length, error));
        assert_non_null(strstr(error, cases[i].says));
        assert_null(strchr(error, '\n'));
    }
    struct webconf_pair twice[] = {{"url", "http://a"}, {"url", "http://b"}};
    size_t length;
    assert_null(webconf_set("", 0, "A", twice, 2, &length, error));
    static struct webconf_pair many[CONFIG_VALUES + 1];
    for (size_t i = 0; i < CONFIG_VALUES + 1; i++) {
        many[i] = (struct webconf_pair){"exclude", "x"};
    }
    char *text = webconf_set("", 0, "A", many, CONFIG_VALUES, &length, error);
    assert_non_null(text);
    free(text);
    assert_null(webconf_set("", 0, "A", many, CONFIG_VALUES + 1, &length, error));
}

static void never_grows_past_what_is_read(void **state)
{
    (void)state;
    char *full = malloc(CONFIG_FILE_BYTES);
    memset(full, '#', CONFIG_FILE_BYTES);
    struct webconf_pair pair = {"url", "http://a"};
    size_t length;
    assert_null(webconf_set(full, CONFIG_FILE_BYTES, "A", &pair, 1, &length, error));
    assert_non_null(strstr(error, "too long"));
    free(full);
}

/* --- Whatever is in it, comes out of it ------------------------------------------------------ */

static uint32_t seed = 1;

static uint32_t chance(uint32_t below)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % below;
}

/* A text of awkward pieces. */
static void awkward(char *out, size_t pieces)
{
    static const char *const bits[] = {
        "a", " ", "\"", "=", "]", "[",     "#",
        ";", "'", "\\", "%", "é", "\"x\"", "[source \"A\"]"};
    out[0] = '\0';
    for (size_t i = 0; i < pieces; i++) {
        strcat(out, bits[chance(sizeof bits / sizeof *bits)]);
    }
}

static void comes_back_as_it_went_in(void **state)
{
    (void)state;
    char *text = strdup("");
    size_t length = 0;
    char names[8][200] = {""}, labels[8][200], rules[8][200];
    size_t count = 0;
    for (int round = 0; round < 2000; round++) {
        char name[200], label[200], rule[200];
        awkward(name, 1 + chance(5));
        awkward(label, chance(6));
        awkward(rule, 1 + chance(6));
        size_t i = 0;
        if (count > 0 && chance(2)) {
            strcpy(name, names[chance((uint32_t)count)]);
        }
        while (i < count && strcmp(names[i], name) != 0) {
            i++;
        }
        size_t made;
        bool remove = i < count && chance(3) == 0;
        if (i == 8) {
            continue;
        }
        struct webconf_pair pairs[] = {
            {"url", "http://a"}, {"label", label}, {"exclude", "one"}, {"exclude", rule}};
        char *next = remove ? webconf_remove(text, length, name, &made, error)
                            : webconf_set(text, length, name, pairs, 4, &made, error);
        bool blank = name[0] == ' ' || name[strlen(name) - 1] == ' ';
        assert_int_equal(next != NULL, !blank);
        if (!next) {
            continue;
        }
        free(text);
        text = next;
        length = made;
        if (remove) {
            count--;
            memmove(names[i], names[i + 1], (count - i) * sizeof *names);
            memmove(labels[i], labels[i + 1], (count - i) * sizeof *labels);
            memmove(rules[i], rules[i + 1], (count - i) * sizeof *rules);
        } else {
            strcpy(names[i], name);
            strcpy(labels[i], label);
            strcpy(rules[i], rule);
            count += i == count;
        }
        struct config config;
        assert_true(config_init(&config));
        assert_int_equal(config_read(&config, "web.conf", text, length, NULL, NULL), 0);
        assert_int_equal(config.source_count, count);
        for (size_t j = 0; j < count; j++) {
            const struct config_source *source = &config.sources[j];
            assert_string_equal(source->name, names[j]);
            assert_string_equal(source->label, labels[j]);
            assert_int_equal(source->exclude.count, 2);
            assert_string_equal(source->exclude.values[1], rules[j]);
            assert_string_equal(source->file, "web.conf");
        }
        config_fini(&config);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(puts_and_takes_away),
        cmocka_unit_test(refuses_what_the_operator_could_not_write),
        cmocka_unit_test(never_grows_past_what_is_read),
        cmocka_unit_test(comes_back_as_it_went_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
