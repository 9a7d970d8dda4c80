/* The text of web.conf, the configuration that the web page and MQTT change: sections of sources are
 * put into it and taken out, and all else stays byte for byte. What is put in passes the same table
 * of options as what the operator writes, and can be nothing but the values of one section. Pure;
 * any thread. */
#ifndef MOTOGRAPH_BASE_WEBCONF_H
#define MOTOGRAPH_BASE_WEBCONF_H

#include <stddef.h>

#include "base/config_fault.h"

enum { WEBCONF_NAME_BYTES = 200, WEBCONF_VALUE_BYTES = 4096 };

/* A key of [source] and its value, '\0'-terminated; a repeatable key may stand in several. */
struct webconf_pair {
    const char *key, *value;
};

/* LENGTH bytes of TEXT with [source "NAME"] in it that has exactly PAIRS: in place of those of that
 * name, or at the end. NAME is UTF-8 without control characters, and so are values. Files of this
 * machine are the operator's to name: `url` must be of the web, `logo` too, and keys for files are
 * refused. Returns the new text, '\0'-terminated, the caller's to free, with its length in *OUT;
 * or NULL, and ERROR says what is wrong, in the words of `motograph check`. */
char *webconf_set(const char *text, size_t length, const char *name,
                  const struct webconf_pair *pairs, size_t count, size_t *out,
                  char error[CONFIG_FAULT_BYTES]);

/* The same without any [source "NAME"]; NULL also if there was none. */
char *webconf_remove(const char *text, size_t length, const char *name, size_t *out,
                     char error[CONFIG_FAULT_BYTES]);

#endif
