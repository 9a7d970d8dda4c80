/* The words for what the operator wrote wrong: what it is; what is allowed; what is near.
 * Each writes one line to OUT, cut between code points if it does not fit. */
#ifndef MOTOGRAPH_BASE_CONFIG_FAULT_H
#define MOTOGRAPH_BASE_CONFIG_FAULT_H

#include <stddef.h>

#include "base/config_table.h"
#include "base/ini.h"

enum { CONFIG_FAULT_BYTES = 640 };

/* printf, cut cleanly. */
void config_fault_text(char out[CONFIG_FAULT_BYTES], const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* How many bytes of TEXT to quote in a message, for "%.*s". */
int config_fault_quoted(struct ini_text text);

void config_fault_unknown_section(char out[CONFIG_FAULT_BYTES], struct ini_text section);

/* Besides a slip of the pen the key may stand in the wrong section; then it says so. */
void config_fault_unknown_key(char out[CONFIG_FAULT_BYTES],
                              const struct config_section *section, struct ini_text key);

void config_fault_bad_value(char out[CONFIG_FAULT_BYTES],
                            const struct config_option *option, struct ini_text value);

#endif
