/* INI text into events: sections, values and faults, each with its line. Knows no key and no
 * type; that is config.h's. Lines may be of any length, end in LF or CRLF, and are trimmed;
 * a line that begins with ';' or '#' is a comment; a section reads [section] or
 * [section "name"]; quotes round a whole value are taken off. Pure; any thread. */
#ifndef MOTOGRAPH_BASE_INI_H
#define MOTOGRAPH_BASE_INI_H

#include <stddef.h>

/* A piece of the text that was read: borrowed, valid UTF-8 without control characters except
 * tabs, not '\0'-terminated. */
struct ini_text {
    const char *bytes; /* NULL = absent */
    size_t length;
};

/* Called in the order of the lines, which count from 1. A header that cannot be understood
 * gives a fault and then a section with an absent SECTION, so that the values after it are
 * not taken for those of the section before. NAME is absent in [section]. The text of a fault
 * says what is wrong and what is allowed, and is valid during the call. */
struct ini_handler {
    void (*section)(void *user, size_t line, struct ini_text section,
                    struct ini_text name);
    void (*value)(void *user, size_t line, struct ini_text key, struct ini_text value);
    void (*fault)(void *user, size_t line, const char *text);
};

/* Reads all LENGTH bytes of TEXT, which need not end in '\0'; a fault never stops it. */
void ini_parse(const char *text, size_t length, const struct ini_handler *handler,
               void *user);

#endif
