/* Rules on headlines in many scripts, and rules that are wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk/filter.h"

static struct headline headline;

static void write_headline(const char *text, const char *summary, const char *categories)
{
    headline_init(&headline);
    headline_set(&headline, HEADLINE_TEXT, text, strlen(text));
    headline_set(&headline, HEADLINE_SUMMARY, summary, strlen(summary));
    headline_set(&headline, HEADLINE_CATEGORIES, categories, strlen(categories));
}

struct faults {
    size_t count;
    char last[300];
};

static void take_fault(void *user, const struct config_fault *fault)
{
    struct faults *faults = user;
    faults->count++;
    snprintf(faults->last, sizeof faults->last, "%s:%zu: %s", fault->file, fault->line,
             fault->text);
}

/* The rule of a configuration of TEXT that hides the headline of source 0; "" = none. */
static const char *verdict(const char *text)
{
    static char rule[200];
    struct config config;
    assert_true(config_init(&config));
    assert_int_equal(config_read(&config, "test", text, strlen(text), NULL, NULL), 0);
    struct filter *filter = filter_new(&config);
    assert_non_null(filter);
    uint16_t number = filter_judge(filter, 0, &headline);
    snprintf(rule, sizeof rule, "%s", number ? filter_rule(filter, number) : "");
    filter_free(filter);
    config_fini(&config);
    return rule;
}

static void rules_match_whole_words(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *text;
        bool matches;
    } cases[] = {
        {"word:sport", "Sport today", true},
        {"word:SPORT", "the sport's day", true},
        {"word:sport", "Transport today", false},
        {"word:sport", "Sports today", false},
        {"word:sport", "e-sport", true},
        {"word:ad", "Advert, read", false},
        {"word:straße", "HAUPT STRASSE gesperrt", true},
        {"word:STRASSE", "Straße gesperrt", true},
        {"word:οδός", "ΟΔΌΣ ΕΡΜΟΎ", true},
        {"word:istanbul", "İstanbul'da deprem", true},
        {"word:cafe", "Café schließt", false},
        {"word:café", "CAFE\xCC\x81 schließt", true},
        {"word:москва", "МОСКВА сегодня", true},
        {"word:москва", "москвары", false},
        {"word:إعلان", "هذا إعلان ممول", true},
        {"word:إعلان", "هذا الإعلان", false},
        {"word:محمد", "مُحَمَّد يفوز", true},
        {"word:שלום", "שָׁלוֹם לכולם", true},
        {"word:हिन्दी", "हिन्दी में समाचार", true},
        {"word:हिन्द", "हिन्दी में समाचार", false},
        {"word:क", "की बात", false},
        {"word:广告", "这是广告内容", true},
        {"word:広告", "無料広告です", true},
        {"word:광고", "새로운 광고가 나왔다", true},
        {"word:โฆษณา", "ข่าวโฆษณาวันนี้", true},
        {"word:AI", "新AI技術", true},
        {"word:AI", "MAIN", false},
        {"word:C++", "Learn C++ now", true},
        {"word:C++", "Learn C now", false},
        {"word:ＦＩＦＡ", "Fifa votes", true},
        {"phrase:breaking news", "This is  BREAKING\tnews", true},
        {"phrase:breaking news", "breaking newsreel", false},
        {"breaking news", "Breaking News: rain", true},
        {"Update: 3", "update: 3 dead", true},
        {"regex:^live\\b", "LIVE: council", true},
        {"regex:\\bполиц\\w+", "ПОЛИЦИЯ ищет", true},
        {"regex:^\\d+ ways", "17 ways to win", true},
        {"regex:live$", "live now", false},
        {"category:Sport", "anything", true},
        {"category:spor", "anything", false},
        {"category:lokale Politik", "anything", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[300];
        write_headline(cases[i].text, "", "SPORT\nLOKALE  POLITIK");
        snprintf(text, sizeof text, "[desk]\nexclude = %s\n[source \"a\"]\nurl = x\n",
                 cases[i].rule);
        if (strcmp(verdict(text), cases[i].matches ? cases[i].rule : "") != 0) {
            print_message("%s: %s\n", cases[i].rule, cases[i].text);
            fail();
        }
    }
}

static void scopes_work_together(void **state)
{
    (void)state;
    static const struct {
        const char *rules, *hides;
    } cases[] = {
        {"[source \"a\"]\nurl = x\n", ""},
        {"[source \"a\"]\nurl = x\nexclude = word:deck\n", "word:deck"},
        {"[source \"a\"]\nurl = x\n[source \"b\"]\nurl = y\nexclude = word:storm\n", ""},
        {"[source \"a\"]\nurl = x\ninclude = word:storm\n", ""},
        {"[source \"a\"]\nurl = x\ninclude = word:deck\n", ""},
        {"[source \"a\"]\nurl = x\ninclude = word:rain\n", "include"},
        {"[source \"a\"]\nurl = x\ninclude = word:rain\ninclude = word:storm\n", ""},
        {"[source \"a\"]\nurl = x\ninclude = word:storm\n[desk]\ninclude = word:rain\n",
         "include"},
        {"[source \"a\"]\nurl = x\ninclude = word:storm\nexclude = word:coast\n",
         "word:coast"},
        {"[source \"a\"]\nurl = x\nexclude = regex:(\nexclude = word:coast\n",
         "word:coast"},
        {"[source \"a\"]\nurl = x\ninclude = regex:(\n", ""},
    };
    write_headline("Storm hits coast", "The deck", "");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(verdict(cases[i].rules), cases[i].hides);
    }
}

static void keywords_look_at_the_headline_alone(void **state)
{
    (void)state;
    struct config config;
    static const char text[] = "[flash]\nkeyword = earthquake\nkeyword = regex:^alert\n";
    assert_true(config_init(&config));
    config_read(&config, "test", text, sizeof text - 1, NULL, NULL);
    struct filter *filter = filter_new(&config);
    write_headline("EARTHQUAKE in Rome", "", "");
    assert_true(filter_is_flash(filter, &headline));
    write_headline("Alert level raised", "", "");
    assert_true(filter_is_flash(filter, &headline));
    write_headline("Calm in Rome", "No earthquake", "");
    assert_false(filter_is_flash(filter, &headline));
    assert_int_equal(filter_judge(filter, 7, &headline), 0);
    filter_free(filter);
    filter_free(NULL);
    config_fini(&config);
}

static void faults_are_named_by_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *fault;
    } cases[] = {
        {"[desk]\nexclude = word:a\nexclude = regex:a(\n",
         "test:3: regex: missing closing"},
        {"[source \"a\"]\nurl = x\n\ninclude = regx:b\n",
         "test:4: unknown kind of rule \"regx\"; allowed: word:"},
        {"[flash]\nkeyword = word:\n", "test:2: a rule without text"},
        {"[desk]\ninclude = regex:.*\n", "test:2: this rule matches every headline"},
        {"[desk]\nexclude = regex:\n", "test:2: this rule matches every headline"},
        {"[desk]\nexclude = \xE2\x80\x8B\n", "test:2: a rule without text"},
        {"[desk]\nexclude = regex:\\C\n", "test:2: regex: "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct config config;
        struct faults faults = {0, ""};
        assert_true(config_init(&config));
        config_read(&config, "test", cases[i].text, strlen(cases[i].text), NULL, NULL);
        assert_int_equal(filter_check(&config, "test", take_fault, &faults), 1);
        assert_int_equal(faults.count, 1);
        assert_memory_equal(faults.last, cases[i].fault, strlen(cases[i].fault));
        config_fini(&config);
    }
}

/* Each of these would run for years without the limits. */
static void no_rule_runs_for_ever(void **state)
{
    (void)state;
    static const char *const rules[] = {"regex:^(a+)+$",
                                        "regex:(x+x+)+y",
                                        "regex:^(([a-z])+.)+[A-Z]([a-z])+$",
                                        "regex:(?:(?:a?){40}){40}a{60}z",
                                        "regex:^(?:a|a|a|a|a)*$",
                                        "regex:(.*)*\\1z"};
    static char text[401], summary[2001];
    memset(text, 'a', sizeof text - 1);
    memset(summary, 'x', sizeof summary - 1);
    text[399] = '!';
    write_headline(text, summary, "");
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        char config[200];
        snprintf(config, sizeof config, "[desk]\nexclude = %s\n[source \"a\"]\nurl = x\n",
                 rules[i]);
        assert_string_equal(verdict(config), "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_match_whole_words),
        cmocka_unit_test(scopes_work_together),
        cmocka_unit_test(keywords_look_at_the_headline_alone),
        cmocka_unit_test(faults_are_named_by_line),
        cmocka_unit_test(no_rule_runs_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
