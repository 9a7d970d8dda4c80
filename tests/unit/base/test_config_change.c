/* Which source is which under another configuration, and whether two say the same. */
#include "base/config_change.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/config_same.h"

static struct config read_it(const char *text)
{
    struct config config;
    assert_true(config_init(&config));
    assert_int_equal(config_read(&config, "t", text, strlen(text), NULL, NULL), 0);
    return config;
}

/* Sources as "NAME=URL NAME=URL". */
static struct config with(const char *sources)
{
    char text[2000] = "", name[64], url[64];
    int taken;
    for (const char *p = sources; sscanf(p, " %63[^=]=%63s%n", name, url, &taken) == 2;
         p += taken) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "[source \"%s\"]\nurl = %s\n", name,
                 url);
    }
    return read_it(text);
}

static void finds_what_stays(void **state)
{
    (void)state;
    static const struct {
        const char *before, *now;
        int to[4];
    } cases[] = {
        {"A=a B=b C=c", "A=a B=b C=c", {0, 1, 2}},
        {"A=a B=b C=c", "C=c A=a", {1, -1, 0}},
        {"A=a", "N=n A=a", {1}},
        {"A=a B=b", "", {-1, -1}},
        {"A=a", "A=b", {-1}},           /* another address is another source */
        {"A=a", "Z=a", {0}},            /* another name is not */
        {"A=a B=a", "B=a A=a", {1, 0}}, /* names tell those of one address apart */
        {"A=a B=a", "B=a Z=a", {1, 0}}, /* whoever has its name goes first */
        {"A=a B=a", "B=a", {-1, 0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct config before = with(cases[i].before), now = with(cases[i].now);
        static struct config_change change;
        change = (struct config_change){.config = &now};
        config_change_match(&change, &before);
        for (size_t j = 0; j < before.source_count; j++) {
            uint16_t wanted = cases[i].to[j] < 0 ? CONFIG_GONE : (uint16_t)cases[i].to[j];
            assert_int_equal(config_change_of(&change, j), wanted);
        }
        /* What was pushed is past all sources, before and after. */
        assert_int_equal(config_change_of(&change, before.source_count),
                         now.source_count);
        config_fini(&before);
        config_fini(&now);
    }
}

static void typed_and_configured_are_two(void **state)
{
    (void)state;
    static struct config_change change;
    struct config before = with("A=a"), now = with("");
    assert_non_null(config_add_source(&now, "a"));
    change = (struct config_change){.config = &now};
    config_change_match(&change, &before);
    assert_int_equal(change.to[0], CONFIG_GONE);
    config_fini(&before);
    config_fini(&now);
}

#define LANE "[lane \"x\"]\nmotion = flip\n"
#define URL  "[source \"A\"]\nurl = a\n"

static void tells_what_differs(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool display, lanes, rules, news;
    } cases[] = {
        {URL, URL "# a comment\n", true, true, true, true},
        {URL,
         URL "every = 10m\nweight = 3\nkeep = 4\nmax-age = 2d\ncolour = #fff\nlogo = l",
         true, true, true, true},
        {URL, URL "every = 300s\nlan = no", true, true, true, true},
        {URL, URL "flash = yes", true, true, true, false},
        {URL, URL "label = L", true, true, true, false},
        {URL, URL "header = X: y", true, true, true, false},
        {URL "header = X: y", URL "header = X: z", true, true, true, false},
        {URL "exclude = a\nexclude = b", URL "exclude = a", true, true, true, false},
        {URL "user = u", URL "user = v", true, true, true, false},
        {URL, URL "[display]\ntheme = day", false, true, true, true},
        {URL, URL "[display]\nsafe-area = 1 2 3 4", false, true, true, true},
        {URL, URL "[display]\nclock = off", false, true, true, true},
        {URL, URL "[display]\nrotation = 90", false, true, true, true},
        {URL, URL LANE, true, false, true, true},
        {URL LANE, URL LANE "area = 0 0 50 50", true, false, true, true},
        {URL LANE, URL LANE "speed = 100 wpm", true, false, true, true},
        {URL LANE, URL LANE "hold = 20s", true, false, true, true},
        {URL LANE, URL "[lane \"y\"]\nmotion = flip\n", true, false, true, true},
        {URL, URL "[desk]\nexclude = a", true, true, false, true},
        {URL, URL "[desk]\nlap = 20m", true, true, true, true},
        {URL, URL "[flash]\nkeyword = a", true, true, false, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct config a = read_it(cases[i].a), b = read_it(cases[i].b);
        print_message("%zu\n", i);
        assert_int_equal(config_section_same(SECTION_DISPLAY, &a, &b), cases[i].display);
        assert_int_equal(config_lanes_same(&a, &b), cases[i].lanes);
        assert_int_equal(config_rules_same(&a, &b), cases[i].rules);
        assert_int_equal(config_source_same_news(&a.sources[0], &b.sources[0]),
                         cases[i].news);
        config_fini(&a);
        config_fini(&b);
    }
}

static void keeps_the_first_faults_and_counts_all(void **state)
{
    (void)state;
    static struct config_faults faults;
    char text[1000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (size_t i = 0; i < 40; i++) {
        config_faults_add(&faults, &(struct config_fault){text, i, text});
    }
    assert_int_equal(faults.count, 40);
    assert_int_equal(faults.kept[CONFIG_NEWS_FAULTS - 1].line, CONFIG_NEWS_FAULTS - 1);
    assert_int_equal(strlen(faults.kept[0].text), CONFIG_NEWS_BYTES - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_stays),
        cmocka_unit_test(typed_and_configured_are_two),
        cmocka_unit_test(tells_what_differs),
        cmocka_unit_test(keeps_the_first_faults_and_counts_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
