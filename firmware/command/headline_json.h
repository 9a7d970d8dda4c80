/* A headline as JSON, the same wherever the program prints one (contract of `parse`). */
#ifndef MOTOGRAPH_COMMAND_HEADLINE_JSON_H
#define MOTOGRAPH_COMMAND_HEADLINE_JSON_H

#include <jansson.h>
#include <stdbool.h>

#include "base/headline.h"

/* The object of HEADLINE, absent fields left out; SOURCE is named where it names none itself. */
json_t *headline_json(const struct headline *headline, const char *source);

/* Prints OBJECT on a line of its own and drops it. False if it cannot be written. */
bool headline_json_line(json_t *object);

#endif
