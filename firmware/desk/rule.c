/* A text is folded once a headline and searched for each rule's folded text; whether what was
 * found stands by itself is looked at afterwards. Regular expressions see the text as it is. */
#include "desk/rule.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/spelling.h"
#include "base/utf8.h"
#include "desk/fold.h"

enum {
    PATTERN_BYTES = 1024,
    /* For one text: some tenths of a millisecond, a little memory. */
    MATCH_LIMIT = 10000,
    DEPTH_LIMIT = 500,
    HEAP_LIMIT_KIB = 1024,
};

struct rule_engine {
    pcre2_match_context *limits;
    pcre2_match_data *match;
};

struct rule_engine *rule_engine_new(void)
{
    struct rule_engine *engine = calloc(1, sizeof *engine);
    if (!engine) {
        return NULL;
    }
    engine->limits = pcre2_match_context_create(NULL);
    engine->match = pcre2_match_data_create(1, NULL);
    if (!engine->limits || !engine->match) {
        rule_engine_free(engine);
        return NULL;
    }
    pcre2_set_match_limit(engine->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(engine->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(engine->limits, HEAP_LIMIT_KIB);
    return engine;
}

void rule_engine_free(struct rule_engine *engine)
{
    if (engine) {
        pcre2_match_data_free(engine->match);
        pcre2_match_context_free(engine->limits);
        free(engine);
    }
}

/* --- Reading a rule ------------------------------------------------------------------------ */

static const struct {
    const char *prefix;
    enum rule_kind kind;
} prefixes[] = {{"word", RULE_TEXT},
                {"phrase", RULE_TEXT},
                {"regex", RULE_REGEX},
                {"category", RULE_CATEGORY}};

static void say_unknown(const char *written, size_t length, const char *near,
                        char fault[CONFIG_FAULT_BYTES])
{
    config_fault_text(fault,
                      "unknown kind of rule \"%.*s\"; allowed: word:, phrase:, regex:, "
                      "category:, or plain text; did you mean %s:?",
                      (int)length, written, near);
}

/* What follows the prefix of WRITTEN; a text with a colon of its own has none. NULL, and FAULT,
 * if a prefix is meant that there is not. */
static const char *after_prefix(const char *written, enum rule_kind *kind,
                                char fault[CONFIG_FAULT_BYTES])
{
    size_t length = strcspn(written, ":");
    struct spelling near = {NULL, 0};
    *kind = RULE_TEXT;
    if (!written[length]) {
        return written;
    }
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        const char *prefix = prefixes[i].prefix;
        if (strlen(prefix) == length && strncasecmp(prefix, written, length) == 0) {
            *kind = prefixes[i].kind;
            return written + length + 1;
        }
        spelling_try(&near, written, length, prefix);
    }
    if (near.word) {
        say_unknown(written, length, near.word, fault);
        return NULL;
    }
    return written;
}

static pcre2_code *compile(const char *pattern, char fault[CONFIG_FAULT_BYTES])
{
    int error;
    PCRE2_SIZE at;
    pcre2_code *code = NULL;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (context) {
        pcre2_set_max_pattern_length(context, PATTERN_BYTES);
        code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                             PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS |
                                 PCRE2_NEVER_BACKSLASH_C,
                             &error, &at, context);
        pcre2_compile_context_free(context);
        if (!code) {
            char message[160] = "";
            pcre2_get_error_message(error, (PCRE2_UCHAR *)message, sizeof message);
            config_fault_text(fault,
                              "regex: %s, at byte %zu; allowed: a regular expression of "
                              "PCRE2, at most %d bytes",
                              message, (size_t)at + 1, PATTERN_BYTES);
        }
    } else {
        config_fault_text(fault, "memory is short; the rule is left out");
    }
    return code;
}

void rule_fini(struct rule *rule)
{
    free(rule->text);
    pcre2_code_free(rule->code);
    *rule = (struct rule){0};
}

bool rule_read(struct rule *rule, const char *written, char fault[CONFIG_FAULT_BYTES])
{
    char folded[8 * PATTERN_BYTES];
    *rule = (struct rule){.written = written};
    const char *text = after_prefix(written, &rule->kind, fault);
    if (!text) {
        return false;
    }
    if (rule->kind == RULE_REGEX) {
        rule->code = compile(text, fault);
        return rule->code != NULL;
    }
    if (fold_text(text, strlen(text), FOLD_TRUE, folded, sizeof folded) == 0) {
        config_fault_text(fault, "a rule without text; allowed: %.*s and a text",
                          (int)(text - written), written);
        return false;
    }
    rule->text = strdup(folded);
    if (!rule->text) {
        config_fault_text(fault, "memory is short; the rule is left out");
    }
    return rule->text != NULL;
}

/* --- Matching ------------------------------------------------------------------------------ */

/* Whether a word may end, or begin, between two code points, 0 = the text's end. */
static bool is_edge(uint32_t inside, uint32_t outside)
{
    enum fold_class in = inside ? fold_class(inside) : FOLD_OTHER;
    enum fold_class out = outside ? fold_class(outside) : FOLD_OTHER;
    return in == FOLD_OTHER || out == FOLD_OTHER || in == FOLD_CHAR || out == FOLD_CHAR ||
           fold_is_hangul(inside);
}

static uint32_t code_at(const char *text)
{
    uint32_t code = 0;
    if (*text) {
        utf8_decode(text, strlen(text), &code);
    }
    return code;
}

/* The code point that ends before P, 0 if P is the TEXT's beginning. */
static uint32_t code_before(const char *text, const char *p)
{
    if (p == text) {
        return 0;
    }
    do {
        p--;
    } while (p > text && ((unsigned char)*p & 0xC0) == 0x80);
    return code_at(p);
}

static bool holds(const char *text, const char *wanted)
{
    size_t length = strlen(wanted);
    uint32_t first = code_at(wanted), last = code_before(wanted, wanted + length);
    for (const char *p = text; (p = strstr(p, wanted)); p++) {
        if (is_edge(first, code_before(text, p)) && is_edge(last, code_at(p + length))) {
            return true;
        }
    }
    return false;
}

static bool matches_regex(const struct rule_engine *engine, const struct rule *rule,
                          const char *text)
{
    return pcre2_match(rule->code, (PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, 0, 0,
                       engine->match, engine->limits) >= 0;
}

/* CATEGORIES are folded, with a line for each. */
static bool has_category(const char *categories, const char *wanted)
{
    char folded[8 * PATTERN_BYTES];
    while (*categories) {
        size_t length = strcspn(categories, "\n");
        fold_text(categories, length, FOLD_TRUE, folded, sizeof folded);
        if (strcmp(folded, wanted) == 0) {
            return true;
        }
        categories += length + (categories[length] == '\n');
    }
    return false;
}

void rule_subject_init(struct rule_subject *subject, const struct headline *headline,
                       bool summary)
{
    const char *title = headline_get(headline, HEADLINE_TEXT);
    const char *deck = headline_get(headline, HEADLINE_SUMMARY);
    subject->headline = headline;
    subject->summary = summary;
    fold_text(title, strlen(title), FOLD_TRUE, subject->title, sizeof subject->title);
    subject->deck[0] = '\0';
    if (summary) {
        fold_text(deck, strlen(deck), FOLD_TRUE, subject->deck, sizeof subject->deck);
    }
}

bool rule_matches(const struct rule_engine *engine, const struct rule *rule,
                  const struct rule_subject *subject)
{
    const struct headline *headline = subject->headline;
    switch (rule->kind) {
    case RULE_REGEX:
        return matches_regex(engine, rule, headline_get(headline, HEADLINE_TEXT)) ||
               (subject->summary &&
                matches_regex(engine, rule, headline_get(headline, HEADLINE_SUMMARY)));
    case RULE_CATEGORY:
        return has_category(headline_get(headline, HEADLINE_CATEGORIES), rule->text);
    default:
        return holds(subject->title, rule->text) || holds(subject->deck, rule->text);
    }
}

bool rule_matches_nothing(const struct rule *rule)
{
    pcre2_match_data *match = rule->code ? pcre2_match_data_create(1, NULL) : NULL;
    bool matched =
        match && pcre2_match(rule->code, (PCRE2_SPTR) "", 0, 0, 0, match, NULL) >= 0;
    pcre2_match_data_free(match);
    return matched;
}
