/* The operator's rules for what airs ([desk] and [source]: include, exclude) and what is a flash
 * ([flash] keyword). A rule is one of
 *
 *     word:TEXT, phrase:TEXT   TEXT as whole words, in any case (full case folding); in scripts
 *                              without blanks between words, and in Korean, anywhere
 *     regex:PATTERN            a regular expression of PCRE2, in any case
 *     category:TEXT            one of the headline's categories, whole, in any case
 *     TEXT                     as phrase:TEXT
 *
 * All but the last kind look at the headline and its summary; a keyword at the headline alone. */
#ifndef MOTOGRAPH_DESK_FILTER_H
#define MOTOGRAPH_DESK_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"
#include "base/headline.h"

struct filter;

/* The rules of CONFIG, which must outlive it; those with a fault are left out. NULL if memory is
 * short. */
struct filter *filter_new(const struct config *config);
void filter_free(struct filter *filter);

/* The number of the rule that hides HEADLINE of source SOURCE, from 1; 0 = none. Exclude rules
 * come first; where there are include rules, of all sources or of this one, one of them must
 * match. A regular expression that needs too much time or memory for a headline does not match
 * it. One thread at a time. */
uint16_t filter_judge(const struct filter *filter, size_t source,
                      const struct headline *headline);

/* Whether HEADLINE holds a keyword of [flash]. One thread at a time. */
bool filter_is_flash(const struct filter *filter, const struct headline *headline);

/* Rule NUMBER as the operator wrote it; "include" where no include rule matched. Any thread. */
const char *filter_rule(const struct filter *filter, uint16_t number);

/* Tells of every rule of CONFIG that cannot be read, or that would match all headlines, with the
 * line it stands in. FILE is the text's name. Returns how many. */
size_t filter_check(const struct config *config, const char *file,
                    config_fault_fn *report, void *user);

#endif
