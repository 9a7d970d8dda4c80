/* One of the operator's rules (desk/filter.h says how they are written). Pure; any thread, but for
 * the engine. */
#ifndef MOTOGRAPH_DESK_RULE_H
#define MOTOGRAPH_DESK_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config_fault.h"
#include "base/headline.h"

enum rule_kind { RULE_TEXT, RULE_REGEX, RULE_CATEGORY };

struct rule {
    const char *written; /* borrowed */
    enum rule_kind kind;
    char *text; /* owned: folded; RULE_REGEX: NULL */
    void *code; /* owned, the library's; RULE_REGEX */
};

/* Reads WRITTEN, which must outlive RULE. False, and why in FAULT; then there is nothing to be
 * freed. */
bool rule_read(struct rule *rule, const char *written, char fault[CONFIG_FAULT_BYTES]);
void rule_fini(struct rule *rule);

/* Whether RULE is a regular expression that is content with nothing: it matches every headline. */
bool rule_matches_nothing(const struct rule *rule);

/* A headline with its texts folded. */
struct rule_subject {
    const struct headline *headline;
    bool summary; /* counts too */
    char title[8 * HEADLINE_TEXT_CODES], deck[8 * HEADLINE_SUMMARY_CODES];
};

void rule_subject_init(struct rule_subject *subject, const struct headline *headline,
                       bool summary);

/* What regular expressions need to run, within limits of time and memory. One thread at a time.
 * NULL if memory is short. */
struct rule_engine *rule_engine_new(void);
void rule_engine_free(struct rule_engine *engine);

/* Whether RULE matches. A regular expression that passes a limit does not. */
bool rule_matches(const struct rule_engine *engine, const struct rule *rule,
                  const struct rule_subject *subject);

#endif
