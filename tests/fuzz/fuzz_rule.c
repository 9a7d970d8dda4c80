/* The operator's rules and any headline. The input is a rule a line up to an empty one, then a
 * headline, its categories (with commas between) and its summary. A rule is read or says in
 * one line why not; what it says of a headline is the same each time and comes soon. */
#include <stdio.h>
#include <string.h>

#include "base/config.h"
#include "check.h"
#include "desk/filter.h"
#include "desk/rule.h"

enum { RULES = 8, RULE_BYTES = 1200, SHORT_BYTES = 60 };

static void check_rule(const struct rule_engine *engine, const char *written,
                       const struct rule_subject *subject)
{
    char fault[CONFIG_FAULT_BYTES] = "";
    struct rule rule;
    if (!rule_read(&rule, written, fault)) {
        check_that(*fault && memchr(fault, '\0', sizeof fault),
                   "a fault says what it is");
        for (const char *p = fault; *p; p++) {
            check_that((unsigned char)*p >= ' ', "a fault is one line");
        }
        return;
    }
    bool matches = rule_matches(engine, &rule, subject);
    check_that(matches == rule_matches(engine, &rule, subject), "the same each time");
    rule_matches_nothing(&rule);
    rule_fini(&rule);
}

/* What a headline says as a whole, it holds. */
static void check_whole(const struct rule_engine *engine,
                        const struct rule_subject *subject)
{
    const char *text = headline_get(subject->headline, HEADLINE_TEXT);
    char written[SHORT_BYTES + 16], fault[CONFIG_FAULT_BYTES];
    struct rule rule;
    if (strlen(text) > SHORT_BYTES) {
        return;
    }
    snprintf(written, sizeof written, "phrase:%s", text);
    if (rule_read(&rule, written, fault)) {
        check_that(rule_matches(engine, &rule, subject), "a headline holds itself");
        rule_fini(&rule);
    }
}

static void check_filter(const struct headline *headline, char rules[RULES][RULE_BYTES],
                         size_t count)
{
    const char *values[RULES];
    size_t lines[RULES] = {0};
    struct config config;
    if (!config_init(&config)) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        values[i] = rules[i];
    }
    size_t half = count / 2;
    config.desk.exclude = (struct config_list){NULL, values, lines, half};
    config.desk.include = (struct config_list){NULL, values + half, lines, count - half};
    struct filter *filter = filter_new(&config);
    uint16_t number = filter ? filter_judge(filter, 0, headline) : 0;
    check_that(number <= half || number == UINT16_MAX, "a rule that there is");
    check_that(number == 0 || count > 0, "hidden by a rule");
    check_that(!filter || *filter_rule(filter, number), "a rule that is written");
    filter_free(filter);
    config_fini(&config);
}

static const uint8_t *next_line(const uint8_t *data, const uint8_t *end,
                                struct buffer *line)
{
    const uint8_t *stop = memchr(data, '\n', (size_t)(end - data));
    line->length = 0;
    check_as_utf8(data, (size_t)((stop ? stop : end) - data), line);
    return stop ? stop + 1 : end;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct rule_engine *engine;
    static struct headline headline;
    static struct rule_subject subject;
    static char rules[RULES][RULE_BYTES];
    static const enum headline_field fields[] = {HEADLINE_TEXT, HEADLINE_CATEGORIES,
                                                 HEADLINE_SUMMARY};
    const uint8_t *end = data + size;
    struct buffer line = {0};
    size_t count = 0;
    engine = engine ? engine : rule_engine_new();
    for (bool more = true; more && data < end && count < RULES;) {
        data = next_line(data, end, &line);
        more = line.length > 0 && line.length < RULE_BYTES &&
               !memchr(line.bytes, 0, line.length);
        if (more) {
            memcpy(rules[count], line.bytes, line.length);
            rules[count++][line.length] = '\0';
        }
    }
    headline_init(&headline);
    for (size_t i = 0; i < 3 && data < end; i++) {
        data = next_line(data, end, &line);
        for (size_t j = 0; i == 1 && j < line.length; j++) {
            line.bytes[j] = (char)(line.bytes[j] == ',' ? '\n' : line.bytes[j]);
        }
        headline_set(&headline, fields[i], line.bytes, line.length);
    }
    buffer_fini(&line);
    rule_subject_init(&subject, &headline, true);
    for (size_t i = 0; i < count; i++) {
        check_rule(engine, rules[i], &subject);
    }
    check_whole(engine, &subject);
    check_filter(&headline, rules, count);
    return 0;
}
