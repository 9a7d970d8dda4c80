/* All rules stand in one array; each source, and [desk], has its stretches of it. */
#include "desk/filter.h"

#include <stdlib.h>

#include "desk/rule.h"

/* Rules from `first` on that belong together. */
struct ruleset {
    size_t first, count;
};

struct scope {
    struct ruleset exclude, include;
};

struct filter {
    struct rule *rules; /* owned */
    size_t count, room;
    struct scope *scopes; /* owned: that of [desk], then one a source */
    size_t scope_count;
    struct ruleset keywords;
    struct rule_engine *engine; /* owned */
};

/* The number of the first of SET that matches, from 1; 0 = none. */
static uint16_t first_match(const struct filter *filter, const struct ruleset *set,
                            const struct rule_subject *subject)
{
    for (size_t i = set->first; i < set->first + set->count; i++) {
        if (rule_matches(filter->engine, &filter->rules[i], subject)) {
            return (uint16_t)(i + 1);
        }
    }
    return 0;
}

/* Where no include rule matches. */
enum { NOT_INCLUDED = UINT16_MAX };

uint16_t filter_judge(const struct filter *filter, size_t source,
                      const struct headline *headline)
{
    static const struct scope none = {{0, 0}, {0, 0}};
    const struct scope *all = &filter->scopes[0];
    const struct scope *own =
        source + 1 < filter->scope_count ? &filter->scopes[source + 1] : &none;
    enum { SETS = 4 };
    const struct ruleset *sets[SETS] = {&all->exclude, &own->exclude, &all->include,
                                        &own->include};
    size_t rules = 0;
    for (size_t i = 0; i < SETS; i++) {
        rules += sets[i]->count;
    }
    if (rules == 0) {
        return 0;
    }
    struct rule_subject subject;
    rule_subject_init(&subject, headline, true);
    for (size_t i = 0; i < SETS; i++) {
        uint16_t number = first_match(filter, sets[i], &subject);
        if (i < 2 && number) {
            return number;
        }
        if (i >= 2 && sets[i]->count > 0 && !number) {
            return NOT_INCLUDED;
        }
    }
    return 0;
}

bool filter_is_flash(const struct filter *filter, const struct headline *headline)
{
    struct rule_subject subject;
    if (filter->keywords.count == 0) {
        return false;
    }
    rule_subject_init(&subject, headline, false);
    return first_match(filter, &filter->keywords, &subject) != 0;
}

const char *filter_rule(const struct filter *filter, uint16_t number)
{
    return number > 0 && number <= filter->count ? filter->rules[number - 1].written
                                                 : "include";
}

/* --- All rules of a configuration ---------------------------------------------------------- */

/* Goes over every list of rules there is. */
typedef void list_fn(void *user, const struct config_list *list, struct ruleset *set);

static void each_list(const struct config *config, struct filter *filter, list_fn *to,
                      void *user)
{
    static struct scope nowhere;
    for (size_t i = 0; i <= config->source_count; i++) {
        const struct config_source *source = i ? &config->sources[i - 1] : NULL;
        struct scope *scope = filter ? &filter->scopes[i] : &nowhere;
        to(user, source ? &source->exclude : &config->desk.exclude, &scope->exclude);
        to(user, source ? &source->include : &config->desk.include, &scope->include);
    }
    to(user, &config->flash.keyword, filter ? &filter->keywords : &nowhere.include);
}

static struct rule *add_rule(struct filter *filter)
{
    if (filter->count == filter->room) {
        size_t room = filter->room ? 2 * filter->room : 16;
        struct rule *rules = realloc(filter->rules, room * sizeof *rules);
        if (!rules || room >= NOT_INCLUDED) {
            filter->rules = rules ? rules : filter->rules;
            return NULL;
        }
        filter->rules = rules;
        filter->room = room;
    }
    return &filter->rules[filter->count];
}

static void take_list(void *user, const struct config_list *list, struct ruleset *set)
{
    struct filter *filter = user;
    char fault[CONFIG_FAULT_BYTES];
    set->first = filter->count;
    for (size_t i = 0; i < list->count; i++) {
        struct rule *rule = add_rule(filter);
        if (rule && rule_read(rule, list->values[i], fault)) {
            filter->count++;
            set->count++;
        }
    }
}

struct filter *filter_new(const struct config *config)
{
    struct filter *filter = calloc(1, sizeof *filter);
    if (!filter) {
        return NULL;
    }
    filter->scope_count = config->source_count + 1;
    filter->scopes = calloc(filter->scope_count, sizeof *filter->scopes);
    filter->engine = rule_engine_new();
    if (!filter->scopes || !filter->engine) {
        filter_free(filter);
        return NULL;
    }
    each_list(config, filter, take_list, filter);
    return filter;
}

void filter_free(struct filter *filter)
{
    if (!filter) {
        return;
    }
    for (size_t i = 0; i < filter->count; i++) {
        rule_fini(&filter->rules[i]);
    }
    free(filter->rules);
    free(filter->scopes);
    rule_engine_free(filter->engine);
    free(filter);
}

struct checking {
    const char *file;
    config_fault_fn *report;
    void *user;
    size_t faults;
};

static void check_list(void *user, const struct config_list *list, struct ruleset *set)
{
    struct checking *checking = user;
    (void)set;
    for (size_t i = 0; i < list->count; i++) {
        char fault[CONFIG_FAULT_BYTES] = "";
        struct rule rule;
        if (rule_read(&rule, list->values[i], fault)) {
            if (rule_matches_nothing(&rule)) {
                config_fault_text(fault, "this rule matches every headline; allowed: one "
                                         "that needs at least a letter");
            }
            rule_fini(&rule);
        }
        if (fault[0]) {
            const char *file = list->file ? list->file : checking->file;
            struct config_fault told = {file, list->lines[i], fault};
            checking->faults++;
            checking->report(checking->user, &told);
        }
    }
}

size_t filter_check(const struct config *config, const char *file,
                    config_fault_fn *report, void *user)
{
    struct checking checking = {file, report, user, 0};
    each_list(config, NULL, check_list, &checking);
    return checking.faults;
}
